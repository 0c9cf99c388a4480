// SPDX-License-Identifier: Apache-2.0
// From a score to sound.
#include <algorithm>
#include <cmath>

#include "base/soundfont.hpp"
#include "base/try.hpp"
#include "local/music/bus.hpp"
#include "local/music/mix.hpp"
#include "local/music/music.hpp"
#include "local/music/synth.hpp"

namespace vidgen::local {
namespace {

constexpr double kLongestFade = 2.5;

std::vector<float> interleave(const StereoTrack& track) {
  std::vector<float> out(2 * track.size());
  for (std::size_t i = 0; i < track.size(); ++i) {
    out[2 * i] = track.left[i];
    out[2 * i + 1] = track.right[i];
  }
  return out;
}

bool is_heard(const StereoTrack& track) {
  const auto sounds = [](float x) { return std::abs(x) > 1e-6f; };
  return std::any_of(track.left.begin(), track.left.end(), sounds) ||
         std::any_of(track.right.begin(), track.right.end(), sounds);
}

// The parts with all that the master did before it clips and limits.
void add_stems(Mix& mix, const Mastered& mastered, const MasterWish& wish, Music& out) {
  const BeforeLimiter bus(mix.whole, mastered, wish);
  for (std::size_t p = 0; p < mix.parts.size(); ++p) {
    StereoTrack part = std::move(mix.parts[p]);
    bus.apply(part);
    if (!is_heard(part)) continue;
    Stem stem;
    stem.name = part_names()[p];
    stem.interleaved = interleave(part);
    out.stems.push_back(std::move(stem));
  }
  bus.apply(mix.whole);
  out.before_limiter = interleave(mix.whole);
}

}  // namespace

Result<Music> render(const Score& score, const RenderOptions& options) {
  const StyleChoice choice = find_style(score.style);
  if (!choice.exact || score.samples <= 0)
    return Error(Errc::invalid_argument, "this score was not made by compose(): its style or length is unknown");
  if (!(options.target_lufs >= -23 && options.target_lufs <= -9))
    return Error(Errc::invalid_argument, "the music's loudness must be between -23 and -9 LUFS");
  VIDGEN_TRY(font, base::find_soundfont(options.soundfont));
  const Desk desk(options.stems);
  VIDGEN_TRY(buses, play(score, *choice.row, font, desk, options.stop));
  Mix mix = mix_buses(std::move(buses), desk, score, *choice.row);
  MasterWish wish;
  wish.lufs = options.target_lufs;
  wish.fade_seconds = std::min(.8 * (score.seconds - score.final_at), kLongestFade);
  const Mastered mastered = master(mix.whole, wish, options.stop);
  if (options.stop.stop_requested()) return Error(Errc::cancelled, "the music was cancelled");
  Music music;
  music.interleaved = interleave(mastered.track);
  music.lufs = mastered.loudness.lufs;
  music.true_peak = mastered.loudness.true_peak;
  music.soundfont = font;
  if (options.stems) add_stems(mix, mastered, wish, music);
  return music;
}

}  // namespace vidgen::local
