// SPDX-License-Identifier: Apache-2.0
#include "local/music/loudness.hpp"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "base/both.hpp"
#include "local/music/dsp.hpp"
#include "local/music/oversample.hpp"

namespace vidgen::local {
namespace {

struct DestroyMeter {
  void operator()(ebur128_state* s) const { ebur128_destroy(&s); }
};
using Meter = std::unique_ptr<ebur128_state, DestroyMeter>;

constexpr std::size_t kHop = kSampleRate / 10, kBlock = 4 * kHop;  // blocks of 0.4 s, a tenth of a second apart

Meter fed(const StereoTrack& track, std::size_t from, std::size_t to) {
  Meter meter(ebur128_init(2, kSampleRate, EBUR128_MODE_I));
  std::vector<float> frames(2 * kHop);
  for (; meter && from < to; from += kHop) {
    const std::size_t n = std::min(kHop, to - from);
    for (std::size_t i = 0; i < n; ++i) {
      frames[2 * i] = track.left[from + i];
      frames[2 * i + 1] = track.right[from + i];
    }
    ebur128_add_frames_float(meter.get(), frames.data(), n);
  }
  return meter;
}

double lufs_of(std::initializer_list<ebur128_state*> meters) {
  std::vector<ebur128_state*> all(meters);
  double out = -200;
  if (std::all_of(all.begin(), all.end(), [](const auto* m) { return m != nullptr; }))
    ebur128_loudness_global_multiple(all.data(), all.size(), &out);
  return out;
}

constexpr float kSure = .89f;                 // 1 dB: what tops_of() may be wrong by
constexpr std::size_t kRamp = 64, kLead = 96;  // samples before a stretch; a meter looks 12 far

// The peak between the samples from..to. A ramp leads in, because an interpolator rings where sound begins at once. A
// peak at the end is another stretch's, too.
double peak_between(const std::vector<float>& side, std::size_t from, std::size_t to) {
  const std::size_t lead = std::min(kLead, from), begin = from - lead;
  std::vector<float> part(side.begin() + static_cast<std::ptrdiff_t>(begin),
                          side.begin() + static_cast<std::ptrdiff_t>(to));
  for (std::size_t i = 0; lead == kLead && i < kRamp; ++i) part[i] *= static_cast<float>(i) / kRamp;
  const Meter meter(ebur128_init(1, kSampleRate, EBUR128_MODE_TRUE_PEAK));
  double peak = 0;
  if (meter && ebur128_add_frames_float(meter.get(), part.data(), part.size()) == EBUR128_SUCCESS)
    ebur128_true_peak(meter.get(), 0, &peak);
  return peak;
}

// libebur128 takes its time over peaks, so that it sees only the stretches that may hold the largest.
double peak_of(const std::vector<float>& side) {
  const std::vector<float> tops = tops_of(side);
  std::vector<std::size_t> order(tops.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return tops[a] > tops[b]; });
  double best = 0;
  for (const std::size_t stretch : order) {
    if (tops[stretch] < kSure * best) break;
    const std::size_t from = stretch * kStretch;
    best = std::max(best, peak_between(side, from, std::min(from + kStretch, side.size())));
  }
  return best;
}

}  // namespace

double lufs_of(const StereoTrack& track) {
  const std::size_t half = track.size() / 2 / kHop * kHop;
  if (half < kBlock) return lufs_of({fed(track, 0, track.size()).get()});
  // The second meter's first block is the one after the first meter's last.
  Meter first, second;
  base::both([&] { first = fed(track, 0, half); },
             [&] { second = fed(track, half + kHop - kBlock, track.size()); });
  return lufs_of({first.get(), second.get()});
}

double true_peak_of(const StereoTrack& track) {
  double left = 0, right = 0;
  base::both([&] { left = peak_of(track.left); }, [&] { right = peak_of(track.right); });
  return to_db(std::max(left, right));
}

Loudness measure(const StereoTrack& track) {
  Loudness out;
  out.lufs = lufs_of(track);
  out.true_peak = true_peak_of(track);
  return out;
}

}  // namespace vidgen::local
