// SPDX-License-Identifier: Apache-2.0
// The last chord, and the sound effects at the picture's exact times.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

constexpr double kRollSeconds = .022;  // a note, on plucked and struck strings
constexpr double kRiserSeconds = 2;

bool rolled(int program) {
  return program == 0 || program == 24 || program == 25 || program == 46;
}

// Arpeggio layers whose instrument can hold a chord.
bool holds_chords(const LayerRow& row) {
  if (row.kind == LayerKind::pad || row.kind == LayerKind::comp || row.kind == LayerKind::strum) return true;
  constexpr int kRinging[] = {0, 4, 11, 12, 24, 25, 46, 48};
  return row.kind == LayerKind::arpeggio &&
         std::find(std::begin(kRinging), std::end(kRinging), row.program) != std::end(kRinging);
}

void end_chord(Draft& draft, Pen& pen, const LayerRow& row, double velocity) {
  VoicingWish wish;
  wish.tonic = draft.score.tonic;
  wish.voices = std::min(row.more.voices, draft.final_chord.intervals.size() < 3 ? 3 : 4);
  wish.low = row.low;
  wish.high = row.high;
  wish.taken = draft.final_taken;
  double at = draft.grid.final_at;
  for (int pitch : voice_chord(draft.final_chord, wish)) {
    draft.final_taken.set(static_cast<std::size_t>(pitch));
    pen.plain(at, draft.score.seconds, pitch, velocity);
    at += rolled(row.program) ? kRollSeconds : .006;
  }
}

void end_bass(Draft& draft, Pen& pen, const LayerRow& row) {
  int best = -1;
  for (int p = row.low; p <= row.high; ++p)
    if ((p - draft.score.tonic - draft.final_chord.root) % 12 == 0 &&
        (best < 0 || std::abs(p - 35) < std::abs(best - 35)))
      best = p;
  if (best >= 0) pen.plain(draft.grid.final_at, draft.score.seconds, best, row.velocity + 6);
}

void end_melody(Draft& draft, Pen& pen, const LayerRow& row, double velocity) {
  const double centre = (row.low + row.high) / 2.0;
  int best = -1;
  for (int p = row.low; p <= row.high; ++p)
    if (p % 12 == draft.score.tonic && !clashes(p, draft.final_taken) &&
        (best < 0 || std::abs(p - centre) < std::abs(best - centre)))
      best = p;
  if (best < 0) return;
  draft.final_taken.set(static_cast<std::size_t>(best));
  pen.plain(draft.grid.final_at, draft.score.seconds, best, velocity);
}

void add_effect(Draft& draft, EffectKind kind, double at, double gain_db) {
  Effect effect;
  effect.kind = kind;
  effect.at = at;
  effect.gain_db = gain_db;
  draft.score.effects.push_back(effect);
}

}  // namespace

void write_ending(Draft& draft) {
  const int level = draft.highest_level();
  const auto layers = draft.style.used_layers();
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const LayerRow& row = layers[l];
    if (row.level > level) continue;  // only what was heard before
    Pen pen(draft, static_cast<int>(l));
    const double velocity = row.velocity * (row.kind == LayerKind::pad ? .90 : .98);
    if (row.kind == LayerKind::bass) end_bass(draft, pen, row);
    if (holds_chords(row)) end_chord(draft, pen, row, velocity);
    if (row.kind == LayerKind::melody && !row.more.sparse) end_melody(draft, pen, row, velocity);
    pen.done();
  }
}

void place_effects(Draft& draft) {
  for (const CutPoint& cut : draft.grid.cuts) {
    if (cut.major) add_effect(draft, EffectKind::whoosh, cut.seconds, 0);
    if (!cut.major && !cut.on_grid && cut.seconds < draft.grid.final_at)
      add_effect(draft, EffectKind::whoosh, cut.seconds, -4);
    if (cut.major && draft.style.hits) add_effect(draft, EffectKind::hit, cut.seconds, 0);
  }
  for (const Bar& bar : draft.bars())
    if (bar.section == Section::lift && bar.position == 0 && bar.start >= kRiserSeconds)
      add_effect(draft, EffectKind::riser, bar.start, 0);
  std::stable_sort(draft.score.effects.begin(), draft.score.effects.end(),
                   [](const Effect& a, const Effect& b) { return a.at < b.at; });
}

}  // namespace vidgen::local
