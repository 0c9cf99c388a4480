// SPDX-License-Identifier: Apache-2.0
// Where type may stand: safe areas and the size of type by the frame's aspect. Pure; pixels.
#pragma once

#include <string_view>

#include "local/titles/look.hpp"
#include "vidgen/time.hpp"

namespace vidgen::local::titles {

struct Area {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

// Counted from the bars where the look has them.
Area safe_area(const Look& look, Size frame);
// Height of one bar of the look, 0 without.
double bar_height(const Look& look, Size frame);
// Factor on the sizes of look.hpp.
double type_scale(Size frame);
inline double aspect(Size frame) {
  return static_cast<double>(frame.width) / frame.height;
}
// Phones held upright: words stand under the subject, over the player's buttons.
inline bool upright(Size frame) {
  return aspect(frame) < 0.7;
}

}  // namespace vidgen::local::titles
