// SPDX-License-Identifier: Apache-2.0
// Outputs of any shape: a URL, a list of them, lists in lists, objects that hold some, data: URIs. The shape belongs to
// a model's version, not to the model, so all are read everywhere.
//
// Thread-safety: pure functions. Bounded: at most 64 outputs, 8 levels.
#pragma once

#include "backends/provider.hpp"

namespace vidgen::backends {

std::vector<Output> outputs_of(const base::Json& value);
bool is_url(std::string_view text);
// The bytes and the type of a data: URI. Errc::provider when it is damaged.
Result<Output> decode_data_uri(std::string_view uri);
std::string data_uri(std::string_view bytes, std::string_view mime);
Result<std::string> decode_base64(std::string_view text);

}  // namespace vidgen::backends
