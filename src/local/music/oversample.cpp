// SPDX-License-Identifier: Apache-2.0
#include "local/music/oversample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/both.hpp"
#include "local/music/dsp.hpp"

namespace vidgen::local {
namespace {

constexpr std::size_t kPhases = 4, kTaps = 12;
using Taps = std::array<float, kTaps>;

// Interpolator of kPhases * kTaps taps, cut at 22 kHz; the same kernel takes the rate down again.
struct Kernel {
  std::array<Taps, kPhases> phase{};
  Kernel() {
    constexpr int kLength = kPhases * kTaps;
    for (int i = 0; i < kLength; ++i) {
      const double x = i - (kLength - 1) / 2.0, turn = std::numbers::pi * x / kPhases * .94;
      const double sinc = std::abs(x) < 1e-9 ? .94 : std::sin(turn) / turn * .94;
      const double w = 2 * std::numbers::pi * (i + .5) / kLength;
      const double window = .42 - .5 * std::cos(w) + .08 * std::cos(2 * w);
      phase[static_cast<std::size_t>(i) % kPhases][static_cast<std::size_t>(i) / kPhases] =
          static_cast<float>(sinc * window);
    }
    normalise();
  }
  void normalise() {
    for (Taps& taps : phase) {
      float sum = 0;
      for (float t : taps) sum += t;
      for (float& t : taps) t /= sum;
    }
  }
};

const Kernel& kernel() {
  static const Kernel one;
  return one;
}

// to[i] += the sum of taps[k] * from[i + k * direction]; written so that compilers vectorise over i.
template <std::ptrdiff_t direction>
void convolve(float* to, const float* from, std::size_t n, const Taps& taps) {
  for (std::size_t i = 0; i < n; ++i) {
    float sum = to[i];
    const float* at = from + i;
    for (std::size_t k = 0; k < kTaps; ++k) sum += taps[k] * at[static_cast<std::ptrdiff_t>(k) * direction];
    to[i] = sum;
  }
}

// A stretch of one side with kTaps samples of the signal on both of its ends, in four interleaved phases. Point p of
// sample i lies (4 i + p - 23.5) quarters after the stretch's start, because the kernel is that late; the way down runs
// it backward, which takes the delay away again.
class Stretch {
 public:
  static constexpr std::size_t kPoints = kStretch + kTaps;

  // source_[kTaps + i] is the sample from + i, as it was before the stretch before it was written over.
  std::size_t load(const std::vector<float>& side, std::size_t from) {
    const std::size_t n = std::min(kStretch, side.size() - from), ahead = std::min(kTaps, side.size() - from - n);
    std::copy(history_.begin(), history_.end(), source_.begin());
    const float* first = side.data() + from;
    std::copy(first, first + n + ahead, source_.begin() + kTaps);
    std::fill(source_.begin() + static_cast<std::ptrdiff_t>(kTaps + n + ahead), source_.end(), 0.f);
    std::copy(source_.begin() + static_cast<std::ptrdiff_t>(n),
              source_.begin() + static_cast<std::ptrdiff_t>(n + kTaps), history_.begin());
    return n;
  }

  // The points of a phase, n + kTaps of them.
  void points(std::size_t p, std::size_t n, float* out) const {
    std::fill_n(out, n + kTaps, 0.f);
    convolve<-1>(out, source_.data() + kTaps, n + kTaps, kernel().phase[p]);
  }

 private:
  std::array<float, kTaps> history_{};
  std::array<float, kStretch + 2 * kTaps> source_{};
};

using Points = std::array<float, Stretch::kPoints>;

void raise(Points& tops, const Points& points, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) tops[i] = std::max(tops[i], std::abs(points[i]));
}

// Adds what tanh changes, and only that, so that nothing else is filtered. `tops`: of the four points as they are then.
void clip_stretch(const Stretch& stretch, float* side, std::size_t n, Points& tops) {
  Points change, bent;
  tops.fill(0);
  for (std::size_t p = 0; p < kPhases; ++p) {
    stretch.points(p, n, change.data());
    for (std::size_t i = 0; i < n + kTaps; ++i) bent[i] = soft_tanh(change[i]);
    for (std::size_t i = 0; i < n + kTaps; ++i) change[i] = (bent[i] - change[i]) / kPhases;
    raise(tops, bent, n + kTaps);
    convolve<1>(side, change.data(), n, kernel().phase[p]);
  }
}

// Points i lie between samples `at - 1` and `at`; the first and the last ones beside the side's ends.
void note_peaks(std::vector<float>& peaks, std::size_t from, const Points& tops, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = from + i - kTaps / 2 + 1;  // before the first sample it wraps and is out of range
    if (at < peaks.size()) peaks[at] = std::max(peaks[at], tops[i]);
    if (at - 1 < peaks.size()) peaks[at - 1] = std::max(peaks[at - 1], tops[i]);
  }
}

void clip_side(std::vector<float>& side, std::vector<float>& peaks) {
  peaks.assign(side.size(), 0.f);
  Stretch stretch;
  Points tops;
  for (std::size_t from = 0; from < side.size(); from += kStretch) {
    const std::size_t n = stretch.load(side, from);
    clip_stretch(stretch, side.data() + from, n, tops);
    note_peaks(peaks, from, tops, n + kTaps);
  }
  for (std::size_t i = 0; i < side.size(); ++i) peaks[i] = std::max(peaks[i], std::abs(side[i]));
}

}  // namespace

void soft_clip(StereoTrack& track, std::vector<float>& peaks) {
  std::vector<float> others;
  base::both([&] { clip_side(track.left, peaks); }, [&] { clip_side(track.right, others); });
  for (std::size_t i = 0; i < peaks.size(); ++i) peaks[i] = std::max(peaks[i], others[i]);
}

std::vector<float> tops_of(const std::vector<float>& side) {
  std::vector<float> out;
  Stretch stretch;
  Points points, tops;
  for (std::size_t from = 0; from < side.size(); from += kStretch) {
    const std::size_t n = stretch.load(side, from) + kTaps;
    tops.fill(0);
    for (std::size_t p = 0; p < kPhases; ++p) {
      stretch.points(p, n - kTaps, points.data());
      raise(tops, points, n);
    }
    out.push_back(*std::max_element(tops.begin(), tops.begin() + static_cast<std::ptrdiff_t>(n)));
  }
  return out;
}

}  // namespace vidgen::local
