// SPDX-License-Identifier: Apache-2.0
// The user's music under a film: where it begins, joins and ends, and how loud it is.
#include <gtest/gtest.h>

#include <ebur128.h>

#include <algorithm>
#include <random>

#include "clips.hpp"
#include "media/mixer.hpp"
#include "media/music/fit.hpp"
#include "tunes.hpp"

namespace vidgen::media {
namespace {

using test::Folder;
using test::Tune;

double seconds(Samples s) {
  return static_cast<double>(s) / kSampleRate;
}

std::vector<double> bars_of(const Tune& tune) {
  std::vector<double> out;
  const std::vector<double> beats = test::beats_of(tune);
  for (std::size_t i = 0; i < beats.size(); ++i)
    if (test::begins_bar(tune, i)) out.push_back(beats[i]);
  return out;
}

double to_bar(const Tune& tune, double at) {
  double least = 1e9;
  for (double bar : bars_of(tune)) least = std::min(least, std::abs(bar - at));
  return least;
}

// What every placement must be: the film is covered without a hole, nothing is read that is not there, ends are faded.
void expect_sound(const std::vector<MusicStretch>& all, const Heard& heard, Samples film) {
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().start, 0);
  EXPECT_EQ(all.back().start + all.back().length, film);
  EXPECT_GT(all.front().fade_in, 0);
  EXPECT_GT(all.back().fade_out, 0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const MusicStretch& s = all[i];
    EXPECT_GE(s.source_in, 0);
    EXPECT_GT(s.length, 0);
    EXPECT_LE(s.source_in + s.length, heard.samples);
    EXPECT_LE(s.fade_in + s.fade_out, s.length);
    if (i == 0) continue;
    const Samples crossing = all[i - 1].start + all[i - 1].length - s.start;
    EXPECT_GE(crossing, 0) << "a hole before stretch " << i;
    EXPECT_EQ(crossing, all[i - 1].fade_out);
  }
}

struct Under {
  Fitted fitted;
  Heard heard;
  std::vector<float> sound;  // of the film, as it is mixed
};

// Fits a tune under a film and mixes it as the master does.
Under under_film(const std::vector<double>& tune, double film_seconds) {
  Folder folder;
  Under out;
  test::write_wav(folder / "tune.wav", tune);
  Timeline timeline;
  timeline.frames = static_cast<Frames>(std::lround(film_seconds * 30));
  const Samples film = sample_at(timeline.frames, timeline.fps);
  out.heard = listen(folder / "tune.wav", MediaLimits()).value();
  out.fitted = fit(folder / "tune.wav", film, MediaLimits()).value();
  EXPECT_TRUE(fit_music(timeline, folder / "tune.wav"));
  auto mixer = Mixer::make(timeline, AssembleOptions()).value();
  out.sound.resize(static_cast<std::size_t>(2 * film));
  EXPECT_EQ(mixer->read(out.sound.data(), film).value(), film);
  expect_sound(out.fitted.stretches, out.heard, film);
  return out;
}

double lufs_of(const std::vector<float>& sound, double* peak = nullptr) {
  ebur128_state* meter = ebur128_init(2, kSampleRate, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
  ebur128_add_frames_float(meter, sound.data(), sound.size() / 2);
  double lufs = 0, highest = 0;
  ebur128_loudness_global(meter, &lufs);
  ebur128_true_peak(meter, 0, &highest);
  if (peak != nullptr) *peak = 20 * std::log10(highest);
  ebur128_destroy(&meter);
  return lufs;
}

double rms(const std::vector<float>& sound, double from, double to) {
  double sum = 1e-20;
  const auto a = static_cast<std::size_t>(from * kSampleRate), b = static_cast<std::size_t>(to * kSampleRate);
  for (std::size_t i = a; i < b && 2 * i < sound.size(); ++i) sum += double{sound[2 * i]} * sound[2 * i];
  return 10 * std::log10(sum / static_cast<double>(b - a));
}

Tune tune_of(double bpm, double length) {
  Tune tune;
  tune.bpm = bpm;
  tune.seconds = length;
  tune.start = .1;
  tune.eighths = true;
  return tune;
}

TEST(Fit, LongMusicIsTrimmedSoThatTheFilmEndsWithABar) {
  for (const double bpm : {76.0, 100.0, 123.0})
    for (const double film : {6.4, 12.3, 21.0}) {
      const Tune tune = tune_of(bpm, 40);
      const Under u = under_film(test::play(tune), film);
      ASSERT_EQ(u.fitted.stretches.size(), 1u);
      const MusicStretch& s = u.fitted.stretches.front();
      EXPECT_LE(to_bar(tune, seconds(s.source_in + s.length)), .012) << bpm << " bpm, " << film << " s";
      EXPECT_LE(seconds(s.source_in), .1 + 4 * 60 / bpm + .02) << "it begins within its first bar";
      EXPECT_LT(rms(u.sound, film - .02, film), rms(u.sound, film - 2, film - 1.5) - 20) << "it fades";
    }
}

TEST(Fit, ItsOwnEndIsKeptWhereTheFilmIsNearlyAsLong) {
  const Under u = under_film(test::play(tune_of(100, 30)), 29);
  const MusicStretch& s = u.fitted.stretches.back();
  EXPECT_EQ(s.source_in + s.length, u.heard.last);
}

TEST(Fit, ShortMusicIsLoopedAtBars) {
  for (const int metre : {3, 4})
    for (const double bpm : {84.0, 117.0}) {
      Tune tune = tune_of(bpm, 13);
      tune.metre = metre;
      tune.chords = metre == 4;
      const Under u = under_film(test::play(tune), 45);
      ASSERT_GE(u.fitted.stretches.size(), 4u);
      for (std::size_t i = 1; i < u.fitted.stretches.size(); ++i) {
        const MusicStretch &a = u.fitted.stretches[i - 1], &b = u.fitted.stretches[i];
        const double round = seconds(a.source_in + b.start - a.start - b.source_in), bar = metre * 60 / bpm;
        EXPECT_NEAR(std::remainder(round, bar), 0, tune.chords ? .001 : 2.0 / kSampleRate) << "whole bars";
        EXPECT_GT(a.fade_out, 0);
        EXPECT_GT(b.fade_in, 0);
      }
      const Samples end = u.fitted.stretches.back().source_in + u.fitted.stretches.back().length;
      EXPECT_TRUE(end == u.heard.last || to_bar(tune, seconds(end)) < .015) << seconds(end);
      ASSERT_FALSE(u.fitted.notes.empty());
      EXPECT_NE(u.fitted.notes[0].find("looped"), std::string::npos);
    }
}

// The beat goes on over the joins: what is heard in the film is one steady pulse, and no hole.
TEST(Fit, TheBeatGoesOnOverTheJoins) {
  const Tune tune = tune_of(109, 11);
  const Under u = under_film(test::play(tune), 40);
  Folder folder;
  std::vector<double> mono;
  for (std::size_t i = 0; i < u.sound.size(); i += 2) mono.push_back(u.sound[i]);
  test::write_wav(folder / "film.wav", mono);
  const Heard again = listen(folder / "film.wav", MediaLimits()).value();
  EXPECT_NEAR(again.pulse.bpm, 109, .1);
  const double period = 60.0 / 109;
  for (std::size_t i = 0; i + 1 < u.fitted.beats.at.size(); ++i)
    EXPECT_NEAR(seconds(u.fitted.beats.at[i + 1] - u.fitted.beats.at[i]), period, .008) << i;
  for (std::size_t i = 1; i < u.fitted.stretches.size(); ++i) {
    const double join = seconds(u.fitted.stretches[i].start);
    EXPECT_GT(rms(u.sound, join, join + .03), rms(u.sound, join - .3, join - .05) - 6) << "a hole at " << join;
  }
}

TEST(Fit, WavesAreJoinedInPhase) {
  std::mt19937 dice(7);
  std::normal_distribution<float> noise;
  std::vector<float> wave(20000);
  for (float& x : wave) x = noise(dice);
  constexpr Samples kReach = kSampleRate * 12 / 1000;
  for (const Samples shift : {-500L, -137L, 0L, 1L, 444L}) {
    const std::vector<float> at(wave.begin() + 4000, wave.begin() + 12000);
    const std::vector<float> from(wave.begin() + 4000 - kReach - shift, wave.begin() + 12000 + kReach - shift);
    EXPECT_EQ(in_phase(at, from), shift);
  }
  std::vector<float> other(8000 + 2 * kReach);
  for (float& x : other) x = noise(dice);
  EXPECT_EQ(in_phase(std::vector<float>(wave.begin(), wave.begin() + 8000), other), 0) << "nothing alike";
}

TEST(Fit, IsAsLoudAsComposedMusic) {
  const std::vector<double> plain = test::play(tune_of(104, 24));
  for (const double gain : {.05, .4, 1.0}) {
    std::vector<double> sound = plain;
    for (double& x : sound) x = std::tanh(3 * x) * gain;  // as dense as records are
    const Under u = under_film(sound, 20);
    double peak = 0;
    EXPECT_NEAR(lufs_of(u.sound, &peak), -14, .7) << gain;
    EXPECT_LE(peak, 0) << gain;
  }
}

// Strokes in silence cannot be made loud without being cut off: they stay below, and people are told.
TEST(Fit, PeaksAreNotClippedForLoudness) {
  std::vector<double> sound(24 * 48000, 0.0);
  for (double at = .2; at < 23.5; at += .75) test::add_stroke(sound, at, 900, .01, .9);
  const Under u = under_film(sound, 20);
  double peak = 0;
  EXPECT_LT(lufs_of(u.sound, &peak), -14.5);
  EXPECT_LE(peak, .3);
  ASSERT_FALSE(u.fitted.notes.empty());
  EXPECT_NE(u.fitted.notes.back().find("peaks would clip"), std::string::npos);
}

TEST(Fit, MusicWithoutABeatIsFittedByTime) {
  Tune noise;
  noise.start = 1e9;
  noise.noise = .3;
  noise.seconds = 5;
  const Under u = under_film(test::play(noise), 14);
  EXPECT_GE(u.fitted.stretches.size(), 3u);
  EXPECT_TRUE(u.fitted.beats.at.empty());
  EXPECT_NE(u.fitted.notes[0].find("no beat"), std::string::npos);
  EXPECT_GT(rms(u.sound, 6, 7), rms(u.sound, 2, 3) - 3);
}

TEST(Fit, TakesMusicOfOneSecondAndFilmsOfOne) {
  under_film(test::play(tune_of(120, 1.2)), 10);
  under_film(test::play(tune_of(120, 30)), 1);
  under_film(test::play(tune_of(60, 4.5)), 60);
}

// Any music, any film.
TEST(Fit, EveryPlacementIsSound) {
  std::mt19937 dice(11);
  const auto pick = [&](double a, double b) { return std::uniform_real_distribution<double>(a, b)(dice); };
  for (int n = 0; n < 3000; ++n) {
    Heard heard;
    heard.samples = static_cast<Samples>(pick(1.1, 200) * kSampleRate);
    heard.first = static_cast<Samples>(pick(0, .1) * static_cast<double>(heard.samples) * (n % 2));
    heard.last = heard.samples - static_cast<Samples>(pick(0, .1) * static_cast<double>(heard.samples) * (n % 3 == 0));
    if (heard.last - heard.first < kShortestMusic) continue;
    if (n % 5 != 0) {
      heard.pulse.bpm = pick(45, 200);
      heard.pulse.metre = n % 2 == 0 ? 4 : 3;
      for (double at = seconds(heard.first) + pick(0, 1); at < seconds(heard.last); at += 60 / heard.pulse.bpm)
        heard.pulse.beats.push_back(at);
      heard.pulse.first_bar = static_cast<std::size_t>(n % 3);
    }
    const auto film = static_cast<Samples>(pick(1, 200) * kSampleRate);
    heard.whole = n % 7 != 0 || heard.last - heard.first < film + kMoreThanTheFilm;
    expect_sound(place(heard, loop_of(heard), film), heard, film);
    if (HasFailure())
      FAIL() << n << ": film " << seconds(film) << ", music " << seconds(heard.first) << " to " << seconds(heard.last)
             << " of " << seconds(heard.samples) << ", " << heard.pulse.bpm;
  }
}

}  // namespace
}  // namespace vidgen::media
