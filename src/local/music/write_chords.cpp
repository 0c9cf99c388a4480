// SPDX-License-Identifier: Apache-2.0
// Pads, chords in a rhythm, and strummed guitars.
#include <algorithm>
#include <map>

#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

constexpr int kMostTiedBars = 4;
constexpr double kPadTail = .04;  // seconds beyond the bar, so that chords join

struct Held {
  std::size_t note;
  int bars;
};

// A note that both chords have goes on sounding.
std::map<int, Held> write_pad_bar(Draft& draft, Pen& pen, const LayerRow& row, std::size_t i,
                                  const std::vector<int>& chord, const std::map<int, Held>& held) {
  const Bar& bar = draft.bars()[i];
  const double end = bar.beat + bar.beats;
  std::map<int, Held> now;
  for (int pitch : chord) {
    if (const auto h = held.find(pitch); h != held.end() && h->second.bars < kMostTiedBars) {
      pen.end_at(h->second.note, end, kPadTail);
      now[pitch] = {h->second.note, h->second.bars + 1};
      continue;
    }
    Pen::Touch touch(3);
    touch.offset_ms = -row.more.lead_ms;
    pen.note(bar.beat, end, pitch, row.velocity * draft.intensity(i), touch);
    if (i == 0) pen.notes().back().start = 0;  // no silence before the first beat
    pen.notes().back().end += kPadTail;
    now[pitch] = {pen.count() - 1, 1};
  }
  return now;
}

void write_comp_bar(Draft& draft, Pen& pen, const LayerRow& row, std::size_t i, const std::vector<int>& chord) {
  const Bar& bar = draft.bars()[i];
  std::string steps = bar_steps(pattern_for(row, bar.level), bar.beats, draft.style.metre);
  if (bar.position % 4 == 3 && bar.level >= 2 && steps.size() >= 8) steps.replace(steps.size() - 2, 2, "6-");
  const double gate = row.more.gate > 0 ? row.more.gate : .96;
  for (std::size_t j = 0; j < steps.size(); ++j) {
    const int strength = digit(steps[j]);
    if (strength < 0) continue;
    std::size_t end = j + 1;
    while (end < steps.size() && steps[end] == '-') ++end;
    const double from = bar.beat + static_cast<double>(j) / 4;
    const double to = from + static_cast<double>(end - j) * gate / 4;
    for (std::size_t v = 0; v < chord.size(); ++v) {
      Pen::Touch touch(4);
      touch.offset_ms = static_cast<double>(v) * row.more.spread_ms;
      const double inner = v + 1 == chord.size() ? 3 : v > 0 ? -3 : 0;  // the top voice sings
      pen.note(from, to, chord[v], row.velocity * draft.intensity(i) * strength / 8 + inner, touch);
    }
  }
}

// A guitar has more strings than the chord has voices.
std::vector<int> strings_of(Draft& draft, const LayerRow& row, std::size_t i, const std::vector<int>& chord) {
  std::vector<int> out = chord;
  for (int p : chord)
    if (p + 12 <= row.high + 4 && !clashes(p + 12, draft.taken[i])) out.push_back(p + 12);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > 5) out.resize(5);
  for (int p : out) draft.taken[i].set(static_cast<std::size_t>(p));
  return out;
}

double stroke_weight(char c) {
  switch (c) {
    case 'D':
      return 1;
    case 'U':
      return .85;
    case 'd':
      return .82;
    case 'u':
      return .68;
    default:
      return 0;
  }
}

void write_strum_bar(Draft& draft, Pen& pen, const LayerRow& row, std::size_t i, const std::vector<int>& chord) {
  const Bar& bar = draft.bars()[i];
  const std::string steps = bar_steps(pattern_for(row, bar.level), bar.beats, draft.style.metre);
  const std::vector<int> down = strings_of(draft, row, i, chord);
  std::vector<int> up(down.rbegin(), down.rend());
  if (up.size() > 4) up.resize(4);
  for (std::size_t j = 0; j < steps.size(); ++j) {
    const double weight = stroke_weight(steps[j]);
    if (weight == 0) continue;
    std::size_t next = steps.find_first_not_of('.', j + 1);
    if (next == std::string::npos) next = steps.size();
    const bool falls = steps[j] == 'D' || steps[j] == 'd';
    const std::vector<int>& strings = falls ? down : up;
    for (std::size_t s = 0; s < strings.size(); ++s) {
      Pen::Touch touch(2);
      touch.offset_ms = static_cast<double>(s) * (falls ? 13 : 9);
      pen.note(bar.beat + static_cast<double>(j) / 4, bar.beat + static_cast<double>(next) / 4 - .02, strings[s],
               row.velocity * draft.intensity(i) * weight - static_cast<double>(s) * 1.2, touch);
    }
  }
}

}  // namespace

void write_chords(Draft& draft, int layer) {
  const LayerRow& row = draft.style.layers[static_cast<std::size_t>(layer)];
  const auto chords = voicings(draft, row);
  Pen pen(draft, layer);
  std::map<int, Held> held;
  for (std::size_t i = 0; i < draft.bars().size(); ++i) {
    if (!plays(row, draft.bars()[i].level)) {
      held.clear();
      continue;
    }
    if (row.kind == LayerKind::pad) held = write_pad_bar(draft, pen, row, i, chords[i], held);
    if (row.kind == LayerKind::comp) write_comp_bar(draft, pen, row, i, chords[i]);
    if (row.kind == LayerKind::strum) write_strum_bar(draft, pen, row, i, chords[i]);
  }
  pen.done();
}

}  // namespace vidgen::local
