// SPDX-License-Identifier: Apache-2.0
// The master bus: compressor, soft clip, limiter with look-ahead, and the loop that finds the loudness. Units: dB, dBFS, LUFS, dBTP. Thread-safety: functions of their arguments.
#pragma once

#include "local/music/loudness.hpp"
#include "local/music/synth.hpp"

namespace vidgen::local {

struct BusSettings {
  double threshold_db = -17, ratio = 1.8, knee_db = 12, attack_ms = 25, release_ms = 220;  // compressor
  double ceiling_db = -1.3, limiter_attack_ms = 4, limiter_release_ms = 60;
};

// A gain a sample: what the compressor makes of the track turned up by `gain_db`, and that gain.
std::vector<float> compressor_gains(const StereoTrack& track, double gain_db, const BusSettings& settings);
void multiply(StereoTrack& track, const std::vector<float>& gains);

// No sample's peak (as given in `peaks`) exceeds the ceiling; the gain turns down before the peak comes. Uses `peaks`
// up.
void limit(StereoTrack& track, std::vector<float>& peaks, const BusSettings& settings);

struct MasterWish {
  double lufs = -14;
  double fade_seconds = 2.5;
};
// The finished track and its loudness. `mix` needs no particular level.
struct Mastered {
  StereoTrack track;
  Loudness loudness;
  double gain_db = 0;  // that the mix went through the bus with
  double trim_db = 0;  // of what came out
};
Mastered master(const StereoTrack& mix, const MasterWish& wish, const std::stop_token& stop);

// What the bus did before the soft clip and the limiter, as gains: the same for a mix and for its parts.
struct BeforeLimiter {
  BeforeLimiter(const StereoTrack& mix, const Mastered& mastered, const MasterWish& wish);
  void apply(StereoTrack& track) const;

 private:
  double fade_;
  std::vector<float> gains_;
};

}  // namespace vidgen::local
