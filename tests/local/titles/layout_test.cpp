// SPDX-License-Identifier: Apache-2.0
// Where words stand and whether they can be read: safe areas, contrast, centring, cropping.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "local/titles/scrim.hpp"
#include "stand.hpp"

namespace vidgen::local::titles {
namespace {

constexpr const char* kTexts[] = {
    "Go.",
    "Some mornings are worth the climb.",
    "Cold for\n24 hours.",
    "Every morning deserves a quiet moment, a good cup and somebody to share both of them with, wherever.",
    "Donaudampfschifffahrtsgesellschaftskapit\u00e4nsm\u00fctze",
};
constexpr const char* kPlaces[] = {"", "left", "right", "left_third", "right_third", "centre", "top", "bottom"};

Result<Composition> composed(const Title& title, Size frame) {
  Shaper shaper;
  return compose(title, frame, shaper);
}

template <class Check>
void for_all(Check check) {
  Shaper shaper;
  for (const std::string& look : look_names())
    for (const Size frame : kFrames)
      for (const char* role : {"title", "caption", "end_card"})
        for (const char* place : kPlaces)
          for (const char* text : kTexts) {
            const bool end_card = std::string_view(role) == "end_card";
            if (end_card && *place) continue;
            Title title = words(role, look, text);
            title.place = place;
            title.over = "Double-wall steel";
            if (look == "cinematic") title.bars = "2.0";
            if (end_card) title.brand = "Norda", title.action = "norda.example", title.mark = "mug";
            auto composition = compose(title, frame, shaper);
            ASSERT_TRUE(composition) << composition.error().describe();
            check(title, frame, *composition);
          }
}

std::string name_of(const Title& title, Size frame) {
  return title.look + " " + title.role + " " + title.place + " " + frame.to_string() + " " + title.text;
}

void expect_in_safe_area(const Title& title, Size frame, const Composition& composition) {
  const Area area = safe_area(frame, bar_height(title.bars, frame));
  for (const Part* part : inked(composition)) {
    const Placed& p = part->placed;
    EXPECT_GE(p.x, area.left - 1.01) << name_of(title, frame);
    EXPECT_LE(p.x + p.bitmap->width, area.right + 1.01) << name_of(title, frame);
    EXPECT_GE(p.y, area.top - 1.01) << name_of(title, frame);
    EXPECT_LE(p.y + p.bitmap->height, area.bottom + 1.01) << name_of(title, frame);
  }
}

TEST(TitleLayout, SafeAreasAreThoseOfTheAspect) {
  const Area wide = safe_area(Size(1000, 563), 0), tall = safe_area(Size(1080, 1920), 0);
  EXPECT_NEAR(wide.left, 70, 1e-6);
  EXPECT_NEAR(wide.top, 0.08 * 563, 1e-6);
  EXPECT_NEAR(tall.left, 108, 1e-6);
  EXPECT_NEAR(tall.top, 0.12 * 1920, 1e-6);
  EXPECT_NEAR(tall.bottom, 0.82 * 1920, 1e-6);
  EXPECT_NEAR(safe_area(Size(1000, 1000), 0).right, 920, 1e-6);
  EXPECT_NEAR(safe_area(Size(1920, 1080), 60).top, 0.08 * 1080 + 60, 1e-6);
  EXPECT_NEAR(safe_area(Size(1920, 1080), 60).bottom, 0.92 * 1080 - 60, 1e-6);
}

// Bars stay black: the scrim leaves them alone, whatever the role.
TEST(TitleLayout, ShadesLeaveTheBarsAlone) {
  EXPECT_EQ(bar_height("2.0", Size(1920, 1080)), 60);
  EXPECT_EQ(bar_height("2.0", Size(1080, 1920)), 0);
  EXPECT_EQ(bar_height("", Size(1920, 1080)), 0);
  EXPECT_EQ(bar_height("none", Size(1920, 1080)), 0);
  for (const char* role : {"title", "caption", "end_card"}) {
    Title title = words(role, "cinematic", "Cold for\n24 hours.");
    title.bars = "2.0";
    auto composition = composed(title, Size(1920, 1080));
    ASSERT_TRUE(composition);
    const Placed& scrim = scrim_of(*composition)->placed;
    EXPECT_GE(scrim.y, 60);
    EXPECT_LE(scrim.y + scrim.bitmap->height, 1020);
  }
}

struct Pixel {
  double alpha;
  Rgb colour;
};

Pixel pixel(const Placed& placed, int x, int y) {
  const Bitmap& b = *placed.bitmap;
  const int column = x - placed.x, row = y - placed.y;
  if (column < 0 || row < 0 || column >= b.width || row >= b.height) return {0, {}};
  const std::uint8_t* p = &b.pixels[static_cast<std::size_t>(row * b.stride + 4 * column)];
  return {p[3] / 255.0, {p[2] / 255.0, p[1] / 255.0, p[0] / 255.0}};
}

Rgb over_white(const Pixel& p) {
  return {p.colour.r + 1 - p.alpha, p.colour.g + 1 - p.alpha, p.colour.b + 1 - p.alpha};
}

// The colour of a line: that of its most opaque pixel.
Rgb ink_colour(const Placed& placed) {
  Pixel most{0, {}};
  for (int y = 0; y < placed.bitmap->height; ++y)
    for (int x = 0; x < placed.bitmap->width && most.alpha < 1; ++x) {
      const Pixel p = pixel(placed, placed.x + x, placed.y + y);
      if (p.alpha > most.alpha) most = p;
    }
  const double a = std::max(most.alpha, 1e-6);
  return {most.colour.r / a, most.colour.g / a, most.colour.b / a};
}

// Over pure white, the worst ground that there is, every line keeps its contrast at every place it covers.
void expect_readable_on_white(const Title& title, Size frame, const Composition& composition) {
  const Part* scrim = scrim_of(composition);
  ASSERT_NE(scrim, nullptr);
  for (const Part* part : inked(composition)) {
    if (part->drift == 0) continue;  // marks and pills
    const double size = part->drift / kDrift;
    if (size < 14) continue;  // too small to have an opaque pixel
    const double least = size >= kLargeType * frame.height ? kLargeContrast : kSmallContrast;
    const Rgb ink = ink_colour(part->placed);
    const int right = part->placed.x + part->placed.bitmap->width - 1;
    const int foot = part->placed.y + part->placed.bitmap->height - 1;
    for (int y = part->placed.y; y <= foot; y += std::max(1, foot - part->placed.y))
      for (int x = part->placed.x; x <= right; x += std::max(1, (right - part->placed.x) / 8))
        ASSERT_GE(contrast(ink, over_white(pixel(scrim->placed, x, y))), least) << name_of(title, frame);
  }
}

TEST(TitleLayout, HardColoursStayReadable) {
  for (const char* ink : {"#ffffff", "#ffe9d6", "#ffd447"})
    for (const char* accent : {"#ff9d7a", "#b3202f", "#3b5bff"})
      for (const char* scrim : {"#ffffff", "#8f5040", "#000000", "not a colour"}) {
        Title title = words("caption", "lifestyle", "Slow is a flavour.");
        title.over = "Saturday";
        title.ink = ink;
        title.accent = accent;
        title.scrim = scrim;
        auto composition = composed(title, Size(1920, 1080));
        ASSERT_TRUE(composition);
        const Part* shade = scrim_of(*composition);
        ASSERT_NE(shade, nullptr);
        for (const Part* part : inked(*composition)) {
          const double least = part->drift / kDrift >= kLargeType * 1080 ? kLargeContrast : kSmallContrast;
          const int x = part->placed.x + part->placed.bitmap->width - 1;
          EXPECT_GE(contrast(ink_colour(part->placed), over_white(pixel(shade->placed, x, part->placed.y))), least)
              << ink << accent << scrim;
        }
      }
}

// Dark words are chosen for light pictures: a dark scrim would take them away.
TEST(TitleLayout, DarkInkGetsNoDarkScrim) {
  Title title = words("caption", "minimal", "Everything, in sync.");
  title.over = "Meet";
  title.ink = "#11131c";
  title.accent = "#ffe0b0";
  for (const char* scrim : {"", "#0b0d22", "#3a1a14"}) {
    title.scrim = scrim;
    auto composition = composed(title, Size(1280, 720));
    ASSERT_TRUE(composition);
    EXPECT_EQ(scrim_of(*composition), nullptr) << scrim;
    for (const Part* part : inked(*composition)) {
      EXPECT_GE(contrast(ink_colour(part->placed), Rgb{1, 1, 1}), kSmallContrast);
    }
  }
}

// A light scrim does for dark words what a dark one does for light words: they can be read on black.
TEST(TitleLayout, DarkInkOnALightScrimCanBeReadOnBlack) {
  for (const char* role : {"title", "caption", "end_card"})
    for (const char* ink : {"#3a1a14", "#0f3a4a", "#2b2350"})
      for (const char* scrim : {"#f6d7a2", "#dff3ee", "#ffd447"}) {
        Title title = words(role, "lifestyle", "Slow is a flavour.");
        title.over = "Saturday";
        title.ink = ink;
        title.accent = "#fff1cf";
        title.scrim = scrim;
        auto composition = composed(title, Size(1280, 720));
        ASSERT_TRUE(composition);
        const Part* shade = scrim_of(*composition);
        ASSERT_NE(shade, nullptr);
        for (const Part* part : inked(*composition)) {
          const double least = part->drift / kDrift >= kLargeType * 720 ? kLargeContrast : kSmallContrast;
          const int x = part->placed.x + part->placed.bitmap->width - 1;
          EXPECT_GE(contrast(ink_colour(part->placed), pixel(shade->placed, x, part->placed.y).colour), least)
              << role << ink << scrim;
        }
      }
}

bool has_ink(const Bitmap& b, int x0, int x1, int y0, int y1) {
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x)
      if (b.pixels[static_cast<std::size_t>(y * b.stride + 4 * x + 3)] != 0) return true;
  return false;
}

void expect_cropped(Size frame, const Composition& composition) {
  for (const Part& part : composition.parts) {
    const Bitmap& b = *part.placed.bitmap;
    EXPECT_EQ(b.stride, b.width * 4);
    EXPECT_EQ(b.pixels.size(), static_cast<std::size_t>(b.stride) * static_cast<std::size_t>(b.height));
    if (part.move == Move::scrim) {
      EXPECT_LE(b.width, frame.width);
      EXPECT_LE(b.height, frame.height);
      continue;
    }
    EXPECT_TRUE(has_ink(b, 0, b.width, 0, 1) && has_ink(b, 0, b.width, b.height - 1, b.height));
    EXPECT_TRUE(has_ink(b, 0, 1, 0, b.height) && has_ink(b, b.width - 1, b.width, 0, b.height));
  }
}

// Every look, aspect, role and place, with words from one syllable to a whole paragraph.
TEST(TitleLayout, WordsStandInTheSafeAreaReadableAndCropped) {
  for_all([](const Title& title, Size frame, const Composition& composition) {
    expect_in_safe_area(title, frame, composition);
    expect_readable_on_white(title, frame, composition);
    expect_cropped(frame, composition);
  });
}

// Premultiplied: no colour is above its alpha.
TEST(TitleLayout, PixelsArePremultiplied) {
  Title title = words("end_card", "luxury", "Made for first light.");
  title.brand = "Norda";
  title.action = "Find yours";
  title.mark = "perfume";
  auto composition = composed(title, Size(640, 360));
  ASSERT_TRUE(composition);
  for (const Part& part : composition->parts)
    for (std::size_t i = 0; i < part.placed.bitmap->pixels.size(); i += 4)
      for (std::size_t c = 0; c < 3; ++c)
        ASSERT_LE(part.placed.bitmap->pixels[i + c], part.placed.bitmap->pixels[i + 3]);
}

// The last letter's tracking is not part of the width: a wide-set brand stands in the very middle.
TEST(TitleLayout, TrackedWordsAreCentred) {
  for (const std::string& look : look_names()) {
    Title title = words("end_card", look, "");
    title.brand = "HOOH";  // as wide to the left as to the right
    auto composition = composed(title, Size(1920, 1080));
    ASSERT_TRUE(composition);
    const std::vector<const Part*> parts = inked(*composition);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_NEAR(parts[0]->placed.x + parts[0]->placed.bitmap->width / 2.0, 960, 1.01) << look;
  }
}

TEST(TitleLayout, EdgesOfLinesAlign) {
  Title title = words("caption", "cinematic", "Cold for\nten hours.");
  title.over = "Double-wall steel";
  auto left = composed(title, Size(1920, 1080));
  title.place = "right";
  auto right = composed(title, Size(1920, 1080));
  ASSERT_TRUE(left && right);
  const auto a = inked(*left), b = inked(*right);
  ASSERT_EQ(a.size(), 3U);
  for (std::size_t i = 1; i < 3; ++i) {
    EXPECT_NEAR(a[i]->placed.x, a[0]->placed.x, 1.01);
    EXPECT_NEAR(b[i]->placed.x + b[i]->placed.bitmap->width, b[0]->placed.x + b[0]->placed.bitmap->width, 1.01);
  }
  EXPECT_LT(a[0]->placed.x, 200);
}

// Upright, a caption stands under the subject and over the buttons of a player.
TEST(TitleLayout, UprightCaptionsStandUnderTheSubject) {
  for (const std::string& look : look_names()) {
    Title title = words("caption", look, "Thrown\nby hand.");
    title.place = "bottom";
    auto composition = composed(title, Size(1080, 1920));
    ASSERT_TRUE(composition);
    const auto parts = inked(*composition);
    ASSERT_EQ(parts.size(), 2U);
    const double top = parts[0]->placed.y, foot = parts[1]->placed.y + parts[1]->placed.bitmap->height;
    EXPECT_NEAR((top + foot) / 2, 0.755 * 1920, 0.012 * 1920) << look;
    EXPECT_GT(top, 0.64 * 1920);
    EXPECT_LE(foot, 0.82 * 1920 + 1);
    EXPECT_NEAR(parts[0]->placed.x, 108, 3);
  }
}

TEST(TitleLayout, EndCardsStackFromMarkToPill) {
  for (const std::string& look : look_names())
    for (const Size frame : kFrames) {
      Title title = words("end_card", look, "Made for first light.");
      title.brand = "Norda";
      title.action = "norda.example";
      title.mark = "bottle";
      auto composition = composed(title, frame);
      ASSERT_TRUE(composition);
      const auto parts = inked(*composition);  // mark, pill, brand, promise
      ASSERT_EQ(parts.size(), 4U);
      const auto middle = [&](std::size_t i) { return parts[i]->placed.y + parts[i]->placed.bitmap->height / 2.0; };
      EXPECT_LE(middle(0), middle(2) + 2);
      EXPECT_LT(middle(2), middle(3));
      EXPECT_LT(middle(3), middle(1));
      EXPECT_LT(parts[0]->delay, parts[2]->delay);
      EXPECT_LT(parts[2]->delay, parts[3]->delay);
      EXPECT_LT(parts[3]->delay, parts[1]->delay);
      const double centre = parts[1]->placed.x + parts[1]->placed.bitmap->width / 2.0;
      EXPECT_NEAR(centre, frame.width / 2.0, 1.01);
    }
}

// A long name takes two lines where the frame is narrow: mark and lines are centred as one.
TEST(TitleLayout, AMarkBesideTwoLinesIsCentredWithThem) {
  const Size frame(1080, 1080);
  Title title = words("end_card", "minimal", "");
  title.brand = "Berlin Design Conference 2027";
  title.mark = "app";
  auto composition = composed(title, frame);
  ASSERT_TRUE(composition);
  const auto parts = inked(*composition);
  ASSERT_GE(parts.size(), 3U);
  double left = frame.width, right = 0;
  for (const auto* part : parts) {
    left = std::min<double>(left, part->placed.x);
    right = std::max<double>(right, part->placed.x + part->placed.bitmap->width);
  }
  EXPECT_NEAR((left + right) / 2, frame.width / 2.0, 12);
}

TEST(TitleLayout, WithoutABrandTheWordsCarryTheCard) {
  Title title = words("end_card", "minimal", "Carry less.\nGo further.");
  auto plain = composed(title, Size(1920, 1080));
  title.brand = "Norda";
  auto branded = composed(title, Size(1920, 1080));
  ASSERT_TRUE(plain && branded);
  EXPECT_GT(inked(*plain)[0]->placed.bitmap->height, 2 * inked(*branded)[1]->placed.bitmap->height);
}

// Beside a picture that fills the rest of a wide frame.
TEST(Layout, WordsOfAThirdStayOnIt) {
  for (const Size frame : {Size(960, 540), Size(1260, 540)})
    for (const char* role : {"title", "caption"})
      for (const char* text : kTexts) {
        Title title = words(role, "lifestyle", text);
        title.over = "Your kitchen";
        title.place = "left_third";
        const auto left = composed(title, frame);
        title.place = "right_third";
        const auto right = composed(title, frame);
        ASSERT_TRUE(left && right);
        for (const Part* part : inked(*left))
          EXPECT_LE(part->placed.x + part->placed.bitmap->width, .365 * frame.width) << text;
        for (const Part* part : inked(*right)) EXPECT_GE(part->placed.x, .63 * frame.width) << text;
      }
}

}  // namespace
}  // namespace vidgen::local::titles
