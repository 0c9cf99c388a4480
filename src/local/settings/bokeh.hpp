// SPDX-License-Identifier: Apache-2.0
// Points of light out of focus: discs with a soft ring. To be screened. Pure.
#pragma once

#include <span>
#include <vector>

#include "local/paint/canvas.hpp"

namespace vidgen::local {

struct Disc {
  double x, y, r;
  double strength;  // of 1
  Color color;
};
void paint_bokeh(Canvas& canvas, std::span<const Disc> discs, double strength);

// Discs strewn over a box, larger ones weaker.
struct Strewn {
  double x0, y0, x1, y1;
  double small, large;
  int count;
  std::uint64_t seed;
  std::span<const std::uint32_t> colors;
};
std::vector<Disc> strew(const Strewn& s);

}  // namespace vidgen::local
