// SPDX-License-Identifier: Apache-2.0
// The walls of a street in one-point perspective. A point of the street is (side, depth, height): its walls stand
// `half` to the left and right of the vanishing point at depth 1, heights are counted from the horizon, down positive.
#pragma once

#include <memory>

#include "local/settings/direction.hpp"
#include "local/settings/skyline.hpp"

namespace vidgen::local {

struct Street {
  Composition c;
  CityLook look;
  double vanish = 0, horizon = 0;
  double half = .7;      // of the way's width at depth 1
  double ground = .4;    // below the horizon at depth 1
  double storey = 1.35;  // stretches what is above eye level
  std::uint64_t seed = 1;

  Point at(double across, double depth, double height) const {
    return {vanish + across / depth, horizon + height * (height < 0 ? storey : 1) / depth};
  }
};
using StreetPtr = std::shared_ptr<const Street>;

void paint_fronts(Canvas& canvas, const Street& street);      // both rows of houses
void paint_street_end(Canvas& canvas, const Street& street);  // what closes the view
void paint_kerbs(Canvas& canvas, const Street& street);

}  // namespace vidgen::local
