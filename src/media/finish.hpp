// SPDX-License-Identifier: Apache-2.0
// Finisher: film grain and black bars, at the film's size. Grain is two tiles of bytes, one for mid tones and a weaker
// one for the rest, laid at an offset that a hash of the frame's index gives: frame n looks the same in whatever
// segment it is rendered. Bars lie over the grain and under the type.
//
// Thread-safety: immutable after make(). Errors: Errc::timeline_invalid for bars that are no ratio.
#pragma once

#include <cstdint>
#include <vector>

#include "av/frame.hpp"
#include "vidgen/timeline.hpp"

namespace vidgen::media {

class Finisher {
 public:
  static Result<Finisher> make(const Finish& finish, Size size);
  bool active() const { return sigma_ > 0 || bar_ > 0; }
  void apply(Frames n, const av::YuvPlanes& out) const;
  int bar() const { return bar_; }  // rows of each bar, even

 private:
  double sigma_ = 0;
  int bar_ = 0, tile_width_ = 0;
  std::vector<std::uint8_t> mid_plus_, mid_minus_, end_plus_, end_minus_;
};

}  // namespace vidgen::media
