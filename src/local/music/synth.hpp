// SPDX-License-Identifier: Apache-2.0
// Plays a score through FluidSynth into three stems. One synth with three output groups, so the font is loaded once;
// no audio driver, no player, no log handler: nothing process-wide. Blocks of 64 samples (1.3 ms) quantise the events.
// Errors: soundfont_missing (the font cannot be read), cancelled, internal. Thread-safety: calls are independent.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "local/music/music.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local {

struct StereoTrack {
  StereoTrack() = default;
  explicit StereoTrack(std::size_t frames) : left(frames), right(frames) {}
  std::size_t size() const { return left.size(); }
  std::vector<float> left, right;
};

struct Stems {
  Stems() = default;
  StereoTrack low, music, drums;  // low: bass and kick
};

Result<Stems> play(const Score& score, const StyleRow& style, const std::string& soundfont,
                   const std::stop_token& stop);

}  // namespace vidgen::local
