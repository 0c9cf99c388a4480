// SPDX-License-Identifier: Apache-2.0
#include "local/music/draft.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {

double Draft::swung(double beat) const {
  if (style.swing == .5) return beat;
  const double unit = style.swing_unit, place = style.swing * unit, half = unit / 2;
  const double inside = std::fmod(beat, unit);
  const double moved = inside < half ? inside / half * place : place + (inside - half) / half * (unit - place);
  return beat - inside + moved;
}

bool Draft::changes_after(std::size_t bar) const {
  return bar + 1 < bars().size() && bars()[bar + 1].section != bars()[bar].section;
}

bool Draft::lifts_after(std::size_t bar) const {
  return changes_after(bar) && bars()[bar + 1].section == Section::lift;
}

bool Draft::cut_on(double beat) const {
  return std::any_of(grid.cuts.begin(), grid.cuts.end(),
                     [&](const CutPoint& c) { return c.on_grid && c.beat == beat; });
}

double Draft::intensity(std::size_t bar) const {
  const Bar& b = bars()[bar];
  return .80 + .055 * b.level + .05 * b.position / std::max(1, b.section_bars - 1);
}

int Draft::highest_level() const {
  int level = bars().empty() ? 3 : 1;
  for (const Bar& bar : bars()) level = std::max(level, bar.level);
  return level;
}

Pen::Pen(Draft& draft, int layer)
    : draft_(draft), layer_(layer), rng_(seed_for(draft.seed, "layer", static_cast<std::uint64_t>(layer))) {}

void Pen::note(double from_beat, double to_beat, int pitch, double velocity, const Touch& touch) {
  Note note;
  note.layer = layer_;
  const double shift = (touch.locked ? 0 : rng_.normal() * touch.sigma_ms) + touch.offset_ms;
  note.start = std::max(0.0, draft_.at(draft_.swung(from_beat)) + shift * 1e-3);
  note.end = std::max(draft_.at(draft_.swung(to_beat)), note.start + .05);
  note.pitch = pitch;
  const double varied = velocity + (touch.locked ? 0 : rng_.normal() * 3.5);
  note.velocity = std::clamp(static_cast<int>(std::lround(varied)), 12, 120);
  notes_.push_back(note);
}

void Pen::plain(double from, double to, int pitch, double velocity) {
  Note note;
  note.layer = layer_;
  note.start = from;
  note.end = to;
  note.pitch = pitch;
  note.velocity = std::clamp(static_cast<int>(std::lround(velocity)), 12, 112);
  notes_.push_back(note);
}

void Pen::end_at(std::size_t note, double beat, double tail) {
  notes_[note].end = draft_.at(beat) + tail;
}

void Pen::done() {
  draft_.score.notes.insert(draft_.score.notes.end(), notes_.begin(), notes_.end());
  notes_.clear();
}

std::string bar_steps(std::string_view pattern, int beats, int metre) {
  std::string bar(pattern);
  bar.resize(std::max(bar.size(), static_cast<std::size_t>(metre * 4)), '.');
  std::string out;
  while (out.size() < static_cast<std::size_t>(beats * 4)) out += bar;
  out.resize(static_cast<std::size_t>(beats * 4));
  return out;
}

std::string_view pattern_for(const LayerRow& layer, int level) {
  std::size_t count = 0;
  while (count < layer.more.patterns.size() && !layer.more.patterns[count].empty()) ++count;
  if (count == 0) return "";
  const int wanted = std::clamp(level - layer.level, 0, static_cast<int>(count) - 1);
  return layer.more.patterns[static_cast<std::size_t>(wanted)];
}

bool plays(const LayerRow& layer, int level) {
  return level >= layer.level && level <= layer.more.last_level;
}

int digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : -1;
}

std::vector<std::vector<int>> voicings(Draft& draft, const LayerRow& layer) {
  std::vector<std::vector<int>> out;
  VoicingWish wish;
  wish.tonic = draft.score.tonic;
  wish.voices = layer.more.voices;
  wish.low = layer.low;
  wish.high = layer.high;
  for (std::size_t i = 0; i < draft.bars().size(); ++i) {
    wish.taken = draft.taken[i];
    wish.previous = voice_chord(draft.chords[i], wish);
    out.push_back(wish.previous);
    if (plays(layer, draft.bars()[i].level))
      for (int p : out.back()) draft.taken[i].set(static_cast<std::size_t>(p));
  }
  return out;
}

}  // namespace vidgen::local
