// SPDX-License-Identifier: Apache-2.0
// Words and numbers as a storyboard shows them to people. Pure.
#pragma once

#include <string>
#include <string_view>

#include "vidgen/storyboard.hpp"

namespace vidgen::base {

std::string clock_text(Rational seconds);           // "0:03.5", minutes and tenths
std::string span_text(Rational from, Rational to);  // "0:00.0 – 0:03.5"
std::string plain_words(std::string_view name);     // "close_up": "Close up"
std::string price_text(Money price);                // "$0.42": cents, rounded up, and "$0.00" for nothing
// What a board says of its prices: "$0.00 · $1.20 on kling".
std::string prices_text(const StoryboardPrice& price, const Storyboard& board);
// "8 beats · 0:30.0 · 1280x720 · 30 fps · cinematic"
std::string facts_text(const Storyboard& board);
// "Photograph 2": empty when there is none.
std::string photographs_text(const StoryboardPanel& panel);

}  // namespace vidgen::base
