// SPDX-License-Identifier: Apache-2.0
// Words of other languages: set in a font that has their letters, or refused with the package that brings one.
#include <gtest/gtest.h>

#include "local/titles/shape.hpp"
#include "stand.hpp"

namespace vidgen::local::titles {
namespace {

struct Sample {
  const char *language, *text;
};

constexpr Sample kSamples[] = {
    {"German", "Gr\u00fc\u00dfe aus \u00d6sterreich"},
    {"French", "L\u2019\u00e9t\u00e9 d\u00e9\u00e7oit-il \u0152uvre ?"},
    {"Spanish", "\u00bfMa\u00f1ana, ni\u00f1o?"},
    {"Japanese", "\u4e16\u754c\u304c\u76ee\u899a\u3081\u308b\u524d\u306b"},
    {"Arabic", "\u0633\u0627\u0639\u0629 \u0641\u0627\u062e\u0631\u0629"},
    {"Hebrew", "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"},
};

TEST(Scripts, AreSetInAFontThatHasThemOrRefusedWithItsPackage) {
  const auto renderer = make_title_renderer();
  for (const Sample& sample : kSamples)
    for (const std::string& look : look_names())
      for (const char* role : {"title", "caption", "end_card"}) {
        Title title = words(role, look, sample.text);
        if (title.role == "end_card") title.brand = sample.text;
        auto layer = renderer->layout(title, Size(640, 360), 30);
        if (!layer) {
          EXPECT_EQ(layer.error().code(), Errc::font_missing) << sample.language;
          EXPECT_NE(layer.error().message().find("fonts-noto"), std::string::npos) << sample.language;
          continue;
        }
        EXPECT_FALSE((*layer)->frame(60).empty()) << sample.language << " " << look << " " << role;
      }
}

// The looks' own fonts have these: no machine may refuse them.
TEST(Scripts, AccentsAndUmlautsAreAlwaysThere) {
  Shaper shaper;
  for (const std::string& look : look_names())
    for (std::size_t i = 0; i < 3; ++i) {
      const Look& row = find_look(look);
      for (const Type* type : {&row.title, &row.caption, &row.over, &row.brand}) {
        auto line = shaper.shape(kSamples[i].text, *type);
        ASSERT_TRUE(line) << kSamples[i].language << " " << look;
        EXPECT_GT(line->ink.right, line->ink.left);
      }
    }
}

// Letters that fill the em must not run into those of the next line, however tight the look sets its capitals.
TEST(Scripts, TallLettersHaveTheirLeading) {
  EXPECT_FALSE(is_tall_script("Gr\u00fc\u00dfe"));
  for (std::size_t i : {3u, 4u, 5u}) EXPECT_TRUE(is_tall_script(kSamples[i].text)) << kSamples[i].language;
}

// Right to left: the first letter of the text stands at the right end, and joined letters are not spread.
TEST(Scripts, RightToLeftWordsRunThatWay) {
  Shaper shaper;
  for (std::size_t i : {4u, 5u}) {
    auto line = shaper.shape(kSamples[i].text, find_look("cinematic").brand);
    if (!line) {
      EXPECT_EQ(line.error().code(), Errc::font_missing);
      continue;
    }
    EXPECT_FALSE(line->trackable) << kSamples[i].language;
    EXPECT_EQ(line->clusters.back().byte, 0u) << kSamples[i].language;
  }
}

}  // namespace
}  // namespace vidgen::local::titles
