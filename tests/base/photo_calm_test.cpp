// SPDX-License-Identifier: Apache-2.0
#include "base/photo_calm.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace vidgen::base {
namespace {

// A plain picture with a checked patch between these columns.
std::vector<std::uint8_t> picture(int width, int height, int from, int to) {
  std::vector<std::uint8_t> out;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const std::uint8_t v = x >= from && x < to && (x / 3 + y / 3) % 2 == 0 ? 220 : 90;
      out.insert(out.end(), {v, v, v, 255});
    }
  return out;
}

TEST(CalmSide, IsTheOneWithoutTheSubject) {
  EXPECT_EQ(calm_side(picture(64, 48, 36, 60), 64), "left");
  EXPECT_EQ(calm_side(picture(64, 48, 4, 28), 64), "right");
}

TEST(CalmSide, IsNeitherWhenBothAreAlike) {
  EXPECT_EQ(calm_side(picture(64, 48, 20, 44), 64), "");
  EXPECT_EQ(calm_side(picture(64, 48, 0, 64), 64), "");
  EXPECT_EQ(calm_side(picture(64, 48, 0, 0), 64), "");
}

TEST(CalmSide, OfNothingIsNeither) {
  EXPECT_EQ(calm_side({}, 64), "");
  EXPECT_EQ(calm_side(picture(1, 1, 0, 1), 1), "");
  EXPECT_EQ(calm_side({}, 0), "");
}

}  // namespace
}  // namespace vidgen::base
