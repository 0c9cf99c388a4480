// SPDX-License-Identifier: Apache-2.0
// Words: where and when they stand, and in which colours.
#include "plan/direction.hpp"

#include "fixtures.hpp"
#include "base/photo_colours.hpp"

namespace vidgen::plan::test {
namespace {

TEST(Direction, CaptionsStandOppositeTheHero) {
  for (int i = 0; i < 8; ++i) EXPECT_NE(hero_side(i), caption_side(i));
  EXPECT_EQ(caption_place(0, "medium", Size(1920, 1080)), "left");
  EXPECT_EQ(caption_place(1, "medium", Size(1920, 1080)), "right");
  EXPECT_EQ(caption_place(1, "medium", Size(1080, 1920)), "bottom");
  EXPECT_EQ(caption_place(1, "low_angle", Size(1920, 1080)), "bottom");
  EXPECT_EQ(title_place(0, "close_up", Size(1920, 1080)), "left");
  EXPECT_EQ(title_place(0, "wide", Size(1920, 1080)), "top");
  EXPECT_EQ(title_place(0, "wide", Size(1920, 1080), false), "left");  // a room has no sky
  EXPECT_EQ(title_place(0, "close_up", Size(1080, 1920)), "bottom");
}

TEST(Direction, RolesAndTimes) {
  Spec s = showcase(30);
  s.product.brand = "Peak";
  s.beats[4].over = "Peak";
  const Plan p = plan_of(s, "local-animatic", PlanOptions()).value();
  const auto& titles = p.timeline.titles;
  ASSERT_EQ(titles.size(), 5u);
  EXPECT_EQ(titles[0].role, "title");
  EXPECT_EQ(titles[0].start, 6);
  // It is gone 4 frames before the cut at 90, and before the fade of 15 frames that begins at 83.
  EXPECT_EQ(titles[0].start + titles[0].length, 83);
  EXPECT_EQ(titles[1].role, "caption");
  EXPECT_EQ(titles[1].start, 98);  // the fade ends at 98, later than 6 frames after the cut
  EXPECT_EQ(titles[4].role, "end_card");
  EXPECT_EQ(titles[4].brand, "Peak");
  EXPECT_EQ(titles[4].action, "");
  EXPECT_EQ(titles[4].mark, "bottle");
  EXPECT_EQ(titles[4].start + titles[4].length, 900);
  PlanOptions silent;
  silent.captions = false;
  EXPECT_TRUE(plan_of(s, "local-animatic", silent)->timeline.titles.empty());
}

TEST(Direction, TheEndCardOfAFilmWithoutABrandIsHeadedByTheProduct) {
  Spec s = showcase(30);
  s.product.name = "steel bottle";
  s.beats[4].over = "Steel bottle";
  const Title card = plan_of(s, "local-animatic", PlanOptions())->timeline.titles.back();
  EXPECT_EQ(card.brand, "Steel bottle");
  EXPECT_EQ(card.action, "");
  s.beats[4].over = "peak.example";
  const Title called = plan_of(s, "local-animatic", PlanOptions())->timeline.titles.back();
  EXPECT_EQ(called.brand, "");
  EXPECT_EQ(called.action, "peak.example");
}

// No words at all: no card with a brand alone, and the painter is told that the last shot is none.
TEST(Direction, AFilmWithoutWordsEndsOnTheProduct) {
  Spec s = showcase(30);
  s.product.brand = "Peak";
  for (Beat& b : s.beats) b.caption = b.over = "";
  const Plan p = plan_of(s, "local-animatic", PlanOptions()).value();
  EXPECT_TRUE(p.timeline.titles.empty());
  for (const Step& step : p.steps) {
    const bool told = step.params.find("\"captions\":false") != std::string::npos;
    EXPECT_TRUE(step.kind != "clip" || told) << step.id;
  }
}

TEST(Direction, EveryPaletteHasColoursThatCanBeRead) {
  const auto light = [](std::string_view hex) {
    const auto part = [&](std::size_t at) { return std::stoi(std::string(hex.substr(at, 2)), nullptr, 16); };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
  };
  for (const Palette& p : palettes()) {
    for (std::string_view c : {p.ink, p.accent, p.scrim}) {
      ASSERT_EQ(c.size(), 7u) << p.name;
      EXPECT_EQ(c[0], '#');
    }
    EXPECT_GT(std::abs(light(p.ink) - light(p.scrim)), 110) << p.name;
  }
}

TEST(Direction, PaletteBySettingTimeAndLook) {
  const auto name = [](const char* place, const char* time, const char* look) {
    Setting setting;
    setting.place = place;
    setting.time = time;
    Style style;
    style.look = look;
    return std::string(palette_of(setting, style).name);
  };
  EXPECT_EQ(name("mountain", "sunrise", "cinematic"), "sunrise");
  EXPECT_EQ(name("cafe", "", "lifestyle"), "cafe");
  EXPECT_EQ(name("city", "night", "cinematic"), "night_city");
  EXPECT_EQ(name("studio", "", "minimal"), "minimal_light");
  EXPECT_EQ(name("studio", "night", "minimal"), "minimal_dark");
  EXPECT_EQ(name("studio", "", "luxury"), "blush");
  EXPECT_EQ(name("studio", "", "cinematic"), "studio_light");
  EXPECT_EQ(name("", "", "pop"), "pop");
}

TEST(Direction, BarsOnlyInCinematicWideFilms) {
  Spec s = showcase(30);
  EXPECT_EQ(finish_of(s, Size(1920, 1080)).bars, "2.0");
  EXPECT_EQ(finish_of(s, Size(1080, 1920)).bars, "");
  EXPECT_EQ(finish_of(s, Size(2520, 1080)).bars, "");
  s.style.look = "lifestyle";
  EXPECT_EQ(finish_of(s, Size(1920, 1080)).bars, "");
  EXPECT_EQ(finish_of(s, Size(1920, 1080)).grain, 2.0);
  s.style.look = "minimal";
  EXPECT_EQ(finish_of(s, Size(1920, 1080)).grain, 0.8);
}

// Words stand beside a card, and light on it, in the photograph's hue at the palette's lightness.
TEST(Direction, WordsGoWithThePhotograph) {
  Spec s = showcase(30);
  s.images = {"sha256:" + std::string(64, '0')};
  s.photographs.resize(1);
  s.photographs[0].size = Size(640, 480);
  s.photographs[0].dark = "#1a2a5a";
  s.photographs[0].accent = "#2060d0";
  s.beats[1].photographs = {0};
  const auto titles = plan_of(s, "local-animatic", PlanOptions()).value().timeline.titles;
  EXPECT_EQ(titles[1].place, "right_third");
  EXPECT_EQ(titles[1].ink, "#ffffff");
  const Palette& own = palette_of(s.setting, s.style);
  EXPECT_EQ(titles[0].ink, own.ink);
  EXPECT_NE(titles[0].accent, own.accent);
  EXPECT_NEAR(base::lab_of(titles[0].accent).l, base::lab_of(std::string(own.accent)).l, .02);
  EXPECT_LT(base::lab_of(titles[0].accent).b, -.03) << "blue, as the photograph";
  s.photographs[0].size = Size(4000, 3000);
  EXPECT_EQ(plan_of(s, "local-animatic", PlanOptions()).value().timeline.titles[1].place, "right");
  s.photographs[0].calm = "left";
  EXPECT_EQ(plan_of(s, "local-animatic", PlanOptions()).value().timeline.titles[1].place, "left") << "not over its subject";
  s.photographs[0].cutout = true;
  EXPECT_EQ(plan_of(s, "local-animatic", PlanOptions()).value().timeline.titles[1].ink, own.ink);
}

}  // namespace
}  // namespace vidgen::plan::test
