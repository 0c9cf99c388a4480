// SPDX-License-Identifier: Apache-2.0
#include "net/address.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "base/try.hpp"

namespace vidgen::net {
namespace {

struct Block {
  std::string_view prefix;
  int bits;
  std::string_view reason;
};

// IANA's registries of special-purpose addresses, as of 2026: what is not globally reachable, and multicast.
constexpr Block kBlocks4[] = {
    {"0.0.0.0", 8, "unspecified"},        {"10.0.0.0", 8, "private"},         {"100.64.0.0", 10, "carrier-grade NAT"},
    {"127.0.0.0", 8, "loopback"},         {"169.254.0.0", 16, "link-local"},  {"172.16.0.0", 12, "private"},
    {"192.0.0.0", 24, "reserved"},        {"192.0.2.0", 24, "documentation"}, {"192.88.99.0", 24, "reserved"},
    {"192.168.0.0", 16, "private"},       {"198.18.0.0", 15, "benchmarking"}, {"198.51.100.0", 24, "documentation"},
    {"203.0.113.0", 24, "documentation"}, {"224.0.0.0", 4, "multicast"},      {"240.0.0.0", 4, "reserved"},
};
// Only 2000::/3 is handed out; these are what is not public inside it. The rest of v6 is refused below.
constexpr Block kBlocks6[] = {
    {"2001::", 23, "reserved"},  // protocol assignments, Teredo and ORCHID with them
    {"2001:db8::", 32, "documentation"},
    {"3fff::", 20, "documentation"},
};
constexpr Block kNames6[] = {
    {"::", 128, "unspecified"},           {"::1", 128, "loopback"},      {"fe80::", 10, "link-local"},
    {"fec0::", 10, "site-local"},         {"fc00::", 7, "unique local"}, {"ff00::", 8, "multicast"},
    {"64:ff9b:1::", 48, "private NAT64"},
};
// v6 forms that hold a v4 address, and at which byte.
struct Holder {
  std::string_view prefix;
  int bits;
  int at;
};
constexpr Holder kHolders[] = {{"::ffff:0:0", 96, 12}, {"64:ff9b::", 96, 12}, {"2002::", 16, 2}};

constexpr std::string_view kLocalNames[] = {"localhost", "local",   "localdomain", "internal", "intranet",
                                            "lan",       "home",    "corp",        "private",  "home.arpa",
                                            "test",      "invalid", "onion"};

template <class Blocks>
std::string_view reason_in(const Blocks& blocks, const Address& address) {
  for (const Block& block : blocks)
    if (in_block(address, block.prefix, block.bits)) return block.reason;
  return {};
}

std::string_view held_reason(const Address& address) {
  for (const Holder& holder : kHolders) {
    if (!in_block(address, holder.prefix, holder.bits)) continue;
    Address held;
    std::copy_n(address.bytes.begin() + holder.at, 4, held.bytes.begin());
    return reason_in(kBlocks4, held);
  }
  return {};
}

bool is_local_name(std::string_view host) {
  if (host.find('.') == host.npos) return true;  // a name without a dot is looked up in the local domain
  return std::any_of(std::begin(kLocalNames), std::end(kLocalNames), [host](std::string_view name) {
    if (host.size() <= name.size()) return host == name;
    return host.substr(host.size() - name.size()) == name && host[host.size() - name.size() - 1] == '.';
  });
}

Error refused(const Url& url, std::string_view why) {
  return {Errc::url_refused, url.shown() + ": " + std::string(why)};
}

}  // namespace

std::string Address::text() const {
  char out[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(v6 ? AF_INET6 : AF_INET, bytes.data(), out, sizeof out);
  return out;
}

std::optional<Address> parse_address(std::string_view text) {
  Address out;
  const std::string zero_ended(text);
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != text.npos) return std::nullopt;
  if (::inet_pton(AF_INET, zero_ended.c_str(), out.bytes.data()) == 1) {
    if (out.text() != text) return std::nullopt;  // leading zeros, which some read as octal
    return out;
  }
  out.v6 = true;
  if (::inet_pton(AF_INET6, zero_ended.c_str(), out.bytes.data()) == 1) return out;
  return std::nullopt;
}

bool in_block(const Address& address, std::string_view prefix, int bits) {
  const auto block = parse_address(prefix);
  if (!block || block->v6 != address.v6 || bits < 0 || bits > (block->v6 ? 128 : 32)) return false;
  for (int i = 0; i < bits; ++i) {
    const auto byte = static_cast<std::size_t>(i / 8);
    const int mask = 0x80 >> (i % 8);
    if (((address.bytes[byte] ^ block->bytes[byte]) & mask) != 0) return false;
  }
  return true;
}

std::string_view private_reason(const Address& address) {
  if (!address.v6) return reason_in(kBlocks4, address);
  if (const auto reason = reason_in(kNames6, address); !reason.empty()) return reason;
  for (const Holder& holder : kHolders)
    if (in_block(address, holder.prefix, holder.bits)) return held_reason(address);
  if (const auto reason = reason_in(kBlocks6, address); !reason.empty()) return reason;
  return in_block(address, "2000::", 3) ? std::string_view() : "not a global unicast address";
}

Status check_url(const Url& url, UrlTrust trust, bool allow_private) {
  if (trust == UrlTrust::trusted || allow_private) return {};
  if (!url.https) return refused(url, "it was named by somebody else and is not https");
  if (url.port != 443 && url.port < 1024) return refused(url, "its port belongs to another service");
  if (url.is_address) return check_address(*parse_address(url.host), url, trust, allow_private);
  if (is_local_name(url.host)) return refused(url, "it was named by somebody else and its host is a local name");
  return {};
}

Status check_address(const Address& address, const Url& url, UrlTrust trust, bool allow_private) {
  if (trust == UrlTrust::trusted || allow_private) return {};
  const std::string_view reason = private_reason(address);
  if (reason.empty()) return {};
  return refused(url, "it leads to an address that is not public (" + std::string(reason) + ")");
}

}  // namespace vidgen::net
