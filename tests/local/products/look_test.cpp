// SPDX-License-Identifier: Apache-2.0
// Words of the prompt to looks.
#include <gtest/gtest.h>

#include "support.hpp"

namespace vidgen::local {
namespace {

TEST(Look, ReadsColourWords) {
  Color color;
  ASSERT_TRUE(find_color("navy", color));
  EXPECT_GT(color.b, color.r);
  EXPECT_LT(lum(color), .25);
  Color dark;
  ASSERT_TRUE(find_color("a dark red one", dark));
  ASSERT_TRUE(find_color("RED", color));
  EXPECT_LT(lum(dark), lum(color));
  ASSERT_TRUE(find_color("brand colour #3b5bff please", color));
  EXPECT_DOUBLE_EQ(color.b, 1);
  EXPECT_FALSE(find_color("", color));
  EXPECT_FALSE(find_color("tired", color));  // no word inside a word
  EXPECT_FALSE(find_color("#nothex", color));
}

TEST(Look, TakesASecondColourAsAccent) {
  const ProductLook look = look_of("headphones", "", "black and rose gold");
  EXPECT_TRUE(look.colour_named && look.accent_named);
  EXPECT_LT(lum(look.albedo), .16);
  EXPECT_GT(look.accent.r, look.accent.b + .1);
  EXPECT_FALSE(look_of("mug", "", "red").accent_named);
}

TEST(Look, ReadsMaterialsFromEitherField) {
  EXPECT_EQ(look_of("bottle", "", "matte black").material, Material::matte);
  EXPECT_EQ(look_of("bottle", "", "matte black", "stainless steel").material, Material::steel);
  EXPECT_EQ(look_of("mug", "", "", "hand-thrown stoneware").material, Material::ceramic);
  EXPECT_EQ(look_of("mug").material, Material::own);
  EXPECT_FALSE(look_of("mug").colour_named);
}

TEST(Look, AMaterialAloneMayNameTheColour) {
  EXPECT_TRUE(look_of("sofa", "", "", "leather").colour_named);
  EXPECT_FALSE(look_of("sofa").colour_named);
  EXPECT_NEAR(look_of("sofa", "", "white", "leather").albedo.r, Color(0xf3f0ea).r, .001);
}

TEST(Look, LabelIsBrandElseNameElseCategory) {
  EXPECT_EQ(look_of("tea", "Fernweh").label, "Fernweh");
  EXPECT_EQ(look_of("tea").label, "Steel Water Bottle");
  Product product;
  product.category = "service";
  EXPECT_EQ(product_look(product).label, "Service");
  EXPECT_EQ(product_look(Product()).label, "Product");
}

}  // namespace
}  // namespace vidgen::local
