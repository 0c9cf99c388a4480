// SPDX-License-Identifier: Apache-2.0
// Finished pieces, and what is measured of them.
#pragma once

#include <ebur128.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "local/music/bus.hpp"
#include "local/music/dsp.hpp"
#include "plans.hpp"

namespace vidgen::local::test {

struct Piece {
  Score score;
  Music music;
  StereoTrack track;
};

inline StereoTrack split(const std::vector<float>& interleaved) {
  StereoTrack t(interleaved.size() / 2);
  for (std::size_t i = 0; i < t.size(); ++i) {
    t.left[i] = interleaved[2 * i];
    t.right[i] = interleaved[2 * i + 1];
  }
  return t;
}

inline Piece make(const ScorePlan& plan, double lufs = -14) {
  Piece piece;
  piece.score = compose(plan).value();
  RenderOptions options;
  options.target_lufs = lufs;
  piece.music = render(piece.score, options).value();
  piece.track = split(piece.music.interleaved);
  return piece;
}

// What libebur128 says of the whole of it at once.
struct Metered {
  double lufs = -200, true_peak = -200, range = 0;
};
inline Metered metered(const StereoTrack& t) {
  Metered out;
  ebur128_state* meter = ebur128_init(2, kSampleRate, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK);
  for (std::size_t i = 0; i < t.size(); ++i) {
    const float frame[] = {t.left[i], t.right[i]};
    EXPECT_EQ(ebur128_add_frames_float(meter, frame, 1), EBUR128_SUCCESS);
  }
  double left = 0, right = 0;
  EXPECT_EQ(ebur128_loudness_global(meter, &out.lufs), EBUR128_SUCCESS);
  EXPECT_EQ(ebur128_loudness_range(meter, &out.range), EBUR128_SUCCESS);
  EXPECT_EQ(ebur128_true_peak(meter, 0, &left), EBUR128_SUCCESS);
  EXPECT_EQ(ebur128_true_peak(meter, 1, &right), EBUR128_SUCCESS);
  out.true_peak = to_db(std::max(left, right));
  ebur128_destroy(&meter);
  return out;
}

inline double rms_db(const StereoTrack& t, double from, double to) {
  double energy = 1e-20;
  const auto begin = static_cast<std::size_t>(from * kSampleRate);
  const auto end = std::min(t.size(), static_cast<std::size_t>(to * kSampleRate));
  for (std::size_t i = begin; i < end; ++i) energy += double{t.left[i]} * t.left[i] + double{t.right[i]} * t.right[i];
  return 10 * std::log10(energy / (2.0 * static_cast<double>(end - begin)));
}

inline std::map<Section, double> section_levels(const Piece& p) {
  std::map<Section, double> energy, seconds;
  for (const Bar& bar : p.score.bars) {
    energy[bar.section] += std::pow(10, rms_db(p.track, bar.start, bar.end) / 10) * (bar.end - bar.start);
    seconds[bar.section] += bar.end - bar.start;
  }
  for (auto& [section, e] : energy) e = 10 * std::log10(e / seconds[section]);
  return energy;
}

inline double correlation(const StereoTrack& t) {
  double lr = 0, ll = 0, rr = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    lr += double{t.left[i]} * t.right[i];
    ll += double{t.left[i]} * t.left[i];
    rr += double{t.right[i]} * t.right[i];
  }
  return lr / std::sqrt(ll * rr);
}

inline double correlation_below(StereoTrack low, double hz) {
  for (int pass = 0; pass < 2; ++pass)
    for (std::vector<float>* side : {&low.left, &low.right})
      for (Biquad filter = Biquad::low_pass(hz, .707); float& x : *side) x = filter.step(x);
  return correlation(low);
}

// dB an octave from 63 Hz to 8 kHz: how the energy of the octaves falls.
inline double octave_slope(const StereoTrack& t) {
  std::vector<double> shares;
  for (double hz = 63; hz < 9000; hz *= 2) {
    Biquad high = Biquad::high_pass(hz / std::sqrt(2.0), .707), low = Biquad::low_pass(hz * std::sqrt(2.0), .707);
    double energy = 1e-20;
    for (std::size_t i = 0; i < t.size(); ++i) {
      const float y = low.step(high.step((t.left[i] + t.right[i]) / 2));
      energy += double{y} * y;
    }
    shares.push_back(10 * std::log10(energy));
  }
  const double n = static_cast<double>(shares.size()), middle = (n - 1) / 2;
  double cross = 0, square = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    cross += (static_cast<double>(i) - middle) * shares[i];
    square += (static_cast<double>(i) - middle) * (static_cast<double>(i) - middle);
  }
  return cross / square;
}

// The quietest half second before `until`.
inline double quietest_db(const StereoTrack& t, double from, double until) {
  double least = 0;
  for (double at = from; at + .5 <= until; at += .1) least = std::min(least, rms_db(t, at, at + .5));
  return least;
}

}  // namespace vidgen::local::test
