// SPDX-License-Identifier: Apache-2.0
#include "net/url.hpp"

#include <algorithm>
#include <vector>

#include "base/try.hpp"
#include "net/address.hpp"

namespace vidgen::net {
namespace {

constexpr std::size_t kMaxUrl = 8192;
constexpr std::size_t kMaxHost = 253;
constexpr std::size_t kMaxLabel = 63;

Error refused(std::string_view text, std::string_view why) {
  return {Errc::url_refused, shown_url(text) + ": " + std::string(why)};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// A label that some reader might take for a number: digits only, or 0x and anything.
bool looks_numeric(std::string_view label) {
  if (label.size() >= 2 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X')) return true;
  return !label.empty() && std::all_of(label.begin(), label.end(), is_digit);
}

bool good_label(std::string_view label) {
  if (label.empty() || label.size() > kMaxLabel || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_'; });
}

bool good_name(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost) return false;
  while (true) {
    const std::size_t dot = host.find('.');
    if (!good_label(host.substr(0, dot))) return false;
    if (dot == host.npos) return !looks_numeric(host);
    host.remove_prefix(dot + 1);
  }
}

Status read_host(Url& url, std::string_view host, bool brackets) {
  std::string name = lower(host);
  if (!brackets && name.size() > 1 && name.back() == '.') name.pop_back();
  const auto address = parse_address(name);
  if (address && address->v6 == brackets) {
    url.host = address->text();
    url.is_address = true;
    return {};
  }
  if (brackets || !good_name(name))
    return Error(Errc::url_refused, "the host is neither a plain name nor an address in its usual form");
  url.host = std::move(name);
  return {};
}

Status read_port(Url& url, std::string_view port) {
  url.port = url.https ? 443 : 80;
  if (port.empty()) return {};
  unsigned value = 0;
  for (const char c : port) {
    if (!is_digit(c) || port.size() > 5) return Error(Errc::url_refused, "the port is not a number");
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value == 0 || value > 65535) return Error(Errc::url_refused, "the port is not between 1 and 65535");
  url.port = static_cast<std::uint16_t>(value);
  return {};
}

Status read_authority(Url& url, std::string_view authority) {
  if (authority.find('@') != authority.npos)
    return Error(Errc::url_refused, "a user name or password does not belong in a URL");
  const bool brackets = !authority.empty() && authority.front() == '[';
  std::string_view host = authority, port;
  if (brackets) {
    const std::size_t end = authority.find(']');
    if (end == authority.npos) return Error(Errc::url_refused, "a bracket is missing");
    host = authority.substr(1, end - 1);
    port = authority.substr(end + 1);
    if (!port.empty() && port.front() != ':') return Error(Errc::url_refused, "the port is not a number");
  } else if (const std::size_t colon = authority.find(':'); colon != authority.npos) {
    host = authority.substr(0, colon);
    port = authority.substr(colon);
  }
  if (!port.empty()) {
    port.remove_prefix(1);
    if (port.empty()) return Error(Errc::url_refused, "the port is not a number");
  }
  VIDGEN_CHECK(read_host(url, host, brackets));
  return read_port(url, port);
}

bool plain_characters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>' && c != '^' && c != '`' && c != '{' &&
           c != '|' && c != '}';
  });
}

// Removes "." and ".." from a path that begins with a slash, as RFC 3986 5.2.4 says.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  bool folder = true;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path.remove_prefix(segment.size());
    folder = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!folder) kept.push_back(segment);
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (folder) out += '/';
  return out;
}

bool has_scheme(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != text.npos && colon > 0 && colon < text.find_first_of("/?#") && is_alpha(text.front());
}

}  // namespace

std::string Url::authority() const {
  const std::string name = is_address && host.find(':') != host.npos ? "[" + host + "]" : host;
  return port == (https ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

std::string Url::host_and_port() const {
  const std::string name = is_address && host.find(':') != host.npos ? "[" + host + "]" : host;
  return name + ":" + std::to_string(port);
}

std::string Url::origin() const {
  return (https ? "https://" : "http://") + authority();
}

std::string Url::shown() const {
  return origin() + target.substr(0, target.find('?'));
}

std::string shown_url(std::string_view text) {
  constexpr std::size_t kShown = 200;
  text = text.substr(0, text.find_first_of("?#"));
  const std::size_t start = text.find("//");
  const std::size_t at = text.find('@');
  std::string out(text);
  if (at != text.npos) out = std::string(text.substr(0, start == text.npos ? 0 : start + 2)) + "…" + out.substr(at);
  if (out.size() > kShown) out.resize(kShown);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return out.empty() ? "the empty URL" : out;
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMaxUrl) return refused(text, "it is longer than 8192 characters");
  if (!plain_characters(text)) return refused(text, "it holds a character that has to be percent-encoded");
  Url url;
  const std::string scheme = lower(text.substr(0, text.find("://")));
  if (scheme.size() + 3 > text.size() || (scheme != "https" && scheme != "http"))
    return refused(text, "it does not begin with https:// or http://");
  url.https = scheme == "https";
  std::string_view rest = text.substr(scheme.size() + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (Status status = read_authority(url, authority); !status) return refused(text, status.error().message());
  rest.remove_prefix(authority.size());
  rest = rest.substr(0, rest.find('#'));
  url.target = rest.empty() || rest.front() == '?' ? "/" + std::string(rest) : std::string(rest);
  return url;
}

bool same_origin(const Url& a, const Url& b) {
  return a.https == b.https && a.host == b.host && a.port == b.port;
}

Result<Url> join_url(std::string_view base, std::string_view path) {
  VIDGEN_TRY(url, parse_url(base));
  if (url.target.find('?') != url.target.npos) return refused(base, "a base URL has no query");
  std::string_view prefix = url.target;
  while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  const std::string target = std::string(prefix) + "/" + std::string(path);
  const std::string only_path = target.substr(0, target.find('?'));
  if (!plain_characters(target) || target.find('#') != target.npos || without_dots(only_path) != only_path)
    return refused(base, "the path behind it holds a character or a segment that is not allowed");
  url.target = target;
  return url;
}

Result<Url> resolve_reference(const Url& base, std::string_view reference) {
  if (has_scheme(reference)) return parse_url(reference);
  if (reference.substr(0, 2) == "//") return parse_url((base.https ? "https:" : "http:") + std::string(reference));
  reference = reference.substr(0, reference.find('#'));
  const std::string_view query = reference.substr(std::min(reference.find('?'), reference.size()));
  std::string path(reference.substr(0, reference.size() - query.size()));
  const std::string base_path = base.target.substr(0, base.target.find('?'));
  if (reference.empty()) return base;
  if (path.empty()) return parse_url(base.origin() + base_path + std::string(query));
  if (path.front() != '/') path = base_path.substr(0, base_path.rfind('/') + 1) + path;
  return parse_url(base.origin() + without_dots(path) + std::string(query));
}

}  // namespace vidgen::net
