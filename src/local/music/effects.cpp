// SPDX-License-Identifier: Apache-2.0
#include "local/music/effects.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <vector>

#include "local/music/dsp.hpp"
#include "local/music/random.hpp"

namespace vidgen::local {
namespace {

constexpr double kRate = kSampleRate;
constexpr double kWhooshRise = .455, kWhooshTail = .5, kWhooshPeakDb = -21;
constexpr double kRiserRise = 2, kRiserCut = .010, kRiserPeakDb = -20;
constexpr double kHitLength = 1.6, kHitPeakDb = -12;

std::size_t samples(double seconds) {
  return static_cast<std::size_t>(std::llround(seconds * kRate));
}

// Noise that climbs: bands from low to high, each heard while `progress` passes it.
class ClimbingNoise {
 public:
  ClimbingNoise(double from_hz, double to_hz, int bands, std::uint64_t seed) : rng_(seed), from_(from_hz), to_(to_hz) {
    for (int b = 0; b < bands; ++b)
      filters_.push_back(Biquad::band_pass(from_ * std::pow(to_ / from_, static_cast<double>(b) / (bands - 1)), 1.4));
  }
  float step(double progress) {
    const auto noise = static_cast<float>(rng_.unit() * 2 - 1);
    const double place = std::clamp(progress, 0.0, 1.0) * static_cast<double>(filters_.size() - 1);
    float sum = 0;
    for (std::size_t b = 0; b < filters_.size(); ++b) {
      const double weight = std::max(0.0, 1 - std::abs(place - static_cast<double>(b)) / 1.5);
      sum += filters_[b].step(noise) * static_cast<float>(weight);
    }
    return sum;
  }

 private:
  Rng rng_;
  double from_, to_;
  std::vector<Biquad> filters_;
};

void set_peak(StereoTrack& track, double db) {
  float most = 0;
  for (std::size_t i = 0; i < track.size(); ++i)
    most = std::max({most, std::abs(track.left[i]), std::abs(track.right[i])});
  if (most > 0) scale(track, from_db(db) / most);
}

StereoTrack make_whoosh(std::uint64_t seed) {
  StereoTrack out(samples(kWhooshRise + kWhooshTail));
  ClimbingNoise noise(300, 3500, 6, seed);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    const double gain = t < kWhooshRise ? std::pow(t / kWhooshRise, 2.2) : std::exp(-(t - kWhooshRise) / .11);
    const double fade = std::min(1.0, (kWhooshRise + kWhooshTail - t) / .03);
    const float x = noise.step(t / (kWhooshRise + .2)) * static_cast<float>(gain * fade);
    const double pan = std::clamp(t / (kWhooshRise + .25), 0.0, 1.0) * .8 + .1;  // left to right
    out.left[i] = x * static_cast<float>(std::cos(pan * std::numbers::pi / 2));
    out.right[i] = x * static_cast<float>(std::sin(pan * std::numbers::pi / 2));
  }
  set_peak(out, kWhooshPeakDb);
  return out;
}

StereoTrack make_riser(std::uint64_t seed) {
  StereoTrack out(samples(kRiserRise + kRiserCut));
  ClimbingNoise left(400, 8000, 8, seed), right(400, 8000, 8, seed + 1);
  double phase = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double t = static_cast<double>(i) / kRate, progress = std::min(1.0, t / kRiserRise);
    const double cut = t < kRiserRise ? 1 : std::max(0.0, 1 - (t - kRiserRise) / kRiserCut);
    const auto gain = static_cast<float>(std::pow(progress, 2.5) * cut);
    phase += 220 * std::pow(4, progress) / kRate;
    const auto sine = static_cast<float>(.2 * .3 * std::sin(2 * std::numbers::pi * phase));
    out.left[i] = (.8f * left.step(progress) + sine) * gain;
    out.right[i] = (.8f * right.step(progress) + sine) * gain;
  }
  set_peak(out, kRiserPeakDb);
  return out;
}

StereoTrack make_hit(std::uint64_t seed) {
  StereoTrack out(samples(kHitLength));
  Rng rng(seed);
  Biquad high = Biquad::high_pass(1200, .7), low = Biquad::low_pass(7000, .7);
  double phase = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    phase += (42 + 70 * std::exp(-t / .040)) / kRate;
    const double onset = std::min(1.0, t / .002), fade = std::min(1.0, (kHitLength - t) / .05);
    const double boom = std::sin(2 * std::numbers::pi * phase) * std::exp(-t / .38);
    const float noise =
        low.step(high.step(static_cast<float>(rng.unit() * 2 - 1))) * static_cast<float>(std::exp(-t / .05) * .5);
    out.left[i] = out.right[i] = (static_cast<float>(boom) + noise) * static_cast<float>(onset * fade);
  }
  set_peak(out, kHitPeakDb);
  return out;
}

void mix_in(StereoTrack& to, const StereoTrack& effect, double at, double gain_db) {
  const auto gain = static_cast<float>(from_db(gain_db));
  const long long start = std::llround(at * kRate);
  for (std::size_t i = 0; i < effect.size(); ++i) {
    const long long place = start + static_cast<long long>(i);
    if (place < 0 || place >= static_cast<long long>(to.size())) continue;
    to.left[static_cast<std::size_t>(place)] += effect.left[i] * gain;
    to.right[static_cast<std::size_t>(place)] += effect.right[i] * gain;
  }
}

StereoTrack make_effect(EffectKind kind, std::uint64_t seed) {
  switch (kind) {
    case EffectKind::whoosh:
      return make_whoosh(seed);
    case EffectKind::riser:
      return make_riser(seed);
    case EffectKind::hit:
      return make_hit(seed);
  }
  return {};
}

}  // namespace

double effect_lead(EffectKind kind) {
  constexpr double kLeads[] = {kWhooshRise, kRiserRise, 0};
  return kLeads[static_cast<int>(kind)];
}

void add_effects(StereoTrack& track, const Score& score) {
  for (std::size_t i = 0; i < score.effects.size(); ++i) {
    const Effect& e = score.effects[i];
    mix_in(track, make_effect(e.kind, seed_for(0x5EED, "effect", i)), e.at - effect_lead(e.kind), e.gain_db);
  }
}

}  // namespace vidgen::local
