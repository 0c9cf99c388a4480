// SPDX-License-Identifier: Apache-2.0
// Listening to a music file: where it sounds, where its beats and bars are. It stops when it has heard enough.
// Thread-safety: a function; it blocks. Errors: the AudioReader's, and input_refused for a file that is silent, too
// short or without sound: each says what to do.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "media/music/beats.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

inline constexpr Samples kShortestMusic = kSampleRate;

struct Heard {
  Heard() = default;
  Samples samples = 0;          // that were listened to
  bool whole = true;            // to the end
  Samples first = 0, last = 0;  // of the sound: silence around it is left out
  Pulse pulse;
  bool has_beat() const { return pulse.bpm > 0; }
  // Beats that begin bars.
  std::vector<Samples> bars() const;
  std::vector<Samples> beats() const;
};

// Beyond a film's length, so that there is a bar to end at.
inline constexpr Samples kMoreThanTheFilm = 20 * kSampleRate;
// At most the first eleven minutes: no film is longer than ten.
inline constexpr Samples kMostMusic = 660 * kSampleRate;

// `enough`: samples of sound, counted from its beginning.
Result<Heard> listen(const std::string& path, const MediaLimits& limits, Samples enough = kMostMusic,
                     std::stop_token stop = {});

}  // namespace vidgen::media
