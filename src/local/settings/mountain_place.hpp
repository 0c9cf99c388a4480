// SPDX-License-Identifier: Apache-2.0
// The outdoor place behind one composition, and the parts of its picture that have files of their own: the meadow and
// the rock that carries the subject. Private to the mountain setting. Pure.
#pragma once

#include <memory>

#include "local/settings/mountain_look.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {

// All that the layers' painters share. Immutable while they run.
struct OutdoorPlace {
  OutdoorLook look;
  Composition c;
  double horizon;       // hy: of the scene behind the lens
  double sun_x, sun_y;  // behind the lens
  int side;             // of the key
  std::uint64_t seed;
  Light light;
};
using OutdoorPtr = std::shared_ptr<const OutdoorPlace>;

inline constexpr double kMeadow = .26;      // the meadow begins this far below the horizon
inline constexpr double kSlabHeight = .36;  // of its half width, from the top's middle to the ground

// Half the rock's width: it carries the subject and looks as heavy as it.
double slab_half(const Composition& c, const Subject& subject);
// The meadow with its trail, tufts and stones; through the lens.
void paint_meadow(Canvas& canvas, const OutdoorPlace& place);
// The rock with the subject on it; in a macro the subject alone. Not through the lens.
void paint_hero(Canvas& canvas, const OutdoorPlace& place, const Subject& subject);

}  // namespace vidgen::local
