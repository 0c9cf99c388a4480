// SPDX-License-Identifier: Apache-2.0
// The small drawn signs of end cards, one row a family of products. They stand for a logo that nobody gave us, so they
// are plain: one line width, one idea.
#pragma once

#include <cairo.h>

#include <string_view>

#include "local/titles/color.hpp"

namespace vidgen::local::titles {

struct Mark {
  std::string_view categories;     // separated by spaces, one at either end
  double half_width, top, bottom;  // of its ink in its own unit, y down, centre 0
  void (*draw)(cairo_t*, Rgb ink, Rgb accent);
};

// The row for a category; the plain ring for one that has no row; null for an empty name.
const Mark* find_mark(std::string_view category);
const Mark* mark_rows(int& count);

}  // namespace vidgen::local::titles
