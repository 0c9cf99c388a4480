// SPDX-License-Identifier: Apache-2.0
#include "local/settings/photo_focus.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vidgen::local {
namespace {

constexpr int kGrid = 48;       // pixels across the small copy
constexpr int kReach = 5;       // pixels round a point that count as one detail
constexpr double kCentre = .9;  // how much more the middle counts than a corner

struct Field {
  int width = 0, height = 0;
  std::vector<double> value;
  double& at(int x, int y) { return value[static_cast<std::size_t>(y * width + x)]; }
};

double luma(const Surface& s, int x, int y) {
  const std::uint8_t* p = s.pixels() + static_cast<std::ptrdiff_t>(y) * s.stride() + x * 4;
  return .114 * p[0] + .587 * p[1] + .299 * p[2];
}

// How much changes at each point.
Field edges(const Surface& s) {
  Field f;
  f.width = s.width() - 1, f.height = s.height() - 1;
  f.value.resize(static_cast<std::size_t>(f.width) * static_cast<std::size_t>(f.height));
  for (int y = 0; y < f.height; ++y)
    for (int x = 0; x < f.width; ++x)
      f.at(x, y) = std::hypot(luma(s, x + 1, y) - luma(s, x, y), luma(s, x, y + 1) - luma(s, x, y));
  return f;
}

double sum_round(Field& f, int x, int y) {
  double sum = 0;
  for (int sy = std::max(0, y - kReach); sy <= std::min(f.height - 1, y + kReach); ++sy)
    for (int sx = std::max(0, x - kReach); sx <= std::min(f.width - 1, x + kReach); ++sx) sum += f.at(sx, sy);
  return sum;
}

}  // namespace

Surface shrunk(const Surface& from, int width) {
  Surface now = from.clone();
  while (now.width() >= width * 2 && now.height() >= 2) {
    Surface half(now.width() / 2, now.height() / 2);
    Canvas canvas(half);
    canvas.put(now, 0, 0, half.width(), half.height());
    half.changed();
    now = std::move(half);
  }
  return now;
}

Point focus_of(const Surface& picture) {
  const Surface small = shrunk(picture, kGrid);
  if (small.width() < 4 || small.height() < 4) return {};
  Field f = edges(small);
  Point best;
  double most = 0;
  for (int y = 0; y < f.height; ++y)
    for (int x = 0; x < f.width; ++x) {
      const double u = (x + .5) / f.width - .5, v = (y + .5) / f.height - .5;
      const double weight = 1 - kCentre * (u * u + v * v);
      const double detail = sum_round(f, x, y) * weight;
      if (detail <= most) continue;
      most = detail;
      best = {u, v};
    }
  return best;
}

}  // namespace vidgen::local
