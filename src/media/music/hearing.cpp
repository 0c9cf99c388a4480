// SPDX-License-Identifier: Apache-2.0
#include "media/music/hearing.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::media {
namespace {

constexpr double kRate = 24000;
constexpr std::size_t kShort = 1024, kLong = 4096, kHop = 240;
constexpr double kLowest = 30, kHighest = 11000, kLowEnd = 160;  // Hz
constexpr double kChromaLowest = 60, kChromaHighest = 1200;      // Hz
constexpr std::size_t kLag = 2;                                  // frames that a rise is measured over
constexpr float kQuiet = 1e-4f;                                  // of the loudest: what is below does not begin
// A sound is seen at the hop whose frame holds enough of it: the window's middle stands for its time.
constexpr std::size_t kLead = kShort / 2;

double hz_of_band(std::size_t band, std::size_t bands) {
  return kLowest * std::pow(kHighest / kLowest, static_cast<double>(band) / static_cast<double>(bands));
}

}  // namespace

Hearing::Hearing() : short_(kShort), long_(kLong), tail_(kLead + kLong - kShort, 0.f), pitch_(kLong / 2 + 1, -1) {
  for (std::size_t b = 0; b <= kBands; ++b)
    edges_[b] = static_cast<std::size_t>(std::lround(hz_of_band(b, kBands) * kShort / kRate));
  for (std::size_t b = 1; b <= kBands; ++b) edges_[b] = std::max(edges_[b], edges_[b - 1] + 1);
  for (std::size_t i = 1; i < pitch_.size(); ++i) {
    const double hz = static_cast<double>(i) * kRate / kLong;
    if (hz < kChromaLowest || hz > kChromaHighest) continue;
    const long note = std::lround(12 * std::log2(hz / 440) + 69);
    pitch_[i] = static_cast<int>(note % 12);
  }
}

// Two samples of 48 kHz become one: what that folds lies above all bands.
void Hearing::add(const float* pairs, Samples count) {
  for (Samples i = 0; i < count; ++i) {
    const float mono = pairs[2 * i] + pairs[2 * i + 1];
    if (has_odd_) tail_.push_back((odd_ + mono) * .25f);
    odd_ = mono;
    has_odd_ = !has_odd_;
  }
  if (tail_.size() >= kLong + 64 * kHop) hear(tail_.size());
}

// The long frame ends where the short one does: `kLong - kShort` samples of the past stand before it.
void Hearing::hear(std::size_t samples) {
  std::size_t at = 0;
  for (; at + kLong <= samples; at += kHop) {
    add_bands(tail_.data() + at + kLong - kShort);
    if ((bands_.size() - 1) % kChromaEvery == 0) add_chroma(tail_.data() + at);
  }
  tail_.erase(tail_.begin(), tail_.begin() + static_cast<std::ptrdiff_t>(at));
}

void Hearing::add_bands(const float* frame) {
  const std::vector<float>& power = short_.power(frame);
  Bands out{};
  for (std::size_t b = 0; b < kBands; ++b) {
    float sum = 0;
    for (std::size_t i = edges_[b]; i < edges_[b + 1] && i < power.size(); ++i) sum += power[i];
    out[b] = std::sqrt(sum);
  }
  bands_.push_back(out);
}

void Hearing::add_chroma(const float* frame) {
  const std::vector<float>& power = long_.power(frame);
  Chroma out{};
  for (std::size_t i = 0; i < power.size(); ++i)
    if (pitch_[i] >= 0) out[static_cast<std::size_t>(pitch_[i])] += std::sqrt(power[i]);
  float length = 0;
  for (float x : out) length += x * x;
  length = std::sqrt(length);
  for (float& x : out) x = length > 1e-3f ? x / length : 0.f;
  chroma_.push_back(out);
}

// How much the bands grow over two frames, in the manner of the ear: by their logarithm. A band is compared with the
// loudest of its neighbours before, so that a voice that wavers begins nothing.
std::vector<float> Hearing::rises(std::size_t from, std::size_t to) const {
  std::vector<float> out(bands_.size(), 0.f);
  float loudest = 0;
  for (const Bands& frame : bands_)
    for (std::size_t b = from; b < to; ++b) loudest = std::max(loudest, frame[b]);
  if (loudest <= 0) return out;
  const float floor = loudest * kQuiet * 10, scale = 1 / floor;
  for (std::size_t f = kLag; f < bands_.size(); ++f)
    for (std::size_t b = from; b < to; ++b) {
      const Bands& before = bands_[f - kLag];
      float past = before[b];
      if (b > from) past = std::max(past, before[b - 1]);
      if (b + 1 < to) past = std::max(past, before[b + 1]);
      out[f] += std::max(0.f, std::log1p(bands_[f][b] * scale) - std::log1p(past * scale));
    }
  return out;
}

Curves Hearing::finish() {
  tail_.resize(tail_.size() + kLong, 0.f);
  hear(tail_.size());
  Curves out;
  out.onsets = rises(0, kBands);
  std::size_t low = 0;
  while (low < kBands && hz_of_band(low, kBands) < kLowEnd) ++low;
  out.low = rises(0, low);
  out.chroma = std::move(chroma_);
  return out;
}

}  // namespace vidgen::media
