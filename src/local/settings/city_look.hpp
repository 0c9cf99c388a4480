// SPDX-License-Identifier: Apache-2.0
// The colours of a city at an hour: sky, walls, haze, lit windows, ground, light. Pure values.
#pragma once

#include <string_view>

#include "local/compositor/layer.hpp"
#include "local/paint/light.hpp"

namespace vidgen::local {

struct CityLook {
  bool lit = false;  // windows and lamps are on, the ground is wet
  Stops sky;         // from the top to the horizon
  Color glow;        // at the horizon
  Color tower[3];    // tops, far to near
  Color foot[3];     // where they stand, in the haze
  Color haze;
  Color wall[3];  // facades of a street: brick, plaster, stone
  Color ground, ground_far, dark;
  Color veil;  // over the ground of an end card: deep, of the hour's own hue
  Light light;
  Grade grade;
  double vignette = .26, bloom = .2, threshold = .75;
};

// The hour's look; `usual` stands for a brief that names none.
CityLook city_look(std::string_view time, std::string_view usual);

}  // namespace vidgen::local
