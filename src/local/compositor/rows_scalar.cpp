// SPDX-License-Identifier: Apache-2.0
// The plain forms: they define the result.
#include "local/compositor/rows.hpp"

#include <algorithm>

namespace vidgen::local::scalar {
namespace {

constexpr std::uint32_t kFull = 65535;

// The high word of a product: how all weights are applied.
std::uint32_t high(std::uint32_t a, std::uint32_t b) {
  return (a * b) >> 16;
}

Word add(std::uint32_t a, std::uint32_t b) {
  return static_cast<Word>(std::min(a + b, kFull));
}

std::uint32_t average(std::uint32_t a, std::uint32_t b) {
  return (a + b + 1) >> 1;
}

int weigh(const std::int16_t* weights, std::uint32_t b, std::uint32_t g, std::uint32_t r) {
  return weights[0] * static_cast<int>(b >> 1) + weights[1] * static_cast<int>(g >> 1) +
         weights[2] * static_cast<int>(r >> 1);
}

std::uint8_t finish(int sum, int offset) {
  const int value = (sum + (offset << kYuvShift) + (1 << (kYuvShift - 1))) >> kYuvShift;
  return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

std::uint8_t luma(const Word* p) {
  return finish(weigh(kLuma, p[0], p[1], p[2]), 16);
}

}  // namespace

void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out) {
  const std::uint32_t w1 = lower_weight, w0 = kFull - w1;
  for (int i = 0; i < pixels * 4; ++i)
    out[i] = static_cast<Word>(high(upper[i] * 257u, w0) + high(lower[i] * 257u, w1));
}

void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row) {
  for (int i = 0; i < pixels; ++i, row += 4) {
    const Word* s = source + taps[i].index * 4;
    std::uint32_t c[4];
    for (int k = 0; k < 4; ++k) c[k] = high(s[k], taps[i].left) + high(s[k + 4], taps[i].right);
    for (int k = 0; k < 4; ++k) {
      if (blend == Blend::over) row[k] = add(c[k], high(row[k], kFull - c[3]));
      if (blend == Blend::screen) row[k] = add(row[k], high(kFull - row[k], c[k]));
      if (blend == Blend::add) row[k] = add(row[k], c[k]);
      if (blend == Blend::replace) row[k] = static_cast<Word>(c[k]);
    }
  }
}

void darken_row(const Word* vignette, int pixels, Word* row) {
  for (int i = 0; i < pixels; ++i)
    for (int k = 0; k < 4; ++k) row[i * 4 + k] = static_cast<Word>(high(row[i * 4 + k], vignette[i]));
}

void rows_to_yuv(const Word* row0, const Word* row1, int pixels, const YuvRows& out) {
  for (int i = 0; i < pixels; i += 2) {
    const Word *a = row0 + i * 4, *b = row1 + i * 4;
    out.y0[i] = luma(a);
    out.y0[i + 1] = luma(a + 4);
    out.y1[i] = luma(b);
    out.y1[i + 1] = luma(b + 4);
    std::uint32_t mean[3];
    for (int k = 0; k < 3; ++k) mean[k] = average(average(a[k], b[k]), average(a[k + 4], b[k + 4]));
    out.u[i / 2] = finish(weigh(kBlueDiff, mean[0], mean[1], mean[2]), 128);
    out.v[i / 2] = finish(weigh(kRedDiff, mean[0], mean[1], mean[2]), 128);
  }
}

void row_to_bgra(const Word* row, int pixels, std::uint8_t* out) {
  for (int i = 0; i < pixels * 4; ++i) out[i] = static_cast<std::uint8_t>((row[i] * 255u + 32768u) >> 16);
}

}  // namespace vidgen::local::scalar
