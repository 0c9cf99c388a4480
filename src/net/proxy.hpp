// SPDX-License-Identifier: Apache-2.0
// Which proxy, if any, a URL goes through. Pure: the settings come from TransportOptions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "net/url.hpp"
#include "vidgen/transport.hpp"

namespace vidgen::net {

struct Proxy {
  Proxy() = default;
  std::string host;
  std::uint16_t port = 80;
  std::string user;  // decoded; never shown
  std::string password;
  std::string authority() const;
  std::string basic() const;  // "Basic …", empty without a user
};

// Nothing for this host itself (localhost, loopback addresses) and for what `except` names.
// Errc::invalid_argument when the setting is no plain http proxy.
Result<std::optional<Proxy>> proxy_for(const Url& url, const ProxyOptions& options);

}  // namespace vidgen::net
