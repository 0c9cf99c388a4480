// SPDX-License-Identifier: Apache-2.0
#include "net/headers.hpp"

#include <algorithm>

namespace vidgen::net {
namespace {

constexpr std::string_view kOwn[] = {"host",
                                     "content-length",
                                     "transfer-encoding",
                                     "connection",
                                     "keep-alive",
                                     "upgrade",
                                     "te",
                                     "trailer",
                                     "expect",
                                     "accept-encoding",
                                     "range",
                                     "if-range",
                                     "proxy-connection",
                                     "proxy-authorization"};
constexpr std::string_view kCrossing[] = {"accept", "accept-language", "user-agent", "if-none-match",
                                          "if-modified-since"};

template <class List>
bool is_in(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

bool is_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

bool is_token(std::string_view text) {
  constexpr std::string_view kSigns = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kSigns.find(c) != kSigns.npos;
  });
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool has_header(const std::map<std::string, std::string>& headers, std::string_view lower_name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& row) { return lower_case(row.first) == lower_name; });
}

Status check_headers(const HttpRequest& request) {
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name)) return Error(Errc::invalid_argument, "a header's name holds a character that may not be sent");
    if (!is_value(value))
      return Error(Errc::invalid_argument, "the value of the header " + name + " holds a control character");
    if (is_in(kOwn, lower_case(name)))
      return Error(Errc::invalid_argument, "the header " + name + " is the transport's own; leave it out");
    if (!request.parts.empty() && lower_case(name) == "content-type")
      return Error(Errc::invalid_argument, "the parts of a form decide its Content-Type; leave it out");
  }
  return {};
}

bool may_cross_origins(std::string_view name) {
  return is_in(kCrossing, lower_case(name));
}

}  // namespace vidgen::net
