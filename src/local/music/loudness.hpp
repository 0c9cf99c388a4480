// SPDX-License-Identifier: Apache-2.0
// How loud a track is, by libebur128, on two cores. Units: LUFS, dBTP; -200 for silence. Thread-safety: functions of
// their arguments.
#pragma once

#include "local/music/synth.hpp"

namespace vidgen::local {

// Integrated over the track (ITU-R BS.1770-4); not finite below 0.4 s.
double lufs_of(const StereoTrack& track);

// The largest point of either side, at four points a sample.
double true_peak_of(const StereoTrack& track);

struct Loudness {
  double lufs = -200, true_peak = -200;
};
Loudness measure(const StereoTrack& track);

}  // namespace vidgen::local
