// SPDX-License-Identifier: Apache-2.0
// check() finds what a viewer would complain about, and nothing in a sound film.
#include <gtest/gtest.h>

#include <cmath>

#include "clips.hpp"
#include "vidgen/media.hpp"

namespace vidgen {
namespace {

bool has(const CheckReport& r, const std::string& kind) {
  for (const Finding& f : r.findings)
    if (f.kind == kind) return true;
  return false;
}

Finding first(const CheckReport& r, const std::string& kind) {
  for (const Finding& f : r.findings)
    if (f.kind == kind) return f;
  ADD_FAILURE() << "no " << kind;
  return Finding();
}

void write(const std::string& path, int frames, int (*luma)(int), bool numbers) {
  auto writer = av::ClipWriter::create(path, Size(160, 96), 24);
  ASSERT_TRUE(writer);
  av::FramePool pool(160, 96);
  for (int n = 0; n < frames; ++n) {
    const av::Frame f = pool.make();
    if (numbers)
      test::draw_number(f.planes(), n * 37, luma(n));
    else
      av::fill_planes(f.planes(), luma(n), 128, 128);
    ASSERT_TRUE((*writer)->write(f.planes()));
  }
  ASSERT_TRUE((*writer)->finish());
}

TEST(Check, FindsNothingInAGoodClip) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.frames = 48;
  spec.sound = 96000;
  test::make_clip(folder / "a.mp4", spec);
  const auto r = check(folder / "a.mp4");
  ASSERT_TRUE(r) << r.error().describe();
  EXPECT_EQ(r->decoded, 48);
  EXPECT_NEAR(static_cast<double>(r->decoded_samples), 96000, 1024);
  EXPECT_TRUE(r->findings.empty()) << r->findings.front().kind << " " << r->findings.front().detail;
  EXPECT_NEAR(r->loudness, -12.7, 1.0);  // a sine at -12 dB in both channels
  EXPECT_NEAR(r->true_peak, -12, 0.5);
}

TEST(Check, FindsBlackFrozenAndFlash) {
  test::Folder folder;
  write(
      folder / "black.mp4", 48, [](int n) { return n >= 12 && n < 36 ? 16 : 100 + n; }, false);
  auto r = check(folder / "black.mp4");
  ASSERT_TRUE(r);
  EXPECT_EQ(first(*r, "black").from, Rational(12, 24));
  EXPECT_EQ(first(*r, "black").to, Rational(36, 24));
  EXPECT_EQ(r->loudness, -HUGE_VAL);
  write(
      folder / "still.mp4", 48, [](int) { return 100; }, false);
  r = check(folder / "still.mp4");
  ASSERT_TRUE(r);
  EXPECT_TRUE(has(*r, "frozen"));
  EXPECT_FALSE(has(*r, "black"));
  write(
      folder / "flash.mp4", 48, [](int n) { return n == 20 ? 235 : 60; }, true);
  r = check(folder / "flash.mp4");
  ASSERT_TRUE(r);
  EXPECT_EQ(first(*r, "flash").from, Rational(20, 24));
  EXPECT_EQ(first(*r, "flash").to, Rational(21, 24));
}

TEST(Check, FindsSilence) {
  test::Folder folder;
  test::make_wav(folder / "a.wav", 48000, 240000, [](std::int64_t i) {
    return i > 48000 && i < 180000 ? 0.0 : 0.3 * std::sin(static_cast<double>(i) * 0.06);
  });
  const auto r = check(folder / "a.wav");
  ASSERT_TRUE(r);
  EXPECT_NEAR(first(*r, "silence").from.to_double(), 1.0, 0.11);  // in steps of a tenth of a second
  EXPECT_NEAR(first(*r, "silence").to.to_double(), 3.75, 0.11);
}

TEST(Check, FindsSoundThatIsShorterThanThePicture) {
  test::Folder folder;
  test::ClipSpec spec;
  spec.frames = 48;
  spec.sound = 48000 * 2 - 3000;  // less than a tenth of a second short: nothing to say
  test::make_clip(folder / "a.mp4", spec);
  auto r = check(folder / "a.mp4");
  ASSERT_TRUE(r);
  EXPECT_FALSE(has(*r, "length"));
  spec.sound = 48000;
  test::make_clip(folder / "b.mp4", spec);
  r = check(folder / "b.mp4");
  ASSERT_TRUE(r);
  EXPECT_TRUE(has(*r, "length"));
}

TEST(Check, FindsLoudnessOutsideTheRangeOfFilms) {
  test::Folder folder;
  const auto findings = [&](double (*value)(std::int64_t)) {
    test::make_wav(folder / "a.wav", 48000, 96000, value);
    auto r = check(folder / "a.wav");
    EXPECT_TRUE(r);
    return r ? *r : CheckReport();
  };
  const auto loud = findings([](std::int64_t i) { return 0.9 * std::sin(static_cast<double>(i) * 0.06); });
  EXPECT_TRUE(has(loud, "loudness")) << loud.loudness;
  const auto faint = findings([](std::int64_t i) { return 0.01 * std::sin(static_cast<double>(i) * 0.06); });
  EXPECT_TRUE(has(faint, "loudness")) << faint.loudness;
  const auto usual = findings([](std::int64_t i) { return 0.15 * std::sin(static_cast<double>(i) * 0.06); });
  EXPECT_FALSE(has(usual, "loudness")) << usual.loudness;
  EXPECT_FALSE(has(usual, "peak"));
}

// Samples that stay below full scale, of a wave that rises above it between them.
TEST(Check, FindsPeaksBetweenTheSamples) {
  test::Folder folder;
  test::make_wav(folder / "a.wav", 48000, 96000, [](std::int64_t i) { return i % 4 < 2 ? 0.95 : -0.95; });
  const auto r = check(folder / "a.wav");
  ASSERT_TRUE(r);
  EXPECT_GT(r->true_peak, 1.0);
  EXPECT_TRUE(has(*r, "peak"));
}

TEST(Check, CanBeStopped) {
  test::Folder folder;
  test::make_clip(folder / "a.mp4", test::ClipSpec());
  std::stop_source stop;
  stop.request_stop();
  const auto r = check(folder / "a.mp4", MediaLimits(), stop.get_token());
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code(), Errc::cancelled);
}

}  // namespace
}  // namespace vidgen
