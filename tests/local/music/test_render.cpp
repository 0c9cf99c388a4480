// SPDX-License-Identifier: Apache-2.0
// Finished pieces, measured. Few, because each takes a second; all in one program, so that each is rendered once.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <thread>

#include "base/soundfont.hpp"
#include "clicks.hpp"
#include "pieces.hpp"

namespace vidgen::local::test {
namespace {

const std::map<std::string, Piece>& pieces() {
  static const std::map<std::string, Piece> all = [] {
    std::map<std::string, Piece> out;
    out["cinematic"] = make(plan_of("cinematic", 30, {5, 9.5, 14, 20, 25}));
    out["corporate"] = make(plan_of("corporate", 30, {5, 9.5, 14, 20, 25}));
    out["luxury"] = make(plan_of("luxury", 22.7, {3.37, 7.91, 11.02, 16.64}));
    out["tech"] = make(plan_of("tech", 20, {3, 6, 10, 14, 17}));
    out["lofi"] = make(plan_of("lofi", 15, {3, 6, 9, 12}));
    out["ambient"] = make(plan_of("ambient", 30, {6, 13, 20, 25}));
    return out;
  }();
  return all;
}

TEST(Render, IsAsLongAsTheFilmToTheSample) {
  for (const auto& [name, p] : pieces())
    EXPECT_EQ(p.music.interleaved.size(), 2 * static_cast<std::size_t>(p.score.samples)) << name;
  ScorePlan odd = plan_of("corporate", 3.003, {});
  odd.samples = 144143;
  EXPECT_EQ(make(odd).music.interleaved.size(), 2u * 144143u);
}

TEST(Render, HasTheLoudnessAndPeakThatWereAsked) {
  for (const auto& [name, p] : pieces()) {
    const Metered l = metered(p.track);
    EXPECT_NEAR(l.lufs, -14, .3) << name;
    EXPECT_LE(l.true_peak, -1.0) << name;
    EXPECT_NEAR(l.lufs, p.music.lufs, .01) << name;
    EXPECT_NEAR(l.true_peak, p.music.true_peak, .01) << name;
    EXPECT_GE(l.range, 1.8) << name;
    EXPECT_LE(l.range, 8) << name;
  }
  EXPECT_NEAR(make(plan_of("tech", 6, {3}), -23).music.lufs, -23, .3);
}

TEST(Render, GrowsFromTheIntro) {
  for (const auto& [name, p] : pieces()) {
    const auto levels = section_levels(p);
    double loudest = -200;
    for (const auto& [section, db] : levels) loudest = std::max(loudest, db);
    EXPECT_GE(loudest - levels.at(Section::intro), 2) << name;
  }
}

TEST(Render, EndsWithAChordAndSilence) {
  for (const auto& [name, p] : pieces()) {
    double loudest = -200;
    for (const auto& [section, db] : section_levels(p)) loudest = std::max(loudest, db);
    const double last_chord = rms_db(p.track, p.score.final_at, p.score.final_at + 1) - loudest;
    EXPECT_GE(last_chord, -3) << name;
    EXPECT_LE(last_chord, 2) << name;
    for (std::size_t i = p.track.size() - 2880; i < p.track.size(); ++i) {
      ASSERT_EQ(p.track.left[i], 0.f) << name;
      ASSERT_EQ(p.track.right[i], 0.f) << name;
    }
    // The fade only falls.
    const double end = p.score.seconds;
    EXPECT_GT(rms_db(p.track, end - 1.0, end - .8), rms_db(p.track, end - .6, end - .4)) << name;
    EXPECT_GT(rms_db(p.track, end - .6, end - .4), rms_db(p.track, end - .2, end - .1)) << name;
  }
}

TEST(Render, IsCentredAndNeitherTooWideNorMonoAtTheTop) {
  for (const auto& [name, p] : pieces()) {
    double left = 0, right = 0;
    for (std::size_t i = 0; i < p.track.size(); ++i) left += p.track.left[i], right += p.track.right[i];
    EXPECT_LT(std::abs(left / static_cast<double>(p.track.size())), .001) << name;
    EXPECT_LT(std::abs(right / static_cast<double>(p.track.size())), .001) << name;
    EXPECT_GE(correlation(p.track), .25) << name;
    EXPECT_LE(correlation(p.track), .98) << name;
    EXPECT_GE(correlation_below(p.track, 120), .8) << name;
  }
}

TEST(Render, BeginsAtOnce) {
  for (const auto& [name, p] : pieces()) EXPECT_GT(rms_db(p.track, 0, .25), -60) << name;
}

TEST(Render, HasNoClicks) {
  for (const auto& [name, p] : pieces()) EXPECT_EQ(count_clicks(p.track.left, onsets_of(p.score)), 0) << name;
}

// The detector must find what it looks for.
TEST(Render, ClicksWouldBeFound) {
  for (const char* name : {"luxury", "ambient"}) {
    const Piece& p = pieces().at(name);
    std::vector<float> spoiled = p.track.left;
    const std::vector<double> onsets = onsets_of(p.score);
    int planted = 0;
    for (double share : {.11, .29, .47, .63, .81}) {
      std::size_t at = static_cast<std::size_t>(share * static_cast<double>(spoiled.size()));
      while (near_onset(at, onsets)) ++at;
      spoiled[at] += .25f;
      ++planted;
    }
    EXPECT_GE(count_clicks(spoiled, onsets), planted - 2) << name;
  }
}

// Two at a time give what one alone gives: nothing process-wide is involved.
TEST(Render, GivesTheSameBytesAlsoInParallel) {
  const ScorePlan plan = plan_of("corporate", 6, {2, 4});
  const std::vector<float> alone = make(plan).music.interleaved;
  std::vector<float> one, other;
  std::thread first([&] { one = make(plan).music.interleaved; });
  std::thread second([&] { other = make(plan).music.interleaved; });
  first.join();
  second.join();
  EXPECT_EQ(one, alone);
  EXPECT_EQ(other, alone);
}

TEST(Render, TakesTheShortestFilms) {
  for (double seconds : {.1, .5, 1.0, 2.6}) {
    const Piece p = make(plan_of("cinematic", seconds, {seconds / 2}));
    EXPECT_EQ(p.track.size(), static_cast<std::size_t>(std::llround(seconds * kSampleRate)));
    EXPECT_LE(metered(p.track).true_peak, -1.0);
  }
}

TEST(Render, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  RenderOptions options;
  options.stop = stop.get_token();
  const Result<Music> music = render(compose(plan_of("tech", 30, {})).value(), options);
  ASSERT_FALSE(music);
  EXPECT_EQ(music.error().code(), Errc::cancelled);
}

TEST(Render, RefusesWhatItCannotPlay) {
  const Score score = compose(plan_of("tech", 3, {})).value();
  RenderOptions options;
  options.soundfont = "/nonexistent/font.sf2";
  EXPECT_EQ(render(score, options).error().code(), Errc::soundfont_missing);
  const std::string fake = ::testing::TempDir() + "local_music_fake.sf2";
  std::ofstream(fake) << "this is no sound font";
  options.soundfont = fake;
  EXPECT_EQ(render(score, options).error().code(), Errc::soundfont_missing);
  options = RenderOptions();
  options.target_lufs = 0;
  EXPECT_EQ(render(score, options).error().code(), Errc::invalid_argument);
  EXPECT_EQ(render(Score(), RenderOptions()).error().code(), Errc::invalid_argument);
}

// FluidSynth's log goes to stderr; the causes are avoided, its handlers left alone.
TEST(Render, WritesNothingToTheTerminal) {
  ::testing::internal::CaptureStderr();
  ::testing::internal::CaptureStdout();
  make(plan_of("electronic", 3, {1.5}));
  RenderOptions options;
  options.soundfont = "/nonexistent/font.sf2";
  EXPECT_FALSE(render(compose(plan_of("tech", 3, {})).value(), options));
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

// Each instrument goes to its stem and to no other.
TEST(Render, KeepsTheStemsApart) {
  const StyleRow& row = *find_style("corporate").row;
  const std::string font = base::find_soundfont("").value();
  Score whole = compose(plan_of("corporate", 8, {4})).value();
  const auto heard = [](const StereoTrack& t) { return rms_db(t, 0, 8) > -90; };
  for (const bool bass : {true, false}) {
    Score score = whole;
    score.drums.clear();
    std::erase_if(score.notes, [&](const Note& n) { return is_bass(score, n) != bass; });
    ASSERT_FALSE(score.notes.empty());
    const Buses buses = play(score, row, font, Desk(), {}).value();
    EXPECT_EQ(heard(buses[static_cast<std::size_t>(Group::low)]), bass);
    EXPECT_EQ(heard(buses[static_cast<std::size_t>(Group::music)]), !bass);
    EXPECT_FALSE(heard(buses[static_cast<std::size_t>(Group::drums)]));
  }
  for (const bool kick : {true, false}) {
    Score score = whole;
    score.notes.clear();
    std::erase_if(score.drums, [&](const DrumHit& d) { return (d.key == 36) != kick; });
    ASSERT_FALSE(score.drums.empty());
    const Buses buses = play(score, row, font, Desk(), {}).value();
    EXPECT_EQ(heard(buses[static_cast<std::size_t>(Group::low)]), kick);
    EXPECT_EQ(heard(buses[static_cast<std::size_t>(Group::drums)]), !kick);
    EXPECT_FALSE(heard(buses[static_cast<std::size_t>(Group::music)]));
  }
}

TEST(Render, SaysWhichFontWasPlayed) {
  for (const auto& [name, p] : pieces()) EXPECT_EQ(p.music.soundfont, base::find_soundfont("").value());
}

}  // namespace
}  // namespace vidgen::local::test
