// SPDX-License-Identifier: Apache-2.0
// The table of providers: a row each. Thread-safety: constant data.
#pragma once

#include <span>

#include "backends/provider.hpp"

namespace vidgen::backends {

// The rows, one a file.
const ProviderRow& replicate();
const ProviderRow& openai();
const ProviderRow& runway();
const ProviderRow& fal();
const ProviderRow& comfyui();

std::span<const ProviderRow* const> providers();
const ProviderRow* find_provider(std::string_view name);  // null when there is none

}  // namespace vidgen::backends
