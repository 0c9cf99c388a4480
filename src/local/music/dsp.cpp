// SPDX-License-Identifier: Apache-2.0
#include "local/music/dsp.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace vidgen::local {
namespace {

constexpr double kRate = kSampleRate;

struct Angle {
  Angle(double hz, double q) : cos(std::cos(turn(hz))), alpha(std::sin(turn(hz)) / (2 * q)) {}
  static double turn(double hz) { return 2 * std::numbers::pi * hz / kRate; }
  double cos, alpha;
};

// Sections in a row, on both sides at once: a lone section waits for its own last output most of the time.
template <std::size_t N>
void filter(StereoTrack& track, const std::array<Biquad, N>& sections) {
  std::array<Biquad, N> left = sections, right = sections;
  for (std::size_t i = 0; i < track.size(); ++i) {
    float l = track.left[i], r = track.right[i];
    for (std::size_t n = 0; n < N; ++n) {
      l = left[n].step(l);
      r = right[n].step(r);
    }
    track.left[i] = l;
    track.right[i] = r;
  }
}

std::size_t samples(double seconds) {
  return static_cast<std::size_t>(std::llround(seconds * kRate));
}

}  // namespace

double to_db(double amplitude) {
  return amplitude > 1e-10 ? 20 * std::log10(amplitude) : -200;
}
double from_db(double db) {
  return std::pow(10, db / 20);
}

Biquad Biquad::high_pass(double hz, double q) {
  const Angle w(hz, q);
  const double a0 = 1 + w.alpha;
  Biquad f;
  f.b0_ = f.b2_ = (1 + w.cos) / 2 / a0;
  f.b1_ = -(1 + w.cos) / a0;
  f.a1_ = -2 * w.cos / a0;
  f.a2_ = (1 - w.alpha) / a0;
  return f;
}

Biquad Biquad::low_pass(double hz, double q) {
  const Angle w(hz, q);
  const double a0 = 1 + w.alpha;
  Biquad f;
  f.b0_ = f.b2_ = (1 - w.cos) / 2 / a0;
  f.b1_ = (1 - w.cos) / a0;
  f.a1_ = -2 * w.cos / a0;
  f.a2_ = (1 - w.alpha) / a0;
  return f;
}

Biquad Biquad::band_pass(double hz, double q) {
  const Angle w(hz, q);
  const double a0 = 1 + w.alpha;
  Biquad f;
  f.b0_ = w.alpha / a0;
  f.b1_ = 0;
  f.b2_ = -w.alpha / a0;
  f.a1_ = -2 * w.cos / a0;
  f.a2_ = (1 - w.alpha) / a0;
  return f;
}

Biquad Biquad::high_shelf(double hz, double gain_db) {
  const Angle w(hz, std::numbers::sqrt2 / 2);
  const double a = std::pow(10, gain_db / 40), root = 2 * std::sqrt(a) * w.alpha;
  const double a0 = (a + 1) - (a - 1) * w.cos + root;
  Biquad f;
  f.b0_ = a * ((a + 1) + (a - 1) * w.cos + root) / a0;
  f.b1_ = -2 * a * ((a - 1) + (a + 1) * w.cos) / a0;
  f.b2_ = a * ((a + 1) + (a - 1) * w.cos - root) / a0;
  f.a1_ = 2 * ((a - 1) - (a + 1) * w.cos) / a0;
  f.a2_ = ((a + 1) - (a - 1) * w.cos - root) / a0;
  return f;
}

void high_pass_24(StereoTrack& track, double hz) {
  filter<2>(track, {Biquad::high_pass(hz, .5412), Biquad::high_pass(hz, 1.3066)});
}

void high_pass_12(StereoTrack& track, double hz) {
  filter<1>(track, {Biquad::high_pass(hz, std::numbers::sqrt2 / 2)});
}

void high_shelf(StereoTrack& track, double hz, double gain_db) {
  filter<1>(track, {Biquad::high_shelf(hz, gain_db)});
}

void make_mono(StereoTrack& track) {
  for (std::size_t i = 0; i < track.size(); ++i) track.left[i] = track.right[i] = (track.left[i] + track.right[i]) / 2;
}

void scale(StereoTrack& track, double factor) {
  const auto f = static_cast<float>(factor);
  for (float& x : track.left) x *= f;
  for (float& x : track.right) x *= f;
}

void add(StereoTrack& to, const StereoTrack& from) {
  const std::size_t n = std::min(to.size(), from.size());
  for (std::size_t i = 0; i < n; ++i) to.left[i] += from.left[i];
  for (std::size_t i = 0; i < n; ++i) to.right[i] += from.right[i];
}

double working_level(const StereoTrack& track) {
  const std::size_t window = std::min(samples(.4), track.size());
  if (window == 0) return 0;
  std::vector<double> levels;
  for (std::size_t from = 0; from + window <= track.size(); from += std::max<std::size_t>(1, window / 2)) {
    double energy = 0;
    for (std::size_t i = from; i < from + window; ++i)
      energy += double{track.left[i]} * track.left[i] + double{track.right[i]} * track.right[i];
    levels.push_back(std::sqrt(energy / (2.0 * static_cast<double>(window))));
  }
  const auto place = static_cast<std::ptrdiff_t>(static_cast<double>(levels.size() - 1) * .9);
  std::nth_element(levels.begin(), levels.begin() + place, levels.end());
  return levels[static_cast<std::size_t>(place)];
}

void saturate(StereoTrack& track, double ceiling) {
  if (ceiling <= 0) return;
  const auto c = static_cast<float>(ceiling), inverse = static_cast<float>(1 / ceiling);
  for (float& x : track.left) x = c * soft_tanh(x * inverse);
  for (float& x : track.right) x = c * soft_tanh(x * inverse);
}

void saturate(const std::vector<StereoTrack*>& tracks, double ceiling) {
  if (tracks.size() == 1) return saturate(*tracks.front(), ceiling);
  if (tracks.empty() || ceiling <= 0) return;
  const auto c = static_cast<float>(ceiling), inverse = static_cast<float>(1 / ceiling);
  for (auto side : {&StereoTrack::left, &StereoTrack::right})
    for (std::size_t i = 0; i < tracks.front()->size(); ++i) {
      float sum = 0;
      for (StereoTrack* track : tracks) sum += (track->*side)[i];
      const float gain = std::abs(sum) > 1e-9f ? c * soft_tanh(sum * inverse) / sum : 1.f;
      for (StereoTrack* track : tracks) (track->*side)[i] *= gain;
    }
}

double presence_db(const StereoTrack& track) {
  Biquad high = Biquad::high_pass(2800, std::numbers::sqrt2 / 2),
         low = Biquad::low_pass(11000, std::numbers::sqrt2 / 2);
  double all = 1e-12, band = 1e-14;
  for (std::size_t i = 0; i < track.size(); ++i) {
    const float x = (track.left[i] + track.right[i]) / 2, y = low.step(high.step(x));
    all += double{x} * x;
    band += double{y} * y;
  }
  return 10 * std::log10(band / all);
}

double width_for(const StereoTrack& track, double correlation) {
  double mid = 0, side = 0;
  for (std::size_t i = 0; i < track.size(); ++i) {
    const double m = double{track.left[i]} + track.right[i], s = double{track.left[i]} - track.right[i];
    mid += m * m;
    side += s * s;
  }
  if (side <= 0) return 1;
  return std::min(1.0, std::sqrt(mid / side * (1 - correlation) / (1 + correlation)));
}

void narrow(StereoTrack& track, double width) {
  if (width >= 1) return;
  for (std::size_t i = 0; i < track.size(); ++i) {
    const float m = (track.left[i] + track.right[i]) / 2;
    const float s = (track.left[i] - track.right[i]) / 2 * static_cast<float>(width);
    track.left[i] = m + s;
    track.right[i] = m - s;
  }
}

void fade_ends(StereoTrack& track, double seconds) {
  const std::size_t n = track.size(), in = std::min(samples(.005), n), silent = std::min(samples(.08), n);
  const std::size_t end = n - silent, out = std::min(samples(seconds), end);
  for (std::vector<float>* side : {&track.left, &track.right}) {
    for (std::size_t i = 0; i < in; ++i)
      (*side)[i] *= static_cast<float>(static_cast<double>(i) / static_cast<double>(in));
    for (std::size_t i = 0; i < out; ++i) {
      const double c = std::cos(std::numbers::pi / 2 * static_cast<double>(i + 1) / static_cast<double>(out));
      (*side)[end - out + i] *= static_cast<float>(c * c);
    }
    std::fill(side->begin() + static_cast<std::ptrdiff_t>(end), side->end(), 0.f);
  }
}

void duck_at(StereoTrack& track, const std::vector<double>& kicks, double depth_db) {
  const std::size_t attack = samples(.006), hold = samples(.030), whole = samples(.386);
  const auto depth_since = [&](std::size_t i) {
    if (i < attack) return static_cast<double>(i) / static_cast<double>(attack);
    return i <= attack + hold ? 1 : std::exp(-static_cast<double>(i - attack - hold) / (.070 * kRate));
  };
  const double per_depth = -depth_db / 20 * std::numbers::ln10;
  std::size_t before = track.size(), latest = track.size();  // the last two kicks; the older one may still echo
  const auto depth_at = [&](std::size_t i) {
    double depth = 0;
    for (std::size_t kick : {before, latest})
      if (i >= kick && i - kick < whole) depth = std::max(depth, depth_since(i - kick));
    return depth;
  };
  for (std::size_t k = 0; k < kicks.size(); ++k) {
    before = latest;
    latest = samples(kicks[k]);
    const std::size_t end = std::min(latest + whole, k + 1 < kicks.size() ? samples(kicks[k + 1]) : track.size());
    for (std::size_t i = latest; i < std::min(end, track.size()); ++i) {
      const auto gain = static_cast<float>(std::exp(per_depth * depth_at(i)));
      track.left[i] *= gain;
      track.right[i] *= gain;
    }
  }
}

}  // namespace vidgen::local
