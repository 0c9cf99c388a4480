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
constexpr double kLowSaturationDb = 6, kDrumSaturationDb = 9;  // above the stem's level

// A stem at `db` against the music, its peaks rounded off.
void settle(StereoTrack& stem, double music_level, double db, double saturation_db) {
  const double level = working_level(stem);
  if (level <= 1e-6) return;
  const double wanted = music_level * from_db(db);
  scale(stem, wanted / level);
  saturate(stem, wanted * from_db(saturation_db));
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
  add(mix, stems.drums);
  if (const double lufs = measure(mix, false).lufs; std::isfinite(lufs) && lufs > -100)
    scale(mix, from_db(kMixLufs - lufs));
  add(mix, make_effects(score));
  high_shelf(mix, 4000, std::clamp(.5 * (-15 - presence_db(mix)), 0.0, 6.0));
  limit_width(mix, kCorrelation);
  high_pass_12(mix, 28);
  return mix;
}

}  // namespace vidgen::local
