// SPDX-License-Identifier: Apache-2.0
#include "media/enlarge.hpp"

#include <algorithm>
#include <cmath>

#include "media/kernels.hpp"

namespace vidgen::media {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kMargin = 8;  // samples beside a line, more than the taps reach

double lanczos(double x) {
  if (std::abs(x) < 1e-9) return 1;
  if (std::abs(x) >= 3) return 0;
  return 3 * std::sin(kPi * x) * std::sin(kPi * x / 3) / (kPi * kPi * x * x);
}

// The weights of the three new samples that fall on two old ones: new sample j stands at j * 2/3 - left. Each triple of
// taps begins three before the first old one, one later for each new sample.
struct Weights {
  EnlargeTaps taps[3];
};

Weights weights_at(double left) {
  Weights out;
  for (int j = 0; j < 3; ++j) {
    double share[kEnlargeTaps], sum = 0;
    for (int t = 0; t < kEnlargeTaps; ++t) sum += share[t] = lanczos(j * 2 / 3.0 - left - (j - 3 + t));
    int rest = 32768, largest = 0;
    for (int t = 0; t < kEnlargeTaps; ++t) {
      out.taps[j].weight[t] = static_cast<std::int16_t>(std::lround(share[t] / sum * 32768));
      rest -= out.taps[j].weight[t];
      if (out.taps[j].weight[t] > out.taps[j].weight[largest]) largest = t;
    }
    out.taps[j].weight[largest] = static_cast<std::int16_t>(out.taps[j].weight[largest] + rest);
  }
  return out;
}

constexpr double kMiddle = 1 / 6.0;  // both grids centred in the picture
constexpr double kOnTheLeft = 1 / 12.0;

}  // namespace

bool Enlarger::fits(const av::YuvPlanes& from, const av::YuvPlanes& to) {
  return from.width % 4 == 0 && from.height % 4 == 0 && from.width >= 16 && from.height >= 16 &&
         from.width * 3 == to.width * 2 && from.height * 3 == to.height * 2;
}

void Enlarger::enlarge(const Plane& p) {
  const Weights down = weights_at(kMiddle), across = weights_at(p.left);
  line_.resize(static_cast<std::size_t>(p.width + 2 * kMargin));
  std::int16_t* line = line_.data() + kMargin;
  for (int y = 0; y < p.height / 2 * 3; ++y) {
    const int first = y / 3 * 2 + y % 3 - 3;
    const std::uint8_t* rows[kEnlargeTaps];
    for (int t = 0; t < kEnlargeTaps; ++t)
      rows[t] = p.from + std::clamp(first + t, 0, p.height - 1) * p.from_stride;
    enlarge_down(rows, down.taps[y % 3], line, static_cast<std::size_t>(p.width));
    std::fill(line - kMargin, line, line[0]);
    std::fill(line + p.width, line + p.width + kMargin, line[p.width - 1]);
    enlarge_across(line, across.taps, p.to + y * p.to_stride, static_cast<std::size_t>(p.width / 2));
  }
}

void Enlarger::run(const av::YuvPlanes& from, const av::YuvPlanes& to) {
  for (int i = 0; i < 3; ++i) {
    const int part = i == 0 ? 1 : 2;
    enlarge({from.data[i], to.data[i], from.stride[i], to.stride[i], from.width / part, from.height / part,
             i == 0 ? kMiddle : kOnTheLeft});
  }
}

}  // namespace vidgen::media
