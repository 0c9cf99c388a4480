// SPDX-License-Identifier: Apache-2.0
// Back from words to an error: what a job's record says of its end, as Error::describe() put it there.
// Thread-safety: pure functions. Errors: none; what names no code is Errc::unknown.
#pragma once

#include <string_view>

#include "vidgen/error.hpp"

namespace vidgen::base {

Errc errc_named(std::string_view name);
// "budget: the price does not fit" is an Errc::budget again.
Error error_described(std::string_view text);

}  // namespace vidgen::base
