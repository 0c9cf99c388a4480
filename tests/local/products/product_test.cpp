// SPDX-License-Identifier: Apache-2.0
// Each row of the table draws what it promises; placing puts it on the ground.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <set>

#include "local/products/parts.hpp"
#include "support.hpp"

namespace vidgen::local {
namespace {

class RowTest : public testing::TestWithParam<const ProductRow*> {};

std::vector<const ProductRow*> all_rows() {
  std::vector<const ProductRow*> rows;
  for (const ProductRow& row : product_rows()) rows.push_back(&row);
  return rows;
}

struct Extent {
  int left = 1 << 20, right = -1, top = 1 << 20, bottom = -1;
};

Extent extent_of(const Surface& surface, int threshold) {
  Extent e;
  for (int y = 0; y < surface.height(); ++y) {
    for (int x = 0; x < surface.width(); ++x) {
      if (opacity_at(surface, x, y) < threshold) continue;
      e = {std::min(e.left, x), std::max(e.right, x), std::min(e.top, y), std::max(e.bottom, y)};
    }
  }
  return e;
}

TEST_P(RowTest, FillsItsBoundsAndStandsOnTheGround) {
  const ProductRow& row = *GetParam();
  const double px = 160, room = .2;
  const Extent e = extent_of(paint_alone(row, look_of("x", "Norvik"), px, room), 128);
  ASSERT_GE(e.right, e.left) << "nothing was drawn";
  const double foot = (row.height + room) * px, middle = (row.width / 2 + room) * px;
  EXPECT_NEAR(e.bottom, foot, .06 * px);
  EXPECT_NEAR(foot - e.top, row.height * px, .06 * px);
  EXPECT_LE(e.right - middle, (row.width / 2 + .07) * px);
  EXPECT_LE(middle - e.left, (row.width / 2 + .07) * px);
  EXPECT_GE(std::max(e.right - middle, middle - e.left), (row.width / 2 - .07) * px);
}

TEST_P(RowTest, SameLookSameBytes) {
  const ProductLook look = look_of("x", "Norvik", "teal");
  EXPECT_EQ(bytes_of(paint_alone(*GetParam(), look)), bytes_of(paint_alone(*GetParam(), look)));
}

TEST_P(RowTest, ColourWordsChangeThePicture) {
  const Surface red = paint_alone(*GetParam(), look_of("x", "", "red")),
                blue = paint_alone(*GetParam(), look_of("x", "", "blue"));
  const double red_warmth = mean_channel(red, 2) - mean_channel(red, 0),
               blue_warmth = mean_channel(blue, 2) - mean_channel(blue, 0);
  EXPECT_GT(red_warmth, blue_warmth + 3);
}

// A dish and an idea have no place for a name.
TEST_P(RowTest, BrandsShowAndDiffer) {
  if (GetParam()->category == "food" || GetParam()->category == "idea") GTEST_SKIP() << "no place for a brand";
  const auto none = bytes_of(paint_alone(*GetParam(), look_of("x"), 300));
  const auto one = bytes_of(paint_alone(*GetParam(), look_of("x", "Norvik"), 300));
  const auto other = bytes_of(paint_alone(*GetParam(), look_of("x", "Halvard"), 300));
  EXPECT_NE(none, one);
  EXPECT_NE(one, other);
}

TEST_P(RowTest, TheKeyComesFromItsSide) {
  Light left, right;
  left.side = -1;
  EXPECT_NE(bytes_of(paint_alone(*GetParam(), look_of("x"), 160, .2, left)),
            bytes_of(paint_alone(*GetParam(), look_of("x"), 160, .2, right)));
}

TEST_P(RowTest, ALongBrandStaysOnTheProduct) {
  const ProductRow& row = *GetParam();
  const ProductLook plain = look_of("x", "N"),
                    wordy = look_of("x", "Extraordinarily Long Brand Name & Daughters of Copenhagen");
  const Extent a = extent_of(paint_alone(row, plain), 40), b = extent_of(paint_alone(row, wordy), 40);
  EXPECT_NEAR(a.left, b.left, 1);
  EXPECT_NEAR(a.right, b.right, 1);
  EXPECT_NEAR(a.top, b.top, 1);
}

TEST_P(RowTest, MacroPointLiesOnTheProduct) {
  const ProductRow& row = *GetParam();
  const Surface surface = paint_alone(row, look_of("x"));
  const int x = static_cast<int>((row.width / 2 + .2 + row.macro_x) * 160),
            y = static_cast<int>((row.height + .2 + row.macro_y) * 160);
  EXPECT_GT(opacity_at(surface, x, y), 200);
}

TEST_P(RowTest, DetailKeepsToTheProduct) {
  const ProductRow& row = *GetParam();
  if (row.detail == nullptr) GTEST_SKIP() << "no detail";
  const ProductLook look = look_of("x");
  Surface surface = paint_alone(row, look, 300);
  const auto before = bytes_of(surface);
  const Extent a = extent_of(surface, 40);
  Canvas canvas(surface);
  canvas.translate((row.width / 2 + .2) * 300, (row.height + .2) * 300);
  canvas.scale(300);
  draw_macro_detail(canvas, row, Light(), look);
  const Extent b = extent_of(surface, 40);
  EXPECT_NE(bytes_of(surface), before);
  EXPECT_EQ(a.left, b.left);
  EXPECT_EQ(a.right, b.right);
}

INSTANTIATE_TEST_SUITE_P(Rows, RowTest, testing::ValuesIn(all_rows()),
                         [](const auto& test) { return std::string(test.param->category); });

TEST(Rows, UnknownCategoriesAreTheBox) {
  EXPECT_EQ(product_row("bottle").category, "bottle");
  EXPECT_TRUE(has_product_row("mug"));
  for (const char* word : {"gadget", "", "tea", "kettle", "Bottle "}) {
    EXPECT_EQ(product_row(word).category, "box") << word;
    EXPECT_FALSE(has_product_row(word)) << word;
  }
}

TEST(Rows, CategoriesAreUnique) {
  std::set<std::string_view> seen;
  for (const ProductRow& row : product_rows()) EXPECT_TRUE(seen.insert(row.category).second) << row.category;
}

TEST(Rows, UnitObeysHeightAndWidth) {
  const ProductRow& shoe = product_row("sneaker");
  EXPECT_DOUBLE_EQ(product_unit(shoe, .345, 9) * shoe.height, .345);
  EXPECT_DOUBLE_EQ(product_unit(shoe, .5, .83) * shoe.width, .83);
}

// Glass lets the wall through; steel does not.
TEST(Materials, AGlassBottleIsTranslucentAndASteelOneIsNot) {
  const ProductRow& row = product_row("bottle");
  const auto at_shoulder = [&](const Surface& s) {
    return opacity_at(s, s.width() / 2, static_cast<int>((row.height + .2 - .55) * 160));
  };
  EXPECT_LT(at_shoulder(paint_alone(row, look_of("bottle", "", "", "glass"))), 250);
  EXPECT_EQ(at_shoulder(paint_alone(row, look_of("bottle", "", "", "steel"))), 255);
}

TEST(Materials, DropsStayOnAGlassBottle) {
  const ProductRow& row = product_row("bottle");
  const ProductLook look = look_of("bottle", "", "", "glass");
  Surface surface = paint_alone(row, look, 300);
  std::vector<bool> clear;
  for (int y = 0; y < surface.height(); ++y) {
    for (int x = 0; x < surface.width(); ++x) clear.push_back(opacity_at(surface, x, y) == 0);
  }
  Canvas canvas(surface);
  canvas.translate((row.width / 2 + .2) * 300, (row.height + .2) * 300);
  canvas.scale(300);
  draw_macro_detail(canvas, row, Light(), look);
  int strays = 0;
  for (int y = 0; y < surface.height(); ++y) {
    for (int x = 0; x < surface.width(); ++x) {
      if (clear[static_cast<std::size_t>(y * surface.width() + x)] && opacity_at(surface, x, y) > 0) ++strays;
    }
  }
  EXPECT_EQ(strays, 0);
}

TEST(Label, WrapsByWordsAndFits) {
  TextStyle style("Inter", 600, .1);
  const FittedText text = fit_words("Herbal tea sampler with ginger", style, .35, .24, 3);
  EXPECT_NE(text.text.find('\n'), std::string::npos);
  EXPECT_LE(text.box.width, .3501);
  EXPECT_LE(text.box.height, .2401);
  EXPECT_EQ(fit_words("Tea", style, .35, .24, 3).text, "Tea");
  std::string joined = text.text;
  for (char& c : joined) c = c == '\n' ? ' ' : c;
  EXPECT_EQ(joined, "Herbal tea sampler with ginger");
}

Surface placed(const Placement& placement, const ProductRow& row, int side = 1) {
  Surface surface(400, 300);
  Canvas canvas(surface);
  canvas.paint(Color(0xb0b0b0));
  Light light;
  light.side = side;
  place(canvas, row, look_of("x"), light, placement);
  return surface;
}

int grey_at(const Surface& surface, int x, int y) {
  return surface.pixels()[y * surface.stride() + 4 * x + 1];
}

TEST(Place, StandsAtItsFootWithContactAndShadowAwayFromTheKey) {
  Placement p;
  p.x = 200;
  p.y = 240;
  p.unit = 180;
  const ProductRow& bottle = product_row("bottle");
  for (const int side : {-1, 1}) {
    const Surface surface = placed(p, bottle, side);
    EXPECT_LT(grey_at(surface, 200, 243), 130) << "dark under the foot";
    EXPECT_LT(grey_at(surface, 200 - side * 50, 247), grey_at(surface, 200 + side * 50, 247) - 8)
        << "shadow away from the key";
    EXPECT_EQ(grey_at(surface, 200, 30), 0xb0) << "nothing above the product";
  }
}

TEST(Place, ShadowsCanBeLeftOut) {
  Placement p;
  p.x = 200;
  p.y = 240;
  p.unit = 180;
  p.contact = p.cast = 0;
  const Surface surface = placed(p, product_row("bottle"));
  EXPECT_EQ(grey_at(surface, 140, 247), 0xb0);
  p.reflection = .5;
  EXPECT_NE(grey_at(placed(p, product_row("bottle")), 200, 250), 0xb0);
}

TEST(Place, CutoutStandsOnTheGround) {
  Surface picture(40, 80);
  Canvas paint(picture);
  paint.paint(Color(0x20c040));
  Surface surface(400, 300);
  Canvas canvas(surface);
  canvas.paint(kWhite);
  Placement p;
  p.x = 200;
  p.y = 240;
  p.unit = 160;
  p.cast = 0;
  place_cutout(canvas, picture, Light(), p);
  EXPECT_GT(grey_at(surface, 200, 160), 120);
  EXPECT_LT(surface.pixels()[160 * surface.stride() + 4 * 200 + 2], 120) << "its own colour stays";
  EXPECT_EQ(grey_at(surface, 200, 60), 255);
  EXPECT_LT(grey_at(surface, 200, 244), 200);
}

TEST(Place, ExtremeSizesDoNotCrash) {
  for (const double unit : {0.001, 3000.0}) {
    Placement p;
    p.x = 200;
    p.y = 240;
    p.unit = unit;
    EXPECT_TRUE(placed(p, product_row("box")).ok());
  }
}

}  // namespace
}  // namespace vidgen::local
