// SPDX-License-Identifier: Apache-2.0
// Lengths: the count is the smallest that covers, and no other choice of that count wastes less.
#include "plan/clips.hpp"

#include "fixtures.hpp"

namespace vidgen::plan::test {
namespace {

std::vector<Offer> whole(std::initializer_list<int> seconds) {
  std::vector<Offer> out;
  for (int s : seconds) out.emplace_back(s, s);
  return out;
}

Rational sum(const std::vector<Offer>& offers, const std::vector<int>& picks) {
  Rational s;
  for (int i : picks) s = s + offers[static_cast<std::size_t>(i)].returned;
  return s;
}

// The least sum of n offers that reaches the target, by trying all.
Rational least(const std::vector<Offer>& offers, std::size_t n, Rational so_far, Rational target, Rational best) {
  if (n == 0) return so_far >= target && so_far < best ? so_far : best;
  for (const Offer& o : offers) best = least(offers, n - 1, so_far + o.returned, target, best);
  return best;
}

TEST(Clips, CountIsTheFormula) {
  const auto wan = offers(model("wan"), 30, false);
  const Rational o(1, 16);
  for (int tenths = 1; tenths < 1200; ++tenths) {
    const Rational need(tenths, 10);
    const int n = clip_count(wan, need, o);
    EXPECT_GE(Rational(n) * Rational(81, 16) - Rational(n - 1) * o, need);
    if (n > 1) {
      EXPECT_LT(Rational(n - 1) * Rational(81, 16) - Rational(n - 2) * o, need);
    }
  }
}

TEST(Clips, WasteIsLeast) {
  const std::vector<std::vector<Offer>> grids = {
      whole({5, 10}), whole({5, 8, 10}), whole({4, 6, 8}), whole({5, 10, 15}), whole({2, 3, 4, 5, 6, 7, 8}),
      whole({6})};
  for (const auto& grid : grids)
    for (int tenths = 5; tenths < 400; tenths += 3) {
      const Rational need(tenths, 10), overlap(1, 24);
      const auto picks = choose(grid, need, overlap);
      if (picks.size() > 4) continue;
      const Rational target = need + Rational(static_cast<int>(picks.size()) - 1) * overlap;
      EXPECT_EQ(sum(grid, picks), least(grid, picks.size(), 0, target, 10000)) << need.to_string();
    }
}

TEST(Clips, TheFilmsOwnRateGivesWholeFrames) {
  const Rational fps(30000, 1001);
  for (const Offer& o : offers(model("local-animatic"), fps, false)) EXPECT_EQ((o.returned * fps).den(), 1);
  EXPECT_EQ(source_fps(model("local-animatic"), fps), fps);
  EXPECT_EQ(source_fps(model("wan"), fps), Rational(16));
  EXPECT_EQ(source_fps(model("hailuo"), fps), Rational(24));
}

TEST(Clips, ProfileLengths) {
  const ModelProfile kling = model("kling");
  EXPECT_EQ(kling.clip_seconds(3), Rational(5));
  EXPECT_EQ(kling.clip_seconds(7), Rational(10));
  EXPECT_EQ(kling.clip_seconds(70), Rational(10));
  const ModelProfile seedance = model("seedance");
  EXPECT_EQ(seedance.clip_seconds(Rational(41, 10)), Rational(5));
  EXPECT_EQ(seedance.clip_seconds(1), Rational(2));
  EXPECT_EQ(model("wan").longest_seconds(), Rational(81, 16));
}

}  // namespace
}  // namespace vidgen::plan::test
