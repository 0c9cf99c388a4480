// SPDX-License-Identifier: Apache-2.0
#include "local/titles/motion.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local::titles {
namespace {

// Below this (0.4 s) nothing can come and go without a flicker.
constexpr double kLeastMoving = 12;

double clamp01(double v) {
  return std::clamp(v, 0.0, 1.0);
}
double ease_out(double t) {
  return 1 - (1 - t) * (1 - t) * (1 - t);
}
double smooth(double t) {
  return t * t * (3 - 2 * t);
}

}  // namespace

double move_length(Move move) {
  switch (move) {
    case Move::rise:
      return 14;
    case Move::fade:
      return 18;
    case Move::small:
      return 10;
    case Move::lift:
      return 14;
    case Move::scrim:
      return 10;
  }
  return 0;
}

Motion::Motion(Frames length, Rational fps, double moves_in, bool leaves) : fps_(fps.to_double()), leaves_(leaves) {
  length_ = static_cast<double>(length) * 30 / fps_;
  const double wanted = moves_in + kHold + (leaves ? kOut : 0);
  pace_ = std::min(1.0, length_ / wanted);
  still_ = length_ < kLeastMoving;
}

double Motion::time(Frames n) const {
  return static_cast<double>(n) * 30 / fps_;
}

Pose Motion::pose(Frames n, Move move, double delay) const {
  Pose pose;
  if (still_) return pose;
  const double in = clamp01((time(n) / pace_ - delay) / move_length(move));
  const double eased = ease_out(in);
  switch (move) {
    case Move::rise:
      pose.alpha = in > 0 ? 1 : 0;
      pose.shift = 1 - eased;
      break;
    case Move::lift:
      pose.shift = 1 - eased;
      pose.alpha = smooth(in);
      break;
    case Move::fade:
      pose.spread = 1 - eased;
      [[fallthrough]];
    case Move::small:
    case Move::scrim:
      pose.alpha = smooth(in);
      break;
  }
  if (!leaves_) return pose;
  const double begin = length_ - kOut * pace_;
  const double out = clamp01((time(n) - begin) / (kOut * pace_));
  pose.alpha *= 1 - smooth(out);
  pose.leave = out * out;
  return pose;
}

}  // namespace vidgen::local::titles
