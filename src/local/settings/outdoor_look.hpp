// SPDX-License-Identifier: Apache-2.0
// Colours and light of the outdoors by time of day: one row each, and what a place changes about them. Constant data.
#pragma once

#include <string_view>

#include "local/compositor/layer.hpp"
#include "local/paint/light.hpp"

namespace vidgen::local {

enum class Hour { sunrise, golden, midday, dusk, night };
enum class Land { mountain, desert, beach, forest };

// The hour of a time's name; a place's own best hour for other words.
Hour hour_of(std::string_view time, Land land);

struct OutdoorLook {
  Hour hour = Hour::sunrise;
  Stops sky;
  Color sun, glow;
  Color far[3];  // ridges from far to near
  Color haze, forest, near, ground, trail, lit;
  Light light;
  Grade grade;
  double vignette = .34;
  double sun_strength = 1;
  double sun_rise = .125;  // of the sun or the moon above the skyline
  double stars = 0;
  bool night() const { return hour == Hour::night; }
};
OutdoorLook outdoor_look(std::string_view time, Land land = Land::mountain);

}  // namespace vidgen::local
