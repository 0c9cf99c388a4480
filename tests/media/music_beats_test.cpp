// SPDX-License-Identifier: Apache-2.0
// Beats and bars of music whose beats are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "clips.hpp"
#include "media/music/listen.hpp"
#include "tunes.hpp"

namespace vidgen::media {
namespace {

using test::Folder;
using test::Tune;

Heard heard_in(const Tune& tune, int rate = 48000, int channels = 2) {
  Folder folder;
  test::write_wav(folder / "tune.wav", test::play(tune), rate, channels);
  const Result<Heard> heard = listen(folder / "tune.wav", MediaLimits());
  EXPECT_TRUE(heard) << heard.error().describe();
  return heard.value_or(Heard());
}

double distance(const std::vector<double>& beats, double at) {
  double least = 1e9;
  for (double b : beats) least = std::min(least, std::abs(b - at));
  return least;
}

// What is found, against what was played: 95 of 100 beats within 12 ms, at the tempo or an octave beside it.
void expect_beats(const Tune& tune, const Heard& heard, double tolerance = .012) {
  ASSERT_TRUE(heard.has_beat()) << tune.bpm;
  const double ratio = heard.pulse.bpm / tune.bpm;
  const bool octave = std::abs(ratio - 1) < .04 || std::abs(ratio - .5) < .02 || std::abs(ratio - 2) < .08;
  EXPECT_TRUE(octave) << tune.bpm << " was heard as " << heard.pulse.bpm;
  std::vector<double> played = test::beats_of(tune);
  if (ratio > 1.5)
    for (std::size_t i = played.size(); i-- > 1;) played.push_back((played[i] + played[i - 1]) / 2);
  std::size_t near = 0;
  double worst = 0;
  for (double b : heard.pulse.beats) {
    if (b > played[test::beats_of(tune).size() - 1] + tolerance) continue;
    const double off = distance(played, b);
    near += off <= tolerance;
    worst = std::max(worst, off);
  }
  EXPECT_GE(static_cast<double>(near), .95 * static_cast<double>(heard.pulse.beats.size()) - 1)
      << tune.bpm << " bpm: " << near << " of " << heard.pulse.beats.size() << ", worst " << worst;
  std::printf("%5.1f bpm: heard %6.2f, %zu of %zu beats within %.0f ms, worst %.1f ms\n", tune.bpm, heard.pulse.bpm,
              near, heard.pulse.beats.size(), tolerance * 1e3, worst * 1e3);
}

void expect_bars(const Tune& tune, const Heard& heard) {
  EXPECT_EQ(heard.pulse.metre, tune.metre) << tune.bpm;
  std::vector<double> bars;
  const std::vector<double> beats = test::beats_of(tune);
  for (std::size_t i = 0; i < beats.size(); ++i)
    if (test::begins_bar(tune, i)) bars.push_back(beats[i]);
  for (Samples bar : heard.bars()) {
    const double at = static_cast<double>(bar) / kSampleRate;
    if (at > bars.back() + .05) continue;
    EXPECT_LE(distance(bars, at), .03) << tune.bpm;
  }
}

TEST(Beats, AreFoundFromSixtyToAHundredAndEighty) {
  for (double bpm = 60; bpm <= 180; bpm += 7.5) {
    Tune tune;
    tune.bpm = bpm;
    expect_beats(tune, heard_in(tune));
  }
}

TEST(Beats, BarsBeginWhereTheBassAndTheChordsDo) {
  for (const int metre : {3, 4})
    for (const int pickup : {0, 1, 2})
      for (const double bpm : {84.0, 112.0, 126.0}) {
        Tune tune;
        tune.bpm = bpm;
        tune.metre = metre;
        tune.pickup = pickup;
        tune.start = .37;
        tune.eighths = true;
        const Heard heard = heard_in(tune);
        expect_beats(tune, heard);
        expect_bars(tune, heard);
      }
}

TEST(Beats, AreFoundWhereMusicBreathes) {
  for (const double bpm : {72.0, 96.0, 120.0}) {
    Tune tune;
    tune.bpm = bpm;
    tune.rubato = .04;
    tune.seconds = 30;
    expect_beats(tune, heard_in(tune), .035);
  }
}

TEST(Beats, AreFoundUnderNoiseAndInSmallFiles) {
  Tune tune;
  tune.bpm = 104;
  tune.noise = .05;
  expect_beats(tune, heard_in(tune));
  tune.noise = 0;
  expect_beats(tune, heard_in(tune, 8000, 1));
  expect_beats(tune, heard_in(tune, 48000, 6));
  tune.seconds = 4;
  expect_beats(tune, heard_in(tune));
}

TEST(Beats, BareClicksAreBeats) {
  Tune tune;
  tune.bpm = 90;
  tune.chords = false;
  tune.metre = 1;
  tune.start = .2;
  expect_beats(tune, heard_in(tune));
}

// The transform is checked against the definition.
TEST(Beats, TheSpectrumIsThatOfTheDefinition) {
  Fft fft(64);
  std::vector<float> frame(64);
  for (std::size_t i = 0; i < frame.size(); ++i)
    frame[i] = std::sin(static_cast<float>(i) * .7f) + .3f * static_cast<float>(i % 5);
  const std::vector<float>& power = fft.power(frame.data());
  for (std::size_t k = 0; k <= 32; ++k) {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      const double turn = 2 * std::numbers::pi * static_cast<double>(i) / 64;
      const double x = frame[i] * (.5 - .5 * std::cos(turn));
      re += x * std::cos(turn * static_cast<double>(k));
      im -= x * std::sin(turn * static_cast<double>(k));
    }
    EXPECT_NEAR(power[k], re * re + im * im, 1e-3) << k;
  }
}

// What has no beat gets none: noise, a steady tone, a swell.
TEST(Beats, AreNotInventedWhereThereAreNone) {
  Folder folder;
  for (const double seconds : {1.5, 5.0, 20.0, 60.0}) {
    Tune none;
    none.seconds = seconds;
    none.start = 1e9;
    none.noise = .3;
    EXPECT_FALSE(heard_in(none).has_beat()) << seconds << " s of noise";
    std::vector<double> tone(static_cast<std::size_t>(seconds * 48000));
    for (std::size_t i = 0; i < tone.size(); ++i) tone[i] = .3 * std::sin(static_cast<double>(i) * .05);
    test::write_wav(folder / "tone.wav", tone);
    const Result<Heard> heard = listen(folder / "tone.wav", MediaLimits());
    ASSERT_TRUE(heard);
    EXPECT_FALSE(heard->has_beat()) << seconds << " s of a tone at " << heard->pulse.bpm;
  }
}

TEST(Beats, ReachToTheEndsOfTheSoundAndNotBeyond) {
  Tune tune;
  tune.start = 2;
  tune.seconds = 20;
  std::vector<double> sound = test::play(tune);
  sound.resize(sound.size() + 5 * 48000, 0.0);
  Folder folder;
  test::write_wav(folder / "tune.wav", sound);
  const Heard heard = listen(folder / "tune.wav", MediaLimits()).value();
  EXPECT_NEAR(static_cast<double>(heard.first) / kSampleRate, 2, .02);
  EXPECT_LE(static_cast<double>(heard.last) / kSampleRate, 20.02);
  EXPECT_GE(static_cast<double>(heard.last) / kSampleRate, 19.5);
  EXPECT_GE(heard.pulse.beats.front(), 1.95);
  EXPECT_LE(heard.pulse.beats.front(), 2.05);
  EXPECT_LE(heard.pulse.beats.back(), 20.1);
  EXPECT_GE(heard.pulse.beats.back(), 19.4);
}

TEST(Beats, FilesThatCannotBeUsedAreRefusedWithWords) {
  Folder folder;
  const auto refused = [](const std::string& path, Errc code, const char* word) {
    const Result<Heard> heard = listen(path, MediaLimits());
    ASSERT_FALSE(heard) << path;
    EXPECT_EQ(heard.error().code(), code) << heard.error().describe();
    EXPECT_NE(heard.error().describe().find(word), std::string::npos) << heard.error().describe();
  };
  test::write_wav(folder / "silent.wav", std::vector<double>(48000 * 3, 0.0));
  refused(folder / "silent.wav", Errc::input_refused, "leave --music away");
  Tune tune;
  tune.seconds = .8;
  test::write_wav(folder / "short.wav", test::play(tune));
  refused(folder / "short.wav", Errc::input_refused, "longer");
  test::ClipSpec mute;
  test::make_clip(folder / "mute.mp4", mute);
  refused(folder / "mute.mp4", Errc::input_refused, "give a music file");
  std::ofstream(folder / "words.mp3") << "this is no music";
  refused(folder / "words.mp3", Errc::media_unsupported, "convert");
  std::ofstream(folder / "cut.wav") << "RIFF    WAVE";
  refused(folder / "cut.wav", Errc::media_invalid, "cut.wav");
  refused(folder / "none.wav", Errc::file_missing, "none.wav");
  MediaLimits limits;
  limits.max_seconds = 2;
  tune.seconds = 5;
  test::write_wav(folder / "long.wav", test::play(tune));
  const Result<Heard> heard = listen(folder / "long.wav", limits);
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error().code(), Errc::media_limit);
}

TEST(Beats, ListeningStopsWhenItHasHeardEnough) {
  Folder folder;
  Tune tune;
  tune.seconds = 30;
  tune.start = 3;
  test::write_wav(folder / "tune.wav", test::play(tune));
  const Heard heard = listen(folder / "tune.wav", MediaLimits(), 8 * kSampleRate).value();
  EXPECT_FALSE(heard.whole);
  EXPECT_NEAR(static_cast<double>(heard.samples) / kSampleRate, 11, .05);
  EXPECT_NEAR(heard.pulse.bpm, tune.bpm, .5);
  EXPECT_TRUE(listen(folder / "tune.wav", MediaLimits()).value().whole);
}

TEST(Beats, ListeningStopsWhenAsked) {
  Folder folder;
  test::write_wav(folder / "tune.wav", test::play(Tune()));
  std::stop_source stop;
  stop.request_stop();
  const Result<Heard> heard = listen(folder / "tune.wav", MediaLimits(), kMostMusic, stop.get_token());
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error().code(), Errc::cancelled);
}

}  // namespace
}  // namespace vidgen::media
