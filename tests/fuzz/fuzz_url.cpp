// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any text as a URL, as a reference and as an address. What is accepted must read the same again, must be
// accepted by the system's own reader of addresses only where it is one here, and must not be private under a foreign
// name.
#include <arpa/inet.h>

#include <cstdlib>
#include <string>

#include "net/address.hpp"
#include "net/url.hpp"

namespace {

using namespace vidgen;

void check(const net::Url& url) {
  const auto again = net::parse_url(url.text());
  if (!again || !(*again == url)) std::abort();
  // A host that the system would take for numbers, octal and short forms with them, is an address here or refused.
  in_addr loose{};
  if (!url.is_address && ::inet_aton(url.host.c_str(), &loose) != 0) std::abort();
  if (!net::check_url(url, UrlTrust::foreign, false)) return;
  if (!url.https || url.host == "localhost") std::abort();
  if (url.is_address && !net::private_reason(*net::parse_address(url.host)).empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto url = net::parse_url(text)) check(*url);
  if (const auto url = net::parse_url("https://" + text)) check(*url);
  const auto base = net::parse_url("https://a.example/b/c?d");
  if (const auto url = net::resolve_reference(*base, text)) check(*url);
  if (const auto url = net::join_url("https://a.example/prefix/", text))
    if (url->host != "a.example" || !url->target.starts_with("/prefix/")) std::abort();
  if (const auto address = net::parse_address(text)) (void)net::private_reason(*address);
  return 0;
}
