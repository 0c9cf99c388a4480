// SPDX-License-Identifier: Apache-2.0
#include "base/board_words.hpp"

#include <cstdio>

namespace vidgen::base {

std::string clock_text(Rational seconds) {
  const long long tenths = (seconds * Rational(10)).round();
  char text[48];
  std::snprintf(text, sizeof text, "%lld:%02lld.%lld", tenths / 600, tenths / 10 % 60, tenths % 10);
  return text;
}

std::string span_text(Rational from, Rational to) {
  return clock_text(from) + " \xE2\x80\x93 " + clock_text(to);
}

std::string plain_words(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c == '_') c = ' ';
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string price_text(Money price) {
  const std::int64_t cents = (price.micros() + 9999) / 10000;
  char text[48];
  std::snprintf(text, sizeof text, "$%lld.%02lld", static_cast<long long>(cents / 100),
                static_cast<long long>(cents % 100));
  return text;
}

std::string prices_text(const StoryboardPrice& price, const Storyboard& board) {
  std::string out = price_text(price.own);
  if (!board.price_on.empty()) out += " \xC2\xB7 " + price_text(price.other) + " on " + board.price_on;
  return out;
}

std::string facts_text(const Storyboard& board) {
  constexpr const char* kDot = " \xC2\xB7 ";
  const std::size_t n = board.panels.size();
  char rate[32];
  std::snprintf(rate, sizeof rate, "%.4g fps", board.fps.to_double());
  return std::to_string(n) + (n == 1 ? " beat" : " beats") + kDot + clock_text(board.seconds) + kDot +
         board.size.to_string() + kDot + rate + kDot + plain_words(board.template_name);
}

std::string photographs_text(const StoryboardPanel& panel) {
  if (panel.photographs.empty()) return {};
  std::string out = panel.photographs.size() == 1 ? "Photograph " : "Photographs ";
  for (std::size_t i = 0; i < panel.photographs.size(); ++i)
    out += (i == 0 ? "" : ", ") + std::to_string(panel.photographs[i]);
  return out;
}

}  // namespace vidgen::base
