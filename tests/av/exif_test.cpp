// SPDX-License-Identifier: Apache-2.0
// Photographs as the camera was held: all eight orientations of EXIF, in both byte orders.
#include <gtest/gtest.h>

#include <array>

#include "av/image.hpp"
#include "base/files.hpp"
#include "clips.hpp"
#include "inputs.hpp"

namespace vidgen::av {
namespace {

// The four quarters of the stored picture: top left, top right, bottom left, bottom right.
constexpr int kA = 40, kB = 100, kC = 160, kD = 220;
constexpr int kWidth = 96, kHeight = 64;

struct Row {
  int orientation;
  bool turned;  // width and height change places
  std::array<int, 4> shown;
};
constexpr Row kRows[] = {
    {1, false, {kA, kB, kC, kD}}, {2, false, {kB, kA, kD, kC}}, {3, false, {kD, kC, kB, kA}},
    {4, false, {kC, kD, kA, kB}}, {5, true, {kA, kC, kB, kD}},  {6, true, {kC, kA, kD, kB}},
    {7, true, {kD, kB, kC, kA}},  {8, true, {kB, kD, kA, kC}},  {0, false, {kA, kB, kC, kD}},
    {9, false, {kA, kB, kC, kD}},  // no such orientations: as it lies
};

int grey(const Bitmap& b, int x, int y) {
  return b.pixels[static_cast<std::size_t>(y * b.stride + x * 4 + 1)];
}

TEST(Exif, AllEightOrientationsAreApplied) {
  test::Folder folder;
  const std::string jpeg = test::make_jpeg(kWidth, kHeight, [](int x, int y) {
    return y < kHeight / 2 ? (x < kWidth / 2 ? kA : kB) : (x < kWidth / 2 ? kC : kD);
  });
  ASSERT_FALSE(jpeg.empty());
  for (const Row& row : kRows)
    for (const bool big_endian : {true, false}) {
      SCOPED_TRACE(row.orientation);
      ASSERT_TRUE(base::write_file(folder / "a.jpg", test::with_orientation(jpeg, row.orientation, big_endian)));
      const auto b = read_image(folder / "a.jpg", MediaLimits());
      ASSERT_TRUE(b) << b.error().describe();
      ASSERT_EQ(b->width, row.turned ? kHeight : kWidth);
      ASSERT_EQ(b->height, row.turned ? kWidth : kHeight);
      const int left = b->width / 4, right = b->width * 3 / 4, top = b->height / 4, bottom = b->height * 3 / 4;
      EXPECT_NEAR(grey(*b, left, top), row.shown[0], 6);
      EXPECT_NEAR(grey(*b, right, top), row.shown[1], 6);
      EXPECT_NEAR(grey(*b, left, bottom), row.shown[2], 6);
      EXPECT_NEAR(grey(*b, right, bottom), row.shown[3], 6);
    }
}

// libav speaks on the host's stderr: of a sound photograph it has nothing to say.
TEST(Image, AJpegIsReadWithoutAWord) {
  test::Folder folder;
  const std::string jpeg = test::make_jpeg(kWidth, kHeight, [](int x, int y) { return (x * 3 + y) % 256; });
  ASSERT_TRUE(base::write_file(folder / "a.jpg", jpeg));
  testing::internal::CaptureStderr();
  const auto b = read_image(folder / "a.jpg", MediaLimits());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_TRUE(b);
}

}  // namespace
}  // namespace vidgen::av
