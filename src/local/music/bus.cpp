// SPDX-License-Identifier: Apache-2.0
#include "local/music/bus.hpp"

#include <ebur128.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <memory>
#include <numbers>
#include <utility>

#include "base/both.hpp"
#include "local/music/dsp.hpp"

namespace vidgen::local {
namespace {

constexpr std::size_t kControl = 16;  // samples a step of the compressor's gain
constexpr std::size_t kPhases = 4, kTaps = 12;
constexpr double kTolerance = .1;    // LU
constexpr double kPeakMost = -1.05;  // dBTP
constexpr int kPasses = 6;

// dB of reduction at a level, with a soft knee.
double reduction_db(double level_db, const BusSettings& s) {
  const double over = level_db - s.threshold_db, slope = 1 - 1 / s.ratio;
  if (over <= -s.knee_db / 2) return 0;
  if (over >= s.knee_db / 2) return slope * over;
  const double into = over + s.knee_db / 2;
  return slope * into * into / (2 * s.knee_db);
}

// Interpolator of kPhases * kTaps taps, cut at 22 kHz; the same kernel takes the rate down again.
struct Kernel {
  std::array<std::array<float, kTaps>, kPhases> phase{};
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
    for (auto& taps : phase) {
      float sum = 0;
      for (float t : taps) sum += t;
      for (float& t : taps) t /= sum;
    }
  }
};

constexpr std::size_t kStretch = 2048;  // samples at a time, so that the work stays in the cache

// to[i] = sum of taps[k] * from[i + k * direction]; written so that compilers vectorise over i.
void convolve(float* to, const float* from, std::size_t n, const std::array<float, kTaps>& taps,
              std::ptrdiff_t direction) {
  for (std::size_t k = 0; k < kTaps; ++k) {
    const float* shifted = from + static_cast<std::ptrdiff_t>(k) * direction;
    const float tap = taps[k];
    for (std::size_t i = 0; i < n; ++i) to[i] += tap * shifted[i];
  }
}

// A stretch of one side in four interleaved phases. Point p of sample i lies (4 i + p - 23.5) quarters after the
// stretch's start, because the kernel is that late; the way down runs it backward, which takes the delay away again.
// So a stretch needs kTaps samples of the signal on both sides.
class Oversampler {
 public:
  explicit Oversampler(std::vector<float>& side) : side_(side) {}

  // Adds what tanh changes, and only that, so that nothing else is filtered.
  void clip(std::vector<float>& peaks) {
    for (std::size_t from = 0; from < side_.size(); from += kStretch) {
      const std::size_t n = std::min(kStretch, side_.size() - from);
      load(from, n);
      for (std::size_t p = 0; p < kPhases; ++p) clip_phase(p, from, n, peaks);
    }
  }

 private:
  // source_[kTaps + i] is the unclipped sample from + i; what lies before it was kept when it was overwritten.
  void load(std::size_t from, std::size_t n) {
    std::copy(history_.begin(), history_.end(), source_.begin());
    const std::size_t ahead = std::min(kTaps, side_.size() - from - n);
    const float* first = side_.data() + from;
    std::copy(first, first + n + ahead, source_.begin() + kTaps);
    std::fill(source_.begin() + static_cast<std::ptrdiff_t>(kTaps + n + ahead), source_.end(), 0.f);
    std::copy(source_.begin() + static_cast<std::ptrdiff_t>(n),
              source_.begin() + static_cast<std::ptrdiff_t>(n + kTaps), history_.begin());
  }

  void clip_phase(std::size_t p, std::size_t from, std::size_t n, std::vector<float>& peaks) {
    const std::size_t points = n + kTaps;
    std::fill_n(change_.begin(), points, 0.f);
    convolve(change_.data(), source_.data() + kTaps, points, kernel_.phase[p], -1);
    for (std::size_t i = 0; i < points; ++i) bent_[i] = soft_tanh(change_[i]);
    for (std::size_t i = 0; i < points; ++i) change_[i] = (bent_[i] - change_[i]) / kPhases;
    convolve(side_.data() + from, change_.data(), n, kernel_.phase[p], 1);
    for (std::size_t i = 0; i < points; ++i) {
      // This point lies between samples `at - 1` and `at`; before the first one it wraps and is out of range.
      const std::size_t at = from + i - kTaps / 2 + 1;
      for (std::size_t sample : {at - 1, at})
        if (sample < peaks.size()) peaks[sample] = std::max(peaks[sample], std::abs(bent_[i]));
    }
  }

  std::vector<float>& side_;
  Kernel kernel_;
  std::array<float, kTaps> history_{};
  std::array<float, kStretch + 2 * kTaps> source_{};
  std::array<float, kStretch + kTaps> change_{}, bent_{};
};

// Replaces each sample's peak by the smallest gain that it and the `ahead` samples after it need. Backward, with a
// queue of candidates whose gains rise.
void peaks_to_gains(std::vector<float>& peaks, std::size_t ahead, float ceiling) {
  std::deque<std::pair<std::size_t, float>> queue;
  for (std::size_t i = peaks.size(); i-- > 0;) {
    const float need = peaks[i] > ceiling ? ceiling / peaks[i] : 1.f;
    while (!queue.empty() && queue.back().second >= need) queue.pop_back();
    queue.emplace_back(i, need);
    while (queue.front().first > i + ahead) queue.pop_front();
    peaks[i] = queue.front().second;
  }
}

struct DestroyMeter {
  void operator()(ebur128_state* s) const { ebur128_destroy(&s); }
};

// How much more gain brings the loudness nearer: the bus gives back about 1 / 1.6 of it, and after two passes it is known
// how much. A pass is a tenth of the time that a piece takes.
class GainSteps {
 public:
  double step(double gain, double lufs, double error) {
    double share = 1 / 1.6;
    if (known_ && std::abs(gain - gain_) > .05) share = std::clamp((lufs - lufs_) / (gain - gain_), .2, 1.2);
    known_ = true;
    gain_ = gain;
    lufs_ = lufs;
    return std::clamp(error / share, -12.0, 12.0);
  }

 private:
  bool known_ = false;
  double gain_ = 0, lufs_ = 0;
};

StereoTrack through_bus(const StereoTrack& mix, double gain_db, double fade, const BusSettings& settings) {
  StereoTrack out = mix;
  scale(out, from_db(gain_db));
  compress(out, settings);
  std::vector<float> peaks;
  soft_clip(out, peaks);
  limit(out, peaks, settings);
  fade_ends(out, fade);
  return out;
}

}  // namespace

std::vector<float> compressor_gains(const StereoTrack& track, const BusSettings& s) {
  const double attack = 1 - std::exp(-static_cast<double>(kControl) / (s.attack_ms * 1e-3 * kSampleRate));
  const double release = 1 - std::exp(-static_cast<double>(kControl) / (s.release_ms * 1e-3 * kSampleRate));
  std::vector<float> gains(track.size());
  double envelope = 0;
  float gain = 1;
  for (std::size_t from = 0; from < track.size(); from += kControl) {
    const std::size_t to = std::min(from + kControl, track.size());
    double energy = 0;
    for (std::size_t i = from; i < to; ++i)
      energy += double{track.left[i]} * track.left[i] + double{track.right[i]} * track.right[i];
    energy /= 2.0 * static_cast<double>(to - from);
    envelope += (energy - envelope) * (energy > envelope ? attack : release);
    const double level_db = envelope > 1e-12 ? 10 * std::log10(envelope) : -120;
    const auto next = static_cast<float>(from_db(-reduction_db(level_db, s)));
    const float step = (next - gain) / static_cast<float>(to - from);
    for (std::size_t i = from; i < to; ++i) gains[i] = gain += step;
    gain = next;
  }
  return gains;
}

void multiply(StereoTrack& track, const std::vector<float>& gains) {
  for (std::size_t i = 0; i < track.size(); ++i) {
    track.left[i] *= gains[i];
    track.right[i] *= gains[i];
  }
}

void compress(StereoTrack& track, const BusSettings& s) {
  multiply(track, compressor_gains(track, s));
}

namespace {

void clip_side(std::vector<float>& side, std::vector<float>& peaks) {
  peaks.assign(side.size(), 0.f);
  Oversampler(side).clip(peaks);
  for (std::size_t i = 0; i < peaks.size(); ++i) peaks[i] = std::max(peaks[i], std::abs(side[i]));
}

}  // namespace

void soft_clip(StereoTrack& track, std::vector<float>& peaks) {
  std::vector<float> others;
  base::both([&] { clip_side(track.left, peaks); }, [&] { clip_side(track.right, others); });
  for (std::size_t i = 0; i < peaks.size(); ++i) peaks[i] = std::max(peaks[i], others[i]);
}

void limit(StereoTrack& track, std::vector<float>& peaks, const BusSettings& s) {
  const auto ahead = static_cast<std::size_t>(s.limiter_attack_ms * 1e-3 * kSampleRate);
  const double release = std::exp(-1 / (s.limiter_release_ms * 1e-3 * kSampleRate));
  peaks_to_gains(peaks, ahead, static_cast<float>(from_db(s.ceiling_db)));
  // A running mean over the same span makes the descent a ramp that arrives in time; the mean never exceeds the gain
  // that a sample needs, because each part of it was already that low.
  double held = 1, sum = static_cast<double>(ahead + 1);
  std::vector<float> ramp(ahead + 1, 1.f);
  for (std::size_t i = 0; i < track.size(); ++i) {
    held = std::min<double>(peaks[i], 1 - (1 - held) * release);
    float& slot = ramp[i % (ahead + 1)];
    const auto now = static_cast<float>(held);
    sum += double{now} - slot;
    slot = now;
    const auto gain = static_cast<float>(sum / static_cast<double>(ahead + 1));
    track.left[i] *= gain;
    track.right[i] *= gain;
  }
}

namespace {

using Meter = std::unique_ptr<ebur128_state, DestroyMeter>;

Meter fed(const StereoTrack& track, int mode) {
  Meter meter(ebur128_init(2, kSampleRate, mode));
  std::vector<float> block(2 * 48000);
  for (std::size_t from = 0; meter && from < track.size(); from += block.size() / 2) {
    const std::size_t frames = std::min(block.size() / 2, track.size() - from);
    for (std::size_t i = 0; i < frames; ++i) {
      block[2 * i] = track.left[from + i];
      block[2 * i + 1] = track.right[from + i];
    }
    ebur128_add_frames_float(meter.get(), block.data(), frames);
  }
  return meter;
}

double true_peak_of(const StereoTrack& track) {
  const Meter meter = fed(track, EBUR128_MODE_TRUE_PEAK);
  double most = -200;
  for (unsigned c = 0; meter && c < 2; ++c) {
    double peak = 0;
    ebur128_true_peak(meter.get(), c, &peak);
    most = std::max(most, to_db(peak));
  }
  return most;
}

}  // namespace

Loudness measure(const StereoTrack& track, bool with_peak) {
  Loudness out;
  const auto loudness = [&] {
    const Meter meter = fed(track, EBUR128_MODE_I | (with_peak ? EBUR128_MODE_LRA : 0));
    if (!meter) return;
    ebur128_loudness_global(meter.get(), &out.lufs);
    if (with_peak) ebur128_loudness_range(meter.get(), &out.range);
  };
  if (with_peak)
    base::both(loudness, [&] { out.true_peak = true_peak_of(track); });
  else
    loudness();
  return out;
}

Mastered master(const StereoTrack& mix, const MasterWish& wish, const std::stop_token& stop) {
  BusSettings settings;
  const double start = measure(mix, false).lufs;
  // The bus takes about 1.2 dB and four ninths of the gain; nearer than that is what the passes are for.
  double gain = std::isfinite(start) ? (wish.lufs - start + 1.2) * 9 / 5 : 0;
  Mastered out;
  GainSteps next;
  for (int pass = 0; pass < kPasses && !stop.stop_requested(); ++pass) {
    out.track = StereoTrack();  // before the next one is made
    out.gain_db = gain;
    out.track = through_bus(mix, gain, wish.fade_seconds, settings);
    out.loudness = measure(out.track, false);
    const double error = wish.lufs - out.loudness.lufs;
    if (!std::isfinite(error)) break;  // too short or too quiet to have a loudness
    if (std::abs(error) <= kTolerance) {
      out.loudness = measure(out.track, true);
      if (out.loudness.true_peak <= kPeakMost) return out;
      settings.ceiling_db -= out.loudness.true_peak - kPeakMost + .05;
      continue;
    }
    gain += next.step(gain, out.loudness.lufs, error);
  }
  out.loudness = measure(out.track, true);
  if (out.loudness.true_peak > kPeakMost) {
    scale(out.track, from_db(kPeakMost - out.loudness.true_peak));
    out.loudness = measure(out.track, true);
  }
  return out;
}

BeforeLimiter::BeforeLimiter(const StereoTrack& mix, const Mastered& mastered, const MasterWish& wish)
    : gain_db_(mastered.gain_db), fade_(wish.fade_seconds) {
  StereoTrack loud = mix;
  scale(loud, from_db(gain_db_));
  gains_ = compressor_gains(loud, BusSettings());
}

void BeforeLimiter::apply(StereoTrack& track) const {
  scale(track, from_db(gain_db_));
  multiply(track, gains_);
  fade_ends(track, fade_);
}

}  // namespace vidgen::local
