// SPDX-License-Identifier: Apache-2.0
// Segments cover the film, never cut a transition, are never too short, and name just the items that they show.
#include <gtest/gtest.h>

#include "timeline/segments.hpp"

namespace vidgen {
namespace {

Timeline film(const std::vector<Frames>& lengths, const std::vector<Frames>& fades) {
  Timeline t;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    TimelineItem item;
    item.source = "s";
    item.start = t.frames;
    item.length = lengths[i];
    t.video.push_back(item);
    if (i > 0 && fades[i - 1] > 0) {
      TimelineTransition row;
      row.at = t.frames;
      row.frames = fades[i - 1];
      t.transitions.push_back(row);
    }
    t.frames += lengths[i];
  }
  t.sources.resize(1);
  t.sources[0].id = "s";
  return t;
}

using Ints = std::vector<int>;

TEST(Segments, BodiesAndTransitionsStandAlone) {
  const auto s = segments_of(film({100, 100, 50}, {15, 0}));
  ASSERT_EQ(s.size(), 4u);
  EXPECT_EQ(s[0].length, 93);
  EXPECT_EQ(s[0].items, Ints{0});
  EXPECT_EQ(s[1].start, 93);
  EXPECT_EQ(s[1].length, 15);
  EXPECT_EQ(s[1].items, (Ints{0, 1}));
  EXPECT_EQ(s[1].transitions, Ints{0});
  EXPECT_EQ(s[2].items, Ints{1});
  EXPECT_EQ(s[3].items, Ints{2});
  EXPECT_EQ(s[3].start, 200);
}

TEST(Segments, ShortRunsJoinANeighbour) {
  EXPECT_EQ(segments_of(film({100, 5, 100}, {0, 0})).size(), 2u);
  EXPECT_EQ(segments_of(film({5, 100}, {0})).size(), 1u);
  EXPECT_EQ(segments_of(film({100, 5}, {0})).size(), 1u);
  EXPECT_EQ(segments_of(film({3}, {})).size(), 1u);
  const auto s = segments_of(film({100, 100}, {4}));
  ASSERT_EQ(s.size(), 2u);
  EXPECT_EQ(s[0].length, 102);
  EXPECT_EQ(s[0].items, (Ints{0, 1}));
}

TEST(Segments, TitlesAreNamedWhereTheyAreSeen) {
  Timeline t = film({100, 100}, {0});
  t.titles.resize(1);
  t.titles[0].start = 90;
  t.titles[0].length = 20;
  const auto s = segments_of(t);
  EXPECT_EQ(s[0].titles, Ints{0});
  EXPECT_EQ(s[1].titles, Ints{0});
}

TEST(Segments, AnyFilm) {
  std::uint64_t state = 5;
  const auto below = [&](int n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<Frames>((state >> 33) % static_cast<std::uint64_t>(n));
  };
  for (int round = 0; round < 2000; ++round) {
    std::vector<Frames> lengths, fades;
    for (Frames n = 1 + below(20); n > 0; --n) {
      lengths.push_back(1 + below(120));
      if (lengths.size() > 1)
        fades.push_back(below(2) * below(static_cast<int>(std::min(lengths.back(), lengths[lengths.size() - 2])) + 1));
    }
    const Timeline t = film(lengths, fades);
    ASSERT_TRUE(validate(t)) << validate(t).error().describe();
    Frames next = 0;
    const auto segments = segments_of(t);
    for (const Segment& s : segments) {
      ASSERT_EQ(s.start, next);
      ASSERT_TRUE(s.length >= timeline::kShortestSegment || segments.size() == 1);
      ASSERT_FALSE(s.items.empty());
      next = s.start + s.length;
      for (const TimelineTransition& row : t.transitions) {
        const Frames from = row.at - row.frames / 2, to = from + row.frames;
        ASSERT_FALSE(next > from && next < to) << "cut inside a transition";
      }
    }
    ASSERT_EQ(next, t.frames);
  }
}

}  // namespace
}  // namespace vidgen
