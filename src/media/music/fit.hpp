// SPDX-License-Identifier: Apache-2.0
// Fitting: which stretches of the user's music play when, so that the film ends with a bar of it. Music that is longer
// than the film is trimmed at a bar, music that is shorter is looped at bars. `place` is pure; `fit` reads the file.
//
// Samples at 48 kHz. Thread-safety: functions; `fit` blocks. Errors: those of listen().
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "media/music/listen.hpp"
#include "vidgen/spec.hpp"

namespace vidgen::media {

inline constexpr double kMusicLufs = -14;  // as composed music

// Where the wave at one bar line is most like the wave at another: samples to add to `from`, at most 12 ms.
Samples in_phase(const std::vector<float>& at, const std::vector<float>& from);

// A join of a loop: playing goes on at `to` when it comes to `out`.
struct Loop {
  Loop() = default;
  Samples to = 0, out = 0;
};
// The longest loop over whole bars, or over the whole sound where there are none.
Loop loop_of(const Heard& heard);

// `film`: its length. Contiguous but for the crossings of joins.
std::vector<MusicStretch> place(const Heard& heard, const Loop& loop, Samples film);

struct Beats {
  Beats() = default;
  std::vector<Samples> at;  // on the film's clock, ascending
  std::vector<bool> bar;    // begins one
};
Beats beats_of(const Heard& heard, const std::vector<MusicStretch>& stretches, Samples film);

struct Fitted {
  Fitted() = default;
  std::vector<MusicStretch> stretches;
  Rational gain = 1;
  Beats beats;
  double bpm = 0;                  // 0: no beat can be heard
  std::vector<std::string> notes;  // what people should know
};
Result<Fitted> fit(const std::string& path, Samples film, const MediaLimits& limits, std::stop_token stop = {});

}  // namespace vidgen::media
