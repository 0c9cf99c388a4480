// SPDX-License-Identifier: Apache-2.0
// Finds clicks: a third difference that is 40 times the median of the 4 ms on both sides, away from struck notes.
// Weak in dense music, where the surroundings hide a click; its own test plants some.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "local/music/music.hpp"

namespace vidgen::local::test {

inline std::vector<double> onsets_of(const Score& score) {
  std::vector<double> out;
  for (const Note& n : score.notes) out.push_back(n.start), out.push_back(n.end);
  for (const DrumHit& d : score.drums) out.push_back(d.at);
  for (const Effect& e : score.effects) out.push_back(e.at);
  std::sort(out.begin(), out.end());
  return out;
}

inline bool near_onset(std::size_t sample, const std::vector<double>& onsets) {
  const double at = static_cast<double>(sample) / kSampleRate;
  const auto next = std::lower_bound(onsets.begin(), onsets.end(), at - .012);
  return next != onsets.end() && *next < at + .003;
}

inline double median_of(const std::vector<double>& d, std::size_t from, std::size_t to) {
  std::vector<double> part(d.begin() + static_cast<std::ptrdiff_t>(from), d.begin() + static_cast<std::ptrdiff_t>(to));
  std::nth_element(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2), part.end());
  return part[part.size() / 2];
}

inline int count_clicks(const std::vector<float>& x, const std::vector<double>& onsets) {
  constexpr std::size_t kWindow = 192, kGap = 8;
  constexpr double kRatio = 40, kAudible = .004;
  std::vector<double> d(x.size(), 0);
  for (std::size_t i = 3; i < x.size(); ++i) d[i] = std::abs(double{x[i]} - 3.0 * x[i - 1] + 3.0 * x[i - 2] - x[i - 3]);
  int clicks = 0;
  for (std::size_t i = kWindow + kGap; i + kWindow + kGap < x.size(); ++i) {
    if (d[i] < kAudible || near_onset(i, onsets)) continue;
    const double around =
        std::max(median_of(d, i - kGap - kWindow, i - kGap), median_of(d, i + kGap, i + kGap + kWindow));
    if (d[i] <= kRatio * around) continue;
    ++clicks;
    i += kWindow;
  }
  return clicks;
}

}  // namespace vidgen::local::test
