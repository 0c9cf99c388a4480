// SPDX-License-Identifier: Apache-2.0
// The renderer from outside: what goes in, what comes out, and what it refuses.
#include "base/local_module.hpp"
#include "local/titles/titles.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "stand.hpp"

namespace vidgen::local::titles {
namespace {

std::vector<Sprite> settled(TitleRenderer& renderer, const Title& title, Size size = Size(1280, 720)) {
  auto layer = renderer.layout(title, size, 30);
  EXPECT_TRUE(layer) << (layer ? "" : layer.error().describe());
  return layer ? (*layer)->frame(title.length / 2) : std::vector<Sprite>();
}

void expect_same(const std::vector<Sprite>& a, const std::vector<Sprite>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_TRUE(same_place(a[i], b[i]));
    EXPECT_TRUE(same_pixels(*a[i].bitmap, *b[i].bitmap));
  }
}

TEST(Titles, NothingToSayIsNoSprites) {
  const auto renderer = make_title_renderer();
  for (const char* role : {"title", "caption", "end_card"})
    for (const char* text : {"", " \n ", "\U0001F680", "\u200b"}) {
      auto layer = renderer->layout(words(role, "minimal", text), Size(640, 360), 30);
      ASSERT_TRUE(layer);
      for (Frames n = 0; n < 120; ++n) EXPECT_TRUE((*layer)->frame(n).empty()) << role << " '" << text << "'";
    }
}

TEST(Titles, FramesOutsideTheTitleAreEmpty) {
  const auto renderer = make_title_renderer();
  auto layer = renderer->layout(words("caption", "pop", "Go further."), Size(640, 360), 30);
  ASSERT_TRUE(layer);
  EXPECT_TRUE((*layer)->frame(-1).empty());
  EXPECT_TRUE((*layer)->frame(120).empty());
}

// Same title, same bytes, from another renderer too, on every frame.
TEST(Titles, AreTheSameEveryTime) {
  const auto one = make_title_renderer(), other = make_title_renderer();
  for (const std::string& look : look_names()) {
    Title title = words("title", look, "Some mornings are worth the climb.");
    title.over = "Meet";
    auto a = one->layout(title, Size(640, 360), 30), b = other->layout(title, Size(640, 360), 30);
    ASSERT_TRUE(a && b);
    for (Frames n = 0; n < title.length; ++n) expect_same((*a)->frame(n), (*b)->frame(n));
  }
}

TEST(Titles, LayoutsFromSeveralThreadsDoNotMix) {
  const auto renderer = make_title_renderer();
  const Title title = words("caption", "cinematic", "Cold for\n24 hours.");
  const std::vector<Sprite> alone = settled(*renderer, title);
  std::vector<std::vector<Sprite>> results(4);
  {
    std::vector<std::jthread> threads;
    for (auto& result : results)
      threads.emplace_back([&] {
        for (int i = 0; i < 3; ++i) result = settled(*renderer, title);
      });
  }
  for (const auto& result : results) expect_same(alone, result);
}

TEST(Titles, LettersWithoutAFontNameWhatToInstall) {
  const auto renderer = make_title_renderer();
  for (const char* role : {"title", "caption", "end_card"}) {
    auto layer = renderer->layout(words(role, "cinematic", "a \U0010FFFD b"), Size(640, 360), 30);
    ASSERT_FALSE(layer) << role;
    EXPECT_EQ(layer.error().code(), Errc::font_missing);
    EXPECT_NE(layer.error().message().find("install fonts-"), std::string::npos);
  }
}

TEST(Titles, RefusesAFrameOrRateOfNothing) {
  const auto renderer = make_title_renderer();
  const Title title = words("caption", "pop", "Go.");
  EXPECT_FALSE(renderer->layout(title, Size(0, 100), 30));
  EXPECT_FALSE(renderer->layout(title, Size(100, 100), 0));
}

TEST(Titles, EmojiAreLeftOutAndTheWordsStay) {
  const auto renderer = make_title_renderer();
  const auto plain = settled(*renderer, words("caption", "minimal", "Go further."));
  expect_same(plain,
              settled(*renderer, words("caption", "minimal", "Go \U0001F680 further.\U0001F468\u200d\U0001F469")));
  EXPECT_FALSE(plain.empty());
}

TEST(Titles, SurvivesBadTextAndStrangeFrames) {
  const auto renderer = make_title_renderer();
  const std::string long_text(5000, 'w');
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "word ";
  for (const std::string& text : {std::string("\xff\xfe broken \xc3"), std::string("tab\tand\x01 bell\a"), long_text,
                                  many, std::string("\u05e9\u05dc\u05d5\u05dd"), std::string("\u200f\u202e x")})
    for (const Size size : {Size(2, 2), Size(16, 2000), Size(640, 360)}) {
      auto layer = renderer->layout(words("title", "pop", text), size, 30);
      if (layer)
        (*layer)->frame(60);
      else
        EXPECT_EQ(layer.error().code(), Errc::font_missing);
    }
}

TEST(Titles, AnUnknownLookIsTheFirstOne) {
  const auto renderer = make_title_renderer();
  expect_same(settled(*renderer, words("caption", "no such look", "Go.")),
              settled(*renderer, words("caption", look_names().front(), "Go.")));
}

TEST(Titles, VersionIsKnownWithoutTheRenderer) {
  EXPECT_EQ(make_title_renderer()->version(), base::kTitlesVersion);
}

}  // namespace
}  // namespace vidgen::local::titles
