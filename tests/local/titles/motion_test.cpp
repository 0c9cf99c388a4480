// SPDX-License-Identifier: Apache-2.0
// When words come, rest and go, at every frame rate and length.
#include "local/titles/motion.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "stand.hpp"

namespace vidgen::local::titles {
namespace {

double thirtieths(Frames n, Rational fps) {
  return static_cast<double>(n) * 30 / fps.to_double();
}

TEST(TitleMotion, KeepsItsTimesAtEveryRate) {
  for (const Rational fps : {Rational(24), Rational(30), Rational(60), Rational(30000, 1001)}) {
    const Frames length = frame_at(4, fps);
    const Motion motion(length, fps, 14 + kLineStep, true);
    for (Frames n = 0; n < length; ++n) {
      const double t = thirtieths(n, fps), end = thirtieths(length, fps);
      const Pose first = motion.pose(n, Move::rise, 0), second = motion.pose(n, Move::rise, kLineStep);
      EXPECT_EQ(first.alpha > 0, n > 0) << t;
      EXPECT_EQ(second.shift == 0, t >= 4 + 14 - 1e-9) << t;
      EXPECT_EQ(first.leave > 0, t > end - 8 + 1e-9) << t;
      EXPECT_GE(second.shift, first.shift);
    }
  }
}

TEST(TitleMotion, RisesWithoutTurningBack) {
  const Motion motion(120, 30, 22, true);
  double last = 1;
  for (Frames n = 0; n < 60; ++n) {
    const double shift = motion.pose(n, Move::rise, 0).shift;
    EXPECT_LE(shift, last);
    last = shift;
  }
  EXPECT_EQ(last, 0);
}

// From the frame on which all has arrived to the first that goes, sprites do not change at all.
TEST(TitleMotion, RestsWithoutJitter) {
  const auto renderer = make_title_renderer();
  for (const std::string& look : look_names())
    for (const char* role : {"title", "caption", "end_card"})
      for (const int rate : {24, 30, 60}) {
        Title title = words(role, look, "Carry less.\nGo further.");
        title.over = "Double-wall steel";
        title.brand = title.action = "Norda";
        title.mark = "mug";
        title.length = 5 * rate;
        auto layer = renderer->layout(title, Size(640, 360), rate);
        ASSERT_TRUE(layer);
        const Frames from = 2 * rate, to = 5 * rate - 12 * rate / 30;
        const std::vector<Sprite> rest = (*layer)->frame(from);
        ASSERT_FALSE(rest.empty());
        for (Frames n = from; n < to; ++n) {
          const std::vector<Sprite> now = (*layer)->frame(n);
          ASSERT_EQ(now.size(), rest.size());
          for (std::size_t i = 0; i < now.size(); ++i) {
            EXPECT_EQ(now[i].bitmap, rest[i].bitmap);
            EXPECT_TRUE(same_place(now[i], rest[i]));
            EXPECT_EQ(now[i].alpha, 1.0);
          }
        }
      }
}

TEST(TitleMotion, ACaptionIsGoneBeforeTheCutAndAnEndCardStays) {
  const auto renderer = make_title_renderer();
  for (const int rate : {24, 30, 60}) {
    for (const bool end_card : {false, true}) {
      Title title = words(end_card ? "end_card" : "caption", "minimal", "Go further.");
      title.length = 4 * rate;
      auto layer = renderer->layout(title, Size(640, 360), rate);
      ASSERT_TRUE(layer);
      const std::vector<Sprite> first = (*layer)->frame(0), last = (*layer)->frame(title.length - 1);
      EXPECT_TRUE(first.empty());
      ASSERT_FALSE(last.empty());
      for (const Sprite& sprite : last) {
        EXPECT_TRUE(end_card ? sprite.alpha == 1 : sprite.alpha < 0.1);
      }
    }
  }
}

// However short a title is, there is a frame on which all of it can be read.
TEST(TitleMotion, ShortTitlesAreReadableToo) {
  const auto renderer = make_title_renderer();
  for (const std::string& look : look_names())
    for (const char* role : {"title", "caption", "end_card"})
      for (const Frames length : {1, 2, 5, 11, 12, 20, 35, 50}) {
        Title title = words(role, look, "Carry less.\nGo further.");
        title.over = "Now";
        title.length = length;
        auto layer = renderer->layout(title, Size(320, 180), 30);
        ASSERT_TRUE(layer);
        std::size_t most = 0;
        bool whole = false;
        for (Frames n = 0; n < length; ++n) most = std::max(most, (*layer)->frame(n).size());
        for (Frames n = 0; n < length; ++n) {
          const std::vector<Sprite> now = (*layer)->frame(n);
          whole = whole || (now.size() == most &&
                            std::all_of(now.begin(), now.end(), [](const Sprite& s) { return s.alpha > 0.99; }));
        }
        EXPECT_TRUE(whole) << look << ' ' << role << ' ' << length;
        EXPECT_GE(most, 2U);
      }
}

// A line that rises never shows below its own lower edge, and starts hidden behind it.
TEST(TitleMotion, LinesRiseFromBehindAMask) {
  const auto renderer = make_title_renderer();
  auto layer = renderer->layout(words("caption", "minimal", "Go further."), Size(1280, 720), 30);
  ASSERT_TRUE(layer);
  const Sprite rest = (*layer)->frame(60).back();
  bool moved = false;
  for (Frames n = 7; n < 20; ++n) {
    const Sprite now = (*layer)->frame(n).back();
    moved = moved || now.y > rest.y;
    if (now.y > rest.y) {
      EXPECT_EQ(now.clip_bottom, rest.y + rest.bitmap->height);
    }
    EXPECT_EQ(now.x, rest.x);
  }
  EXPECT_TRUE(moved);
}

// The letters of a cinematic title close up: wide at first, in place in the end, and never off the middle.
TEST(TitleMotion, CinematicLettersCloseUp) {
  const auto renderer = make_title_renderer();
  auto layer = renderer->layout(words("title", "cinematic", "Some mornings."), Size(1280, 720), 30);
  ASSERT_TRUE(layer);
  const Sprite rest = (*layer)->frame(60).back();
  int last = 1 << 30;
  for (Frames n = 7; n < 30; ++n) {
    const Sprite now = (*layer)->frame(n).back();
    EXPECT_LE(now.bitmap->width, last);
    EXPECT_NEAR(now.x + now.bitmap->width / 2.0, rest.x + rest.bitmap->width / 2.0, 1.01);
    EXPECT_EQ(now.y, rest.y);
    last = now.bitmap->width;
  }
  EXPECT_EQ(last, rest.bitmap->width);
}

}  // namespace
}  // namespace vidgen::local::titles
