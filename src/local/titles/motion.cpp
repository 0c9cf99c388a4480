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
      return 16;
  }
  return 0;
}

Motion::Motion(Frames length, Rational fps, double moves_in, bool leaves)
    : fps_(fps.to_double()), moves_in_(moves_in), leaves_(leaves) {
  length_ = static_cast<double>(length) * 30 / fps_;
  const double wanted = kWait + moves_in + kHold + (leaves ? kOut + kRest : 0);
  pace_ = std::min(1.0, length_ / wanted);
  still_ = length_ < kLeastMoving;
}

double Motion::time(Frames n) const {
  return static_cast<double>(n) * 30 / fps_;
}

Pose Motion::pose(Frames n, Move move, double delay) const {
  Pose pose;
  if (still_) return pose;
  const double wait = move == Move::scrim ? 0 : kWait;
  const double in = clamp01((time(n) / pace_ - wait - delay) / move_length(move));
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
  const double begin = length_ - (kOut + kRest) * pace_;
  const double out = clamp01((time(n) - begin) / (kOut * pace_));
  pose.alpha *= 1 - smooth(out);
  pose.leave = out * out;
  return pose;
}

Frames Motion::settled() const {
  return still_ ? 0 : static_cast<Frames>(std::ceil((kWait + moves_in_) * pace_ * fps_ / 30 - 1e-9));
}

Frames Motion::leaving() const {
  const double end = length_ * fps_ / 30;
  if (still_ || !leaves_) return static_cast<Frames>(std::llround(end));
  return static_cast<Frames>(std::floor((length_ - (kOut + kRest) * pace_) * fps_ / 30 + 1e-9)) + 1;
}

}  // namespace vidgen::local::titles
