// SPDX-License-Identifier: Apache-2.0
// Films that were cut to a tempo, and the music that is composed for them.
#include "plan/on_beat.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "plans.hpp"

namespace vidgen::local::test {
namespace {

// The planner's table must say what the composer's says.
TEST(OnBeat, TempiAreThoseOfTheStyles) {
  ASSERT_EQ(plan::style_tempi().size(), style_rows().size());
  for (const plan::StyleTempo& tempo : plan::style_tempi()) {
    const StyleChoice choice = find_style(tempo.style);
    ASSERT_TRUE(choice.exact) << tempo.style;
    EXPECT_EQ(choice.row->bpm_low, tempo.low) << tempo.style;
    EXPECT_EQ(choice.row->bpm_high, tempo.high) << tempo.style;
    EXPECT_EQ(choice.row->bpm_preferred, tempo.preferred) << tempo.style;
    EXPECT_EQ(choice.row->metre, tempo.metre) << tempo.style;
  }
}

Spec random_film(Rng& rng, std::string_view style) {
  const Rational rates[] = {24, 25, 30, Rational(30000, 1001)};
  Spec spec;
  spec.fps = rates[rng.below(4)];
  spec.audio.style = style;
  const int shots = 3 + rng.below(7);
  for (int i = 0; i < shots; ++i) {
    Beat beat;
    beat.start = spec.frames;
    beat.length = static_cast<Frames>(spec.fps.to_double() * (1.2 + 5 * rng.unit()));
    spec.frames += beat.length;
    spec.beats.push_back(beat);
  }
  spec.beats.back().role = "closing";
  spec.transitions.resize(spec.beats.size() - 1);
  return spec;
}

// From the spec to the score, as the film's steps do it.
Score composed_for(const Spec& spec, std::uint64_t seed) {
  MusicBrief brief;
  brief.audio = spec.audio;
  brief.samples = sample_at(spec.frames, spec.fps);
  for (std::size_t i = 1; i < spec.beats.size(); ++i) brief.cuts.push_back(spec.beats[i].start);
  brief.end_card = spec.beats.back().start;
  return compose(score_plan(brief, spec.fps, seed).value()).value();
}

TEST(OnBeat, ComposedBeatsPlayOnTheCuts) {
  Rng rng(9);
  int cuts = 0, near = 0, before_end = 0, near_before_end = 0;
  for (const StyleRow& row : style_rows())
    for (std::uint64_t n = 0; n < 12; ++n) {
      Spec spec = random_film(rng, row.name);
      plan::cut_to_composed(spec);
      const Score score = composed_for(spec, n);
      EXPECT_NEAR(score.bpm, spec.audio.bpm.to_double(), 1e-9) << row.name;
      for (std::size_t i = 1; i < spec.beats.size(); ++i) {
        const double at = seconds_at(spec.beats[i].start, spec.fps).to_double();
        double least = 1e9;
        for (double beat = 0; beat < 400; ++beat) least = std::min(least, std::abs(beat_seconds(score, beat) - at));
        ++cuts;
        near += least <= .04;
        before_end += at <= score.final_at;
        near_before_end += at <= score.final_at && least <= .04;
      }
    }
  std::printf("%d of %d cuts within 40 ms of a whole beat; %d of %d before the last chord\n", near, cuts,
              near_before_end, before_end);
  EXPECT_GE(near, .8 * cuts);
  EXPECT_GE(near_before_end, .97 * before_end);
}

TEST(OnBeat, ATempoThatCannotBePlayedIsRefused) {
  for (const double bpm : {-1.0, 10.0, 500.0}) {
    ScorePlan plan = plan_of("pop", 10, {3});
    plan.bpm = bpm;
    const Result<Score> score = compose(plan);
    ASSERT_FALSE(score) << bpm;
    EXPECT_EQ(score.error().code(), Errc::invalid_argument);
  }
}

}  // namespace
}  // namespace vidgen::local::test
