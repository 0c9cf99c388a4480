// SPDX-License-Identifier: Apache-2.0
// Plays a score through FluidSynth into buses: three of them, or six when the parts of the music are wanted. Two synths
// side by side, each with half of the notes and an output group a bus; no audio driver, no player, no log handler: nothing
// process-wide. Blocks of 64 samples (1.3 ms) quantise the events.
// Errors: soundfont_missing (the font cannot be read), cancelled, internal. Thread-safety: calls are independent.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "local/music/events.hpp"
#include "local/music/music.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local {

struct StereoTrack {
  StereoTrack() = default;
  explicit StereoTrack(std::size_t frames) : left(frames), right(frames) {}
  std::size_t size() const { return left.size(); }
  std::vector<float> left, right;
};

// By bus: `split` has one of each Bus, else bass and kick, chords, figures and melody, and the other drums share one.
using Buses = std::vector<StereoTrack>;

Result<Buses> play(const Score& score, const StyleRow& style, const std::string& soundfont, const Desk& desk,
                   const std::stop_token& stop);

}  // namespace vidgen::local
