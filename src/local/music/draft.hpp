// SPDX-License-Identifier: Apache-2.0
// Draft: a score in the making, and the writers of its parts. Each writer draws from its own random numbers, so a new
// layer changes no other. Internal to the composer. Thread-safety: one thread at a time.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "local/music/chords.hpp"
#include "local/music/music.hpp"
#include "local/music/random.hpp"
#include "local/music/styles.hpp"
#include "local/music/tempo.hpp"

namespace vidgen::local {

struct Draft {
  Draft(const StyleRow& s, const Grid& g, std::uint64_t n) : style(s), grid(g), seed(n) {}
  const StyleRow& style;
  const Grid& grid;
  std::uint64_t seed;
  Score score;
  std::vector<Chord> chords;  // by bar
  Chord final_chord;
  std::vector<Pitches> taken;  // by bar: what other layers hold
  Pitches final_taken;

  const std::vector<Bar>& bars() const { return score.bars; }
  double at(double beat) const { return beat_seconds(grid.anchors, grid.period, beat); }
  double swung(double beat) const;  // the beat where the off-beats of this style really play
  bool changes_after(std::size_t bar) const;
  bool lifts_after(std::size_t bar) const;
  bool cut_on(double beat) const;
  double intensity(std::size_t bar) const;  // factor of velocities
  int highest_level() const;
};

// A layer's pen: humanised notes on the draft's tempo map.
class Pen {
 public:
  Pen(Draft& draft, int layer);
  struct Touch {
    Touch() = default;
    explicit Touch(double s) : sigma_ms(s) {}
    double sigma_ms = 4, offset_ms = 0;
    bool locked = false;  // exactly on time (cuts)
  };
  void note(double from_beat, double to_beat, int pitch, double velocity, const Touch& touch);
  // At an instant; velocity as given.
  void plain(double from, double to, int pitch, double velocity);
  // Lengthens the note until the beat, or shortens it.
  void end_at(std::size_t note, double beat, double tail);
  std::size_t count() const { return notes_.size(); }
  std::vector<Note>& notes() { return notes_; }
  Rng& rng() { return rng_; }
  // Hands the notes to the draft.
  void done();

 private:
  Draft& draft_;
  int layer_;
  Rng rng_;
  std::vector<Note> notes_;
};

// The pattern of a bar: repeated or cut to its beats.
std::string bar_steps(std::string_view pattern, int beats, int metre);
// The layer's pattern at this level.
std::string_view pattern_for(const LayerRow& layer, int level);
bool plays(const LayerRow& layer, int level);
int digit(char c);  // -1: none

void write_chords(Draft& draft, int layer);  // pad, comp, strum
void write_figure(Draft& draft, int layer);  // arpeggio, ostinato
void write_bass(Draft& draft, int layer);
void write_melody(Draft& draft, int layer);
void write_drums(Draft& draft);
void write_ending(Draft& draft);
void place_effects(Draft& draft);

// Voicings of one chordal layer, bar by bar; what sounds is marked as taken.
std::vector<std::vector<int>> voicings(Draft& draft, const LayerRow& layer);

}  // namespace vidgen::local
