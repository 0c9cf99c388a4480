// SPDX-License-Identifier: Apache-2.0
// What a forest is painted of: trunks, foliage, ferns, shafts of light. World units; `side` is the key's. Functions
// over the caller's canvas; fixed by their seeds.
#pragma once

#include "local/settings/outdoors.hpp"

namespace vidgen::local {

struct Trunk {
  double x, foot, half;  // where it stands, half its width there
  double lean = 0;
};
struct TrunkColors {
  Color bark, dark, lit;
  Color air;        // what the foot fades to
  double fade = 0;  // how much
  bool bark_lines = false;
};
// From its foot out of the frame's top.
void paint_trunk(Canvas& canvas, const Trunk& trunk, double top, const TrunkColors& colors, int side, Rng& rng);

// Clumps of leaves from `top` down to about `bottom`, fewer below, brighter round the light and open where it stands.
struct Foliage {
  double top, bottom;
  int clumps;
  double size;  // of a clump
  Color dark, lit;
  double light_x, light_y;
  int side;
  std::uint64_t seed = 1;
};
void paint_foliage(Canvas& canvas, const Foliage& foliage);
// A low bush of leaves on the ground.
void paint_bush(Canvas& canvas, double x, double y, double half, double height, Color dark, Color lit, int side,
                Rng& rng);
// Fronds that spring from one root; `height` of the longest.
void paint_fern(Canvas& canvas, double x, double y, double height, Color dark, Color lit, int side, Rng& rng);
// Slanted bands of light from above on the key's side.
void paint_shafts(Canvas& canvas, double x, double y, double ground, Color color, double strength, int side,
                  std::uint64_t seed);

}  // namespace vidgen::local
