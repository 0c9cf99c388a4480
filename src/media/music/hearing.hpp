// SPDX-License-Identifier: Apache-2.0
// Hearing: from sound to the curves in which beats can be found. Sound goes in piece by piece; what stays in memory is
// some bands a hundredth of a second.
//
// A frame is 10 ms; frame f stands for what begins at f / 100 s. Thread-safety: belongs to one thread. None fails.
#pragma once

#include <array>
#include <vector>

#include "media/music/fft.hpp"
#include "vidgen/time.hpp"

namespace vidgen::media {

inline constexpr int kFramesASecond = 100;
inline constexpr int kChromaEvery = 4;  // frames
using Chroma = std::array<float, 12>;   // energy by pitch class

struct Curves {
  Curves() = default;
  std::vector<float> onsets;   // how much begins, all bands; mean of the loud parts about 1
  std::vector<float> low;      // the same below 160 Hz: kick and bass
  std::vector<Chroma> chroma;  // every kChromaEvery frames, each of length 1 or 0
};

class Hearing {
 public:
  Hearing();
  // Interleaved stereo at 48 kHz, in order.
  void add(const float* pairs, Samples count);
  // What was heard; the object is of no use after.
  Curves finish();

 private:
  static constexpr std::size_t kBands = 36;
  using Bands = std::array<float, kBands>;
  void hear(std::size_t samples);
  void add_bands(const float* frame);
  void add_chroma(const float* frame);
  std::vector<float> rises(std::size_t from, std::size_t to) const;

  Fft short_, long_;
  std::vector<float> tail_;  // mono at 24 kHz, not heard yet
  float odd_ = 0;            // the first of a pair of samples that become one
  bool has_odd_ = false;
  std::array<std::size_t, kBands + 1> edges_{};  // bins of the short transform
  std::vector<int> pitch_;                       // pitch class of a bin of the long one; -1: none
  std::vector<Bands> bands_;
  std::vector<Chroma> chroma_;
};

}  // namespace vidgen::media
