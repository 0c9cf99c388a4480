// SPDX-License-Identifier: Apache-2.0
// The tempo: which distance between beats explains best what begins when.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "media/music/beats.hpp"

namespace vidgen::media {
namespace {

constexpr double kSlowest = 45, kFastest = 210;     // beats a minute
constexpr double kUsual = 115, kUsualOctaves = .9;  // people tap near this
constexpr int kTeeth = 4;                           // multiples of a period that are looked at
constexpr double kStep = .1;                        // frames

// Steady parts are no rhythm: what is left stands out from the half second around it.
std::vector<float> outstanding(const std::vector<float>& onsets) {
  constexpr std::size_t kReach = kFramesASecond / 4;
  std::vector<double> sum(onsets.size() + 1, 0.0);
  for (std::size_t i = 0; i < onsets.size(); ++i) sum[i + 1] = sum[i] + onsets[i];
  std::vector<float> out(onsets.size());
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    const std::size_t a = i > kReach ? i - kReach : 0, b = std::min(onsets.size(), i + kReach + 1);
    const double mean = (sum[b] - sum[a]) / static_cast<double>(b - a);
    out[i] = static_cast<float>(std::max(0.0, onsets[i] - mean));
  }
  return out;
}

// A little width, so that a beat that comes 10 ms late still agrees.
std::vector<double> smooth(const std::vector<float>& x) {
  constexpr double kKernel[] = {.06, .24, .4, .24, .06};
  std::vector<double> out(x.size(), 0.0);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t k = 0; k < 5; ++k)
      if (i + k >= 2 && i + k - 2 < x.size()) out[i] += kKernel[k] * x[i + k - 2];
  return out;
}

// Autocorrelation at whole lags, 1 at lag 0. Each lag by the number of pairs that it has.
std::vector<double> agreement(std::vector<double> x, std::size_t most) {
  const double mean =
      std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(std::max<std::size_t>(1, x.size()));
  for (double& v : x) v -= mean;
  std::vector<double> out(most + 1, 0.0);
  for (std::size_t lag = 0; lag <= most && lag < x.size(); ++lag) {
    double sum = 0;
    for (std::size_t i = lag; i < x.size(); ++i) sum += x[i] * x[i - lag];
    out[lag] = sum / static_cast<double>(x.size() - lag);
  }
  const double whole = out[0];
  for (double& v : out) v = whole > 0 ? v / whole : 0;
  return out;
}

double between(const std::vector<double>& x, double at) {
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= x.size()) return 0;
  const double share = at - static_cast<double>(i);
  return x[i] * (1 - share) + x[i + 1] * share;
}

double usual(double period) {
  const double octaves = std::log2(60.0 * kFramesASecond / period / kUsual) / kUsualOctaves;
  return std::exp(-.5 * octaves * octaves);
}

}  // namespace

Tempo find_tempo(const std::vector<float>& onsets) {
  Tempo out;
  const double shortest = 60.0 * kFramesASecond / kFastest;
  const double longest = std::min(60.0 * kFramesASecond / kSlowest, static_cast<double>(onsets.size()) / 2);
  if (longest <= shortest) return out;
  const auto most = static_cast<std::size_t>(longest * kTeeth) + 2;
  const std::vector<double> agree = agreement(smooth(outstanding(onsets)), std::min(most, onsets.size() * 3 / 4));
  double best = 0;
  for (double period = shortest; period <= longest; period += kStep) {
    double sum = 0;
    int teeth = 0;
    for (int k = 1; k <= kTeeth && period * k + 1 < static_cast<double>(agree.size()); ++k, ++teeth)
      sum += between(agree, period * k);
    if (teeth == 0) continue;
    const double score = sum / teeth * usual(period);
    if (score <= best) continue;
    best = score;
    out.period = period;
    out.clarity = std::max(0.0, sum / teeth);
  }
  return out;
}

}  // namespace vidgen::media
