// SPDX-License-Identifier: Apache-2.0
// Headers of a request: what may be sent at all, and what may follow a redirect to another origin. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "vidgen/transport.hpp"

namespace vidgen::net {

// A method or a header's name, as RFC 9110 spells them.
bool is_token(std::string_view text);
std::string lower_case(std::string_view text);
bool has_header(const std::map<std::string, std::string>& headers, std::string_view lower_name);

// Errc::invalid_argument: a name or value that would end the line, or a header that the transport itself decides (Host,
// Content-Length, Transfer-Encoding, Range …). The words name the header, never its value.
Status check_headers(const HttpRequest& request);

// Only headers that say what form the answer should have: any other may hold a secret of the first origin.
bool may_cross_origins(std::string_view name);

}  // namespace vidgen::net
