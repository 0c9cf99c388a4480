// SPDX-License-Identifier: Apache-2.0
// Photographs of every kind that people bring look as they were meant; what is none is refused with its name.
#include "av/image.hpp"
#include "av/photograph.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/files.hpp"
#include "clips.hpp"
#include "inputs.hpp"
#include "stills.hpp"

namespace vidgen::av {
namespace {

constexpr int kWide = 64, kHigh = 48;

// Red, green, blue and a warm dark, a quarter each.
test::Rgba quarters(int x, int y, int w = kWide, int h = kHigh) {
  const int q = 2 * x / w + 2 * (2 * y / h);
  return q == 0 ? test::Rgba{200, 40, 30, 255} : q == 1 ? test::Rgba{40, 190, 60, 255}
         : q == 2 ? test::Rgba{30, 60, 210, 255} : test::Rgba{120, 80, 50, 255};
}

test::Rgba at(const Bitmap& b, double x, double y) {
  const auto i = static_cast<std::size_t>(static_cast<int>(y * b.height) * b.stride + static_cast<int>(x * b.width) * 4);
  return {b.pixels[i + 2], b.pixels[i + 1], b.pixels[i], b.pixels[i + 3]};
}

void expect_near(const test::Rgba& seen, const test::Rgba& meant, int slack) {
  for (std::size_t c = 0; c < 4; ++c) EXPECT_NEAR(seen[c], meant[c], slack) << "channel " << c;
}

class Photographs : public testing::Test {
 protected:
  Result<DecodedPhoto> read(const std::string& bytes, int longest = 4096) {
    EXPECT_TRUE(base::write_file(path_, bytes));
    return read_photograph(path_, longest);
  }
  // All four quarters, wherever this reader puts them.
  void expect_quarters(const std::string& bytes, int slack) {
    ASSERT_FALSE(bytes.empty());
    const auto photo = read(bytes);
    ASSERT_TRUE(photo) << photo.error().describe();
    const Bitmap& b = photo->picture;
    for (const double y : {.25, .75})
      for (const double x : {.25, .75})
        expect_near(at(b, x, y), quarters(static_cast<int>(x * kWide), static_cast<int>(y * kHigh)), slack);
    EXPECT_TRUE(is_opaque(b));
  }
  void expect_refused(const std::string& bytes, Errc code, const std::string& words) {
    const auto photo = read(bytes);
    ASSERT_FALSE(photo) << words;
    EXPECT_EQ(photo.error().code(), code) << photo.error().describe();
    EXPECT_EQ(photo.error().message().find(path_), 0U) << photo.error().message();
    EXPECT_NE(photo.error().message().find(words), std::string::npos) << photo.error().message();
  }
  test::Folder folder_;
  std::string path_ = folder_ / "mine.jpg";
};

test::Rgba whole(int x, int y) {
  return quarters(x, y);
}

TEST_F(Photographs, PngsOfEveryKind) {
  using K = test::PngKind;
  for (const K kind : {K::rgb, K::rgba, K::rgb16, K::rgba16, K::palette}) {
    SCOPED_TRACE(static_cast<int>(kind));
    expect_quarters(test::make_png(kind, kWide, kHigh, whole), 2);
  }
  for (const K kind : {K::grey, K::grey16, K::grey_alpha}) {
    const auto photo = read(test::make_png(kind, kWide, kHigh, whole));
    ASSERT_TRUE(photo) << photo.error().describe();
    expect_near(at(photo->picture, .25, .25), {200, 200, 200, 255}, 2);
    expect_near(at(photo->picture, .75, .25), {40, 40, 40, 255}, 2);
  }
}

// Inks: as they are, as Adobe turns them round, and as Photoshop saves them.
TEST_F(Photographs, CmykJpegsHaveTheirColours) {
  using test::Inks;
  for (const Inks inks : {Inks::plain, Inks::adobe, Inks::adobe_ycck}) {
    SCOPED_TRACE(static_cast<int>(inks));
    expect_quarters(test::make_cmyk_jpeg(8, 6, inks, [](int x, int y) { return quarters(x * 8, y * 8); }), 6);
  }
}

TEST_F(Photographs, GreyAndLargeJpegsKeepTheirTones) {
  const std::string jpeg = test::make_jpeg(2400, 1600, [](int x, int) { return x < 1200 ? 40 : 220; });
  for (const int longest : {4096, 600, 150}) {
    const auto photo = read(jpeg, longest);
    ASSERT_TRUE(photo) << photo.error().describe();
    EXPECT_EQ(photo->size, Size(2400, 1600));
    EXPECT_EQ(std::max(photo->picture.width, photo->picture.height), std::min(longest, 2400));
    expect_near(at(photo->picture, .25, .5), {40, 40, 40, 255}, 4);
    expect_near(at(photo->picture, .75, .5), {220, 220, 220, 255}, 4);
  }
}

// What lies under the clear part of a cut-out is never seen, not even at its edge when it is made smaller.
TEST_F(Photographs, CutOutsKeepCleanEdges) {
  const auto cutout = [](int x, int) { return x < 32 ? test::Rgba{0, 255, 0, 0} : test::Rgba{200, 40, 30, 255}; };
  for (const std::string& bytes : {test::make_png(test::PngKind::rgba, kWide, kHigh, cutout),
                                   test::make_png(test::PngKind::rgba16, kWide, kHigh, cutout),
                                   test::make_webp_with_alpha(kWide, kHigh, cutout)}) {
    if (bytes.empty()) continue;
    for (const int longest : {64, 21}) {
      const auto photo = read(bytes, longest);
      ASSERT_TRUE(photo) << photo.error().describe();
      EXPECT_FALSE(is_opaque(photo->picture));
      expect_near(at(photo->picture, .1, .5), {0, 0, 0, 0}, 1);
      expect_near(at(photo->picture, .9, .5), {200, 40, 30, 255}, 3);
      for (std::size_t i = 0; i < photo->picture.pixels.size(); i += 4)
        EXPECT_LE(photo->picture.pixels[i + 1], 44) << "green shines through";
    }
  }
}

TEST_F(Photographs, AllEightOrientationsAtAnySize) {
  const std::string jpeg = test::make_jpeg(96, 64, [](int x, int y) { return y < 32 ? (x < 48 ? 40 : 100) : (x < 48 ? 160 : 220); });
  constexpr int kShown[8][2] = {{40, 100}, {100, 40}, {220, 160}, {160, 220}, {40, 160}, {160, 40}, {220, 100}, {100, 220}};
  for (int o = 1; o <= 8; ++o)
    for (const int longest : {4096, 24}) {
      SCOPED_TRACE(o);
      const auto photo = read(test::with_orientation(jpeg, o, o % 2 == 0), longest);
      ASSERT_TRUE(photo) << photo.error().describe();
      EXPECT_EQ(photo->size, o > 4 ? Size(64, 96) : Size(96, 64));
      EXPECT_NEAR(at(photo->picture, .25, .25)[0], kShown[o - 1][0], 8);
      EXPECT_NEAR(at(photo->picture, .75, .25)[0], kShown[o - 1][1], 8);
    }
}

long peak_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// In a child, because making the file takes more memory than reading it may.
void write_huge(const std::string& path) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string jpeg = test::make_jpeg(12000, 9000, [](int x, int) { return x < 6000 ? 40 : 220; });
    ::_exit(base::write_file(path, jpeg) ? 0 : 1);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(status, 0);
}

// 108 million pixels are 432 MB as they are painted with; what is asked for is all that is kept.
TEST_F(Photographs, HugeOnesAreReadSmall) {
  write_huge(path_);
  const long before = peak_kilobytes();
  const auto photo = read_photograph(path_, 2048);
  ASSERT_TRUE(photo) << photo.error().describe();
  EXPECT_EQ(photo->size, Size(12000, 9000));
  EXPECT_EQ(photo->picture.width, 2048);
  EXPECT_EQ(photo->picture.height, 1536);
  expect_near(at(photo->picture, .25, .5), {40, 40, 40, 255}, 4);
  EXPECT_LT(peak_kilobytes() - before, 96 * 1024);
}

TEST_F(Photographs, WhatIsNoneIsRefusedAndNamed) {
  expect_refused("", Errc::media_invalid, "empty");
  expect_refused("this is no picture", Errc::media_unsupported, "JPEG, PNG or WebP");
  expect_refused(test::tiny_gif(), Errc::media_unsupported, "GIF");
  expect_refused(std::string("\0\0\0\x18" "ftypheic", 12) + std::string(64, 'x'), Errc::media_unsupported, "HEIC");
  expect_refused("\xFF\xD8\xFF\xE0", Errc::media_invalid, "cut off");
  const auto folder = read_photograph(folder_ / "", 100);
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().message().find("folder"), std::string::npos) << folder.error().message();
  const auto none = read_photograph(folder_ / "nowhere.jpg", 100);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), Errc::file_missing);
  EXPECT_NE(none.error().message().find("nowhere.jpg"), std::string::npos);
}

TEST_F(Photographs, CutOffOnesAreRefusedWhereverTheyEnd) {
  const std::string jpeg = test::make_jpeg(kWide, kHigh, [](int x, int y) { return (x * 5 + y * 3) % 256; });
  const std::string files[] = {jpeg, test::make_png(test::PngKind::rgb, kWide, kHigh, whole),
                               test::make_webp(kWide, kHigh, [](int x, int y) { return (x * 5 + y * 3) % 256; })};
  for (const std::string& bytes : files)
    for (std::size_t n = 0; n + 2 < bytes.size(); n += std::max<std::size_t>(1, bytes.size() / 60)) {
      const auto photo = read(bytes.substr(0, n));
      ASSERT_FALSE(photo) << n << " of " << bytes.size();
      EXPECT_EQ(photo.error().message().find(path_), 0U) << photo.error().message();
    }
}

// libav speaks on the host's stderr: of a sound photograph of any size it has nothing to say.
TEST_F(Photographs, AreReadWithoutAWord) {
  testing::internal::CaptureStderr();
  for (const int n : {8, 30, 100, 257, 290})
    for (const int longest : {4096, 64})
      EXPECT_TRUE(read(test::make_jpeg(n, n, [](int x, int y) { return (x + y) % 256; }), longest));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

// A head that promises more pixels than anybody takes is not believed with memory.
TEST_F(Photographs, BoastingHeadsAreRefusedBeforeAnythingIsDecoded) {
  std::string png = test::make_png(test::PngKind::rgb, kWide, kHigh, whole);
  png.replace(16, 8, test::big32(60000) + test::big32(60000));
  expect_refused(png, Errc::media_limit, "make it smaller");
}

// Bytes of a picture that goes on to others: the same each time, and the picture again.
TEST_F(Photographs, AreWrittenForOthers) {
  const auto photo = read(test::make_png(test::PngKind::rgb16, kWide, kHigh, whole));
  ASSERT_TRUE(photo);
  const auto first = encode_photograph(photo->picture), second = encode_photograph(photo->picture);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(first->substr(0, 2), "\xFF\xD8");
  expect_quarters(*first, 8);
}

}  // namespace
}  // namespace vidgen::av
