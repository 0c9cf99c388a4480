// SPDX-License-Identifier: Apache-2.0
// Small signal tools of the mix: filters, levels, width, fades. In place, in float with double filter states.
// Units: Hz at 48 kHz, dB, samples. Thread-safety: functions of their arguments. None fails.
#pragma once

#include <algorithm>
#include <vector>

#include "local/music/synth.hpp"

namespace vidgen::local {

double to_db(double amplitude);  // at least -200
double from_db(double db);

// A second-order section.
class Biquad {
 public:
  static Biquad high_pass(double hz, double q);
  static Biquad low_pass(double hz, double q);
  static Biquad band_pass(double hz, double q);  // 0 dB at its centre
  static Biquad high_shelf(double hz, double gain_db);
  float step(float x) {
    const double y = b0_ * x + s1_;
    s1_ = b1_ * x - a1_ * y + s2_;
    s2_ = b2_ * x - a2_ * y;
    return static_cast<float>(y);
  }

 private:
  double b0_ = 1, b1_ = 0, b2_ = 0, a1_ = 0, a2_ = 0;
  double s1_ = 0, s2_ = 0;
};

// Butterworth, 24 dB an octave.
void high_pass_24(StereoTrack& track, double hz);
void high_pass_12(StereoTrack& track, double hz);
void high_shelf(StereoTrack& track, double hz, double gain_db);

void make_mono(StereoTrack& track);
void scale(StereoTrack& track, double factor);
void add(StereoTrack& to, const StereoTrack& from);

// 90th percentile of the RMS of 0.4 s windows: how loud a stem is where it plays. 0 for silence. A plain RMS would
// take sparse drums for quiet ones.
double working_level(const StereoTrack& track);

// tanh as a continued fraction, within 2e-4 up to |x| = 4, then flat. Here, so that loops over it become vectors.
inline float soft_tanh(float x) {
  const float c = std::clamp(x, -4.97f, 4.97f), s = c * c;
  const float y =
      c * (135135.f + s * (17325.f + s * (378.f + s))) / (135135.f + s * (62370.f + s * (3150.f + s * 28.f)));
  return std::clamp(y, -1.f, 1.f);
}
// c * tanh(x / c).
void saturate(StereoTrack& track, double ceiling);
// The same for what is heard together: each track keeps its share of what is left of their sum.
void saturate(const std::vector<StereoTrack*>& tracks, double ceiling);

// dB of the share of the energy between 2.8 and 11 kHz.
double presence_db(const StereoTrack& track);

// The share of the sides with which left and right correlate by at least `correlation`; 1: they do.
double width_for(const StereoTrack& track, double correlation);
void narrow(StereoTrack& track, double width);

// 5 ms in; a squared cosine of `seconds` that ends at the silent last 80 ms.
void fade_ends(StereoTrack& track, double seconds);

// Lowers the track by `depth_db` at each kick: attack 6 ms, hold 30 ms, decay 70 ms. Kicks ascend.
void duck_at(StereoTrack& track, const std::vector<double>& kicks, double depth_db);

}  // namespace vidgen::local
