// SPDX-License-Identifier: Apache-2.0
// The quick forms for every x86-64, since SSE2 is part of it. Odd tails go to the plain forms.
#include "local/compositor/rows.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>

#include <algorithm>
#include <array>
#include <bit>

namespace vidgen::local {
namespace {

__m128i load(const void* p) {
  return _mm_loadu_si128(static_cast<const __m128i*>(p));
}
void store(void* p, __m128i v) {
  _mm_storeu_si128(static_cast<__m128i*>(p), v);
}
__m128i splat(int word) {
  return _mm_set1_epi16(static_cast<short>(word));
}

// Both neighbours under their weights: pixel in the low four words.
__m128i sample(const Word* source, const Tap& tap) {
  const __m128i weights = _mm_unpacklo_epi64(splat(tap.left), splat(tap.right));
  const __m128i parts = _mm_mulhi_epu16(load(source + tap.index * 4), weights);
  return parts;
}

__m128i sample_two(const Word* source, const Tap* taps) {
  const __m128i a = sample(source, taps[0]), b = sample(source, taps[1]);
  return _mm_add_epi16(_mm_unpacklo_epi64(a, b), _mm_unpackhi_epi64(a, b));
}

__m128i spread_alpha(__m128i pixels) {
  return _mm_shufflehi_epi16(_mm_shufflelo_epi16(pixels, 0xff), 0xff);
}

template <Blend kBlend>
__m128i blended(__m128i under, __m128i s) {
  const __m128i full = _mm_set1_epi16(-1);
  if constexpr (kBlend == Blend::over)
    return _mm_adds_epu16(s, _mm_mulhi_epu16(under, _mm_sub_epi16(full, spread_alpha(s))));
  if constexpr (kBlend == Blend::screen) return _mm_adds_epu16(under, _mm_mulhi_epu16(_mm_sub_epi16(full, under), s));
  if constexpr (kBlend == Blend::replace) return s;
  return _mm_adds_epu16(under, s);
}

template <Blend kBlend>
void blend_pixels(const Word* source, const Tap* taps, int pixels, Word* row) {
  int i = 0;
  for (; i + 2 <= pixels; i += 2) store(row + i * 4, blended<kBlend>(load(row + i * 4), sample_two(source, taps + i)));
  if (i < pixels) scalar::blend_row(source, taps + i, pixels - i, kBlend, row + i * 4);
}

__m128i weights_of(const std::int16_t* w) {
  return _mm_setr_epi16(w[0], w[1], w[2], 0, w[0], w[1], w[2], 0);
}

// Weighted sums of four pixels as four 32-bit lanes.
__m128i weigh(__m128i two, __m128i next_two, __m128i weights) {
  const __m128i a = _mm_madd_epi16(_mm_srli_epi16(two, 1), weights);
  const __m128i b = _mm_madd_epi16(_mm_srli_epi16(next_two, 1), weights);
  const __m128 fa = _mm_castsi128_ps(a), fb = _mm_castsi128_ps(b);
  return _mm_add_epi32(_mm_castps_si128(_mm_shuffle_ps(fa, fb, 0x88)), _mm_castps_si128(_mm_shuffle_ps(fa, fb, 0xdd)));
}

__m128i finish(__m128i sums, int offset) {
  return _mm_srai_epi32(_mm_add_epi32(sums, _mm_set1_epi32((offset << kYuvShift) + (1 << (kYuvShift - 1)))), kYuvShift);
}

void luma_eight(const Word* row, std::uint8_t* out) {
  const __m128i w = weights_of(kLuma);
  const __m128i a = finish(weigh(load(row), load(row + 8), w), 16);
  const __m128i b = finish(weigh(load(row + 16), load(row + 24), w), 16);
  const __m128i packed = _mm_packs_epi32(a, b);
  _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_packus_epi16(packed, packed));
}

// Mean of 2 x 2 pixels for two neighbouring chroma places.
__m128i mean_two(const Word* a, const Word* b) {
  const __m128i left = _mm_avg_epu16(load(a), load(b)), right = _mm_avg_epu16(load(a + 8), load(b + 8));
  return _mm_avg_epu16(_mm_unpacklo_epi64(left, right), _mm_unpackhi_epi64(left, right));
}

void chroma_four(const Word* a, const Word* b, const std::int16_t* weights, std::uint8_t* out) {
  const __m128i sums = weigh(mean_two(a, b), mean_two(a + 16, b + 16), weights_of(weights));
  const __m128i words = _mm_packs_epi32(finish(sums, 128), _mm_setzero_si128());
  const int four = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
  const auto bytes = std::bit_cast<std::array<std::uint8_t, 4>>(four);
  std::copy(bytes.begin(), bytes.end(), out);
}

}  // namespace

namespace sse2 {

void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out) {
  const __m128i w1 = splat(lower_weight), w0 = splat(65535 - lower_weight);
  int i = 0;
  for (; i + 4 <= pixels; i += 4) {
    const __m128i a = load(upper + i * 4), b = load(lower + i * 4);
    store(out + i * 4,
          _mm_add_epi16(_mm_mulhi_epu16(_mm_unpacklo_epi8(a, a), w0), _mm_mulhi_epu16(_mm_unpacklo_epi8(b, b), w1)));
    store(out + i * 4 + 8,
          _mm_add_epi16(_mm_mulhi_epu16(_mm_unpackhi_epi8(a, a), w0), _mm_mulhi_epu16(_mm_unpackhi_epi8(b, b), w1)));
  }
  if (i < pixels) scalar::mix_rows(upper + i * 4, lower + i * 4, lower_weight, pixels - i, out + i * 4);
}

void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row) {
  if (blend == Blend::over) return blend_pixels<Blend::over>(source, taps, pixels, row);
  if (blend == Blend::screen) return blend_pixels<Blend::screen>(source, taps, pixels, row);
  if (blend == Blend::replace) return blend_pixels<Blend::replace>(source, taps, pixels, row);
  return blend_pixels<Blend::add>(source, taps, pixels, row);
}

void darken_row(const Word* vignette, int pixels, Word* row) {
  int i = 0;
  for (; i + 8 <= pixels; i += 8) {
    const __m128i v = load(vignette + i);
    const __m128i lo = _mm_unpacklo_epi16(v, v), hi = _mm_unpackhi_epi16(v, v);
    const __m128i spread[4] = {_mm_unpacklo_epi32(lo, lo), _mm_unpackhi_epi32(lo, lo), _mm_unpacklo_epi32(hi, hi),
                               _mm_unpackhi_epi32(hi, hi)};
    for (int k = 0; k < 4; ++k) store(row + i * 4 + k * 8, _mm_mulhi_epu16(load(row + i * 4 + k * 8), spread[k]));
  }
  if (i < pixels) scalar::darken_row(vignette + i, pixels - i, row + i * 4);
}

}  // namespace sse2

namespace quick {

void rows_to_yuv(const Word* row0, const Word* row1, int pixels, const YuvRows& out) {
  int i = 0;
  for (; i + 8 <= pixels; i += 8) {
    const Word *a = row0 + i * 4, *b = row1 + i * 4;
    luma_eight(a, out.y0 + i);
    luma_eight(b, out.y1 + i);
    chroma_four(a, b, kBlueDiff, out.u + i / 2);
    chroma_four(a, b, kRedDiff, out.v + i / 2);
  }
  if (i < pixels)
    scalar::rows_to_yuv(row0 + i * 4, row1 + i * 4, pixels - i, {out.y0 + i, out.y1 + i, out.u + i / 2, out.v + i / 2});
}

}  // namespace quick
}  // namespace vidgen::local
#endif
