// SPDX-License-Identifier: Apache-2.0
// The styles of music as data rows: tempo, chords, instruments and patterns. A new style is one more row.
//
// Step strings hold 16 steps a bar of 4/4 (12 of 3/4). In drums and chords a digit is velocity / 13 (3 and less is a
// ghost note) and `-` holds; in arpeggios a digit is the voice, lowest 0; in bass lines R, 5 and 8 are root, fifth and
// octave; in strums D d U u are strokes. Thread-safety: constants.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace vidgen::local {

enum class LayerKind : int { pad, arpeggio, ostinato, comp, strum, bass, melody };

// What only some layers need.
struct LayerMore {
  int voices = 4;
  std::array<std::string_view, 4> patterns{};  // by level above the layer's first
  double gate = 0;                             // sounding part of a step; 0: the kind's own
  double spread_ms = 6;                        // between the notes of a chord
  int last_level = 9;
  int lead_ms = 0;                     // starts early, because its attack is slow
  int attack_cents = 0;                // change of the attack time (timecents)
  int release_cents = 0;               // change of the release time
  int cutoff_from = 0, cutoff_to = 0;  // filter, cents; opens over the piece
  bool octaves = false;                // doubled an octave below
  bool sparse = false;                 // long notes only
  bool pedal = false;                  // no approach notes
};

struct LayerRow {
  LayerKind kind = LayerKind::pad;
  int program = 0;                                   // General MIDI, from 0
  int volume = 0, pan = 64, reverb = 0, chorus = 0;  // controllers 7, 10, 91, 93
  int velocity = 0;
  int low = 0, high = 0;  // notes
  int level = 1;          // first intensity level at which it plays
  LayerMore more{};
};

struct DrumLine {
  int key = 0;
  std::string_view steps{};
};
using DrumSet = std::array<DrumLine, 6>;
using Progression = std::array<std::string_view, 4>;  // shorter ones end with ""

struct ReverbRow {
  double room = .6, damp = .4, width = .8, level = .55;
};

struct StyleRow {
  std::string_view name{};
  double bpm_low = 0, bpm_high = 0, bpm_preferred = 0;
  int metre = 4;
  double swing = .5;      // place of the off-beat between two beats
  double swing_unit = 1;  // beats
  bool minor = false;
  std::array<int, 4> tonics{};
  std::array<double, 3> ring{};         // least, preferred, most seconds of the final chord
  double bend = .03;                    // largest change of tempo between two cuts
  std::array<Progression, 3> calm{};    // intro, build
  std::array<Progression, 3> strong{};  // lift, peak, end
  std::array<std::string_view, 2> cadence{};
  std::string_view final{};
  int kit = -1;          // drum kit (bank 128)
  bool timpani = false;  // keys 41 to 53 of the kit are tuned
  double snare_late_ms = 0;
  std::array<LayerRow, 7> layers{};
  std::array<DrumSet, 4> drums{};     // by level; an empty one repeats the one below
  std::array<DrumLine, 4> fill{};     // of the last beat of a section: steps holds one digit
  int crash = 0;                      // key; 0: none
  bool hits = false;                  // low hits on major cuts
  bool drums_on_cuts = false;         // kick on every cut
  bool soft = false;                  // no kick under the final chord
  double hat_weight = 1;              // of hi-hat velocities; kits differ
  double low_db = -4, drums_db = -4;  // against the music stem
  double side_chain_db = 0;
  ReverbRow reverb{};

  std::span<const LayerRow> used_layers() const;
  bool has_drums() const { return kit >= 0; }
};

std::span<const StyleRow> style_rows();

struct StyleChoice {
  const StyleRow* row = nullptr;  // never null
  bool exact = false;             // false: the nearest row
};
StyleChoice find_style(std::string_view name);

}  // namespace vidgen::local
