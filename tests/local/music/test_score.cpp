// SPDX-License-Identifier: Apache-2.0
// What every score must be, over a few hundred films.
#include <gtest/gtest.h>

#include <map>

#include "plans.hpp"

namespace vidgen::local::test {
namespace {

constexpr std::uint64_t kFilms = 300;

const std::vector<Score>& scores() {
  static const std::vector<Score> all = [] {
    std::vector<Score> out;
    for (std::uint64_t n = 0; n < kFilms; ++n) out.push_back(compose(random_plan(n)).value());
    return out;
  }();
  return all;
}

TEST(Score, IsTheSameForTheSamePlanAndSeed) {
  for (std::uint64_t n = 0; n < 40; ++n) EXPECT_EQ(compose(random_plan(n)).value(), scores()[n]);
}

TEST(Score, DiffersForAnotherSeed) {
  for (std::uint64_t n = 0; n < 40; ++n) {
    ScorePlan plan = random_plan(n);
    plan.seed += 1000;
    const Score other = compose(plan).value();
    EXPECT_NE(other.notes, scores()[n].notes) << n;
    EXPECT_EQ(other.anchors, scores()[n].anchors) << "the seed must not move the beat";
  }
}

TEST(Score, KeepsInstrumentsInTheirRanges) {
  for (const Score& score : scores()) {
    ASSERT_FALSE(score.notes.empty());
    for (const Note& n : score.notes) {
      if (is_bass(score, n))
        ASSERT_TRUE(n.pitch >= 28 && n.pitch <= 47) << score.style << " " << n.pitch;
      else
        ASSERT_TRUE(n.pitch >= 48 && n.pitch <= 97) << score.style << " " << n.pitch;
      ASSERT_TRUE(n.velocity >= 1 && n.velocity <= 127);
      ASSERT_TRUE(n.start >= 0 && n.start < n.end && n.end <= score.seconds);
    }
    for (const DrumHit& d : score.drums)
      ASSERT_TRUE(d.at >= 0 && d.at < score.seconds && d.velocity >= 1 && d.velocity <= 127);
  }
}

TEST(Score, NeverStrikesAKeyThatIsStillDown) {
  for (const Score& score : scores())
    for (std::size_t i = 0; i + 1 < score.notes.size(); ++i) {
      const Note &a = score.notes[i], &b = score.notes[i + 1];
      if (a.layer == b.layer && a.pitch == b.pitch) {
        ASSERT_LE(a.end, std::max(b.start, a.start + .031)) << score.style;
      }
    }
}

// Semitones and minor ninths on strong beats are heard as wrong notes.
TEST(Score, HasNoClashOnStrongBeats) {
  int beats = 0, clashing = 0;
  for (const Score& score : scores()) {
    const auto check = [&](double at) {
      const std::vector<Note> heard = heard_at(score, at);
      bool bad = false;
      for (const Note& a : heard)
        for (const Note& b : heard) bad |= clash(a.pitch, b.pitch);
      clashing += bad;
      ++beats;
    };
    for (const Bar& bar : score.bars)
      for (double at : strong_beats(score, bar)) check(at);
    check(score.final_at);
  }
  EXPECT_GT(beats, 5000);
  EXPECT_EQ(clashing, 0) << "of " << beats;
}

TEST(Score, PlaysChordNotesOnStrongBeats) {
  int beats = 0, foreign = 0;
  for (const Score& score : scores())
    for (const Bar& bar : score.bars)
      for (double at : strong_beats(score, bar)) {
        const Chord chord = parse_chord(bar.chord);
        bool bad = false;
        for (const Note& n : heard_at(score, at)) bad |= !chord.has(n.pitch - score.tonic);
        foreign += bad;
        ++beats;
      }
  EXPECT_LE(foreign, beats / 20);
  RecordProperty("foreign", foreign);
}

using Signature = std::vector<std::array<int, 3>>;

template <class Make>
int longest_repetition(const Score& score, Make make) {
  int longest = 0, run = 0;
  Signature before;
  for (const Bar& bar : score.bars) {
    Signature now = make(bar);
    std::sort(now.begin(), now.end());
    run = !now.empty() && now == before ? run + 1 : 1;
    longest = now.empty() ? longest : std::max(longest, run);
    before = std::move(now);
  }
  return longest;
}

TEST(Score, RepeatsNoBarMoreThanFourTimes) {
  for (const Score& score : scores()) {
    const auto whole = [&](const Bar& bar) {
      Signature s;
      for (const Note& n : score.notes)
        if (inside(bar, n.start)) s.push_back({n.layer, step_of(bar, n.start), n.pitch});
      return s;
    };
    const auto drums = [&](const Bar& bar) {
      Signature s;
      for (const DrumHit& d : score.drums)
        if (inside(bar, d.at)) s.push_back({step_of(bar, d.at), d.key, 0});
      return s;
    };
    EXPECT_LE(longest_repetition(score, whole), 4) << score.style;
    EXPECT_LE(longest_repetition(score, drums), 4) << score.style;
  }
}

double onsets_per_second(const Score& score, Section section) {
  double seconds = 0, onsets = 0;
  for (const Bar& bar : score.bars) {
    if (bar.section != section) continue;
    seconds += bar.end - bar.start;
    for (const Note& n : score.notes) onsets += inside(bar, n.start);
    for (const DrumHit& d : score.drums) onsets += inside(bar, d.at);
  }
  return seconds > 0 ? onsets / seconds : -1;
}

TEST(Score, GrowsDenserFromSectionToSection) {
  for (const StyleRow& row : style_rows()) {
    const bool calm = row.name == "ambient" || row.name == "luxury";
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const Score score = compose(plan_of(row.name, 60, {10, 28, 42, 53}, seed)).value();
      double before = 0;
      for (Section s : {Section::intro, Section::build, Section::lift, Section::peak}) {
        const double rate = onsets_per_second(score, s);
        EXPECT_GT(rate, before) << row.name << " " << section_name(s);
        before = rate;
      }
      EXPECT_LE(onsets_per_second(score, Section::intro), calm ? 10 : 12) << row.name;
      EXPECT_LE(onsets_per_second(score, Section::peak), 50) << row.name;
    }
  }
}

TEST(Score, FollowsThePictureWithinTheEarsTolerance) {
  int cuts = 0, within = 0, majors = 0;
  double worst_major = 0;
  for (const Score& score : scores())
    for (const CutPoint& cut : score.cuts) {
      if (cut.seconds > score.final_at) continue;
      ++cuts;
      within += std::abs(cut.residual_ms) <= 40;
      if (cut.major) ++majors, worst_major = std::max(worst_major, std::abs(cut.residual_ms));
      EXPECT_NEAR(beat_seconds(score, cut.beat) - cut.seconds, cut.residual_ms / 1e3, 1e-9);
    }
  EXPECT_GT(cuts, 1000);
  EXPECT_GT(majors, 300);
  std::printf("%d of %d cuts within 40 ms; %d majors, worst %.1f ms\n", within, cuts, majors, worst_major);
  EXPECT_GE(within, .95 * cuts) << within << " of " << cuts;
  EXPECT_LE(worst_major, 20);
}

TEST(Score, StartsAtOnceAndEndsWithARingingChord) {
  for (const Score& score : scores()) {
    double first = 1e9;
    for (const Note& n : score.notes) first = std::min(first, n.start);
    EXPECT_LE(first, .03) << score.style;
    int ringing = 0;
    for (const Note& n : score.notes) ringing += n.start >= score.final_at - .2 && n.end == score.seconds;
    EXPECT_GE(ringing, 3) << score.style;
    EXPECT_GE(score.seconds - score.final_at, 1) << score.style;
    EXPECT_LE(score.seconds - score.final_at, 9.5) << score.style;
    const std::size_t bars = score.bars.size();
    if (bars <= 3) continue;
    EXPECT_EQ(score.bars[bars - 2].chord, find_style(score.style).row->cadence[0]);
    EXPECT_EQ(score.bars.back().chord, find_style(score.style).row->cadence[1]);
  }
}

TEST(Score, PlacesEffectsExactlyOnThePicture) {
  const Score score = compose(plan_of("cinematic", 30, {5, 9.5, 14, 20, 25})).value();
  std::map<EffectKind, std::vector<double>> at;
  for (const Effect& e : score.effects) at[e.kind].push_back(e.at);
  std::vector<double> majors;
  for (const CutPoint& c : score.cuts)
    if (c.major) majors.push_back(c.seconds);
  EXPECT_EQ(majors, (std::vector<double>{5, 14, 20, 25}));
  EXPECT_EQ(at[EffectKind::whoosh], majors);
  EXPECT_EQ(at[EffectKind::hit], majors);
  ASSERT_EQ(at[EffectKind::riser].size(), 1u);
  EXPECT_NEAR(at[EffectKind::riser][0], 14, .02);
}

TEST(Score, SaysWhenAnotherStyleStandsIn) {
  EXPECT_EQ(compose(plan_of("cinematic_epic", 20, {})).value().style, "cinematic");
  EXPECT_EQ(compose(plan_of("upbeat_pop", 20, {})).value().style, "pop");
  EXPECT_NE(compose(plan_of("orchestral", 20, {})).value().remark.find("cinematic"), std::string::npos);
  EXPECT_EQ(compose(plan_of("tech", 20, {})).value().remark, "");
  EXPECT_EQ(compose(plan_of("", 20, {})).value().remark, "");
}

TEST(Score, IsFasterWhereTheBriefAsksForIt) {
  MusicBrief brief;
  brief.samples = 30 * kSampleRate;
  for (const StyleRow& row : style_rows()) {
    brief.audio.style = row.name;
    std::vector<double> bpm;
    for (const char* tempo : {"slow", "moderate", "fast"}) {
      brief.audio.tempo = tempo;
      bpm.push_back(compose(score_plan(brief, 30, 1).value()).value().bpm);
    }
    EXPECT_LE(bpm[0], bpm[1]) << row.name;
    EXPECT_LE(bpm[1], bpm[2]) << row.name;
    EXPECT_LT(bpm[0], bpm[2]) << row.name;
  }
}

TEST(Score, IsMadeFromABriefInFrames) {
  MusicBrief brief;
  brief.audio.style = "corporate";
  brief.samples = 30 * kSampleRate + 1601;
  brief.cuts = {150, 300};
  brief.end_card = 750;
  const ScorePlan plan = score_plan(brief, Rational(30000, 1001), 7).value();
  EXPECT_DOUBLE_EQ(plan.cuts[0], 150 * 1001 / 30000.0);
  EXPECT_DOUBLE_EQ(plan.end_card, 750 * 1001 / 30000.0);
  EXPECT_EQ(plan.seed, 7u);
  EXPECT_EQ(compose(plan).value().samples, brief.samples);
  brief.samples = 0;
  EXPECT_EQ(score_plan(brief, 30, 7).error().code(), Errc::invalid_argument);
  brief.samples = 48000;
  EXPECT_EQ(score_plan(brief, 0, 7).error().code(), Errc::invalid_argument);
}

}  // namespace
}  // namespace vidgen::local::test
