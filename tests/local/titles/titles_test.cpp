// SPDX-License-Identifier: Apache-2.0
#include "local/titles/titles.hpp"

#include <gtest/gtest.h>

namespace vidgen {
namespace {

TEST(Titles, NothingToSayIsNoSprites) {
  const auto renderer = local::make_title_renderer();
  Title title;
  title.length = 90;
  auto layer = renderer->layout(title, Size(640, 360), 30);
  ASSERT_TRUE(layer);
  for (Frames n = 0; n < 90; ++n) EXPECT_TRUE((*layer)->frame(n).empty());
}

}  // namespace
}  // namespace vidgen
