// SPDX-License-Identifier: Apache-2.0
// Plans and questions that several tests of the composer share.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "local/music/chords.hpp"
#include "local/music/music.hpp"
#include "local/music/random.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local::test {

inline ScorePlan plan_of(std::string_view style, double seconds, std::vector<double> cuts, std::uint64_t seed = 1) {
  ScorePlan plan;
  plan.style = style;
  plan.seconds = seconds;
  plan.cuts = std::move(cuts);
  plan.seed = seed;
  return plan;
}

// Film number `n`: any style, 10 to 75 s, shots of 1.5 to 7 s, cut at frames of 25, 30 or 24 a second.
inline ScorePlan random_plan(std::uint64_t n) {
  Rng rng(seed_for(n, "plan"));
  const auto rows = style_rows();
  const double rates[] = {25, 30, 24};
  const double fps = rates[rng.below(3)];
  const auto frame = [&](double s) { return std::round(s * fps) / fps; };
  ScorePlan plan = plan_of(rows[n % rows.size()].name, frame(10 + 65 * rng.unit()), {}, n);
  for (double t = frame(1.5 + 5.5 * rng.unit()); t < plan.seconds - 1.5; t = frame(t + 1.5 + 5.5 * rng.unit()))
    plan.cuts.push_back(t);
  return plan;
}

// Notes heard on a beat. A human hand is a little early or late, and a strummed chord takes a moment.
inline std::vector<Note> heard_at(const Score& score, double beat_at) {
  std::vector<Note> out;
  for (const Note& n : score.notes)
    if (n.start <= beat_at + .07 && n.end > beat_at + .045) out.push_back(n);
  return out;
}

// The instants of a bar's strong beats: the first, and the third of four.
inline std::vector<double> strong_beats(const Score& score, const Bar& bar) {
  std::vector<double> out{bar.start};
  if (bar.beats >= 4) out.push_back(beat_seconds(score, bar.beat + 2));
  return out;
}

inline int step_of(const Bar& bar, double at) {
  return static_cast<int>(std::lround((at - bar.start) / (bar.end - bar.start) * bar.beats * 4));
}

inline bool inside(const Bar& bar, double at) {
  return at >= bar.start - .02 && at < bar.end - .02;
}

inline bool is_bass(const Score& score, const Note& note) {
  return find_style(score.style).row->layers[static_cast<std::size_t>(note.layer)].kind == LayerKind::bass;
}

}  // namespace vidgen::local::test
