// SPDX-License-Identifier: Apache-2.0
// Cutting to the beat.
#include "plan/on_beat.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "fixtures.hpp"

namespace vidgen::plan {
namespace {

constexpr double kNear = .04;  // seconds: people take that for together

Spec spec_of(const std::vector<Frames>& lengths, Rational fps = 30) {
  Spec spec;
  spec.fps = fps;
  for (Frames length : lengths) {
    Beat beat;
    beat.name = "b" + std::to_string(spec.beats.size());
    beat.start = spec.frames;
    beat.length = length;
    spec.frames += length;
    spec.beats.push_back(beat);
  }
  spec.transitions.resize(lengths.size() - 1);
  return spec;
}

Spec random_spec(std::mt19937& dice) {
  const Rational rates[] = {24, 25, 30, Rational(30000, 1001), 60};
  const Rational fps = rates[dice() % 5];
  std::vector<Frames> lengths;
  for (std::size_t n = 2 + dice() % 9; n-- > 0;)
    lengths.push_back(std::uniform_int_distribution<Frames>(fps.ceil(), 7 * fps.ceil())(dice));
  Spec spec = spec_of(lengths, fps);
  for (SpecTransition& t : spec.transitions)
    if (dice() % 3 == 0) t.kind = "fade", t.frames = std::min<Frames>(15, fps.ceil() / 2);
  return spec;
}

// Beats of a steady tempo, as music files have them: not on frames.
std::vector<double> pulse(double bpm, double first, double seconds) {
  std::vector<double> out;
  for (double at = first; at < seconds; at += 60 / bpm) out.push_back(at);
  return out;
}

std::vector<MusicBeat> in_frames(const std::vector<double>& beats, Rational fps) {
  std::vector<MusicBeat> out;
  for (std::size_t i = 0; i < beats.size(); ++i) out.emplace_back(std::llround(beats[i] * fps.to_double()), i % 4 == 0);
  return out;
}

int on_beat(const Spec& spec, const std::vector<double>& beats) {
  int near = 0;
  for (std::size_t i = 1; i < spec.beats.size(); ++i) {
    const double at = seconds_at(spec.beats[i].start, spec.fps).to_double();
    double least = 1e9;
    for (double b : beats) least = std::min(least, std::abs(b - at));
    near += least <= kNear;
  }
  return near;
}

void expect_whole(const Spec& before, const Spec& after) {
  EXPECT_EQ(after.frames, before.frames);
  ASSERT_EQ(after.beats.size(), before.beats.size());
  Frames at = 0;
  for (std::size_t i = 0; i < after.beats.size(); ++i) {
    EXPECT_EQ(after.beats[i].start, at);
    EXPECT_GE(after.beats[i].length, std::min(before.beats[i].length, before.fps.ceil())) << "a shot is too short";
    at += after.beats[i].length;
  }
  EXPECT_EQ(at, before.frames);
  for (std::size_t i = 0; i < after.transitions.size(); ++i)
    EXPECT_LE(after.transitions[i].frames, std::min(after.beats[i].length, after.beats[i + 1].length) / 2);
}

TEST(OnBeat, CutsStandOnBeatsOfTheUsersMusic) {
  std::mt19937 dice(3);
  int cuts = 0, near = 0;
  for (int n = 0; n < 400; ++n) {
    const Spec before = random_spec(dice);
    const double bpm = 60 + static_cast<double>(dice() % 121);
    const std::vector<double> beats = pulse(bpm, .3, seconds_at(before.frames, before.fps).to_double());
    Spec spec = before;
    const int stay = cut_to(spec, in_frames(beats, spec.fps));
    expect_whole(before, spec);
    const int all = static_cast<int>(spec.beats.size()) - 1;
    EXPECT_GE(on_beat(spec, beats), all - stay);
    EXPECT_EQ(spec.soundtrack.beats.size(), beats.size());
    cuts += all;
    near += on_beat(spec, beats);
  }
  std::printf("%d of %d cuts within 40 ms of a beat\n", near, cuts);
  EXPECT_GE(near, .95 * cuts);
}

TEST(OnBeat, CutsStandOnBeatsOfTheComposersTempo) {
  std::mt19937 dice(5);
  for (const StyleTempo& row : style_tempi())
    for (int n = 0; n < 10; ++n) {
      const Spec before = random_spec(dice);
      Spec spec = before;
      spec.audio.style = row.style;
      cut_to_composed(spec);
      expect_whole(before, spec);
      EXPECT_GE(spec.audio.bpm, Rational(row.low));
      EXPECT_LE(spec.audio.bpm, Rational(row.high));
      const double seconds = seconds_at(spec.frames, spec.fps).to_double();
      EXPECT_GE(on_beat(spec, pulse(spec.audio.bpm.to_double(), 0, seconds)),
                .8 * static_cast<double>(spec.beats.size() - 1))
          << row.style;
    }
}

TEST(OnBeat, ACutGoesToTheBarWhereThatIsNear) {
  Spec spec = spec_of({58, 62, 60, 60});  // bars at 0, 60, 120 …; beats every 15
  cut_to(spec, in_frames(pulse(120, 0, 8), 30));
  EXPECT_EQ(spec.beats[1].start, 60);
  EXPECT_EQ(spec.beats[2].start, 120);
  EXPECT_EQ(spec.beats[3].start, 180);
}

TEST(OnBeat, ACutWithoutABeatStaysWhereItWas) {
  Spec spec = spec_of({100, 100, 100});
  const Spec before = spec;
  EXPECT_EQ(cut_to(spec, {}), 2);
  EXPECT_EQ(spec.beats, before.beats);
  // Both cuts would go to the only beat: one of them gives way.
  EXPECT_EQ(cut_to(spec, {MusicBeat(150, true)}), 1);
  expect_whole(before, spec);
}

TEST(OnBeat, TheTempoFollowsTheWordsWhereCutsAllow) {
  Spec slow = spec_of({150, 150, 150}), fast = slow;
  slow.audio.style = fast.audio.style = "corporate";
  slow.audio.tempo = "slow";
  fast.audio.tempo = "fast";
  cut_to_composed(slow);
  cut_to_composed(fast);
  EXPECT_LT(slow.audio.bpm, fast.audio.bpm);
}

// What the plan makes of it: whoever makes the clips, and however long they are, the film is cut on the beat.
TEST(OnBeat, PlansKeepTheirCutsOnTheBeat) {
  test::Random random(4);
  int cuts = 0, near = 0;
  for (const char* model : {"wan", "local-animatic", "zeroscope"})
    for (const Continuity continuity : {Continuity::beat, Continuity::none})
      for (int n = 0; n < 20; ++n) {
        Spec spec = n == 0 ? test::showcase(30) : test::random_film(random, 30);
        const std::vector<double> beats = pulse(112, .2, seconds_at(spec.frames, spec.fps).to_double());
        cut_to(spec, in_frames(beats, spec.fps));
        PlanOptions options;
        options.continuity = continuity;
        const Result<Plan> plan = test::plan_of(spec, model, options);
        if (!plan) continue;  // what the model lacks is told elsewhere
        EXPECT_EQ(test::broken_rule(*plan, spec, test::model(model)), "") << model << " " << n;
        for (const PlanChain& chain : plan->chains) {
          if (chain.start == 0) continue;
          const std::vector<Frames>& all = spec.soundtrack.beats;
          ++cuts;
          near += std::find(all.begin(), all.end(), chain.start) != all.end();
        }
      }
  std::printf("%d of %d cuts of plans on the beat\n", near, cuts);
  EXPECT_GT(cuts, 300);
  EXPECT_GE(near, .8 * cuts);
}

TEST(OnBeat, TheUsersMusicPlaysAsItWasFitted) {
  Spec spec = test::showcase(30);
  for (const Samples start : {0, 500000}) {
    MusicStretch s;
    s.start = start;
    s.length = 940000;
    s.source_in = 1234;
    s.fade_in = 480;
    s.fade_out = 960;
    spec.soundtrack.stretches.push_back(s);
  }
  spec.soundtrack.gain = Rational(1, 2);
  PlanOptions options;
  options.music_file_sha = std::string(64, 'a');
  const Plan plan = test::plan_of(spec, "local-animatic", options).value();
  ASSERT_EQ(plan.timeline.audio.size(), 2u);
  const AudioItem& item = plan.timeline.audio[1];
  EXPECT_EQ(item.source, "music_file");
  EXPECT_EQ(item.start, 500000);
  EXPECT_EQ(item.source_in, 1234);
  EXPECT_EQ(item.fade_in, 480);
  EXPECT_EQ(item.fade_out, 960);
  ASSERT_EQ(item.gain.size(), 1u);
  EXPECT_EQ(item.gain[0].gain, .5);
  EXPECT_FALSE(item.loop);
  EXPECT_TRUE(validate(plan.timeline));
}

TEST(OnBeat, OneShotHasNoCuts) {
  Spec spec = spec_of({300});
  EXPECT_EQ(cut_to_composed(spec), 0);
  EXPECT_EQ(spec.beats[0].length, 300);
  EXPECT_GT(spec.audio.bpm, Rational(0));
}

}  // namespace
}  // namespace vidgen::plan
