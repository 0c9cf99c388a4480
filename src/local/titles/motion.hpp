// SPDX-License-Identifier: Apache-2.0
// When words come and go. Pure. Times are in 1/30 s, so the numbers read as frames of a 30 fps film; every frame rate
// samples the same curves. A title begins on its first frame and is gone after its last: the pause after a cut and the
// one before the next are for whoever places it.
#pragma once

#include "vidgen/time.hpp"

namespace vidgen::local::titles {

struct Pose {
  double alpha = 1;
  double shift = 0;   // share of the way that is still to go: 1 = not come, 0 = in place
  double leave = 0;   // share of the way out
  double spread = 0;  // share of the extra tracking
};

enum class Move {
  rise,   // from below, behind a mask, in 14
  fade,   // in place, in 18, letters closing up
  small,  // in place, in 10
  lift,   // a little way up and in, in 14
  scrim,  // in place, in 10, under the first words
};

double move_length(Move move);

// How a title of some length moves. Short ones move faster; very short ones stand still.
class Motion {
 public:
  // `moves_in`: when its last part has arrived. `leaves`: whether it goes at its end.
  Motion(Frames length, Rational fps, double moves_in, bool leaves);

  Pose pose(Frames n, Move move, double delay) const;

 private:
  double time(Frames n) const;

  double fps_, length_;
  double pace_ = 1;  // 1/30 s of the film for one of the plan
  bool still_ = false, leaves_;
};

inline constexpr double kLineStep = 4, kHold = 12, kOut = 8;
inline constexpr double kRise = 0.9, kDrift = 0.2;  // em
inline constexpr double kSpread = 0.02;             // em

}  // namespace vidgen::local::titles
