// SPDX-License-Identifier: Apache-2.0
// .cube files: what is read, what is refused, and that an identity leaves colours alone.
#include "media/lut.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "clips.hpp"

namespace vidgen::media {
namespace {

TEST(Lut, IdentityLeavesColoursAlone) {
  const auto lut = Lut::parse(test::cube_text(33, false));
  ASSERT_TRUE(lut) << lut.error().describe();
  EXPECT_EQ(lut->size(), 33);
  for (const Rgb c : {Rgb{0, 0, 0}, Rgb{1, 1, 1}, Rgb{0.2f, 0.5f, 0.8f}, Rgb{0.999f, 0.001f, 0.5f}, Rgb{-1, 2, 0.5f}}) {
    const Rgb out = lut->at(c);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(out[i], std::clamp(c[i], 0.0f, 1.0f), 2e-6f);
  }
}

TEST(Lut, ReadsOneDimension) {
  const auto lut = Lut::parse("LUT_1D_SIZE 3\n0 0 0\n0.25 0.5 1\n1 1 1\n");
  ASSERT_TRUE(lut);
  EXPECT_FALSE(lut->three_d());
  const Rgb out = lut->at({0.25f, 0.5f, 0.75f});
  EXPECT_FLOAT_EQ(out[0], 0.125f);
  EXPECT_FLOAT_EQ(out[1], 0.5f);
  EXPECT_FLOAT_EQ(out[2], 1.0f);
}

TEST(Lut, ObeysItsDomain) {
  const auto lut = Lut::parse(
      "LUT_3D_SIZE 2\nDOMAIN_MIN -1 -1 -1\nDOMAIN_MAX 1 1 1\n"
      "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n");
  ASSERT_TRUE(lut);
  EXPECT_FLOAT_EQ(lut->at({0, 0, 0})[0], 0.5f);
}

TEST(Lut, RefusesDamage) {
  struct Row {
    const char* text;
    const char* says;
  };
  const Row rows[] = {
      {"", "no LUT_3D_SIZE"},
      {"LUT_3D_SIZE 1\n", "no such size"},
      {"LUT_3D_SIZE 130\n", "no such size"},
      {"LUT_3D_SIZE 2x\n", "no such size"},
      {"LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n", "second size"},
      {"0 0 0\n", "must come before"},
      {"LUT_3D_SIZE 2\n0 0\n", "three numbers"},
      {"LUT_3D_SIZE 2\n0 0 0 0\n", "three numbers"},
      {"LUT_3D_SIZE 2\n0 nan 0\n", "three numbers"},
      {"LUT_3D_SIZE 2\n0 inf 0\n", "three numbers"},
      {"LUT_3D_SIZE 2\n0 0 0\n", "1 points instead of 8"},
      {"LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n", "more points"},
      {"LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\nDOMAIN_MAX 0 0 0\n0 0 0\n1 1 1\n", "empty domain"},
  };
  for (const Row& row : rows) {
    const auto lut = Lut::parse(row.text);
    ASSERT_FALSE(lut) << row.text;
    EXPECT_EQ(lut.error().code(), Errc::lut_invalid);
    EXPECT_NE(lut.error().message().find(row.says), std::string::npos) << lut.error().message();
  }
}

TEST(Lut, AnyCutOrBitFlipIsAnAnswer) {
  const std::string good = test::cube_text(3, true);
  for (std::size_t n = 0; n < good.size(); ++n) (void)Lut::parse(good.substr(0, n)).has_value();
  for (std::size_t n = 0; n < good.size() * 8; ++n) {
    std::string bad = good;
    bad[n / 8] = static_cast<char>(bad[n / 8] ^ (1 << (n % 8)));
    (void)Lut::parse(bad).has_value();
  }
}

}  // namespace
}  // namespace vidgen::media
