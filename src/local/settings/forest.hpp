// SPDX-License-Identifier: Apache-2.0
// The forest's colours by hour, and its floor. Private to the forest's files. Pure.
#pragma once

#include "local/settings/woods.hpp"

namespace vidgen::local {

struct ForestColors {
  Color top, air;           // above and behind the trees
  Color far, middle, near;  // trunks by distance
  Color leaf, leaf_dark;
  Color moss, moss_dark, path;
};
const ForestColors& forest_colors(const OutdoorPlace& place);
// A height between the skyline (0) and the subject's foot (1).
double forest_ground(const OutdoorPlace& place, double share);
// Through the lens.
void paint_forest_floor(Canvas& canvas, const OutdoorPlace& place);

}  // namespace vidgen::local
