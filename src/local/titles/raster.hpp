// SPDX-License-Identifier: Apache-2.0
// Bitmaps of type, marks and pills, cropped to their ink.
#pragma once

#include <cairo.h>

#include <functional>
#include <memory>

#include "local/titles/color.hpp"
#include "local/titles/shape.hpp"
#include "vidgen/media.hpp"

namespace vidgen::local::titles {

// A bitmap and where its top left corner belongs.
struct Placed {
  std::shared_ptr<const Bitmap> bitmap;
  int x = 0, y = 0;
};

// A line of type in place. Pixels of the frame.
struct SetLine {
  ShapedLine line;
  double size = 0;      // pixels an em
  double x = 0, y = 0;  // pen and baseline
  Rgb colour;
  double alpha = 1;
};

// Extents of the ink in the frame.
Extents ink_of(const SetLine& line);
Placed draw_line(const SetLine& line, double extra_tracking = 0);

// Draws in frame coordinates within `box`; the result is cropped to what was painted. Empty when nothing was.
Placed draw_cropped(const Extents& box, const std::function<void(cairo_t*)>& draw);

void set_colour(cairo_t* cairo, Rgb colour, double alpha = 1);

}  // namespace vidgen::local::titles
