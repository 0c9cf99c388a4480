// SPDX-License-Identifier: Apache-2.0
// The inner loops of a frame: sampling a layer's row, blending it, and turning two finished rows into YUV or BGRA.
// A row is four 16-bit words a pixel (B, G, R, A), premultiplied, 65535 = full. Every function has a plain form in
// `scalar` and, where the machine has SSE2, a quick form with exactly the same result; `rows` names the one in use. Those
// that take most of a frame's time have a third form for AVX2, chosen at run time.
// No state, no allocation; the caller owns all memory. Any thread.
#pragma once

#include <cstdint>

namespace vidgen::local {

enum class Blend : std::uint8_t { over, screen, add, replace };  // replace: what is under it does not count

using Word = std::uint16_t;

// Where one output pixel falls in a layer's row: the left one of two neighbouring pixels and both their weights,
// each repeated four times.
struct Tap {
  std::int32_t index;
  Word left, right;
};

// BT.709 limited; U and V of the mean of 2 x 2 pixels, each row darkened by its vignette words first.
struct YuvRows {
  std::uint8_t *y0, *y1, *u, *v;
};

namespace scalar {
void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out);
void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row);
void darken_row(const Word* vignette, int pixels, Word* row);
void rows_to_yuv(const Word* row0, const Word* row1, int pixels, const YuvRows& out);
void row_to_bgra(const Word* row, int pixels, std::uint8_t* out);
}  // namespace scalar

#if defined(__SSE2__)
namespace sse2 {
void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out);
void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row);
void darken_row(const Word* vignette, int pixels, Word* row);
}  // namespace sse2
// Only where has_avx2().
namespace avx2 {
void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out);
void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row);
void darken_row(const Word* vignette, int pixels, Word* row);
}  // namespace avx2
bool has_avx2();

namespace quick {
void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out);
void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row);
void darken_row(const Word* vignette, int pixels, Word* row);
void rows_to_yuv(const Word* row0, const Word* row1, int pixels, const YuvRows& out);
inline void row_to_bgra(const Word* row, int pixels, std::uint8_t* out) {
  scalar::row_to_bgra(row, pixels, out);
}
}  // namespace quick
namespace rows = quick;
#else
namespace rows = scalar;
#endif

// Coefficients of the conversion: 22 fraction bits over 15-bit samples. The luma row sums to 219/255, each chroma row
// to zero, so that grey has no colour.
inline constexpr int kYuvShift = 22;
inline constexpr std::int16_t kLuma[3] = {2024, 20049, 5960};         // B, G, R
inline constexpr std::int16_t kBlueDiff[3] = {14336, -11051, -3285};  // U
inline constexpr std::int16_t kRedDiff[3] = {-1315, -13021, 14336};   // V

}  // namespace vidgen::local
