// SPDX-License-Identifier: Apache-2.0
// The mix's tools, each against what it promises.
#include <gtest/gtest.h>

#include <numbers>

#include "local/music/bus.hpp"
#include "local/music/dsp.hpp"
#include "local/music/effects.hpp"
#include "local/music/oversample.hpp"
#include "plans.hpp"

namespace vidgen::local::test {
namespace {

StereoTrack sine(double hz, double amplitude, double seconds) {
  StereoTrack out(static_cast<std::size_t>(seconds * kSampleRate));
  for (std::size_t i = 0; i < out.size(); ++i)
    out.left[i] = out.right[i] =
        static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate));
  return out;
}

// RMS of the middle half, so that filters have settled.
double level_db(const StereoTrack& t) {
  double energy = 0;
  for (std::size_t i = t.size() / 4; i < t.size() * 3 / 4; ++i) energy += double{t.left[i]} * t.left[i];
  return to_db(std::sqrt(energy / (static_cast<double>(t.size()) / 2)));
}

double gain_at(double hz, auto filter) {
  StereoTrack t = sine(hz, .5, .5);
  const double before = level_db(t);
  filter(t);
  EXPECT_EQ(t.left, t.right) << "both sides alike";
  return level_db(t) - before;
}

TEST(Dsp, HighPassFallsBy24DbAnOctave) {
  const auto filter = [](StereoTrack& t) { high_pass_24(t, 115); };
  EXPECT_NEAR(gain_at(1000, filter), 0, .1);
  EXPECT_NEAR(gain_at(115, filter), -3, .3);
  EXPECT_NEAR(gain_at(57.5, filter), -24.1, 1);
  EXPECT_NEAR(gain_at(115, [](StereoTrack& t) { high_pass_12(t, 115); }), -3, .3);
}

TEST(Dsp, ShelfLiftsOnlyTheTop) {
  const auto filter = [](StereoTrack& t) { high_shelf(t, 4000, 6); };
  EXPECT_NEAR(gain_at(200, filter), 0, .1);
  EXPECT_NEAR(gain_at(4000, filter), 3, .3);
  EXPECT_NEAR(gain_at(15000, filter), 6, .3);
}

TEST(Dsp, SoftTanhIsTanh) {
  for (double x = -6; x <= 6; x += .01) EXPECT_NEAR(soft_tanh(static_cast<float>(x)), std::tanh(x), 3e-4) << x;
}

TEST(Dsp, WorkingLevelIgnoresSilence) {
  StereoTrack t = sine(440, .5, 4);
  const double full = working_level(t);
  EXPECT_NEAR(to_db(full), to_db(.5 / std::numbers::sqrt2), .1);
  for (std::size_t i = t.size() / 3; i < t.size(); ++i) t.left[i] = t.right[i] = 0;
  EXPECT_NEAR(to_db(working_level(t)), to_db(full), .5);
  EXPECT_EQ(working_level(StereoTrack(1000)), 0);
  EXPECT_EQ(working_level(StereoTrack()), 0);
}

TEST(Dsp, WidthIsLimitedToTheCorrelation) {
  StereoTrack t(48000);
  Rng rng(1);
  for (std::size_t i = 0; i < t.size(); ++i) {
    t.left[i] = static_cast<float>(rng.unit() - .5);
    t.right[i] = static_cast<float>(rng.unit() - .5);
  }
  narrow(t, width_for(t, .35));
  double lr = 0, ll = 0, rr = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    lr += double{t.left[i]} * t.right[i];
    ll += double{t.left[i]} * t.left[i];
    rr += double{t.right[i]} * t.right[i];
  }
  EXPECT_NEAR(lr / std::sqrt(ll * rr), .35, .02);
  StereoTrack mono = sine(100, .5, .1);
  const StereoTrack before = mono;
  narrow(mono, width_for(mono, .35));
  EXPECT_EQ(mono.left, before.left);
}

TEST(Dsp, FadesEndInDigitalSilence) {
  StereoTrack t(48000);
  std::fill(t.left.begin(), t.left.end(), 1.f);
  fade_ends(t, .5);
  EXPECT_EQ(t.left[0], 0);
  EXPECT_EQ(t.left[400], 1);
  EXPECT_EQ(t.left[48000 - 3840 - 24001], 1);
  EXPECT_NEAR(t.left[48000 - 3840 - 12000], .5, .001);
  for (std::size_t i = 48000 - 3840; i < 48000; ++i) ASSERT_EQ(t.left[i], 0);
  StereoTrack tiny(10);
  fade_ends(tiny, 2);  // shorter than everything
}

TEST(Dsp, KicksDuckTheMusicAndLetItReturn) {
  StereoTrack t(48000);
  std::fill(t.left.begin(), t.left.end(), 1.f);
  duck_at(t, {.5}, 6);
  EXPECT_EQ(t.left[23999], 1);
  EXPECT_NEAR(to_db(t.left[24000 + 900]), -6, .1);
  EXPECT_NEAR(to_db(t.left[24000 + 1728 + 3360]), -6 / std::numbers::e, .1);
  EXPECT_EQ(t.left[47000], 1);
}

TEST(Bus, CompressorHasItsRatio) {
  BusSettings s;
  const auto gain = [&](double db) {
    StereoTrack t = sine(6000, from_db(db) * std::numbers::sqrt2, 2);
    const double before = level_db(t);
    multiply(t, compressor_gains(t, 0, s));
    return level_db(t) - before;
  };
  EXPECT_NEAR(gain(-40), 0, .01);
  EXPECT_NEAR(gain(-5), -12 * (1 - 1 / 1.8), .3);
}

// The music passes; only what tanh bends is filtered.
TEST(Bus, SoftClipLeavesQuietSoundAlone) {
  for (double hz : {100.0, 1000.0, 10000.0, 18000.0}) {
    StereoTrack t = sine(hz, .01, .2);
    const StereoTrack before = t;
    std::vector<float> peaks;
    soft_clip(t, peaks);
    for (std::size_t i = 100; i + 100 < t.size(); ++i) ASSERT_NEAR(t.left[i], before.left[i], 2e-5) << hz;
  }
}

TEST(Bus, SoftClipBendsLoudSoundWithoutAliases) {
  StereoTrack t = sine(7000, 1.5, .5);
  std::vector<float> peaks;
  soft_clip(t, peaks);
  EXPECT_LT(level_db(t), to_db(1.0));
  // The third harmonic of 7 kHz is 21 kHz, the fifth would fold from 35 to 13 kHz.
  double re = 0, im = 0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    const double turn = 2 * std::numbers::pi * 13000 * static_cast<double>(i) / kSampleRate;
    re += t.left[i] * std::cos(turn);
    im += t.left[i] * std::sin(turn);
  }
  EXPECT_LT(to_db(2 * std::hypot(re, im) / static_cast<double>(t.size())), -55);
  // Positive control: without oversampling the fold is plain.
  StereoTrack naive = sine(7000, 1.5, .5);
  saturate(naive, 1);
  re = im = 0;
  for (std::size_t i = 0; i < naive.size(); ++i) {
    const double turn = 2 * std::numbers::pi * 13000 * static_cast<double>(i) / kSampleRate;
    re += naive.left[i] * std::cos(turn);
    im += naive.left[i] * std::sin(turn);
  }
  EXPECT_GT(to_db(2 * std::hypot(re, im) / static_cast<double>(naive.size())), -45);
}

// Work in stretches must not be heard: a signal of several stretches is bent as if it were one.
TEST(Bus, SoftClipHasNoSeams) {
  StereoTrack t = sine(997, 1.2, .5), late(t.size() + 100);
  for (std::size_t i = 0; i < t.size(); ++i) late.left[i + 100] = t.left[i];
  std::vector<float> peaks, late_peaks;
  soft_clip(t, peaks);
  soft_clip(late, late_peaks);
  for (std::size_t i = 0; i < t.size(); ++i) ASSERT_NEAR(late.left[i + 100], t.left[i], 1e-5) << i;
  for (std::size_t i = 0; i < t.size(); ++i) ASSERT_NEAR(late_peaks[i + 100], peaks[i], 1e-5) << i;
}

TEST(Bus, SoftClipReportsPeaksBetweenSamples) {
  StereoTrack t(4800);  // a quarter of the rate, sampled 45 degrees beside its peaks: they are 3 dB higher
  for (std::size_t i = 0; i < t.size(); ++i)
    t.left[i] = t.right[i] = static_cast<float>(.1 * std::sin(std::numbers::pi * (static_cast<double>(i) / 2 + .25)));
  std::vector<float> peaks;
  soft_clip(t, peaks);
  EXPECT_NEAR(peaks[2400], .1 * .9966, .003);
}

TEST(Bus, LimiterHoldsTheCeilingWithoutJumps) {
  StereoTrack t = sine(300, .3, 1);
  for (std::size_t i = 20000; i < 24000; ++i) t.left[i] *= 4, t.right[i] *= 4;
  std::vector<float> peaks(t.size());
  for (std::size_t i = 0; i < t.size(); ++i) peaks[i] = std::abs(t.left[i]);
  const StereoTrack before = t;
  BusSettings s;
  limit(t, peaks, s);
  const double ceiling = from_db(s.ceiling_db);
  double gain_before = 1;
  for (std::size_t i = 0; i < t.size(); ++i) {
    ASSERT_LE(std::abs(t.left[i]), ceiling * 1.0001);
    if (std::abs(before.left[i]) < .01) continue;
    const double gain = t.left[i] / before.left[i];
    ASSERT_LT(std::abs(gain - gain_before), .02) << i;
    gain_before = gain;
  }
  EXPECT_EQ(t.left[15000], before.left[15000]);
}

TEST(Bus, MasterFindsTheLoudness) {
  StereoTrack mix = sine(440, .02, 6);
  for (std::size_t i = 0; i < mix.size(); i += 24000)
    for (std::size_t k = i; k < i + 4000 && k < mix.size(); ++k) mix.left[k] *= 8, mix.right[k] *= 8;
  for (double target : {-23.0, -16.0, -14.0}) {
    const Mastered m = master(mix, {target, 1}, {});
    EXPECT_NEAR(m.loudness.lufs, target, .2);
    EXPECT_LE(m.loudness.true_peak, -1);
    const Loudness heard = measure(m.track);
    EXPECT_NEAR(heard.lufs, m.loudness.lufs, .01) << "the track is another one than was measured";
    EXPECT_NEAR(heard.true_peak, m.loudness.true_peak, .01);
  }
  const Mastered silent = master(StereoTrack(48000), {-14, 1}, {});
  for (float x : silent.track.left) ASSERT_EQ(x, 0);
}

StereoTrack effects_of(const Score& score) {
  StereoTrack out(static_cast<std::size_t>(score.samples));
  add_effects(out, score);
  return out;
}

// The loudest instant of an effect stands where the score says.
TEST(Effects, StandExactlyWhereTheyShould) {
  Score score;
  score.samples = 10 * kSampleRate;
  Effect e;
  e.kind = EffectKind::riser;
  e.at = 6;
  score.effects = {e};
  const StereoTrack riser = effects_of(score);
  const auto loudness = [](const StereoTrack& t, double from, double to) {
    double sum = 0;
    for (auto i = static_cast<std::size_t>(from * kSampleRate); i < static_cast<std::size_t>(to * kSampleRate); ++i)
      sum += double{t.left[i]} * t.left[i] + double{t.right[i]} * t.right[i];
    return sum / (to - from);
  };
  EXPECT_GT(loudness(riser, 5.8, 6.0), 20 * loudness(riser, 4.5, 5.0));
  EXPECT_EQ(loudness(riser, 6.02, 9), 0);
  score.effects[0].kind = EffectKind::whoosh;
  const StereoTrack whoosh = effects_of(score);
  double best = 0, best_at = 0;
  for (double at = 5; at < 7; at += .02)
    if (const double l = loudness(whoosh, at - .02, at + .02); l > best) best = l, best_at = at;
  EXPECT_NEAR(best_at, 6, .06);
  score.effects[0].kind = EffectKind::hit;
  const StereoTrack hit = effects_of(score);
  EXPECT_EQ(loudness(hit, 5, 6), 0);
  EXPECT_GT(loudness(hit, 6, 6.1), 0);
}

TEST(Effects, AreCutAtTheFilmsEnds) {
  Score score;
  score.samples = kSampleRate;
  for (double at : {0.0, .2, .99}) {
    Effect e;
    e.kind = EffectKind::riser;
    e.at = at;
    score.effects.push_back(e);
  }
  EXPECT_EQ(effects_of(score).size(), 48000u);
}

}  // namespace
}  // namespace vidgen::local::test
