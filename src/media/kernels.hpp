// SPDX-License-Identifier: Apache-2.0
// The loops over pixels that pay for vectors, each with a plain version that gives the same bytes (`scalar::`). All
// work on rows of 8-bit samples; nothing here knows what a frame is.
//
// Thread-safety: functions without state.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vidgen::media {

// out = (a * (256 - weight) + b * weight + 128) / 256. `out` may be a or b.
void blend_row(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::size_t n, int weight);

// row = row * (255 - alpha') / 255 + colour', where alpha and the premultiplied colour are scaled by opacity / 256.
void lay_row(std::uint8_t* row, const std::uint8_t* colour, const std::uint8_t* alpha, std::size_t n, int opacity);

// A grain tile's rows: what to add and what to subtract, for mid tones and for the rest.
struct GrainRow {
  const std::uint8_t* mid_plus;
  const std::uint8_t* mid_minus;
  const std::uint8_t* end_plus;
  const std::uint8_t* end_minus;
};
// Luma within [kGrainLow, kGrainHigh] takes the stronger grain; the result stays within [16, 235].
inline constexpr int kGrainLow = 64, kGrainHigh = 176;
void grain_row(std::uint8_t* row, const GrainRow& grain, std::size_t n);

// Enlarging by three halves, with six weights of 15 fraction bits for a new sample. A line holds samples with 6.
inline constexpr int kEnlargeTaps = 6;
struct EnlargeTaps {
  std::int16_t weight[kEnlargeTaps];
};
void enlarge_down(const std::uint8_t* const* rows, const EnlargeTaps& taps, std::int16_t* line, std::size_t n);
// Three new samples for each of `pairs` of old ones. `line` has at least four samples before and six after them.
void enlarge_across(const std::int16_t* line, const EnlargeTaps* taps, std::uint8_t* out, std::size_t pairs);

namespace scalar {
void blend_row(const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out, std::size_t n, int weight);
void lay_row(std::uint8_t* row, const std::uint8_t* colour, const std::uint8_t* alpha, std::size_t n, int opacity);
void grain_row(std::uint8_t* row, const GrainRow& grain, std::size_t n);
// From sample `first` on.
void enlarge_down(const std::uint8_t* const* rows, const EnlargeTaps& taps, std::int16_t* line, std::size_t first,
                  std::size_t n);
void enlarge_across(const std::int16_t* line, const EnlargeTaps* taps, std::uint8_t* out, std::size_t first,
                    std::size_t pairs);
}  // namespace scalar

}  // namespace vidgen::media
