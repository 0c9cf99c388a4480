// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/photo.hpp"

#include <gtest/gtest.h>

namespace vidgen::local {
namespace {

Photo photo(int w, int h, std::uint8_t opacity) {
  Photo p;
  p.width = w;
  p.height = h;
  p.bgra_premultiplied.assign(static_cast<std::size_t>(w * h * 4), opacity);
  return p;
}

TEST(Photo, OnlyWholePhotographsAreUsable) {
  EXPECT_FALSE(usable(nullptr));
  Photo p = photo(4, 4, 255);
  EXPECT_TRUE(usable(&p));
  p.bgra_premultiplied.pop_back();
  EXPECT_FALSE(usable(&p));
  p = Photo();
  EXPECT_FALSE(usable(&p));
}

TEST(Photo, ACutOutLetsTheGroundThrough) {
  EXPECT_FALSE(has_alpha(photo(10, 10, 255)));
  EXPECT_TRUE(has_alpha(photo(10, 10, 0)));
  Photo p = photo(10, 10, 255);
  p.bgra_premultiplied[3] = 0;  // one pixel of a hundred: a scratch, no cut-out
  EXPECT_FALSE(has_alpha(p));
  p.bgra_premultiplied[7] = 0;
  EXPECT_TRUE(has_alpha(p));
}

}  // namespace
}  // namespace vidgen::local
