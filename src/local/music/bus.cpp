// SPDX-License-Identifier: Apache-2.0
#include "local/music/bus.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include "base/both.hpp"
#include "local/music/dsp.hpp"
#include "local/music/oversample.hpp"

namespace vidgen::local {
namespace {

constexpr std::size_t kControl = 16;  // samples a step of the compressor's gain
constexpr double kTolerance = .1;     // LU
constexpr double kPeakMost = -1.05;   // dBTP
constexpr double kTrimMost = 1.5;     // dB; beyond that the bus should have worked otherwise
constexpr int kPasses = 6;

// dB of reduction at a level, with a soft knee.
double reduction_db(double level_db, const BusSettings& s) {
  const double over = level_db - s.threshold_db, slope = 1 - 1 / s.ratio;
  if (over <= -s.knee_db / 2) return 0;
  if (over >= s.knee_db / 2) return slope * over;
  const double into = over + s.knee_db / 2;
  return slope * into * into / (2 * s.knee_db);
}

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
  multiply(out, compressor_gains(mix, gain_db, settings));
  std::vector<float> peaks;
  soft_clip(out, peaks);
  limit(out, peaks, settings);
  fade_ends(out, fade);
  return out;
}

// Fitted to the ten styles: above -16 LUFS the bus takes 1.2 dB and four ninths of the gain, below a fifth of it. Within
// 0.5 dB up to -14 LUFS, 1 dB at -9.
double first_gain(double mix_lufs, double wish) {
  constexpr double kBend = -16;
  return (std::max(wish, kBend) - mix_lufs + 1.2) * 9 / 5 + std::min(wish - kBend, 0.0) * 1.28;
}

// A level changes loudness and peak by itself alike.
Mastered trimmed(Mastered mastered, double db) {
  scale(mastered.track, from_db(db));
  mastered.trim_db = db;
  mastered.loudness.lufs += db;
  mastered.loudness.true_peak += db;
  return mastered;
}

}  // namespace

std::vector<float> compressor_gains(const StereoTrack& track, double gain_db, const BusSettings& s) {
  const double attack = 1 - std::exp(-static_cast<double>(kControl) / (s.attack_ms * 1e-3 * kSampleRate));
  const double release = 1 - std::exp(-static_cast<double>(kControl) / (s.release_ms * 1e-3 * kSampleRate));
  const double turned_up = from_db(gain_db);
  std::vector<float> gains(track.size());
  double envelope = 0;
  auto gain = static_cast<float>(turned_up);
  for (std::size_t from = 0; from < track.size(); from += kControl) {
    const std::size_t to = std::min(from + kControl, track.size());
    double energy = 0;
    for (std::size_t i = from; i < to; ++i)
      energy += double{track.left[i]} * track.left[i] + double{track.right[i]} * track.right[i];
    energy *= turned_up * turned_up / (2.0 * static_cast<double>(to - from));
    envelope += (energy - envelope) * (energy > envelope ? attack : release);
    const double level_db = envelope > 1e-12 ? 10 * std::log10(envelope) : -120;
    const auto next = static_cast<float>(from_db(gain_db - reduction_db(level_db, s)));
    const float step = (next - gain) / static_cast<float>(to - from);
    for (std::size_t i = from; i < to; ++i) gains[i] = gain += step;
    gain = next;
  }
  return gains;
}

void multiply(StereoTrack& track, const std::vector<float>& gains) {
  for (std::vector<float>* side : {&track.left, &track.right})
    for (std::size_t i = 0; i < side->size(); ++i) (*side)[i] *= gains[i];
}

void limit(StereoTrack& track, std::vector<float>& peaks, const BusSettings& s) {
  const auto ahead = static_cast<std::size_t>(s.limiter_attack_ms * 1e-3 * kSampleRate);
  const double release = std::exp(-1 / (s.limiter_release_ms * 1e-3 * kSampleRate));
  const auto ceiling = static_cast<float>(from_db(s.ceiling_db));
  if (std::none_of(peaks.begin(), peaks.end(), [&](float peak) { return peak > ceiling; })) return;
  peaks_to_gains(peaks, ahead, ceiling);
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

Mastered master(const StereoTrack& mix, const MasterWish& wish, const std::stop_token& stop) {
  BusSettings settings;
  const double start = lufs_of(mix);
  double gain = std::isfinite(start) ? first_gain(start, wish.lufs) : 0;
  Mastered out;
  GainSteps next;
  for (int pass = 0; pass < kPasses && !stop.stop_requested(); ++pass) {
    out.track = StereoTrack();  // before the next one is made
    out.gain_db = gain;
    out.track = through_bus(mix, gain, wish.fade_seconds, settings);
    out.loudness = measure(out.track);
    const double error = wish.lufs - out.loudness.lufs, room = kPeakMost - out.loudness.true_peak;
    if (!std::isfinite(error)) break;  // too short or too quiet to have a loudness
    const double trim_db = std::clamp(std::min(error, room), -kTrimMost, kTrimMost);
    if (std::abs(error - trim_db) <= kTolerance && trim_db <= room) return trimmed(std::move(out), trim_db);
    gain += next.step(gain, out.loudness.lufs, error);
    settings.ceiling_db += std::min(room - .05, 0.0);
  }
  return trimmed(std::move(out), std::min(kPeakMost - out.loudness.true_peak, 0.0));
}

BeforeLimiter::BeforeLimiter(const StereoTrack& mix, const Mastered& mastered, const MasterWish& wish)
    : fade_(wish.fade_seconds), gains_(compressor_gains(mix, mastered.gain_db, BusSettings())) {
  for (float& gain : gains_) gain *= static_cast<float>(from_db(mastered.trim_db));
}

void BeforeLimiter::apply(StereoTrack& track) const {
  multiply(track, gains_);
  fade_ends(track, fade_);
}

}  // namespace vidgen::local
