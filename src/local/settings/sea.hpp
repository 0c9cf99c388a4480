// SPDX-License-Identifier: Apache-2.0
// Water, foam, and what grows and lies at a beach. World units, through the lens unless said otherwise. Functions over
// the caller's canvas; fixed by their seeds.
#pragma once

#include "local/settings/outdoors.hpp"

namespace vidgen::local {

struct SeaColors {
  Color far, middle, near, edge;  // from the skyline to the shore
  Color dark, glint, foam;
};
// From the skyline down to `shore`, glinting under the light at `sun_x`.
void paint_sea(Canvas& canvas, const SeaColors& sea, double horizon, double shore, double sun_x, std::uint64_t seed);

// The line where the last wave ends; `shore` is its mean height.
double shore_at(double shore, double x, std::uint64_t seed);
// Wet sand, the lacy edge of the water, and the wave that comes next.
void paint_shore(Canvas& canvas, const SeaColors& sea, const SandColors& sand, Color sky, double shore,
                 std::uint64_t seed);
void paint_shell(Canvas& canvas, double x, double y, double size, double turn, Color lit, Color shade);

// A palm's crown that reaches into the frame from a corner at (x, y); `way` +1 grows to the left, -1 to the right. Not
// through the lens.
void paint_fronds(Canvas& canvas, double x, double y, double reach, double way, Color dark, Color green, Color lit,
                  std::uint64_t seed);

}  // namespace vidgen::local
