// SPDX-License-Identifier: Apache-2.0
// The inner loops: the quick forms give the plain forms' bytes, and the conversion is BT.709.
#include "local/compositor/rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "local/paint/noise.hpp"

namespace vidgen::local {
namespace {

constexpr int kWidths[] = {1, 2, 3, 7, 8, 9, 15, 16, 33, 64, 127};

std::vector<Word> random_row(int pixels, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<Word> row(static_cast<std::size_t>(pixels) * 4);
  for (int i = 0; i < pixels; ++i) {
    const int a = rng.below(4) == 0 ? 65535 : rng.below(65536);
    for (int k = 0; k < 3; ++k) row[static_cast<std::size_t>(i * 4 + k)] = static_cast<Word>(rng.below(a + 1));
    row[static_cast<std::size_t>(i * 4 + 3)] = static_cast<Word>(a);
  }
  return row;
}

using MixRows = decltype(&scalar::mix_rows);
using BlendRow = decltype(&scalar::blend_row);

void expect_plain_bytes(MixRows mix_rows, BlendRow blend_row, const char* form) {
  for (int n : kWidths) {
    SCOPED_TRACE(std::string(form) + ", " + std::to_string(n) + " pixels");
    Rng rng(static_cast<std::uint64_t>(n));
    std::vector<std::uint8_t> upper(static_cast<std::size_t>(n) * 4), lower(upper.size());
    for (auto& b : upper) b = static_cast<std::uint8_t>(rng.below(256));
    for (auto& b : lower) b = static_cast<std::uint8_t>(rng.below(256));
    std::vector<Word> a(upper.size()), b(upper.size());
    for (Word weight : {Word{0}, Word{1}, Word{31000}, Word{65535}}) {
      mix_rows(upper.data(), lower.data(), weight, n, a.data());
      scalar::mix_rows(upper.data(), lower.data(), weight, n, b.data());
      ASSERT_EQ(a, b) << "weight " << weight;
    }
    const std::vector<Word> source = random_row(2 * n + 2, 5), under = random_row(n, 6);
    std::vector<Tap> taps;
    for (int i = 0; i < n; ++i) {
      const auto right = static_cast<Word>(rng.below(65536));
      taps.push_back({i + rng.below(n), static_cast<Word>(65535 - right), right});
    }
    for (Blend blend : {Blend::over, Blend::screen, Blend::add, Blend::replace}) {
      a = b = under;
      blend_row(source.data(), taps.data(), n, blend, a.data());
      scalar::blend_row(source.data(), taps.data(), n, blend, b.data());
      ASSERT_EQ(a, b) << "blend " << static_cast<int>(blend);
    }
  }
}

TEST(Rows, QuickFormsGiveThePlainBytes) {
  expect_plain_bytes(rows::mix_rows, rows::blend_row, "in use");
#if defined(__SSE2__)
  expect_plain_bytes(sse2::mix_rows, sse2::blend_row, "sse2");
  if (has_avx2()) expect_plain_bytes(avx2::mix_rows, avx2::blend_row, "avx2");
#endif
}

void expect_plain_vignettes(decltype(&scalar::darken_row) darken_row) {
  for (int n : kWidths) {
    std::vector<Word> a = random_row(n, 6), b = a;
    const std::vector<Word> vignette = random_row(n, 7);
    darken_row(vignette.data(), n, a.data());
    scalar::darken_row(vignette.data(), n, b.data());
    ASSERT_EQ(a, b) << n;
  }
}

TEST(Rows, VignettesAreTheSameQuickOrPlain) {
  expect_plain_vignettes(rows::darken_row);
#if defined(__SSE2__)
  expect_plain_vignettes(sse2::darken_row);
  if (has_avx2()) expect_plain_vignettes(avx2::darken_row);
#endif
}

struct Yuv {
  explicit Yuv(int n) : y0(static_cast<std::size_t>(n)), y1(y0.size()), u(y0.size() / 2), v(y0.size() / 2) {}
  YuvRows rows() { return {y0.data(), y1.data(), u.data(), v.data()}; }
  std::vector<std::uint8_t> y0, y1, u, v;
  bool operator==(const Yuv&) const = default;
};

TEST(Rows, YuvIsTheSameQuickOrPlain) {
  for (int n : {2, 6, 8, 10, 24, 66}) {
    const auto a = random_row(n, 11), b = random_row(n, 12);
    Yuv quick(n), plain(n);
    rows::rows_to_yuv(a.data(), b.data(), n, quick.rows());
    scalar::rows_to_yuv(a.data(), b.data(), n, plain.rows());
    EXPECT_EQ(quick, plain) << n;
  }
}

// The definition, in floating point.
TEST(Rows, YuvIsBt709Limited) {
  constexpr int kPixels = 64;
  const auto a = random_row(kPixels, 21), b = random_row(kPixels, 22);
  Yuv out(kPixels);
  rows::rows_to_yuv(a.data(), b.data(), kPixels, out.rows());
  const auto channel = [](const std::vector<Word>& row, int pixel, int k) {
    return row[static_cast<std::size_t>(pixel * 4 + k)] / 65535.0;
  };
  const auto luma = [](double blue, double green, double red) { return .0722 * blue + .7152 * green + .2126 * red; };
  for (int i = 0; i < kPixels; i += 2) {
    const double y = luma(channel(a, i, 0), channel(a, i, 1), channel(a, i, 2));
    EXPECT_NEAR(out.y0[static_cast<std::size_t>(i)], 16 + 219 * y, .51);
    double mean[3] = {0, 0, 0};
    for (int k = 0; k < 3; ++k)
      for (const auto* row : {&a, &b})
        for (int d : {0, 1}) mean[k] += channel(*row, i + d, k) / 4;
    const double m = luma(mean[0], mean[1], mean[2]);
    EXPECT_NEAR(out.u[static_cast<std::size_t>(i / 2)], 128 + 224 * (mean[0] - m) / 1.8556, .52);
    EXPECT_NEAR(out.v[static_cast<std::size_t>(i / 2)], 128 + 224 * (mean[2] - m) / 1.5748, .52);
  }
}

TEST(Rows, GreyHasNoColourAndTheEndsAreExact) {
  for (int level : {0, 1, 77, 32768, 65534, 65535}) {
    const std::vector<Word> row(32, static_cast<Word>(level));
    Yuv out(8);
    rows::rows_to_yuv(row.data(), row.data(), 8, out.rows());
    EXPECT_EQ(out.u[0], 128);
    EXPECT_EQ(out.v[3], 128);
    EXPECT_EQ(out.y0[0], static_cast<int>(std::lround(16 + 219 * (level / 65535.0)))) << level;
  }
}

TEST(Rows, BytesSurviveTheirWayThroughWords) {
  std::vector<std::uint8_t> bytes(256 * 4), back(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i / 4);
  std::vector<Word> words(bytes.size());
  for (Word weight : {Word{0}, Word{20000}, Word{65535}}) {
    rows::mix_rows(bytes.data(), bytes.data(), weight, 256, words.data());
    rows::row_to_bgra(words.data(), 256, back.data());
    EXPECT_EQ(back, bytes);
  }
}

}  // namespace
}  // namespace vidgen::local
