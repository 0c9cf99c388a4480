// SPDX-License-Identifier: Apache-2.0
#include "local/music/mix.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "local/music/bus.hpp"
#include "local/music/dsp.hpp"
#include "local/music/effects.hpp"

namespace vidgen::local {
namespace {

constexpr double kMixLufs = -16;
constexpr double kCorrelation = .35;
constexpr double kEndingWindow = 6;  // seconds
constexpr double kEndingLeadDb = .5, kEndingMostDb = 6;
constexpr double kLowSaturationDb = 6, kDrumSaturationDb = 9;  // above the stem's level

// A stem at `db` against the music, its peaks rounded off.
void settle(StereoTrack& stem, double music_level, double db, double saturation_db) {
  const double level = working_level(stem);
  if (level <= 1e-6) return;
  const double wanted = music_level * from_db(db);
  scale(stem, wanted / level);
  saturate(stem, wanted * from_db(saturation_db));
}

double rms_between(const StereoTrack& track, double from, double to) {
  const auto at = [&](double s) {
    return std::min(track.size(), static_cast<std::size_t>(std::max(0.0, s) * kSampleRate));
  };
  double energy = 1e-20;
  for (std::size_t i = at(from); i < at(to); ++i)
    energy += double{track.left[i]} * track.left[i] + double{track.right[i]} * track.right[i];
  return std::sqrt(energy / (2.0 * static_cast<double>(std::max<std::size_t>(1, at(to) - at(from)))));
}

// All layers strike the last chord at once; it may lead, but not jump out of the bars before it.
void tame_ending(StereoTrack& mix, const Score& score) {
  if (score.bars.empty()) return;
  const double before = rms_between(mix, std::max(score.final_at - kEndingWindow, 0.0), score.final_at);
  const double over = to_db(rms_between(mix, score.final_at, score.final_at + 1) / before) - kEndingLeadDb;
  if (over <= 0 || before < 1e-6) return;
  const double gain = from_db(-std::min(over, kEndingMostDb));
  const double ramp = .03 * kSampleRate, start = score.final_at * kSampleRate - ramp;
  for (auto i = static_cast<std::size_t>(std::max(0.0, start)); i < mix.size(); ++i) {
    const double share = std::clamp((static_cast<double>(i) - start) / ramp, 0.0, 1.0);
    const auto g = static_cast<float>(1 + share * (gain - 1));
    mix.left[i] *= g;
    mix.right[i] *= g;
  }
}

std::vector<double> kicks_of(const Score& score) {
  std::vector<double> out;
  for (const DrumHit& hit : score.drums)
    if (hit.key == 36) out.push_back(hit.at);
  return out;
}

}  // namespace

StereoTrack mix_stems(Stems stems, const Score& score, const StyleRow& style) {
  make_mono(stems.low);
  high_pass_12(stems.low, 30);
  high_pass_24(stems.music, 115);
  high_pass_24(stems.drums, 110);
  const double music = working_level(stems.music);
  settle(stems.low, music, style.low_db, kLowSaturationDb);
  settle(stems.drums, music, style.drums_db, kDrumSaturationDb);
  if (style.side_chain_db > 0) duck_at(stems.music, kicks_of(score), style.side_chain_db);
  StereoTrack mix = std::move(stems.music);
  add(mix, stems.low);
  stems.low = StereoTrack();  // a long film's stems are large
  add(mix, stems.drums);
  stems.drums = StereoTrack();
  tame_ending(mix, score);
  if (const double lufs = measure(mix, false).lufs; std::isfinite(lufs) && lufs > -100)
    scale(mix, from_db(kMixLufs - lufs));
  add_effects(mix, score);
  high_shelf(mix, 4000, std::clamp(.5 * (-15 - presence_db(mix)), 0.0, 6.0));
  limit_width(mix, kCorrelation);
  high_pass_12(mix, 28);
  return mix;
}

}  // namespace vidgen::local
