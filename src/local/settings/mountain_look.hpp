// SPDX-License-Identifier: Apache-2.0
// Colours and light of the outdoors by time of day: one row each. Constant data.
#pragma once

#include <string_view>

#include "local/compositor/layer.hpp"
#include "local/paint/light.hpp"

namespace vidgen::local {

struct OutdoorLook {
  std::string_view time;
  Stops sky;
  Color sun, glow;
  Color far[3];  // ridges from far to near
  Color haze, forest, near, ground, trail, lit;
  Light light;
  Grade grade;
  double vignette = .34;
  double sun_strength = 1;
};
// The row of a time of day; the nearest for other words.
OutdoorLook outdoor_look(std::string_view time);

}  // namespace vidgen::local
