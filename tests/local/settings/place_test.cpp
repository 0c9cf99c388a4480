// SPDX-License-Identifier: Apache-2.0
// Properties of the places indoors and in town, over rows, hours and shapes: nothing is left unpainted, the light comes
// from the side that the composition says, words can stand on an end card, and the same brief gives the same bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "local/settings/setting.hpp"
#include "local/settings/studio.hpp"
#include "local/shot.hpp"

namespace vidgen::local {
namespace {

using Picture = std::vector<std::uint8_t>;

constexpr const char* kPlaces[] = {"cafe", "kitchen", "living_room", "desk", "city", "street", "studio"};
constexpr const char* kTimes[] = {"", "golden", "midday", "dusk", "night"};
const Size kShapes[] = {Size(128, 72), Size(72, 128), Size(96, 96), Size(96, 120), Size(168, 72)};

ShotBrief brief(const char* place, const char* time, const char* shot, int index = 1, int count = 6) {
  ShotBrief b;
  b.beat.shot = shot;
  b.beat.camera = "orbit";
  b.beat.role = index + 1 == count ? "closing" : "middle";
  b.index = index;
  b.count = count;
  b.setting.place = place;
  b.setting.time = time;
  b.product.category = "mug";
  b.product.name = "mug";
  return b;
}

Picture paint(const ShotBrief& b, Size size) {
  Picture out(static_cast<std::size_t>(size.width * size.height * 4));
  auto shot = make_shot(b, size, 3);
  EXPECT_TRUE(shot) << shot.error().message();
  if (shot) (*shot)->paint_bgra(1.5, out.data(), size.width * 4);
  return out;
}

double luma(const Picture& p, Size size, int x, int y) {
  const auto* at = &p[static_cast<std::size_t>((y * size.width + x) * 4)];
  return .0722 * at[0] + .7152 * at[1] + .2126 * at[2];
}

// Mean and deviation over a box given in shares of the frame.
struct Tone {
  double mean = 0, deviation = 0;
};
Tone tone(const Picture& p, Size size, double x0, double y0, double x1, double y1) {
  double sum = 0, squares = 0, n = 0;
  for (int y = static_cast<int>(y0 * size.height); y < static_cast<int>(y1 * size.height); ++y)
    for (int x = static_cast<int>(x0 * size.width); x < static_cast<int>(x1 * size.width); ++x) {
      const double v = luma(p, size, x, y);
      sum += v, squares += v * v, ++n;
    }
  return {sum / n, std::sqrt(std::max(0.0, squares / n - sum / n * sum / n))};
}

TEST(Places, EveryShotHourAndShapeIsPaintedToItsBorders) {
  for (const char* place : kPlaces)
    for (const char* time : {"", "night"})
      for (const Size size : kShapes)
        for (const char* shot : {"wide", "close_up", "macro", "low_angle", "top_down"}) {
          const Picture p = paint(brief(place, time, shot), size);
          int empty = 0;
          for (std::size_t i = 0; i < p.size(); i += 4) empty += p[i] + p[i + 1] + p[i + 2] < 3 || p[i + 3] != 255;
          EXPECT_LT(empty, size.width * size.height / 50)
              << place << " " << time << " " << shot << " " << size.to_string();
          EXPECT_GT(tone(p, size, 0, 0, 1, 1).deviation, 3) << place << " " << time << " " << shot;
        }
}

TEST(Places, EveryHourOfAPlaceIsAnotherPicture) {
  const Size size(96, 54);
  for (const char* place : {"cafe", "living_room", "desk", "city", "street"}) {
    const Picture day = paint(brief(place, "midday", "wide"), size), night = paint(brief(place, "night", "wide"), size);
    EXPECT_GT(tone(day, size, 0, 0, 1, 1).mean, tone(night, size, 0, 0, 1, 1).mean + 15) << place;
  }
}

TEST(Places, TheLitSideIsTheKeys) {
  // The same beat without its subject, seen with the sun on either side; the half that the key comes from is brighter.
  const Size size(128, 72);
  for (const char* place : {"living_room", "desk", "cafe", "kitchen"})
    for (const char* time : {"", "night"})
      for (int index : {0, 1}) {
        const Picture p = paint(brief(place, time, "wide", index), size);
        const bool right = index == 1;  // an odd beat has its subject left and its light right
        const double left_half = tone(p, size, 0, 0, .4, .95).mean, right_half = tone(p, size, .6, 0, 1, .95).mean;
        EXPECT_GT(right ? right_half - left_half : left_half - right_half, 2) << place << " " << time << " " << index;
      }
}

TEST(Places, AnEndCardsGroundIsQuiet) {
  const Size size(160, 90), tall(90, 160);
  for (const char* place : kPlaces)
    for (const char* time : kTimes)
      for (const Size frame : {size, tall}) {
        const Picture p = paint(brief(place, time, "close_up", 5), frame);
        EXPECT_LT(tone(p, frame, .2, .3, .8, .75).deviation, 16) << place << " " << time << " " << frame.to_string();
      }
}

TEST(Places, SameBriefSameBytes) {
  for (const char* place : kPlaces)
    for (const char* time : {"", "night"})
      EXPECT_EQ(paint(brief(place, time, "medium"), Size(96, 54)), paint(brief(place, time, "medium"), Size(96, 54)))
          << place;
}

TEST(Places, WhatCannotLieIsNotSeenFromAbove) {
  const Size size(96, 54);
  ShotBrief above = brief("city", "night", "top_down"), standing = brief("city", "night", "medium_wide");
  above.product.category = standing.product.category = "car";
  EXPECT_EQ(paint(above, size), paint(standing, size));
}

TEST(Studio, PartsFollowLookAndSeed) {
  EXPECT_TRUE(studio_parts("pop", true, 0).beam);
  EXPECT_FALSE(studio_parts("pop", false, 0).beam);
  EXPECT_EQ(studio_parts("luxury", false, 0).window, StudioWindow::slats);
  EXPECT_EQ(studio_parts("minimal", false, 0).window, StudioWindow::none);
  EXPECT_NE(studio_parts("pop", false, 0).plinth, studio_parts("pop", false, 3).plinth);
  EXPECT_NE(studio_parts("pop", false, 0).window, studio_parts("pop", false, 12).window);
}

TEST(Studio, APlinthIsBuiltOnlyWhereThereIsRoomForIt) {
  Composition c;
  c.frame = Frame::macro;
  EXPECT_EQ(studio_parts(c, false, false).plinth, StudioPlinth::none);
  c.frame = Frame::low;
  EXPECT_NE(studio_parts(c, false, false).plinth, StudioPlinth::none);
  EXPECT_EQ(studio_parts(c, false, true).plinth, StudioPlinth::none);
}

}  // namespace
}  // namespace vidgen::local
