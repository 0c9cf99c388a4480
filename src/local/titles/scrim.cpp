// SPDX-License-Identifier: Apache-2.0
#include "local/titles/scrim.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidgen::local::titles {
namespace {

// (1 - u^2)^3 has no edge that an eye could find: it ends with its slope and its bend at 0. The two axes only add up,
// which makes the field one sum a pixel.
double axis(double at, double low, double high, double reach) {
  const double away = std::max({low - at, at - high, 0.0}) / reach;
  return away * away;
}

double bell(double sum) {
  const double left = std::max(0.0, 1 - sum);
  return left * left * left;
}

constexpr int kTile = 64;
using Dither = std::array<float, kTile * kTile>;

// Thresholds without clumps: interleaved gradient noise.
Dither dither_tile() {
  Dither tile{};
  for (int y = 0; y < kTile; ++y)
    for (int x = 0; x < kTile; ++x) {
      const double inner = 0.06711056 * x + 0.00583715 * y;
      const double outer = 52.9829189 * (inner - std::floor(inner));
      tile[static_cast<std::size_t>(y * kTile + x)] = static_cast<float>(outer - std::floor(outer));
    }
  return tile;
}

struct Span {
  int from = 0, to = 0;
};

// Where one axis alone still lets through half a step of 8 bits.
Span seen(double low, double high, double reach, double strength, int size) {
  const double least = 0.5 / 255 / std::max(strength, 1e-3);
  const double far = reach * std::sqrt(std::max(0.0, 1 - std::cbrt(least)));
  return {std::clamp(static_cast<int>(std::floor(low - far)), 0, size),
          std::clamp(static_cast<int>(std::ceil(high + far)), 0, size)};
}

std::vector<float> axis_row(Span span, double low, double high, double reach) {
  std::vector<float> row;
  for (int i = span.from; i < span.to; ++i) row.push_back(static_cast<float>(axis(i + 0.5, low, high, reach)));
  return row;
}

struct Premultiplied {
  std::array<std::array<std::uint8_t, 4>, 256> at;
};

Premultiplied levels(Rgb c) {
  Premultiplied out{};
  const double channel[3] = {c.b, c.g, c.r};
  for (std::size_t a = 0; a < 256; ++a) {
    for (std::size_t i = 0; i < 3; ++i)
      out.at[a][i] = static_cast<std::uint8_t>(std::lround(channel[i] * static_cast<double>(a)));
    out.at[a][3] = static_cast<std::uint8_t>(a);
  }
  return out;
}

}  // namespace

double falloff(const Field& f, double x, double y) {
  return bell(axis(x, f.core.left, f.core.right, f.reach_x) + axis(y, f.core.top, f.core.bottom, f.reach_y));
}

Placed draw_scrim(const Field& f, Size frame, int bar) {
  Placed placed;
  const bool whole = f.rest > 0;
  const Span xs = whole ? Span{0, frame.width} : seen(f.core.left, f.core.right, f.reach_x, f.strength, frame.width);
  Span ys = whole ? Span{0, frame.height} : seen(f.core.top, f.core.bottom, f.reach_y, f.strength, frame.height);
  ys = {std::max(ys.from, bar), std::min(ys.to, frame.height - bar)};
  if (xs.from >= xs.to || ys.from >= ys.to || f.strength <= 0) return placed;
  const std::vector<float> across = axis_row(xs, f.core.left, f.core.right, f.reach_x);
  const std::vector<float> down = axis_row(ys, f.core.top, f.core.bottom, f.reach_y);
  const Dither dither = dither_tile();
  const Premultiplied level = levels(f.colour);
  const auto high = static_cast<float>((f.strength - f.rest) * 255), low = static_cast<float>(f.rest * 255);
  auto bitmap = std::make_shared<Bitmap>();
  bitmap->width = xs.to - xs.from;
  bitmap->height = ys.to - ys.from;
  bitmap->stride = bitmap->width * 4;
  bitmap->pixels.resize(static_cast<std::size_t>(bitmap->stride) * down.size());
  std::uint8_t* out = bitmap->pixels.data();
  for (std::size_t y = 0; y < down.size(); ++y)
    for (std::size_t x = 0; x < across.size(); ++x, out += 4) {
      const float left = std::max(0.0F, 1 - across[x] - down[y]);
      const float a = low + high * left * left * left;
      const float threshold = dither[(y % kTile) * kTile + x % kTile];
      const auto step = static_cast<std::size_t>(std::min(a + (a > 0 ? threshold : 0), 255.0F));
      std::copy_n(level.at[step].begin(), 4, out);
    }
  placed = {std::move(bitmap), xs.from, ys.from};
  return placed;
}

}  // namespace vidgen::local::titles
