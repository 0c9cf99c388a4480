// SPDX-License-Identifier: Apache-2.0
// Where type may stand: safe areas and the size of type by the frame's aspect. Pure; pixels.
#pragma once

#include <string_view>

#include "vidgen/time.hpp"

namespace vidgen::local::titles {

struct Area {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

// Height of one of the bars that leave a picture of the aspect `bars` ("2.0"), 0 without.
int bar_height(std::string_view bars, Size frame);
// Counted from the bars.
Area safe_area(Size frame, int bar);
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
