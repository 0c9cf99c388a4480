// SPDX-License-Identifier: Apache-2.0
// The address filter: which hosts and addresses a foreign URL may lead to. Pure; the tables are in address.cpp, with
// the registry they come from. A name is checked before it is looked up, and every address it has is checked after.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/url.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::net {

struct Address {
  Address() = default;
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // the first four for v4
  std::string text() const;
  bool operator==(const Address&) const = default;
};

// Four decimal numbers without leading zeros, or RFC 4291 text without a zone. Nothing else.
std::optional<Address> parse_address(std::string_view text);

// Is the address in the block "10.0.0.0", 8?
bool in_block(const Address& address, std::string_view prefix, int bits);

// Why an address is not a public one ("loopback"), or empty when it is. Addresses inside v6 forms (mapped, compatible,
// NAT64, 6to4, Teredo) count as what they hold; the forms that need no such gateway are refused as they are.
std::string_view private_reason(const Address& address);

// May the URL be asked at all, by scheme, port and host? Errc::url_refused.
Status check_url(const Url& url, UrlTrust trust, bool allow_private);
// May this address be connected to? Errc::url_refused.
Status check_address(const Address& address, const Url& url, UrlTrust trust, bool allow_private);

}  // namespace vidgen::net
