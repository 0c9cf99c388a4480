// SPDX-License-Identifier: Apache-2.0
#include "local/settings/texture.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

std::uint8_t byte(double v) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0, 255.0)));
}

}  // namespace

Surface tinted(const Field& opacity, const Field& mixing, Color from, Color to) {
  Surface out(opacity.width, opacity.height);
  for (int y = 0; y < opacity.height; ++y) {
    std::uint8_t* row = out.pixels() + static_cast<std::ptrdiff_t>(y) * out.stride();
    for (int x = 0; x < opacity.width; ++x) {
      const double a = std::clamp<double>(opacity.at(x, y), 0, 1);
      const double t = std::clamp<double>(mixing.at(x, y), 0, 1), k = a * 255;
      row[x * 4] = byte((from.b + (to.b - from.b) * t) * k);
      row[x * 4 + 1] = byte((from.g + (to.g - from.g) * t) * k);
      row[x * 4 + 2] = byte((from.r + (to.r - from.r) * t) * k);
      row[x * 4 + 3] = byte(k);
    }
  }
  out.changed();
  return out;
}

void paint_wood(Canvas& canvas, double x, double y, double w, double h, Color dark, Color light, std::uint64_t seed) {
  constexpr int kWidth = 620, kHeight = 220;
  const Field fine = fbm(kWidth, kHeight, 2.5, 26, 5, .55, seed), broad = fbm(kWidth, kHeight, 1.2, 6, 3, .5, seed + 1);
  Field solid(kWidth, kHeight, 1), t(kWidth, kHeight);
  for (std::size_t i = 0; i < t.values.size(); ++i) t.values[i] = .5f + .28f * fine.values[i] + .22f * broad.values[i];
  canvas.put(tinted(solid, t, dark, light), x, y, w, h);
}

float Lattice::corner(std::int32_t x, std::int32_t y) const {
  std::uint32_t h =
      seed_ ^ (static_cast<std::uint32_t>(x) * 0x9e3779b1u) ^ (static_cast<std::uint32_t>(y) * 0x85ebca77u);
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  h ^= h >> 15;
  return (static_cast<float>(h >> 8) * (1.0f / 8388608.0f) - 1.0f) * 1.7320508f;
}

float Lattice::at(float x, float y) const {
  const float fx = std::floor(x), fy = std::floor(y);
  const auto ix = static_cast<std::int32_t>(fx), iy = static_cast<std::int32_t>(fy);
  float u = x - fx, v = y - fy;
  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  const float a = corner(ix, iy), b = corner(ix + 1, iy), c = corner(ix, iy + 1), d = corner(ix + 1, iy + 1);
  return (a + (b - a) * u) + ((c + (d - c) * u) - (a + (b - a) * u)) * v;
}

}  // namespace vidgen::local
