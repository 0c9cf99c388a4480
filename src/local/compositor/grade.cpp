// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "local/compositor/layer.hpp"

namespace vidgen::local {
namespace {

using Curve = std::array<int, 256>;  // what is added at each brightness, 8 fraction bits

Curve tone_curve(double shadow, double light, double amount) {
  Curve out{};
  for (int i = 0; i < 256; ++i) {
    const double l = i / 255.0;
    const double t = (shadow - .5) * (1 - l) * (1 - l) + (light - .5) * l * l;
    out[static_cast<std::size_t>(i)] = static_cast<int>(std::lround(t * amount * 255 * 256));
  }
  return out;
}

struct Tables {
  Curve tone[3];        // B, G, R
  int contrast;         // 8 fraction bits
  int reciprocal[256];  // 255/a, 8 fraction bits
};

void grade_pixel(const Tables& t, std::uint8_t* p) {
  const int a = p[3];
  if (a == 0) return;
  const int sum = p[0] + p[1] + p[2];
  const int mean = std::min(255, (sum * t.reciprocal[a] / 3 + 128) >> 8);
  for (int k = 0; k < 3; ++k) {
    const int tone = t.tone[k][static_cast<std::size_t>(mean)] * a / 255;
    const int value = (p[k] * t.contrast + a * (256 - t.contrast) / 2 + tone + 128) >> 8;
    p[k] = static_cast<std::uint8_t>(std::clamp(value, 0, a));
  }
}

}  // namespace

void apply(const Grade& grade, Surface& surface) {
  if (grade.amount == 0 && grade.contrast == 1) return;
  Tables t;
  const Color &s = grade.shadow, &h = grade.light;
  t.tone[0] = tone_curve(s.b, h.b, grade.amount);
  t.tone[1] = tone_curve(s.g, h.g, grade.amount);
  t.tone[2] = tone_curve(s.r, h.r, grade.amount);
  t.contrast = static_cast<int>(std::lround(grade.contrast * 256));
  t.reciprocal[0] = 0;
  for (int a = 1; a < 256; ++a) t.reciprocal[a] = 255 * 256 / a;
  std::uint8_t* pixels = surface.pixels();
  for (int y = 0; y < surface.height(); ++y)
    for (int x = 0; x < surface.width(); ++x) grade_pixel(t, pixels + y * surface.stride() + x * 4);
  surface.changed();
}

}  // namespace vidgen::local
