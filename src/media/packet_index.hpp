// SPDX-License-Identifier: Apache-2.0
// PacketIndex: what a file's packets say without decoding them: how many pictures are shown, when, and how much sound.
//
// Thread-safety: a value. Errors: the Demuxer's.
#pragma once

#include <vector>

#include "av/demuxer.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

struct PacketIndex {
  PacketIndex() = default;
  std::vector<std::int64_t> times;  // of shown pictures, ticks since the file's time 0, sorted
  Rational tick = 1;                // seconds of one
  bool first_is_key = false;
  bool dts_rise = true;  // decoding times rise strictly
  Rational video_end;    // seconds: where the last picture's showing ends
  Samples samples = 0;   // at 48 kHz, priming taken off
  bool has_sound = false;
};

inline constexpr std::size_t kMostPictures = 4u << 20;

Result<PacketIndex> read_index(av::Demuxer& demuxer);

}  // namespace vidgen::media
