// SPDX-License-Identifier: Apache-2.0
#include "spec/text.hpp"

#include <algorithm>
#include <vector>

namespace vidgen::spec {
namespace {

constexpr char32_t kBad = 0xFFFFFFFF;

// Letters with accents and the plain letters people mean by them; two rows of the Latin-1 block from U+00C0.
constexpr std::string_view kPlain = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";

char32_t fold_one(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xFF && kPlain[c - 0xC0] != ' ') return static_cast<char32_t>(kPlain[c - 0xC0]);
  if (c == 0x2019 || c == 0x2018) return '\'';
  if (c >= 0x2010 && c <= 0x2015) return '-';
  return c;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Greedy lines of at most `width`; empty when a word is too long or the lines are too many.
std::string filled(const std::vector<std::string>& words, std::size_t width, std::size_t lines) {
  std::string out;
  std::size_t used = 0, count = 1;
  for (const std::string& w : words) {
    std::size_t n = count_code_points(w);
    if (n > width) return {};
    if (used != 0 && used + 1 + n > width) {
      if (++count > lines) return {};
      out += '\n';
      used = 0;
    }
    if (used != 0) out += ' ';
    out += w;
    used += n + (used != 0 ? 1 : 0);
  }
  return out;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4) return kBad;
  char32_t c = lead & (0x3F >> more);
  std::size_t p = at;
  for (int i = 0; i < more; ++i, ++p) {
    if (p >= text.size() || (byte(p) & 0xC0) != 0x80) return kBad;
    c = (c << 6) | (byte(p) & 0x3F);
  }
  constexpr char32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  if (c < kLeast[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return kBad;
  at = p;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  auto put = [&](char32_t v) { out += static_cast<char>(static_cast<unsigned char>(v)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t start = at;
    if (next_code_point(text, at) == kBad) return start;
  }
  return std::string_view::npos;
}

std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = next_code_point(text, at);
    if (c != kBad) append_utf8(out, fold_one(c));
  }
  return out;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t lines) {
  std::vector<std::string> words = words_of(text);
  std::string best = filled(words, width, lines);
  if (best.empty()) return {};
  std::size_t count = static_cast<std::size_t>(std::count(best.begin(), best.end(), '\n')) + 1;
  // The narrowest width that keeps the number of lines makes them even, so that no line is one lost word.
  for (std::size_t w = width; w-- > 1;) {
    std::string even = filled(words, w, count);
    if (even.empty()) break;
    best = even;
  }
  return best;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t used = 0;
  for (const std::string& w : words_of(text)) {
    std::size_t n = count_code_points(w) + (out.empty() ? 0 : 1);
    if (used + n > most) break;
    if (!out.empty()) out += ' ';
    out += w;
    used += n;
  }
  return out;
}

}  // namespace vidgen::spec
