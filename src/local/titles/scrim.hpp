// SPDX-License-Identifier: Apache-2.0
// The shade under the type: strongest under the words, gone before anyone sees where it ends. One formula serves
// corners, bands and centres: a core box, and a falloff on each axis. Pixels of the frame.
#pragma once

#include "local/titles/area.hpp"
#include "local/titles/raster.hpp"

namespace vidgen::local::titles {

struct Field {
  Area core;                        // full strength within
  double reach_x = 1, reach_y = 1;  // from the core to nothing
  double strength = 0;              // opacity in the core, 0 to 1
  double rest = 0;                  // opacity elsewhere; the whole frame is covered when it is not 0
  Rgb colour;
};

// Opacity at a place, of a field of strength 1 and no rest: 1 in the core to 0.
double falloff(const Field& field, double x, double y);
// Dithered, so that no band shows; cropped to where something is. The first and last `bar` rows are left alone: black
// bars stay black.
Placed draw_scrim(const Field& field, Size frame, int bar = 0);

}  // namespace vidgen::local::titles
