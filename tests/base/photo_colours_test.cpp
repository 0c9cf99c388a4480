// SPDX-License-Identifier: Apache-2.0
#include "base/photo_colours.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace vidgen::base {
namespace {

std::vector<std::uint8_t> pixels(const std::vector<std::pair<unsigned, int>>& colours) {
  std::vector<std::uint8_t> out;
  for (const auto& [rgb, count] : colours)
    for (int i = 0; i < count; ++i)
      for (const unsigned v : {rgb & 255U, rgb >> 8 & 255U, rgb >> 16 & 255U, 255U})
        out.push_back(static_cast<std::uint8_t>(v));
  return out;
}

TEST(PhotoColours, ColoursAreTheMostCommonAndTheMostSaturated) {
  Photograph p;
  read_colours(pixels({{0x20242c, 1500}, {0xe8e2d8, 1400}, {0x8a8a86, 800}, {0xd04020, 200}, {0x404850, 196}}), p);
  EXPECT_LT(lab_of(p.dark).l, .4);
  EXPECT_GT(lab_of(p.light).l, .85);
  EXPECT_NEAR(lab_of(p.accent).a, lab_of("#d04020").a, .02);
  EXPECT_NEAR(lab_of(p.accent).b, lab_of("#d04020").b, .02);
  Photograph grey;
  read_colours(pixels({{0x202020, 2000}, {0x808080, 2000}}), grey);
  EXPECT_EQ(grey.accent, "") << "a grey picture has no accent";
  EXPECT_EQ(grey.light, "") << "nor a light colour that it does not have";
}

// The palette's lightness, the photograph's hue.
TEST(PhotoColours, AStepKeepsItsLightness) {
  for (const char* step : {"#ffd9a6", "#1c2338", "#808080"})
    for (const char* hue : {"#d04020", "#2040d0", "#20a060"}) {
      const Lab made = lab_of(at_step(hue, step, .15)), asked = lab_of(hue);
      EXPECT_NEAR(made.l, lab_of(step).l, .02) << hue << " at " << step;
      EXPECT_NEAR(made.a * asked.b, made.b * asked.a, .004);
    }
  EXPECT_EQ(at_step("#808080", "#ffd9a6", .15).size(), 7U);
}

}  // namespace
}  // namespace vidgen::base
