// SPDX-License-Identifier: Apache-2.0
// Enlarging by three halves: nearly the general scaler's picture, nothing bent, nothing read outside it.
#include "media/enlarge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "av/scaler.hpp"

namespace vidgen::media {
namespace {

// Each plane in memory of its own and of its exact size, so that a sanitizer sees a step outside.
struct Picture {
  Picture(int w, int h) : width(w), height(h) {
    for (int i = 0; i < 3; ++i) planes[i].assign(static_cast<std::size_t>(side(w, i)) * static_cast<std::size_t>(side(h, i)), 0);
  }
  static int side(int n, int plane) { return plane == 0 ? n : n / 2; }
  std::uint8_t& at(int plane, int x, int y) {
    return planes[plane][static_cast<std::size_t>(y * side(width, plane) + x)];
  }
  av::YuvPlanes view() {
    av::YuvPlanes out;
    for (int i = 0; i < 3; ++i) {
      out.data[i] = planes[i].data();
      out.stride[i] = side(width, i);
    }
    out.width = width;
    out.height = height;
    return out;
  }
  int width, height;
  std::vector<std::uint8_t> planes[3];
};

template <class Value>
Picture painted(int w, int h, Value value) {
  Picture out(w, h);
  for (int plane = 0; plane < 3; ++plane)
    for (int y = 0; y < Picture::side(h, plane); ++y)
      for (int x = 0; x < Picture::side(w, plane); ++x) out.at(plane, x, y) = static_cast<std::uint8_t>(value(plane, x, y));
  return out;
}

Picture enlarged(Picture& from) {
  Picture out(from.width / 2 * 3, from.height / 2 * 3);
  EXPECT_TRUE(Enlarger::fits(from.view(), out.view()));
  Enlarger().run(from.view(), out.view());
  return out;
}

TEST(Enlarge, APlainPictureStaysPlain) {
  for (int level : {0, 1, 16, 128, 235, 255}) {
    Picture from = painted(64, 36, [=](int, int, int) { return level; });
    const Picture out = enlarged(from);
    for (const auto& plane : out.planes)
      for (const std::uint8_t v : plane) ASSERT_EQ(v, level);
  }
}

TEST(Enlarge, LumaIsTheGeneralScalersWithinAStep) {
  Picture from = painted(320, 180, [](int plane, int x, int y) {
    return 128 + 60 * std::sin(x * (.21 + .1 * plane)) * std::cos(y * .17) + (x / 40 % 2 == 0 ? 30 : -30);
  });
  Picture mine = enlarged(from), theirs(480, 270);
  auto scaler = av::Scaler::make(Size(320, 180), Size(480, 270));
  ASSERT_TRUE(scaler);
  ASSERT_TRUE(scaler->scale(from.view(), theirs.view()));
  double sum = 0;
  int most = 0;
  for (int y = 8; y < 262; ++y)
    for (int x = 8; x < 472; ++x) {
      const int d = std::abs(int{mine.at(0, x, y)} - int{theirs.at(0, x, y)});
      sum += d;
      most = std::max(most, d);
    }
  EXPECT_LE(most, 4);
  EXPECT_LE(sum / (464 * 254), .5);
}

// Slopes keep their place to a fiftieth of a sample: both grids are centred in the picture, but across the colour planes,
// whose samples stand over the left one of two pixels.
TEST(Enlarge, NothingMoves) {
  constexpr int kSlope = 5;
  Picture across = painted(96, 96, [](int, int x, int) { return 10 + kSlope * (x % 48); });
  Picture down = painted(96, 96, [](int, int, int y) { return 10 + kSlope * (y % 48); });
  Picture wide = enlarged(across), tall = enlarged(down);
  for (int plane : {0, 1, 2}) {
    double sum_across = 0, sum_down = 0;
    for (int i = 9; i < 60; ++i) {
      sum_across += wide.at(plane, i, 30) - (10 + kSlope * (i / 1.5 - (plane == 0 ? 1 / 6.0 : 1 / 12.0)));
      sum_down += tall.at(plane, 30, i) - (10 + kSlope * (i / 1.5 - 1 / 6.0));
    }
    EXPECT_NEAR(sum_across / 51, 0, .02 * kSlope) << plane;
    EXPECT_NEAR(sum_down / 51, 0, .02 * kSlope) << plane;
  }
}

TEST(Enlarge, OnlyThreeHalves) {
  Picture a(64, 36), b(96, 54), c(128, 72), odd(66, 36), bigger(99, 54);
  EXPECT_TRUE(Enlarger::fits(a.view(), b.view()));
  EXPECT_FALSE(Enlarger::fits(a.view(), c.view()));
  EXPECT_FALSE(Enlarger::fits(b.view(), a.view()));
  EXPECT_FALSE(Enlarger::fits(odd.view(), bigger.view()));
}

}  // namespace
}  // namespace vidgen::media
