// SPDX-License-Identifier: Apache-2.0
// Reading text that a server wrote: looking for words without regard to case, and small scanners that stop at a bound.
// Thread-safety: pure functions. Hostile input: only the first 4 KiB are looked at, numbers saturate.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace vidgen::flow {

inline constexpr std::size_t kMostWords = 4096;

// ASCII only, so that no locale can change a decision.
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

constexpr std::string_view bounded(std::string_view text) {
  return text.substr(0, kMostWords);
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// `text` begins with `word`, which is in lower case.
constexpr bool begins(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[i]) != word[i]) return false;
  return true;
}

// Where `word`, in lower case, stands in the first 4 KiB; npos when nowhere.
inline std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  text = bounded(text);
  if (from > text.size()) return std::string_view::npos;
  const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), word.begin(), word.end(),
                              [](char a, char b) { return lower(a) == b; });
  return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

inline bool contains_word(std::string_view text, std::string_view word) {
  return find_word(text, word) != std::string_view::npos;
}

}  // namespace vidgen::flow
