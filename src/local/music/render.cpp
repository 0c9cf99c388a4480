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

}  // namespace

Result<Music> render(const Score& score, const RenderOptions& options) {
  const StyleChoice choice = find_style(score.style);
  if (!choice.exact || score.samples <= 0)
    return Error(Errc::invalid_argument, "this score was not made by compose(): its style or length is unknown");
  if (!(options.target_lufs >= -23 && options.target_lufs <= -9))
    return Error(Errc::invalid_argument, "the music's loudness must be between -23 and -9 LUFS");
  VIDGEN_TRY(font, base::find_soundfont(options.soundfont));
  VIDGEN_TRY(stems, play(score, *choice.row, font, options.stop));
  const StereoTrack mix = mix_stems(std::move(stems), score, *choice.row);
  MasterWish wish;
  wish.lufs = options.target_lufs;
  wish.fade_seconds = std::min(.8 * (score.seconds - score.final_at), kLongestFade);
  const Mastered mastered = master(mix, wish, options.stop);
  if (options.stop.stop_requested()) return Error(Errc::cancelled, "the music was cancelled");
  Music music;
  music.interleaved = interleave(mastered.track);
  music.lufs = mastered.loudness.lufs;
  music.true_peak = mastered.loudness.true_peak;
  music.soundfont = font;
  return music;
}

}  // namespace vidgen::local
