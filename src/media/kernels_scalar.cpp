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

}  // namespace vidgen::media::scalar
