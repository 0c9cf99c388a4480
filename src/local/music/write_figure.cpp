// SPDX-License-Identifier: Apache-2.0
// Arpeggios and string ostinati: broken chords in a rhythm.
#include <algorithm>

#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

// Every third bar starts from the next voice, every eighth runs the other way.
void vary_arpeggio(std::string& steps, int position) {
  for (char& c : steps) {
    if (digit(c) < 0) continue;
    if (position % 4 == 2) c = static_cast<char>('0' + (digit(c) + 1) % 4);
    if (position % 8 == 7) c = static_cast<char>('0' + std::max(0, 3 - digit(c)));
  }
}

double accent(std::size_t step) {
  return (step % 4 == 0 ? 6 : 0) + (step == 0 ? 4 : 0) - (step % 2 == 1 ? 4 : 0);
}

void write_arpeggio_step(Draft& draft, Pen& pen, const LayerRow& row, std::size_t i, const std::vector<int>& chord,
                         const std::string& steps, std::size_t j) {
  const Bar& bar = draft.bars()[i];
  std::size_t next = steps.find_first_not_of('.', j + 1);
  if (next == std::string::npos) next = steps.size();
  const int pitch = chord[std::min(static_cast<std::size_t>(digit(steps[j])), chord.size() - 1)];
  const double from = bar.beat + static_cast<double>(j) / 4;
  // Rings on, but never into the next chord.
  const double to = std::min(from + static_cast<double>(next - j) * row.more.gate / 4, bar.beat + bar.beats + .02);
  pen.note(from, to, pitch, row.velocity * draft.intensity(i) + accent(j) - 4, Pen::Touch(4));
}

void write_ostinato_step(Draft& draft, Pen& pen, const LayerRow& row, std::size_t i, const std::vector<int>& chord,
                         const std::string& steps, std::size_t j) {
  const Bar& bar = draft.bars()[i];
  const double from = bar.beat + static_cast<double>(j) / 4;
  const int strength = digit(steps[j]);
  const double velocity = row.velocity * draft.intensity(i) * (.55 + .065 * strength);
  pen.note(from, from + row.more.gate / 4, chord[1], velocity, Pen::Touch(4));
  if (strength >= 7) pen.note(from, from + row.more.gate / 4, chord.back(), velocity, Pen::Touch(4));
}

}  // namespace

void write_figure(Draft& draft, int layer) {
  const LayerRow& row = draft.style.layers[static_cast<std::size_t>(layer)];
  const auto chords = voicings(draft, row);
  const bool arpeggio = row.kind == LayerKind::arpeggio;
  Pen pen(draft, layer);
  for (std::size_t i = 0; i < draft.bars().size(); ++i) {
    const Bar& bar = draft.bars()[i];
    if (!plays(row, bar.level) || chords[i].size() < 2) continue;
    std::string steps = bar_steps(pattern_for(row, bar.level), bar.beats, draft.style.metre);
    if (arpeggio) vary_arpeggio(steps, bar.position);
    const std::size_t breath = draft.lifts_after(i) ? 2 : 0;  // half a beat of rest before the lift
    for (std::size_t j = 0; j + breath < steps.size(); ++j) {
      if (digit(steps[j]) < 0) continue;
      if (arpeggio)
        write_arpeggio_step(draft, pen, row, i, chords[i], steps, j);
      else
        write_ostinato_step(draft, pen, row, i, chords[i], steps, j);
    }
  }
  pen.done();
}

}  // namespace vidgen::local
