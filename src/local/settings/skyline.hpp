// SPDX-License-Identifier: Apache-2.0
// Planes of towers, their windows lit in clusters or glazed, and the wet or dry ground before them. World units;
// fixed by their seeds; the caller's canvas, any thread.
#pragma once

#include <cstdint>
#include <span>

#include "local/settings/city_look.hpp"

namespace vidgen::local {

struct TowerPlane {
  double base = .15;           // where they stand
  double low = .1, high = .3;  // heights
  double narrow = .04, broad = .09;
  double cell = .010;  // one window's pitch
  Color top, foot;
  Color edge;            // light on the face that looks at the glow
  double shine = .34;    // of it
  double strength = .8;  // of the windows
  bool lit = false;
  int side = 1;      // of the glow
  double shift = 0;  // sideways, so that no two beats show the same roofs
  std::uint64_t seed = 1;
};
void paint_towers(Canvas& canvas, const TowerPlane& plane);

// Vertical reflections of lights on wet ground, longest below the horizon at `top`; to be screened.
struct Streaks {
  double top, reach;
  int count;
  double strength;
  std::uint64_t seed;
};
void paint_streaks(Canvas& canvas, const Streaks& streaks);

// Ground from the horizon down to the camera: `far` to `near`, tonal patches, dark ripples when wet.
struct Pavement {
  double top;
  Color far, near, dark, lit;
  bool wet = false;
  std::uint64_t seed = 1;
};
void paint_pavement(Canvas& canvas, const Pavement& pavement);

}  // namespace vidgen::local
