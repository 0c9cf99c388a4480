// SPDX-License-Identifier: Apache-2.0
// Dunes and buttes. Drawn for a key from the right; the caller mirrors. World units. Functions over the caller's
// canvas; fixed by their seeds.
#pragma once

#include <vector>

#include "local/settings/outdoors.hpp"

namespace vidgen::local {

struct DunePeak {
  double x, height;
  double windward, lee;  // how far its sides reach, right and left
};
struct Dune {
  double base = 0;
  std::vector<DunePeak> peaks;
  SandColors sand;
  Color foot;  // what the body runs to below
  double fall = .3;
  std::uint64_t seed = 1;
};
double dune_crest(const Dune& dune, double x);
void paint_dune(Canvas& canvas, const Dune& dune);

struct Butte {
  double x, half, height;
  bool spire = false;
};
// Flat-topped rock with strata; `foot` is the air's colour at the ground.
void paint_butte(Canvas& canvas, const Butte& butte, double base, Color rock, Color lit, Color foot,
                 std::uint64_t seed);

}  // namespace vidgen::local
