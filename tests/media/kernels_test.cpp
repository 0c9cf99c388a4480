// SPDX-License-Identifier: Apache-2.0
// Vectors and plain code give the same bytes, at every length and weight.
#include "media/kernels.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace vidgen::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes noise(std::size_t n, std::uint32_t seed) {
  Bytes out(n);
  for (auto& b : out) b = static_cast<std::uint8_t>((seed = seed * 1664525u + 1013904223u) >> 24);
  return out;
}

const std::size_t kLengths[] = {0, 1, 7, 15, 16, 17, 31, 33, 63, 64, 65, 127, 130, 1001};

TEST(Kernels, BlendIsTheScalarBlend) {
  for (const std::size_t n : kLengths)
    for (int weight = 0; weight <= 256; weight += 8) {
      const Bytes a = noise(n, 1), b = noise(n, 2);
      Bytes fast(n), plain(n);
      blend_row(a.data(), b.data(), fast.data(), n, weight);
      scalar::blend_row(a.data(), b.data(), plain.data(), n, weight);
      ASSERT_EQ(fast, plain) << n << " " << weight;
      if (weight == 0) {
        ASSERT_EQ(fast, a);
      }
      if (weight == 256) {
        ASSERT_EQ(fast, b);
      }
    }
}

TEST(Kernels, LayIsTheScalarLay) {
  for (const std::size_t n : kLengths)
    for (int opacity = 0; opacity <= 256; opacity += 16) {
      const Bytes colour = noise(n, 3), alpha = noise(n, 4);
      Bytes fast = noise(n, 5), plain = fast;
      lay_row(fast.data(), colour.data(), alpha.data(), n, opacity);
      scalar::lay_row(plain.data(), colour.data(), alpha.data(), n, opacity);
      ASSERT_EQ(fast, plain) << n << " " << opacity;
    }
}

TEST(Kernels, GrainIsTheScalarGrain) {
  for (const std::size_t n : kLengths) {
    Bytes tiles[4];
    for (std::uint32_t i = 0; i < 4; ++i) {
      tiles[i] = noise(n, 10 + i);
      for (auto& b : tiles[i]) b &= 31;
    }
    const GrainRow grain{tiles[0].data(), tiles[1].data(), tiles[2].data(), tiles[3].data()};
    Bytes fast = noise(n, 6), plain = fast;
    grain_row(fast.data(), grain, n);
    scalar::grain_row(plain.data(), grain, n);
    ASSERT_EQ(fast, plain) << n;
  }
}

TEST(Kernels, EnlargingIsTheScalarEnlarging) {
  const EnlargeTaps taps[3] = {{{797, -3543, 8007, 30373, -3543, 677}},
                               {{800, -4455, 20039, 20039, -4455, 800}},
                               {{-3543, 30373, 8007, -3543, 797, 677}}};
  for (const std::size_t n : kLengths) {
    std::vector<Bytes> lines;
    const std::uint8_t* rows[kEnlargeTaps];
    for (std::uint32_t t = 0; t < kEnlargeTaps; ++t) lines.push_back(noise(2 * n + 1, 20 + t));
    for (int t = 0; t < kEnlargeTaps; ++t) rows[t] = lines[static_cast<std::size_t>(t)].data();
    std::vector<std::int16_t> fast(2 * n + 16), plain(2 * n + 16);
    enlarge_down(rows, taps[0], fast.data() + 8, 2 * n);
    scalar::enlarge_down(rows, taps[0], plain.data() + 8, 0, 2 * n);
    ASSERT_EQ(fast, plain) << n;
    Bytes quick(3 * n), slow(3 * n);
    enlarge_across(fast.data() + 8, taps, quick.data(), n);
    scalar::enlarge_across(fast.data() + 8, taps, slow.data(), 0, n);
    ASSERT_EQ(quick, slow) << n;
  }
}

}  // namespace
}  // namespace vidgen::media
