// SPDX-License-Identifier: Apache-2.0
#include "backends/outputs.hpp"

#include <array>

#include "base/try.hpp"

namespace vidgen::backends {
namespace {

constexpr std::size_t kMostOutputs = 64;
constexpr int kDeepest = 8;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

void collect(const base::Json& value, int depth, std::vector<Output>& out) {
  if (out.size() >= kMostOutputs || depth > kDeepest) return;
  if (value.is_string()) {
    std::string text = value.as_string();
    if (is_url(text)) out.emplace_back(std::move(text));
    return;
  }
  for (const base::Json& item : value.items()) collect(item, depth + 1, out);
  for (const auto& [key, item] : value.members()) collect(item, depth + 1, out);
}

std::array<signed char, 256> digits() {
  std::array<signed char, 256> out{};
  out.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    out[static_cast<unsigned char>(kAlphabet[i])] = static_cast<signed char>(i);
  out['-'] = 62;  // the URL-safe alphabet
  out['_'] = 63;
  return out;
}

std::string encode_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

}  // namespace

bool is_url(std::string_view text) {
  return starts_with(text, "https://") || starts_with(text, "http://") || starts_with(text, "data:");
}

std::vector<Output> outputs_of(const base::Json& value) {
  std::vector<Output> out;
  collect(value, 0, out);
  return out;
}

Result<std::string> decode_base64(std::string_view text) {
  const auto table = digits();
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  int bits = 0;
  for (char c : text) {
    if (c == '=' || c == '\n' || c == '\r') continue;
    const int digit = table[static_cast<unsigned char>(c)];
    if (digit < 0) return Error(Errc::provider, "the answer holds damaged base64");
    group = group << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(group >> bits & 255);
  }
  return out;
}

Result<Output> decode_data_uri(std::string_view uri) {
  const std::size_t comma = uri.find(',');
  if (!starts_with(uri, "data:") || comma == uri.npos || comma > 256)
    return Error(Errc::provider, "the answer holds a damaged data URI");
  std::string_view head = uri.substr(5, comma - 5);
  const bool base64 = head.size() >= 7 && head.substr(head.size() - 7) == ";base64";
  if (!base64) return Error(Errc::provider, "the answer holds a data URI that is not base64");
  VIDGEN_TRY(bytes, decode_base64(uri.substr(comma + 1)));
  Output out;
  out.bytes = std::move(bytes);
  out.mime = std::string(head.substr(0, head.find(';')));
  return out;
}

std::string data_uri(std::string_view bytes, std::string_view mime) {
  return "data:" + std::string(mime) + ";base64," + encode_base64(bytes);
}

}  // namespace vidgen::backends
