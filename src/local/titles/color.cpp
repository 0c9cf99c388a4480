// SPDX-License-Identifier: Apache-2.0
#include "local/titles/color.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local::titles {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

double linear(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

}  // namespace

Rgb parse_color(std::string_view text, Rgb fallback) {
  if (text.size() != 7 || text[0] != '#') return fallback;
  double channel[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const int high = hex_digit(text[1 + 2 * i]), low = hex_digit(text[2 + 2 * i]);
    if (high < 0 || low < 0) return fallback;
    channel[i] = (high * 16 + low) / 255.0;
  }
  return {channel[0], channel[1], channel[2]};
}

Rgb mix(Rgb a, Rgb b, double t) {
  return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

double luminance(Rgb c) {
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double contrast(Rgb a, Rgb b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

double required_cover(Rgb ink, Rgb cover, Rgb ground, double ratio) {
  // A ground on the ink's own side first gets nearer to the ink: only covers beyond that dip count.
  for (int step = 0; step <= 200; ++step) {
    const double cover_share = step / 200.0;
    const Rgb below = mix(ground, cover, cover_share);
    const bool right_side = (luminance(below) < luminance(ink)) == (luminance(cover) < luminance(ink));
    if (right_side && contrast(ink, below) >= ratio) return cover_share;
  }
  return 2;
}

}  // namespace vidgen::local::titles
