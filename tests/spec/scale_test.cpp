// SPDX-License-Identifier: Apache-2.0
#include "spec/scale.hpp"

#include <gtest/gtest.h>

#include "make.hpp"
#include "spec/template_json.hpp"

namespace vidgen {
namespace {

using spec::scale;
using spec::Scaled;
using testing_spec::built_in;

std::vector<Template> all_films() {
  std::vector<Template> out;
  for (const auto& [name, t] : built_in().templates) out.push_back(t);
  for (const auto& [name, a] : built_in().archetypes) out.push_back(spec::as_template(a, built_in()));
  return out;
}

TEST(Scale, AtItsOwnLengthNothingChanges) {
  const Template& t = *built_in().find("product_showcase");
  Scaled s = scale(t, 900, 30);
  ASSERT_EQ(s.beats.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(s.beats[i].start, frame_at(t.beats[i].start, 30));
    EXPECT_EQ(s.beats[i].length, frame_at(t.beats[i].length, 30));
  }
  EXPECT_EQ(s.transitions[0].frames, 15);
  EXPECT_EQ(s.transitions[1].kind, "cut");
  EXPECT_TRUE(s.dropped.empty());
  EXPECT_TRUE(s.shortened.empty());
}

// Whatever the length and rate: whole frames, no gap, the exact end, a second each, transitions that fit.
TEST(Scale, HoldsForEveryLengthAndRate) {
  const Rational rates[] = {1, 24, Rational(24000, 1001), 25, 30, Rational(30000, 1001), 60, Rational(119, 2), 120};
  for (const Template& t : all_films())
    for (Rational fps : rates)
      for (int tenths = 10; tenths <= 6000; tenths += tenths < 400 ? 1 : 97) {
        Frames frames = frame_at(Rational(tenths, 10), fps);
        Scaled s = scale(t, frames, fps);
        ASSERT_FALSE(s.beats.empty());
        Frames end = 0;
        for (const spec::ScaledBeat& b : s.beats) {
          ASSERT_EQ(b.start, end);
          ASSERT_GE(b.length, std::min(frames, fps.ceil())) << t.name << " " << fps.to_string() << " " << tenths;
          end += b.length;
        }
        ASSERT_EQ(end, frames);
        ASSERT_EQ(s.transitions.size() + 1, s.beats.size());
        for (std::size_t i = 0; i < s.transitions.size(); ++i) {
          const spec::ScaledTransition& x = s.transitions[i];
          Frames half = std::min(s.beats[i].length, s.beats[i + 1].length) / 2;
          ASSERT_TRUE(x.kind == "cut" ? x.frames == 0 : x.frames >= 2 && x.frames <= half) << t.name << " " << tenths;
        }
      }
}

TEST(Scale, RoundsBoundariesFromAbsoluteTime) {
  // Four equal beats in 10 frames a second times 1.5: 6.25 frames each. Summed rounding would drift.
  Template t;
  for (int i = 0; i < 4; ++i) {
    BeatTemplate b;
    b.name = "b";
    b.start = i;
    b.length = 1;
    t.beats.push_back(b);
  }
  t.duration = 4;
  Scaled s = scale(t, 25, 5);
  EXPECT_EQ(s.beats[1].start, 6);
  EXPECT_EQ(s.beats[2].start, 13);  // 12.5
  EXPECT_EQ(s.beats[3].start, 19);  // 18.75
}

TEST(Scale, ShortFilmsLoseMiddleBeatsFirst) {
  const Template& t = *built_in().find("product_showcase");
  Scaled four = scale(t, 120, 30);
  EXPECT_EQ(four.dropped, std::vector<std::string>{"detail_showcase"});
  Scaled two = scale(t, 60, 30);
  ASSERT_EQ(two.beats.size(), 2u);
  EXPECT_EQ(t.beats[two.beats[0].index].role, "opening");
  EXPECT_EQ(t.beats[two.beats[1].index].role, "closing");
  Scaled one = scale(t, 30, 30);
  ASSERT_EQ(one.beats.size(), 1u);
  EXPECT_EQ(t.beats[one.beats[0].index].role, "opening");
}

TEST(Scale, GivesShortBeatsTheirSecond) {
  // In 6 s the 3 s hero would have 0.6 s; it gets one second and the others share what is left.
  Scaled s = scale(*built_in().find("product_showcase"), 180, 30);
  ASSERT_EQ(s.beats.size(), 5u);
  EXPECT_EQ(s.beats[0].length, 30);
  EXPECT_GT(s.beats[3].length, s.beats[0].length);
}

TEST(Scale, ATransitionIsAtMostHalfOfItsShorterNeighbour) {
  Scaled s = scale(*built_in().find("product_showcase"), 10, 2);  // 2 frames a second: half a second is one frame
  for (const spec::ScaledTransition& x : s.transitions) EXPECT_EQ(x.kind, "cut");
  EXPECT_FALSE(s.shortened.empty());
  Template t = *built_in().find("product_showcase");
  t.transitions[0].length = 3;
  Scaled fit = scale(t, 900, 30);
  EXPECT_EQ(fit.transitions[0].frames, 45);
  ASSERT_EQ(fit.shortened.size(), 1u);
}

}  // namespace
}  // namespace vidgen
