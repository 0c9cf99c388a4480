// SPDX-License-Identifier: Apache-2.0
// The rules of direction, over every row of their tables.
#include "local/settings/direction.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

const Size kWide(1280, 720), kTall(720, 1280), kSquare(960, 960);

ShotBrief brief(std::string_view shot, int index = 1, int count = 6) {
  ShotBrief b;
  b.beat.shot = shot;
  b.beat.role = index == 0 ? "opening" : index + 1 == count ? "closing" : "middle";
  b.index = index;
  b.count = count;
  return b;
}

TEST(Direction, EveryShotOfTheTemplatesHasARow) {
  std::set<std::string_view> names;
  for (const ShotRow& row : shot_rows()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
  for (const char* name : {"wide", "medium_wide", "medium", "medium_close_up", "close_up", "extreme_close_up", "macro",
                           "low_angle", "top_down", "tracking", "dynamic", "dynamic_multi", "wide_cinematic"})
    EXPECT_TRUE(names.count(name)) << name;
  EXPECT_EQ(shot_row("an_extreme_close_thing").name, "macro");
  EXPECT_EQ(shot_row("overhead").name, "top_down");
  EXPECT_EQ(shot_row("nonsense").name, "medium");
}

TEST(Direction, HeroSizesFollowTheTable) {
  struct Range {
    const char* shot;
    double low, high;
  };
  for (const Range& r : {Range{"wide", .1, .30},
                         {"medium_wide", .42, .50},
                         {"medium", .52, .74},
                         {"close_up", .75, .95},
                         {"macro", 1.7, 2.4}}) {
    const Composition c = compose(brief(r.shot), kWide);
    EXPECT_GE(c.height, r.low) << r.shot;
    EXPECT_LE(c.height, r.high) << r.shot;
  }
}

TEST(Direction, TheHeroStandsOnAThirdOrInTheCentre) {
  for (const ShotRow& row : shot_rows())
    for (int index = 0; index < 5; ++index) {
      const Composition c = compose(brief(row.name, index), kWide);
      const double share = std::abs(c.x) / c.aspect;
      EXPECT_TRUE(share < .01 || (share > .10 && share < .22)) << row.name << " " << share;
      EXPECT_EQ(compose(brief(row.name, index), kTall).x,
                row.frame == Frame::macro ? compose(brief(row.name, index), kTall).x : 0);
    }
}

TEST(Direction, TheHeroStaysInTheFrame) {
  for (const ShotRow& row : shot_rows())
    for (Size size : {kWide, kTall, kSquare})
      for (double width : {.2, .5, .9}) {
        Composition c = compose(brief(row.name), size);
        if (c.frame == Frame::macro || c.frame == Frame::above) continue;
        EXPECT_LE(c.foot, .47) << row.name;
        EXPECT_GE(c.foot - c.height, -.5) << row.name << " " << size.to_string();
        const double w = std::min(width, c.max_width);
        keep_inside(c, w);
        EXPECT_LE(std::abs(c.x) + w / 2, c.aspect / 2) << row.name;
      }
}

TEST(Direction, NeighboursTakeTurns) {
  for (int i = 0; i < 8; ++i) {
    const Composition a = compose(brief("medium", i, 20), kWide), b = compose(brief("medium", i + 1, 20), kWide);
    EXPECT_LT(a.x * b.x, 0);
    EXPECT_LT(a.sun_side * b.sun_side, 0);
    EXPECT_NE(a.peaks, b.peaks);
  }
}

TEST(Direction, LightComesFromTheCaptionsSide) {
  const Composition c = compose(brief("medium", 3), kWide);
  EXPECT_LT(c.x * c.sun_side, 0);
}

TEST(Direction, NeighbouringShotNamesDifferInSize) {
  const char* order[] = {"wide", "medium", "macro", "low_angle", "close_up", "wide"};
  for (std::size_t i = 0; i + 1 < std::size(order); ++i) {
    const double a = compose(brief(order[i]), kWide).height, b = compose(brief(order[i + 1]), kWide).height;
    EXPECT_GT(std::abs(std::log(a / b)), .02) << order[i];
  }
}

TEST(Direction, TheSameWordsLaterGiveAnotherPicture) {
  const Composition a = compose(brief("medium", 1), kWide), b = compose(brief("medium", 3), kWide);
  EXPECT_GT(std::abs(a.height - b.height), .04);
}

TEST(Direction, UprightIsRecomposed) {
  const Composition wide = compose(brief("medium", 1), kWide), tall = compose(brief("medium", 1), kTall);
  EXPECT_EQ(tall.x, 0);
  EXPECT_NEAR(tall.height, .27, .03);
  EXPECT_LT(tall.foot, .21);  // words stand below it
  EXPECT_GT(tall.foot, .13);
  EXPECT_NE(wide.table, tall.table);
}

TEST(Direction, TheLastBeatIsQuietWhenWordsWillStandThere) {
  EXPECT_TRUE(compose(brief("close_up", 5), kWide).closing);
  EXPECT_FALSE(compose(brief("close_up", 5), kWide).hero);
  ShotBrief silent = brief("close_up", 5);
  silent.captions = false;
  EXPECT_TRUE(compose(silent, kWide).hero);
  EXPECT_FALSE(compose(brief("close_up", 4), kWide).closing);
}

TEST(Direction, EveryCameraOfTheTemplatesHasARow) {
  std::set<std::string_view> names;
  for (const CameraRow& row : camera_rows()) names.insert(row.name);
  for (const char* name :
       {"slow_dolly_in",   "slow_dolly", "pan",      "pan_across",   "slow_pan",  "orbit",         "slow_orbit",
        "crane_up",        "crane_down", "static",   "static_hold",  "tracking",  "tracking_shot", "handheld",
        "handheld_follow", "dolly_out",  "push_in",  "slow_push_in", "slow_zoom", "slow_zoom_in",  "whip_pan",
        "fast_cuts",       "reveal",     "pull_out", "tilt"})
    EXPECT_TRUE(names.count(name)) << name;
}

TEST(Direction, MovesAreFittedToTheShot) {
  ShotBrief b = brief("medium", 2);
  b.beat.camera = "pan";
  const auto travel = [&](const Composition& c, double length) {
    const Move m = direct_camera(b, c, length);
    return std::abs(m.to.cx - m.from.cx);
  };
  const Composition wide = compose(b, kWide);
  EXPECT_GT(travel(wide, 4), .1);
  EXPECT_LT(travel(wide, 1), travel(wide, 4));
  EXPECT_NEAR(travel(compose(b, kTall), 4), travel(wide, 4) / 2, 1e-9);
  EXPECT_LT(travel(compose(brief("macro", 2), kWide), 4), .07);
}

TEST(Settings, PlacesFindTheirNearestRow) {
  struct Case {
    const char *place, *row;
  };
  for (const Case& c : {Case{"mountain", "mountain"},
                        {"mountain trail", "mountain"},
                        {"cafe", "cafe"},
                        {"home", "kitchen"},
                        {"kitchen", "kitchen"},
                        {"studio", "studio"},
                        {"", "studio"},
                        {"the moon's far side", "studio"},
                        {"app", "stage"},
                        {"event", "stage"},
                        {"workspace", "desk"},
                        {"city street", "street"},
                        {"city", "city"},
                        {"downtown rooftop", "city"},
                        {"living_room", "living_room"},
                        {"office", "desk"},
                        {"club", "stage_dark"}})
    EXPECT_EQ(setting_row(c.place).name, c.row) << c.place;
}

TEST(Settings, OnlyAPlaceThatIsPaintedIsNotStoodInFor) {
  for (const char* place :
       {"", "mountain", "cafe", "kitchen", "studio", "mountain trail", "app", "city street", "office", "living_room", "beach",
        "desert", "forest"})
    EXPECT_TRUE(has_setting_row(place)) << place;
  for (const char* place : {"lake", "road", "library", "bedroom", "club", "the moon"})
    EXPECT_FALSE(has_setting_row(place)) << place;
}

TEST(Settings, RowsAreWhole) {
  std::set<std::string_view> names;
  for (const SettingRow& row : setting_rows()) {
    EXPECT_TRUE(names.insert(row.name).second);
    EXPECT_TRUE(row.scene && row.above && row.quiet) << row.name;
    EXPECT_EQ(setting_row(row.name).name, row.name);
  }
}

// Bars are 5.6 % of the height each.
TEST(Direction, NothingLargeStandsOnTheEdgeOfABar) {
  for (const char* shot : {"wide", "medium_wide", "medium", "close_up", "low_angle"}) {
    ShotBrief b;
    b.beat.shot = shot;
    b.style.look = "cinematic";
    b.style.bars = "2.0";
    b.count = 8;
    for (b.index = 0; b.index < 7; ++b.index) {
      const Composition c = compose(b, Size(1280, 720));
      EXPECT_LE(c.foot, .444 - .03) << shot;
      EXPECT_GE(c.foot - c.height, -.444 + .03) << shot;
    }
  }
}

}  // namespace
}  // namespace vidgen::local
