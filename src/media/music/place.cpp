// SPDX-License-Identifier: Apache-2.0
// Where the user's music plays. All of it in samples.
#include <algorithm>
#include <cmath>

#include "media/music/fit.hpp"

namespace vidgen::media {
namespace {

constexpr Samples kCross = kSampleRate * 30 / 1000;  // of a join
constexpr Samples kBefore = kSampleRate * 6 / 1000;  // a join ends this long before the bar's first stroke
constexpr Samples kSoftStart = kSampleRate / 10;     // where music begins in its midst
constexpr Samples kClickFree = kSampleRate * 5 / 1000;
constexpr Samples kLongestFade = kSampleRate * 5 / 2, kShortestFade = kSampleRate / 4;
constexpr Samples kSearch = kSampleRate * 12 / 1000;  // of in_phase, either way
constexpr double kAlike = .5;                         // correlation of waves that may be joined as one

MusicStretch stretch(Samples start, Samples length, Samples source_in) {
  MusicStretch s;
  s.start = start;
  s.length = length;
  s.source_in = source_in;
  return s;
}

// The places at which the film may end: bar lines, and the music's own end.
std::vector<Samples> endings(const Heard& heard) {
  std::vector<Samples> out = heard.bars();
  std::erase_if(out, [&](Samples b) { return b <= heard.first || b >= heard.last; });
  if (heard.whole) out.push_back(heard.last);
  return out;
}

// A bar is the longest that a beginning may be cut off by; without bars two seconds.
Samples bar_length(const Heard& heard) {
  const std::vector<Samples> bars = heard.bars();
  return bars.size() < 2 ? 2 * kSampleRate : (bars.back() - bars.front()) / static_cast<Samples>(bars.size() - 1);
}

// Half a bar long, so that the last bar is still heard; music's own end needs none.
void fade_ends(std::vector<MusicStretch>& all, const Heard& heard, Samples film) {
  MusicStretch &first = all.front(), &last = all.back();
  first.fade_in = first.source_in <= heard.first + kClickFree ? kClickFree : kSoftStart;
  first.fade_in = std::min(first.fade_in, first.length / 4);
  const bool own_end = heard.whole && last.source_in + last.length >= heard.last;
  const Samples fade = std::clamp(bar_length(heard), kShortestFade, kLongestFade);
  last.fade_out = std::min({own_end ? kShortestFade : fade, last.length / 2, film / 4});
}

// One piece of the music that ends as the film does: at the first bar line for which there is music enough before, or
// with the music's own end where that is within a bar.
std::vector<MusicStretch> trimmed(const Heard& heard, Samples film) {
  Samples out = heard.first + film;
  const std::vector<Samples> ends = endings(heard);
  const auto enough = [&](Samples end) { return end - heard.first >= film; };
  if (const auto end = std::find_if(ends.begin(), ends.end(), enough); end != ends.end()) out = *end;
  if (heard.whole && heard.last - heard.first - film <= bar_length(heard)) out = heard.last;
  return {stretch(0, film, out - film)};
}

struct Rounds {
  Samples begin = 0, end = 0;  // in the music
  Samples count = 0;           // of the whole loop between
  bool found = false;
};

// begin … loop.out, then loop.to … loop.out `count` times, then loop.to … end; together the film. Of the ways in which
// it ends at a bar the one that begins nearest to the music's beginning.
Rounds rounds_of(const Heard& heard, const Loop& loop, Samples film) {
  const Samples round = loop.out - loop.to;
  Rounds best;
  std::vector<Samples> ends = endings(heard);
  ends.push_back(heard.last - 4 * kCross);  // where all others would begin on the very join
  for (Samples end : ends) {
    if (best.found && end == ends.back()) break;
    if (end - loop.to < round / 4 && end != heard.last) continue;
    if (end <= loop.to + 2 * kCross) continue;
    const Samples most = loop.out - heard.first + (end - loop.to);  // without a whole round between
    const Samples count = std::max<Samples>(0, (film - most + round - 1) / round);
    const Samples begin = loop.out + count * round + (end - loop.to) - film;
    if (begin < heard.first || begin > loop.out - 2 * kCross) continue;
    if (best.found && begin >= best.begin) continue;
    best.begin = begin;
    best.end = end;
    best.count = count;
    best.found = true;
  }
  return best;
}

// Each join crosses just before the bar line, so that the first stroke of a bar is heard from one side only.
std::vector<MusicStretch> looped(const Heard& heard, const Loop& loop, Samples film) {
  const Rounds rounds = rounds_of(heard, loop, film);
  const Samples lead = std::min(kCross + kBefore, loop.to);
  std::vector<MusicStretch> out;
  Samples at = 0, in = rounds.begin;
  for (Samples n = 0;; ++n) {
    const bool last = n == rounds.count + 1;
    const Samples join = last ? rounds.end : loop.out - lead;
    out.push_back(stretch(at, join - in + (last ? 0 : kCross), in));
    out.back().fade_in = n == 0 ? 0 : std::min(kCross, lead);
    out.back().fade_out = last ? 0 : kCross;
    if (last) break;
    at += join - in;
    in = loop.to - lead;
  }
  out.back().length = film - out.back().start;
  return out;
}

double energy(const float* x, Samples n) {
  double sum = 0;
  for (Samples i = 0; i < n; ++i) sum += double{x[i]} * x[i];
  return sum;
}

}  // namespace

// `from` has kSearch samples more than `at` on both sides.
Samples in_phase(const std::vector<float>& at, const std::vector<float>& from) {
  const auto n = static_cast<Samples>(at.size());
  if (n == 0 || static_cast<Samples>(from.size()) != n + 2 * kSearch) return 0;
  const double own = energy(at.data(), n);
  double best = kAlike;
  Samples lag = 0;
  for (Samples shift = 0; shift <= 2 * kSearch; ++shift) {
    const float* other = from.data() + shift;
    double sum = 0;
    for (Samples i = 0; i < n; ++i) sum += double{at[static_cast<std::size_t>(i)]} * other[i];
    const double alike = sum / std::sqrt(own * energy(other, n) + 1e-12);
    if (alike <= best) continue;
    best = alike;
    lag = shift - kSearch;
  }
  return lag;
}

Loop loop_of(const Heard& heard) {
  Loop loop;
  const std::vector<Samples> bars = heard.bars();
  loop.to = heard.first;
  loop.out = heard.last;
  if (bars.size() < 2) {
    // By time: the crossing needs sound on both sides.
    loop.to = std::min(heard.first + 2 * kCross, heard.last - kSampleRate / 2);
    return loop;
  }
  // A join needs a little sound before it.
  const bool late = bars.front() - heard.first < kCross + kBefore && bars.size() > 2;
  loop.to = bars[late ? 1 : 0];
  loop.out = bars.back();
  return loop;
}

std::vector<MusicStretch> place(const Heard& heard, const Loop& loop, Samples film) {
  const bool enough = heard.last - heard.first >= film;
  const bool can = enough || rounds_of(heard, loop, film).found;
  std::vector<MusicStretch> out;
  if (enough) out = trimmed(heard, film);
  if (!enough && can) out = looped(heard, loop, film);
  if (!can) out = {stretch(0, std::min(film, heard.last - heard.first), heard.first)};
  fade_ends(out, heard, film);
  return out;
}

Beats beats_of(const Heard& heard, const std::vector<MusicStretch>& stretches, Samples film) {
  constexpr Samples kSame = kSampleRate / 10;
  Beats out;
  const std::vector<Samples> beats = heard.beats();
  for (const MusicStretch& s : stretches)
    for (std::size_t i = 0; i < beats.size(); ++i) {
      const Samples at = s.start + beats[i] - s.source_in;
      if (beats[i] < s.source_in || beats[i] >= s.source_in + s.length || at >= film) continue;
      if (!out.at.empty() && at < out.at.back() + kSame) continue;  // the other side of a join
      out.at.push_back(at);
      out.bar.push_back(heard.pulse.is_bar(i));
    }
  return out;
}

}  // namespace vidgen::media
