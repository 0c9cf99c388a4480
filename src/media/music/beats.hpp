// SPDX-License-Identifier: Apache-2.0
// Where the beats and bars of music fall: the tempo by autocorrelation of what begins, the beats by dynamic
// programming, the bars by where the bass and the chords change. Pure. Units: seconds, frames of hearing.hpp.
// Thread-safety: functions of values. They do not fail: what has no beat gives none.
#pragma once

#include <vector>

#include "media/music/hearing.hpp"

namespace vidgen::media {

struct Pulse {
  Pulse() = default;
  double bpm = 0;             // 0: no beat can be heard
  int metre = 4;              // beats a bar, 3 or 4
  std::vector<double> beats;  // ascending
  std::size_t first_bar = 0;  // the beat that begins the first whole bar; then every `metre` beats
  bool is_bar(std::size_t beat) const {
    return beat >= first_bar && (beat - first_bar) % static_cast<std::size_t>(metre) == 0;
  }
};

// Beats between `from` and `to` seconds, where there is sound.
Pulse find_pulse(const Curves& curves, double from, double to);

// The parts of it. Beats a minute, and how sure that is: 0 for noise, 1 for a metronome.
struct Tempo {
  Tempo() = default;
  double period = 0;  // frames
  double clarity = 0;
};
Tempo find_tempo(const std::vector<float>& onsets);
// Frames, with a fraction.
std::vector<double> find_beats(const std::vector<float>& onsets, double period);

}  // namespace vidgen::media
