// SPDX-License-Identifier: Apache-2.0
#include "net/proxy.hpp"

#include <charconv>

#include "base/try.hpp"
#include "net/address.hpp"

namespace vidgen::net {
namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const char* at = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() && std::from_chars(at, at + 2, value, 16).ptr == at + 2) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned value = 0;
    for (std::size_t k = 0; k < 3; ++k)
      value = value << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : kLetters[value >> (18 - 6 * k) & 63U];
  }
  return out;
}

bool is_this_host(const Url& url) {
  if (!url.is_address) return url.host == "localhost" || url.host.ends_with(".localhost");
  const auto address = parse_address(url.host);
  return address && (in_block(*address, "127.0.0.0", 8) || in_block(*address, "::1", 128));
}

bool block_matches(const Url& url, std::string_view block) {
  const std::size_t slash = block.find('/');
  const auto address = url.is_address ? parse_address(url.host) : std::nullopt;
  if (!address || slash == block.npos) return false;
  int bits = -1;
  const auto read = std::from_chars(block.data() + slash + 1, block.data() + block.size(), bits);
  return read.ptr == block.data() + block.size() && in_block(*address, block.substr(0, slash), bits);
}

// One entry of NO_PROXY: "example.com", ".example.com", "host:8080", "10.0.0.0/8", "[::1]", "*".
bool entry_matches(const Url& url, std::string_view entry) {
  if (entry == "*" || block_matches(url, entry)) return true;
  std::string text(entry);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (text.starts_with("*.")) text.erase(0, 1);
  if (text == url.host || text == "[" + url.host + "]" || text == url.host_and_port()) return true;
  const std::size_t colon = text.rfind(':');
  if (colon != text.npos && text.find(':') == colon) {
    if (text.substr(colon + 1) != std::to_string(url.port)) return false;
    text.resize(colon);
  }
  if (text.starts_with(".")) text.erase(0, 1);
  return !text.empty() && !url.is_address && (url.host == text || url.host.ends_with("." + text));
}

bool is_excepted(const Url& url, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(", \t"), list.size());
    if (end > 0 && entry_matches(url, list.substr(0, end))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

Result<Proxy> read_proxy(std::string_view setting) {
  const Error bad(Errc::invalid_argument,
                  "the proxy setting is not of the form http://host:port: proxies over TLS or SOCKS are not supported");
  if (setting.find("://") != setting.npos && !setting.starts_with("http://")) return bad;
  if (setting.starts_with("http://")) setting.remove_prefix(7);
  Proxy proxy;
  if (const std::size_t at = setting.rfind('@'); at != setting.npos) {
    const std::string_view who = setting.substr(0, at);
    const std::size_t colon = std::min(who.find(':'), who.size());
    proxy.user = decoded(who.substr(0, colon));
    proxy.password = decoded(who.substr(std::min(colon + 1, who.size())));
    setting.remove_prefix(at + 1);
  }
  const Result<Url> url = parse_url("http://" + std::string(setting));
  if (!url) return bad;  // without the cause: the text may hold a password
  proxy.host = url->host;
  proxy.port = url->port;
  return proxy;
}

}  // namespace

std::string Proxy::authority() const {
  return (host.find(':') != host.npos ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string Proxy::basic() const {
  return user.empty() && password.empty() ? "" : "Basic " + base64(user + ":" + password);
}

Result<std::optional<Proxy>> proxy_for(const Url& url, const ProxyOptions& options) {
  const std::string& setting = url.https ? options.https : options.http;
  if (setting.empty() || is_this_host(url) || is_excepted(url, options.except)) return std::optional<Proxy>();
  VIDGEN_TRY(proxy, read_proxy(setting));
  return std::optional<Proxy>(std::move(proxy));
}

}  // namespace vidgen::net
