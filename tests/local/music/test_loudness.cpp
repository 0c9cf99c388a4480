// SPDX-License-Identifier: Apache-2.0
// Our way to ask libebur128, in halves and where the peaks are, against libebur128 over the whole.
#include <numbers>

#include "local/music/loudness.hpp"
#include "local/music/random.hpp"
#include "pieces.hpp"

namespace vidgen::local::test {
namespace {

void expect_as_metered(const StereoTrack& track, const std::string& what) {
  const Metered whole = metered(track);
  const Loudness ours = measure(track);
  EXPECT_NEAR(ours.lufs, whole.lufs, .01) << what;
  EXPECT_NEAR(ours.true_peak, whole.true_peak, .01) << what;
}

// Notes of falling and rising level, so that gates and blocks at the seam count.
StereoTrack noise(double seconds, std::uint64_t seed) {
  StereoTrack out(static_cast<std::size_t>(seconds * kSampleRate));
  Rng rng(seed);
  double level = .1;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i % 9600 == 0) level = std::pow(10, -2.5 * rng.unit());
    out.left[i] = static_cast<float>(level * (rng.unit() - .5));
    out.right[i] = static_cast<float>(level * (rng.unit() - .5));
  }
  return out;
}

TEST(Loudness, IsThatOfTheWholeTrack) {
  for (const double seconds : {.45, .79, .8, .81, 1.0, 1.7, 3.33, 10.0, 31.234})
    expect_as_metered(noise(seconds, static_cast<std::uint64_t>(seconds * 100)), std::to_string(seconds) + " s");
}

TEST(Loudness, OfMusicIsThatOfTheWholeTrack) {
  for (const double target : {-23.0, -14.0, -9.0})
    for (const std::string_view style : {"cinematic", "lofi", "playful"}) {
      const Piece p = make(plan_of(style, 12, {4, 8}), target);
      expect_as_metered(p.track, std::string(style));
      EXPECT_NEAR(p.music.lufs, metered(p.track).lufs, .01) << style;
      EXPECT_LE(p.music.true_peak, -1) << style << ": no trim goes beyond the peak";
      EXPECT_NEAR(p.music.true_peak, metered(p.track).true_peak, .01) << style;
    }
}

// One click between two samples, wherever it lies in a stretch, on either side; a track that starts at full level.
TEST(Loudness, FindsThePeakWhereverItIs) {
  for (std::size_t at = 40; at < 9000; at += 167) {
    StereoTrack t = noise(1, at);
    std::vector<float>& side = at % 2 == 0 ? t.left : t.right;
    side[at] = side[at + 1] = .8f;
    side[at - 1] = side[at + 2] = -.3f;
    const double peak = metered(t).true_peak;
    EXPECT_GT(peak, to_db(.9));
    EXPECT_NEAR(true_peak_of(t), peak, .01) << at;
  }
  StereoTrack loud(5000);
  for (std::size_t i = 0; i < loud.size(); ++i)
    loud.left[i] = static_cast<float>(.5 * std::cos(2 * std::numbers::pi * 11025 * static_cast<double>(i) / kSampleRate));
  EXPECT_NEAR(true_peak_of(loud), metered(loud).true_peak, .01);
}

TEST(Loudness, OfNothingIsNothing) {
  EXPECT_EQ(measure(StereoTrack()).true_peak, -200);
  EXPECT_EQ(measure(StereoTrack(48000)).true_peak, -200);
  EXPECT_FALSE(std::isfinite(measure(noise(.2, 1)).lufs)) << "shorter than a block";
  EXPECT_LT(measure(StereoTrack(480000)).lufs, -100);
}

}  // namespace
}  // namespace vidgen::local::test
