// SPDX-License-Identifier: Apache-2.0
// The plain versions: what the vectors are compared with.
#include <algorithm>

#include "media/kernels.hpp"

namespace vidgen::media::scalar {

void blend_row(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::size_t n, int weight) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] = static_cast<std::uint8_t>((a[i] * (256 - weight) + b[i] * weight + 128) >> 8);
}

void lay_row(std::uint8_t* row, const std::uint8_t* colour, const std::uint8_t* alpha, std::size_t n, int opacity) {
  for (std::size_t i = 0; i < n; ++i) {
    const int a = (alpha[i] * opacity + 128) >> 8, c = (colour[i] * opacity + 128) >> 8;
    const int t = row[i] * (255 - a) + 128;
    row[i] = static_cast<std::uint8_t>(std::min(255, ((t + (t >> 8)) >> 8) + c));
  }
}

void grain_row(std::uint8_t* row, const GrainRow& g, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const int y = row[i];
    const bool mid = y >= kGrainLow && y <= kGrainHigh;
    const int up = std::min(255, y + (mid ? g.mid_plus : g.end_plus)[i]);
    const int down = std::max(0, up - (mid ? g.mid_minus : g.end_minus)[i]);
    row[i] = static_cast<std::uint8_t>(std::clamp(down, 16, 235));
  }
}

namespace {

// A product of 15 fraction bits, rounded: what the vectors' instruction does.
int times(std::int16_t sample, std::int16_t weight) {
  return (sample * weight + 0x4000) >> 15;
}

}  // namespace

void enlarge_down(const std::uint8_t* const* rows, const EnlargeTaps& taps, std::int16_t* line, std::size_t first,
                  std::size_t n) {
  for (std::size_t i = first; i < n; ++i) {
    int sum = 0;
    for (int t = 0; t < kEnlargeTaps; ++t) sum += times(static_cast<std::int16_t>(rows[t][i] << 6), taps.weight[t]);
    line[i] = static_cast<std::int16_t>(sum);
  }
}

void enlarge_across(const std::int16_t* line, const EnlargeTaps* taps, std::uint8_t* out, std::size_t first,
                    std::size_t pairs) {
  for (std::size_t i = first; i < pairs; ++i)
    for (int j = 0; j < 3; ++j) {
      int sum = 32;
      for (int t = 0; t < kEnlargeTaps; ++t)
        sum += times(line[static_cast<std::ptrdiff_t>(2 * i) + j - 3 + t], taps[j].weight[t]);
      out[3 * i + static_cast<std::size_t>(j)] = static_cast<std::uint8_t>(std::clamp(sum >> 6, 0, 255));
    }
}

}  // namespace vidgen::media::scalar
