// SPDX-License-Identifier: Apache-2.0
#include "media/music/beats.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vidgen::media {
namespace {

constexpr double kTightness = 120;  // against beats that are not a period apart
// By how much a rise shows later than its sound begins, seconds; found with clicks. The window sees it come.
constexpr double kLate = -.0045;
constexpr double kSteadyMs = 18;  // a beat that keeps to a line as near as this is played by a machine
constexpr double kNoise = 4.5;    // clarity of noise, times the root of its frames
constexpr double kLeastClarity = .06;

// Onsets with a spread of 1, softened over a fraction of the beat.
std::vector<double> local_score(const std::vector<float>& onsets, double period) {
  const double width = std::max(1.0, period / 32);
  const int reach = static_cast<int>(std::ceil(3 * width));
  std::vector<double> kernel;
  for (int i = -reach; i <= reach; ++i) kernel.push_back(std::exp(-.5 * i * i / (width * width)));
  std::vector<double> out(onsets.size(), 0.0);
  double energy = 0;
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    for (int k = -reach; k <= reach; ++k) {
      const auto j = static_cast<std::ptrdiff_t>(i) + k;
      if (j >= 0 && j < static_cast<std::ptrdiff_t>(onsets.size()))
        out[i] += kernel[static_cast<std::size_t>(k + reach)] * onsets[static_cast<std::size_t>(j)];
    }
    energy += double{onsets[i]} * onsets[i];
  }
  const double spread = std::sqrt(energy / static_cast<double>(std::max<std::size_t>(1, onsets.size())));
  for (double& v : out) v = spread > 0 ? v / spread : 0;
  return out;
}

// The place of the peak near a frame, by the parabola through its neighbours.
double peak_near(const std::vector<double>& score, std::size_t frame) {
  if (frame == 0 || frame + 1 >= score.size()) return static_cast<double>(frame);
  const double a = score[frame - 1], b = score[frame], c = score[frame + 1], bend = a - 2 * b + c;
  if (bend >= 0) return static_cast<double>(frame);
  return static_cast<double>(frame) + std::clamp(.5 * (a - c) / bend, -.5, .5);
}

struct Line {
  double start = 0, step = 0, off = 0;  // off: root of the mean square
};

// beats[i] = start + step * i, by least squares.
Line line_through(const std::vector<double>& beats) {
  const double n = static_cast<double>(beats.size()), middle = (n - 1) / 2;
  double mean = 0, cross = 0, square = 0;
  for (double b : beats) mean += b / n;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const double x = static_cast<double>(i) - middle;
    cross += x * (beats[i] - mean);
    square += x * x;
  }
  Line line;
  line.step = square > 0 ? cross / square : 0;
  line.start = mean - line.step * middle;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const double d = beats[i] - line.start - line.step * static_cast<double>(i);
    line.off += d * d / n;
  }
  line.off = std::sqrt(line.off);
  return line;
}

// Machines keep time: their beats are put on a line. People's are smoothed over the beats around.
void settle(std::vector<double>& beats) {
  if (beats.size() < 4) return;
  const Line whole = line_through(beats);
  if (whole.off <= kSteadyMs * 1e-3) {
    for (std::size_t i = 0; i < beats.size(); ++i) beats[i] = whole.start + whole.step * static_cast<double>(i);
    return;
  }
  constexpr std::size_t kAround = 3;
  std::vector<double> out = beats;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const std::size_t a = i > kAround ? i - kAround : 0, b = std::min(beats.size(), i + kAround + 1);
    const Line line = line_through(std::vector<double>(beats.begin() + static_cast<std::ptrdiff_t>(a),
                                                       beats.begin() + static_cast<std::ptrdiff_t>(b)));
    out[i] = .5 * beats[i] + .5 * (line.start + line.step * static_cast<double>(i - a));
  }
  beats = std::move(out);
}

// Beats where nothing begins are still beats: up to the ends of the sound.
void reach_out(std::vector<double>& beats, double period, double from, double to) {
  if (beats.size() < 2) return;
  const double first = beats[1] - beats[0], last = beats.back() - beats[beats.size() - 2];
  const double before = first > .5 * period ? first : period, after = last > .5 * period ? last : period;
  while (beats.front() - before >= from - .02) beats.insert(beats.begin(), beats.front() - before);
  while (beats.back() + after <= to) beats.push_back(beats.back() + after);
  std::erase_if(beats, [&](double b) { return b < from - .05 || b > to; });
}

// ---- bars

double around(const std::vector<float>& curve, double seconds) {
  const auto at = static_cast<std::ptrdiff_t>(std::lround((seconds + kLate) * kFramesASecond));
  double most = 0;
  for (std::ptrdiff_t f = at - 3; f <= at + 3; ++f)
    if (f >= 0 && f < static_cast<std::ptrdiff_t>(curve.size()))
      most = std::max(most, double{curve[static_cast<std::size_t>(f)]});
  return most;
}

Chroma mean_chroma(const std::vector<Chroma>& chroma, double from, double to) {
  constexpr double kRate = static_cast<double>(kFramesASecond) / kChromaEvery;
  Chroma out{};
  const auto a = static_cast<std::size_t>(std::max(0.0, from * kRate)),
             b = static_cast<std::size_t>(std::max(0.0, to * kRate));
  for (std::size_t i = a; i < std::min(b + 1, chroma.size()); ++i)
    for (std::size_t p = 0; p < out.size(); ++p) out[p] += chroma[i][p];
  float length = 0;
  for (float x : out) length += x * x;
  length = std::sqrt(length);
  for (float& x : out) x = length > 0 ? x / length : 0;
  return out;
}

void normalise(std::vector<double>& x) {
  const double n = static_cast<double>(std::max<std::size_t>(1, x.size()));
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
  double spread = 0;
  for (double v : x) spread += (v - mean) * (v - mean) / n;
  spread = std::sqrt(spread);
  for (double& v : x) v = spread > 1e-9 ? (v - mean) / spread : 0;
}

// How much each beat sounds like the first of a bar: the bass falls on it, it is loud, and the chord is a new one.
std::vector<double> weights_of(const Curves& curves, const std::vector<double>& beats) {
  std::vector<double> low, all, chord;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const double step = i + 1 < beats.size() ? beats[i + 1] - beats[i] : i > 0 ? beats[i] - beats[i - 1] : .5;
    low.push_back(around(curves.low, beats[i]));
    all.push_back(around(curves.onsets, beats[i]));
    const Chroma before = mean_chroma(curves.chroma, beats[i] - step + .05, beats[i] - .05);
    const Chroma after = mean_chroma(curves.chroma, beats[i] + .05, beats[i] + step - .05);
    double alike = 0;
    for (std::size_t p = 0; p < before.size(); ++p) alike += double{before[p]} * after[p];
    chord.push_back(1 - alike);
  }
  for (std::vector<double>* x : {&low, &all, &chord}) normalise(*x);
  std::vector<double> out(beats.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = .6 * low[i] + .4 * all[i] + chord[i];
  return out;
}

// How much heavier the beats of one place in the bar are than the others, by its chance.
double contrast(const std::vector<double>& weights, std::size_t metre, std::size_t place) {
  double in = 0, out = 0, ins = 0, outs = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    (i % metre == place ? in : out) += weights[i], (i % metre == place ? ins : outs) += 1;
  if (ins < 1 || outs < 1) return -1e9;
  return (in / ins - out / outs) * std::sqrt(ins * outs / (ins + outs));
}

void find_bars(const Curves& curves, Pulse& pulse) {
  const std::vector<double> weights = weights_of(curves, pulse.beats);
  double best = -1e9;
  for (const int metre : {4, 3})
    for (std::size_t place = 0; place < static_cast<std::size_t>(metre) && place < weights.size(); ++place) {
      const double score = contrast(weights, static_cast<std::size_t>(metre), place) * (metre == 4 ? 1 : .9);
      if (score <= best) continue;
      best = score;
      pulse.metre = metre;
      pulse.first_bar = place;
    }
}

}  // namespace

// The best chain of beats: each gains what begins there, and loses where it is not a period after the one before.
std::vector<double> find_beats(const std::vector<float>& onsets, double period) {
  const std::vector<double> score = local_score(onsets, period);
  std::vector<double> total(score.size());
  std::vector<std::ptrdiff_t> from(score.size(), -1);
  const auto nearest = static_cast<std::ptrdiff_t>(period / 2), farthest = static_cast<std::ptrdiff_t>(period * 2);
  std::vector<double> cost(static_cast<std::size_t>(farthest) + 1, 0.0);
  for (std::ptrdiff_t d = nearest; d <= farthest; ++d) {
    const double off = std::log(static_cast<double>(std::max<std::ptrdiff_t>(1, d)) / period);
    cost[static_cast<std::size_t>(d)] = kTightness * off * off;
  }
  for (std::size_t i = 0; i < score.size(); ++i) {
    double best = 0;
    for (std::ptrdiff_t d = nearest; d <= farthest; ++d) {
      const std::ptrdiff_t j = static_cast<std::ptrdiff_t>(i) - d;
      if (j < 0) break;
      const double value = total[static_cast<std::size_t>(j)] - cost[static_cast<std::size_t>(d)];
      if (value > best) best = value, from[i] = j;
    }
    total[i] = score[i] + best;
  }
  std::vector<double> out;
  if (total.empty()) return out;
  const auto window = static_cast<std::ptrdiff_t>(std::min<double>(period, static_cast<double>(total.size())));
  auto last = std::max_element(total.end() - window, total.end()) - total.begin();
  for (std::ptrdiff_t i = last; i >= 0; i = from[static_cast<std::size_t>(i)])
    out.push_back(peak_near(score, static_cast<std::size_t>(i)));
  std::reverse(out.begin(), out.end());
  return out;
}

Pulse find_pulse(const Curves& curves, double from, double to) {
  Pulse pulse;
  const auto a = static_cast<std::size_t>(std::max(0.0, (from - .1) * kFramesASecond));
  const auto b = std::min(curves.onsets.size(), static_cast<std::size_t>(std::max(0.0, (to + .1) * kFramesASecond)));
  if (b < a + kFramesASecond) return pulse;
  const std::vector<float> onsets(curves.onsets.begin() + static_cast<std::ptrdiff_t>(a),
                                  curves.onsets.begin() + static_cast<std::ptrdiff_t>(b));
  const Tempo tempo = find_tempo(onsets);
  const double chance = kNoise / std::sqrt(static_cast<double>(onsets.size()));
  if (tempo.period <= 0 || tempo.clarity < std::max(kLeastClarity, chance)) return pulse;
  for (double frame : find_beats(onsets, tempo.period))
    pulse.beats.push_back((frame + static_cast<double>(a)) / kFramesASecond - kLate);
  // What the chain begins and ends with may lie in silence.
  std::erase_if(pulse.beats, [&](double t) { return t < from - .05 || t > to; });
  settle(pulse.beats);
  reach_out(pulse.beats, tempo.period / kFramesASecond, from, to);
  if (pulse.beats.size() < 3) return Pulse();
  const double span = pulse.beats.back() - pulse.beats.front();
  pulse.bpm = 60 * static_cast<double>(pulse.beats.size() - 1) / span;
  find_bars(curves, pulse);
  return pulse;
}

}  // namespace vidgen::media
