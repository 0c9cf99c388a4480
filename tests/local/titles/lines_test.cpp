// SPDX-License-Identifier: Apache-2.0
// Words: cleaning, breaking, fitting, shaping.
#include "local/titles/lines.hpp"

#include <gtest/gtest.h>

#include "local/titles/marks.hpp"
#include "local/titles/raster.hpp"
#include "stand.hpp"

namespace vidgen::local::titles {
namespace {

using Lines = std::vector<std::string>;

std::vector<Word> words_of(const std::string& text) {
  Shaper shaper;
  auto words = shaper.words(text, find_look("cinematic").caption);
  EXPECT_TRUE(words);
  return words ? *words : std::vector<Word>();
}

int letters_of(const std::string& line) {
  int count = 0;
  for (const char c : line) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

TEST(TitleLines, BreakBySenseAndBalance) {
  EXPECT_EQ(break_lines(words_of("Some mornings are worth the climb."), 2),
            (Lines{"Some mornings", "are worth the climb."}));
  EXPECT_EQ(break_lines(words_of("One for every kind of morning."), 2), (Lines{"One for every", "kind of morning."}));
  EXPECT_EQ(break_lines(words_of("Carry less. Go a good deal further."), 2),
            (Lines{"Carry less.", "Go a good deal further."}));
  EXPECT_EQ(break_lines(words_of("Cold for\n24 hours."), 2), (Lines{"Cold for", "24 hours."}));
}

TEST(TitleLines, LeaveNoShortWordAloneAndEndNoLineWithAnArticle) {
  for (const char* text : {"Everything that you need and no more of it", "The best part of the day is the start of it",
                           "A warm light for the long way to the top", "Made by hand in a small town by the sea"})
    for (const int count : {2, 3}) {
      const Lines lines = break_lines(words_of(text), count);
      ASSERT_EQ(static_cast<int>(lines.size()), count);
      EXPECT_GT(lines.back().size(), 5U) << lines.back();
      for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const std::string last = lines[i].substr(lines[i].rfind(' ') + 1);
        EXPECT_TRUE(last != "the" && last != "a" && last != "of" && last != "The" && last != "A") << lines[i];
      }
    }
}

TEST(TitleLines, TextWithoutSpacesBreaksToo) {
  std::vector<Word> ideographs(9);
  for (Word& w : ideographs) w.text = "\u5c71", w.width = 1, w.letters = 1;
  const Lines lines = break_lines(ideographs, 3);
  ASSERT_EQ(lines.size(), 3U);
  for (const std::string& line : lines) EXPECT_EQ(line, "\u5c71\u5c71\u5c71");
}

// At full size no line is longer than its role allows; a longer one is smaller by as much.
TEST(TitleLines, LongLinesAreShrunk) {
  const std::string texts[] = {"Go.", "Some mornings are worth the climb.", "One for every kind of morning.",
                               "A very long sentence that nobody should ever put on one single opening title",
                               "Incomprehensibilities notwithstanding."};
  for (const std::string& look : look_names())
    for (const int limit : {kTitleChars, kCaptionChars, kSmallChars})
      for (const std::string& text : texts) {
        Shaper shaper;
        auto words = shaper.words(text, find_look(look).caption);
        ASSERT_TRUE(words);
        Limits limits;
        limits.width = 900;
        limits.height = 400;
        limits.letters = limit;
        const Fitted fitted = fit_lines(*words, 60, 1.1, limits);
        ASSERT_FALSE(fitted.lines.empty());
        EXPECT_LE(fitted.scale, 1);
        int longest = 0;
        for (const std::string& line : fitted.lines) longest = std::max(longest, letters_of(line));
        if (longest > limit) {
          EXPECT_LE(fitted.scale * longest, limit + 1e-6) << text;
        }
        if (static_cast<int>(fitted.lines.size()) <= kMaxLines && words->size() > 1) {
          EXPECT_GE(fitted.scale, kLeastScale) << text;
        }
        double widest = 0;
        for (const std::string& line : fitted.lines) {
          auto shaped = shaper.shape(line, find_look(look).caption);
          ASSERT_TRUE(shaped);
          widest = std::max(widest, shaped->width());
        }
        EXPECT_LE(widest * 60 * fitted.scale, 900 * 1.01);
      }
}

TEST(TitleLines, MarkupIsText) {
  Shaper shaper;
  const Type& type = find_look("minimal").caption;
  auto line = shaper.shape("R&D <b>&amp;", type);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->clusters.size(), 12U);
  auto plain = shaper.shape("RDbamp", type);
  ASSERT_TRUE(plain);
  EXPECT_GT(line->width(), plain->width());
}

TEST(TitleLines, CleansWhatIsNotForEyes) {
  EXPECT_EQ(clean_text("  a \t b\r\n\n  c  "), "a b\nc");
  EXPECT_EQ(clean_text("\U0001F680"), "");
  EXPECT_EQ(clean_text("x\xff\xfe"), "x");
  EXPECT_EQ(clean_text("caf\u00e9 \u2014 \u65e5\u672c"), "caf\u00e9 \u2014 \u65e5\u672c");
  const std::string cut = clean_text(std::string(1000, 'a'));
  EXPECT_EQ(letters_of(cut), kMostLetters);
  EXPECT_EQ(cut.substr(cut.size() - 3), "\u2026");
}

TEST(TitleLines, CapitalsDoNotDependOnTheLocale) {
  EXPECT_EQ(to_capitals("first stra\u00dfe \u00e9"), "FIRST STRASSE \u00c9");
}

// Tracking lies between letters, not behind the last one.
TEST(TitleLines, TrackingEndsWithTheLastLetter) {
  Shaper shaper;
  Type type = find_look("cinematic").over;
  type.tracking = 0;
  auto tight = shaper.shape("STEEL", type);
  type.tracking = 0.5;
  auto wide = shaper.shape("STEEL", type);
  ASSERT_TRUE(tight && wide);
  EXPECT_NEAR(wide->width() - tight->width(), 4 * 0.5, 1e-9);
  EXPECT_NEAR(wide->ink.right - tight->ink.right, 4 * 0.5, 0.01);
}

TEST(TitleLines, JoinedScriptsAreNotSpread) {
  Shaper shaper;
  auto line = shaper.shape("\u0633\u0644\u0627\u0645", find_look("cinematic").over);
  if (!line) {
    EXPECT_EQ(line.error().code(), Errc::font_missing);
    return;
  }
  EXPECT_FALSE(line->trackable);
  EXPECT_EQ(line->tracking, 0);
}

TEST(TitleTables, EveryLookIsWhole) {
  Shaper shaper;
  for (const std::string& name : look_names()) {
    const Look& look = find_look(name);
    EXPECT_EQ(look.name, name);
    for (const Type* type :
         {&look.title, &look.caption, &look.over, &look.title_over, &look.brand, &look.promise, &look.action}) {
      EXPECT_GT(type->size, 0.02);
      EXPECT_LT(type->size, 0.25);
      EXPECT_GE(type->leading, 0.85);
      auto capital = shaper.capital_height(type->face);
      ASSERT_TRUE(capital);
      EXPECT_GT(*capital, 0.5);
      EXPECT_LT(*capital, 0.9);
    }
    for (const std::string_view colour : {look.ink, look.accent, look.scrim}) {
      const Rgb odd{0.123, 0.456, 0.789};
      EXPECT_NE(parse_color(colour, odd), odd);
    }
  }
}

TEST(TitleTables, EveryMarkFillsItsBox) {
  int count = 0;
  const Mark* marks = mark_rows(count);
  for (int i = 0; i < count; ++i) {
    const Placed placed = draw_cropped({-200, -200, 200, 200}, [&](cairo_t* cairo) {
      cairo_scale(cairo, 300, 300);
      marks[i].draw(cairo, Rgb{1, 1, 1}, Rgb{1, 0.5, 0});
    });
    ASSERT_TRUE(placed.bitmap);
    EXPECT_NEAR(placed.y / 300.0, marks[i].top, 0.03) << marks[i].categories;
    EXPECT_NEAR((placed.y + placed.bitmap->height) / 300.0, marks[i].bottom, 0.03) << marks[i].categories;
    EXPECT_NEAR(placed.bitmap->width / 600.0, marks[i].half_width, 0.03) << marks[i].categories;
    EXPECT_EQ(marks[i].categories.front(), ' ');
    EXPECT_EQ(marks[i].categories.back(), ' ');
  }
  EXPECT_EQ(find_mark(""), nullptr);
  EXPECT_EQ(find_mark("mug"), find_mark("coffee"));
  EXPECT_NE(find_mark("mug"), find_mark("car"));
  EXPECT_EQ(find_mark("something new"), find_mark("product"));
}

}  // namespace
}  // namespace vidgen::local::titles
