// SPDX-License-Identifier: Apache-2.0
// Sampling, blending and darkening four pixels at a time where the machine has AVX2, which is asked once. Odd tails go
// to the SSE2 forms.
#include "local/compositor/rows.hpp"

#if defined(__SSE2__)
#include <immintrin.h>

#define VIDGEN_AVX2 __attribute__((target("avx2")))

namespace vidgen::local {
namespace {

VIDGEN_AVX2 __m256i load(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

VIDGEN_AVX2 void store(void* p, __m256i v) {
  _mm256_storeu_si256(static_cast<__m256i*>(p), v);
}

// Two neighbours of one tap in the low half, those of another in the high half.
VIDGEN_AVX2 __m256i neighbours(const Word* source, const Tap& low, const Tap& high) {
  const auto at = [source](const Tap& tap) { return reinterpret_cast<const __m128i*>(source + tap.index * 4); };
  return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(at(low))), _mm_loadu_si128(at(high)), 1);
}

// The weights of the first and third of four taps, or of the second and fourth, each word four times.
VIDGEN_AVX2 __m256i weights(__m256i taps, int tap_in_half) {
  const auto word = [tap_in_half](int at) { return static_cast<short>(at + tap_in_half * 0x0808); };
  const short l = word(0x0504), r = word(0x0706);
  return _mm256_shuffle_epi8(taps, _mm256_setr_epi16(l, l, l, l, r, r, r, r, l, l, l, l, r, r, r, r));
}

VIDGEN_AVX2 __m256i sample_four(const Word* source, const Tap* taps) {
  static_assert(sizeof(Tap) == 8);
  const __m256i all = load(taps);
  const __m256i a = _mm256_mulhi_epu16(neighbours(source, taps[0], taps[2]), weights(all, 0));
  const __m256i b = _mm256_mulhi_epu16(neighbours(source, taps[1], taps[3]), weights(all, 1));
  return _mm256_add_epi16(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
}

VIDGEN_AVX2 __m256i spread_alpha(__m256i pixels) {
  return _mm256_shufflehi_epi16(_mm256_shufflelo_epi16(pixels, 0xff), 0xff);
}

template <Blend kBlend>
VIDGEN_AVX2 __m256i blended(__m256i under, __m256i s) {
  const __m256i full = _mm256_set1_epi16(-1);
  if constexpr (kBlend == Blend::over)
    return _mm256_adds_epu16(s, _mm256_mulhi_epu16(under, _mm256_sub_epi16(full, spread_alpha(s))));
  if constexpr (kBlend == Blend::screen)
    return _mm256_adds_epu16(under, _mm256_mulhi_epu16(_mm256_sub_epi16(full, under), s));
  if constexpr (kBlend == Blend::replace) return s;
  return _mm256_adds_epu16(under, s);
}

template <Blend kBlend>
VIDGEN_AVX2 void blend_pixels(const Word* source, const Tap* taps, int pixels, Word* row) {
  int i = 0;
  for (; i + 4 <= pixels; i += 4) store(row + i * 4, blended<kBlend>(load(row + i * 4), sample_four(source, taps + i)));
  if (i < pixels) sse2::blend_row(source, taps + i, pixels - i, kBlend, row + i * 4);
}

// Four pixels of bytes as words of 65535 at most.
VIDGEN_AVX2 __m256i widened(const std::uint8_t* p) {
  const __m256i words = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  return _mm256_or_si256(words, _mm256_slli_epi16(words, 8));
}

// Each of four words for all of its pixel.
VIDGEN_AVX2 __m256i spread(const Word* four) {
  const __m256i words = _mm256_broadcastsi128_si256(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(four)));
  constexpr short a = 0x0100, b = 0x0302, c = 0x0504, d = 0x0706;
  return _mm256_shuffle_epi8(words, _mm256_setr_epi16(a, a, a, a, b, b, b, b, c, c, c, c, d, d, d, d));
}

}  // namespace

namespace avx2 {

VIDGEN_AVX2 void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels,
                          Word* out) {
  const __m256i w1 = _mm256_set1_epi16(static_cast<short>(lower_weight));
  const __m256i w0 = _mm256_set1_epi16(static_cast<short>(65535 - lower_weight));
  int i = 0;
  for (; i + 4 <= pixels; i += 4)
    store(out + i * 4, _mm256_add_epi16(_mm256_mulhi_epu16(widened(upper + i * 4), w0),
                                        _mm256_mulhi_epu16(widened(lower + i * 4), w1)));
  if (i < pixels) sse2::mix_rows(upper + i * 4, lower + i * 4, lower_weight, pixels - i, out + i * 4);
}

VIDGEN_AVX2 void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row) {
  if (blend == Blend::over) return blend_pixels<Blend::over>(source, taps, pixels, row);
  if (blend == Blend::screen) return blend_pixels<Blend::screen>(source, taps, pixels, row);
  if (blend == Blend::replace) return blend_pixels<Blend::replace>(source, taps, pixels, row);
  return blend_pixels<Blend::add>(source, taps, pixels, row);
}

VIDGEN_AVX2 void darken_row(const Word* vignette, int pixels, Word* row) {
  int i = 0;
  for (; i + 4 <= pixels; i += 4)
    store(row + i * 4, _mm256_mulhi_epu16(load(row + i * 4), spread(vignette + i)));
  if (i < pixels) sse2::darken_row(vignette + i, pixels - i, row + i * 4);
}

}  // namespace avx2

bool has_avx2() {
  static const bool there = __builtin_cpu_supports("avx2");
  return there;
}

namespace quick {

void mix_rows(const std::uint8_t* upper, const std::uint8_t* lower, Word lower_weight, int pixels, Word* out) {
  if (has_avx2()) return avx2::mix_rows(upper, lower, lower_weight, pixels, out);
  sse2::mix_rows(upper, lower, lower_weight, pixels, out);
}

void blend_row(const Word* source, const Tap* taps, int pixels, Blend blend, Word* row) {
  if (has_avx2()) return avx2::blend_row(source, taps, pixels, blend, row);
  sse2::blend_row(source, taps, pixels, blend, row);
}

void darken_row(const Word* vignette, int pixels, Word* row) {
  if (has_avx2()) return avx2::darken_row(vignette, pixels, row);
  sse2::darken_row(vignette, pixels, row);
}

}  // namespace quick
}  // namespace vidgen::local
#endif
