// SPDX-License-Identifier: Apache-2.0
// Which beat shows which photograph.
#include "spec/photographs.hpp"

#include <gtest/gtest.h>

#include <set>

namespace vidgen::spec {
namespace {

Spec film(int beats) {
  Spec s;
  s.beats.resize(static_cast<std::size_t>(beats));
  return s;
}

std::vector<Photograph> many(int pictures, int cutouts = 0) {
  std::vector<Photograph> out(static_cast<std::size_t>(pictures + cutouts));
  for (std::size_t i = 0; i < out.size(); ++i) out[i].cutout = static_cast<int>(i) >= pictures;
  return out;
}

std::vector<int> in_order(const Spec& s, bool cutouts) {
  std::vector<int> out;
  for (const Beat& b : s.beats)
    for (const int i : b.photographs)
      if (s.photographs[static_cast<std::size_t>(i)].cutout == cutouts) out.push_back(i);
  return out;
}

// Whatever the film's length: each picture once, in the user's order, never on the card that ends the film.
TEST(Photographs, EachPictureIsShownOnceAndInOrder) {
  for (int beats = 1; beats <= 12; ++beats)
    for (int n = 1; n <= 8; ++n) {
      SCOPED_TRACE(std::to_string(beats) + " beats, " + std::to_string(n) + " pictures");
      Spec s = film(beats);
      show_photographs(s, many(n));
      const std::vector<int> shown = in_order(s, false);
      ASSERT_EQ(shown.size(), static_cast<std::size_t>(n));
      for (int i = 0; i < n; ++i) EXPECT_EQ(shown[static_cast<std::size_t>(i)], i);
      if (beats > 1) {
        EXPECT_TRUE(s.beats.back().photographs.empty());
      }
      if (beats > 2) {
        EXPECT_TRUE(s.beats.front().photographs.empty());
      }
      const auto most = static_cast<std::size_t>(n / std::max(1, beats - 2)) + 1;
      for (const Beat& b : s.beats) EXPECT_LE(b.photographs.size(), most);
    }
}

TEST(Photographs, CutOutsTakeTurnsInTheOtherBeats) {
  Spec s = film(8);
  show_photographs(s, many(2, 2));
  EXPECT_EQ(in_order(s, false), (std::vector<int>{0, 1}));
  EXPECT_EQ(in_order(s, true), (std::vector<int>{2, 3, 2, 3, 2}));
  for (const Beat& b : s.beats) EXPECT_LE(b.photographs.size(), 1U);
}

// None comes a second time before all were there once.
TEST(Photographs, NoCutOutComesTwiceBeforeAllWereShown) {
  for (int beats = 1; beats <= 10; ++beats)
    for (int pictures = 0; pictures <= 4; ++pictures)
      for (int cutouts = 1; cutouts + pictures <= 8; ++cutouts) {
        Spec s = film(beats);
        show_photographs(s, many(pictures, cutouts));
        const std::vector<int> shown = in_order(s, true);
        const auto all = static_cast<std::size_t>(cutouts);
        ASSERT_GE(shown.size(), all) << beats << " " << pictures << " " << cutouts;
        EXPECT_EQ(std::set<int>(shown.begin(), shown.begin() + cutouts).size(), all);
        EXPECT_EQ(in_order(s, false).size(), static_cast<std::size_t>(pictures));
      }
}

TEST(Photographs, GoThroughJson) {
  Spec s = film(3);
  for (Beat& b : s.beats) b.name = "a", b.shot = "wide", b.camera = "pan", b.role = "middle", b.length = 10;
  s.images = {"sha256:" + std::string(64, '0')};
  std::vector<Photograph> known = many(1);
  known[0].size = Size(640, 480);
  known[0].accent = "#d04020";
  known[0].calm = "left";
  show_photographs(s, known);
  const auto again = spec_from_json(to_json(s));
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_EQ(again->photographs, s.photographs);
  EXPECT_EQ(again->beats, s.beats);
  EXPECT_EQ(to_json(*again), to_json(s));
}

}  // namespace
}  // namespace vidgen::spec
