// SPDX-License-Identifier: Apache-2.0
// The grid: cuts on beats, and no film that breaks it.
#include <gtest/gtest.h>

#include "local/music/tempo.hpp"
#include "plans.hpp"

namespace vidgen::local::test {
namespace {

void expect_sound_grid(const Grid& grid, double seconds) {
  EXPECT_GE(grid.final_at, 0);
  EXPECT_LT(grid.final_at, seconds);
  EXPECT_NEAR(grid.final_at + grid.ring, seconds, 1e-9);
  for (std::size_t i = 1; i < grid.anchors.size(); ++i) {
    EXPECT_GT(grid.anchors[i].beat, grid.anchors[i - 1].beat);
    EXPECT_GT(grid.anchors[i].seconds, grid.anchors[i - 1].seconds);
  }
  double beat = 0;
  for (const Bar& bar : grid.bars) {
    EXPECT_EQ(bar.beat, beat) << "bars follow each other";
    EXPECT_GT(bar.end, bar.start);
    beat += bar.beats;
  }
  EXPECT_EQ(beat, grid.final_beat);
}

TEST(Tempo, MeetsARegularFilmExactlyInEveryStyle) {
  for (const StyleRow& row : style_rows()) {
    const Grid grid = fit_tempo(row, 30, {5, 9.5, 14, 20, 25}, 0);
    expect_sound_grid(grid, 30);
    for (const CutPoint& cut : grid.cuts) EXPECT_LE(std::abs(cut.residual_ms), 20) << row.name << " " << cut.seconds;
    EXPECT_GE(grid.bpm, row.bpm_low);
    EXPECT_LE(grid.bpm, row.bpm_high);
  }
}

TEST(Tempo, BendsNoFurtherThanTheStyleAllows) {
  for (std::uint64_t n = 0; n < 100; ++n) {
    const ScorePlan plan = random_plan(n);
    const StyleRow& row = *find_style(plan.style).row;
    const Grid grid = fit_tempo(row, plan.seconds, plan.cuts, 0);
    expect_sound_grid(grid, plan.seconds);
    for (std::size_t i = 1; i < grid.anchors.size(); ++i) {
      const double pace =
          (grid.anchors[i].seconds - grid.anchors[i - 1].seconds) / (grid.anchors[i].beat - grid.anchors[i - 1].beat);
      EXPECT_NEAR(pace / grid.period, 1, row.bend + 1e-6);
    }
  }
}

TEST(Tempo, StartsSectionsAtTheMajorCuts) {
  const Grid grid = fit_tempo(*find_style("corporate").row, 30, {5, 9.5, 14, 20, 25}, 0);
  std::vector<double> starts;
  for (const Bar& bar : grid.bars)
    if (bar.position == 0) starts.push_back(std::round(bar.start * 100) / 100);
  EXPECT_EQ(starts, (std::vector<double>{0, 5, 14, 20, 25}));
  EXPECT_EQ(grid.bars.front().section, Section::intro);
  EXPECT_EQ(grid.bars.back().section, Section::end);
}

TEST(Tempo, TheEndCardStartsTheEndEvenWhereNoCutWasNamed) {
  const Grid grid = fit_tempo(*find_style("corporate").row, 30, {6, 12}, 24);
  const auto card = std::find_if(grid.cuts.begin(), grid.cuts.end(), [](const CutPoint& c) { return c.seconds == 24; });
  ASSERT_NE(card, grid.cuts.end());
  EXPECT_TRUE(card->major);
  EXPECT_LE(std::abs(card->residual_ms), 20);
}

// Lengths, cuts and pairs of both that once could have hung or failed a search.
TEST(Tempo, TakesEveryFilm) {
  const std::vector<std::vector<double>> cut_lists = {
      {},           {.3},           {.25, .3, .33, .34}, {1, 1.04, 1.08, 1.5, 1.9}, {-3, 0, 1e9, std::nan("")},
      {2, 2, 2, 2}, {5, 3, 1, 4, 2}};
  for (const StyleRow& row : style_rows())
    for (double seconds : {.1, .5, 1.0, 2.0, 2.49, 2.51, 3.0, 3.7, 5.0, 6.13, 8.0, 10.0, 22.77}) {
      for (std::vector<double> cuts : cut_lists) {
        cuts.push_back(seconds - .6);
        cuts.push_back(seconds - .01);
        const Grid grid = fit_tempo(row, seconds, cuts, seconds * .9);
        expect_sound_grid(grid, seconds);
        const Result<Score> score = compose(plan_of(row.name, seconds, cuts));
        ASSERT_TRUE(score) << score.error().describe();
        EXPECT_FALSE(score->notes.empty()) << row.name << " " << seconds;
      }
    }
}

TEST(Tempo, TakesALongFilmWithManyCuts) {
  std::vector<double> cuts;
  Rng rng(5);
  for (double t = 1; t < 600; t += .3 + 3 * rng.unit()) cuts.push_back(t);
  for (std::string_view style : {"corporate", "luxury", "cinematic"}) {
    const Score score = compose(plan_of(style, 600, cuts)).value();
    EXPECT_GT(score.bars.size(), 100u);
    int longest = 0;
    for (const Bar& bar : score.bars) longest = std::max(longest, bar.section_bars);
    EXPECT_LE(longest, 40) << "a long film must rise and fall";
  }
}

TEST(Tempo, RefusesLengthsThatAreNone) {
  for (double seconds : {0.0, -1.0, .05, 4000.0, std::nan("")}) {
    const Result<Score> score = compose(plan_of("tech", seconds, {}));
    ASSERT_FALSE(score);
    EXPECT_EQ(score.error().code(), Errc::invalid_argument);
  }
  ScorePlan plan = plan_of("tech", 10, {});
  plan.samples = 48000;
  EXPECT_EQ(compose(plan).error().code(), Errc::invalid_argument);
}

TEST(Tempo, OneFunctionTurnsBeatsIntoTime) {
  const std::vector<Anchor> anchors{{0, .2}, {4, 2.2}, {8, 4.4}};
  EXPECT_DOUBLE_EQ(beat_seconds(anchors, .5, 0), .2);
  EXPECT_DOUBLE_EQ(beat_seconds(anchors, .5, 2), 1.2);
  EXPECT_DOUBLE_EQ(beat_seconds(anchors, .5, 4), 2.2);
  EXPECT_DOUBLE_EQ(beat_seconds(anchors, .5, 6), 3.3);
  EXPECT_DOUBLE_EQ(beat_seconds(anchors, .5, 10), 5.4);
  EXPECT_DOUBLE_EQ(beat_seconds(anchors, .5, -1), .2);
}

}  // namespace
}  // namespace vidgen::local::test
