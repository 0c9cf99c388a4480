// SPDX-License-Identifier: Apache-2.0
// URLs, as far as this library needs them: absolute http and https ones. Pure: nothing is looked up here. What is not
// plainly right is refused instead of repaired, so that no two readers of a URL can differ about its host.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vidgen/error.hpp"

namespace vidgen::net {

struct Url {
  Url() = default;
  bool https = true;
  std::string host;  // lower case, no brackets, no dot at the end: a name, or the canonical text of an address
  bool is_address = false;
  std::uint16_t port = 443;
  std::string target = "/";  // path and query, as sent; the fragment is dropped

  // "https://host:8443", without a default port.
  std::string origin() const;
  // The Host header: "host:8443", "[::1]".
  std::string authority() const;
  // "host:443", the port always there: for CONNECT.
  std::string host_and_port() const;
  std::string text() const { return origin() + target; }
  // For people: without the query, which may hold a signature.
  std::string shown() const;
  bool operator==(const Url&) const = default;
};

// Errc::url_refused: other schemes, a user name, hosts that are neither a plain name nor a canonical address (0x7f.1,
// 2130706433, 127.1, zones, percent signs, other letters than ASCII's), port 0, spaces, controls and backslashes.
Result<Url> parse_url(std::string_view text);

// What people may see of a text that ought to be a URL.
std::string shown_url(std::string_view text);

bool same_origin(const Url& a, const Url& b);

// A base URL with an API's path behind it: a prefix of the base's path stays, as gateways need it. The path may hold a
// query; one in the base is an error, as is "." or ".." as a segment.
Result<Url> join_url(std::string_view base, std::string_view path);

// The URL that a Location header means.
Result<Url> resolve_reference(const Url& base, std::string_view reference);

}  // namespace vidgen::net
