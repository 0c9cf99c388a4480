// SPDX-License-Identifier: Apache-2.0
// Chords: symbols to notes, and the search for a good voicing. Pure. Thread-safety: functions of values.
#pragma once

#include <bitset>
#include <string_view>
#include <vector>

namespace vidgen::local {

// A chord relative to the tonic.
struct Chord {
  Chord() = default;
  std::string_view symbol;
  int root = 0;                // pitch class above the tonic
  std::vector<int> intervals;  // above the root
  int bass = 0;                // pitch class above the tonic
  bool valid = false;
  bool has(int pitch_class_above_tonic) const;
};

// "i", "bVIM7", "I/3", "V/7" (V over its third), "Vsus4", "i5" (open fifth). Text it does not know gives valid = false.
Chord parse_chord(std::string_view symbol);

using Pitches = std::bitset<128>;

// A semitone or a minor ninth: the two distances that sound like a mistake when they are held.
bool clash(int a, int b);
bool clashes(int pitch, const Pitches& others);

struct VoicingWish {
  VoicingWish() = default;
  int tonic = 0, voices = 4, low = 48, high = 74;
  std::vector<int> previous;  // the voicing before; empty: none
  Pitches taken;              // notes of other layers at that time
};

// The best set of `voices` notes, ascending: near the voicing before, well spread, without clashes.
std::vector<int> voice_chord(const Chord& chord, const VoicingWish& wish);

}  // namespace vidgen::local
