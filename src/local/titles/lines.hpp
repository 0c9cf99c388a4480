// SPDX-License-Identifier: Apache-2.0
// Breaks words into balanced lines, by sense, and finds the size at which they fit. Pure. Lengths are em unless said.
#pragma once

#include <string>
#include <vector>

#include "local/titles/shape.hpp"

namespace vidgen::local::titles {

struct Limits {
  double width = 0;   // pixels
  double height = 0;  // pixels, of all lines
  int letters = 0;    // a line
  int lines = kMaxLines;
};

struct Fitted {
  std::vector<std::string> lines;
  double scale = 1;  // of the size that was asked for
};

// The best `count` lines; the text's own line breaks are kept when they give just that many.
std::vector<std::string> break_lines(const std::vector<Word>& words, int count);

// First the fewest lines at full size, then smaller down to kLeastScale, then more lines, then whatever fits.
Fitted fit_lines(const std::vector<Word>& words, double size, double leading, const Limits& limits);

}  // namespace vidgen::local::titles
