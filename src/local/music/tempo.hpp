// SPDX-License-Identifier: Apache-2.0
// The grid of a piece: which tempo, bent a little between the cuts, lets the cuts fall on beats, where the sections
// and bars begin and when the last chord sounds. Pure; the search is bounded (at most 500 tempi and offsets, six
// predecessors a cut). Units: seconds, beats. Thread-safety: functions of values. It never fails: a cut that no beat
// can meet is marked so.
#pragma once

#include <vector>

#include "local/music/music.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local {

struct Grid {
  Grid() = default;
  double bpm = 0, period = 0;  // of the unbent beat
  double offset = 0;           // seconds before the first beat
  double ring = 0;             // seconds from the last chord to the end
  std::vector<Anchor> anchors;
  std::vector<CutPoint> cuts;
  std::vector<Bar> bars;  // without chords
  double final_beat = 0, final_at = 0;
};

// `pace`: -1 prefers the style's slowest tempo, 1 its fastest. `bpm`: the tempo is given, and the first beat is the
// film's first instant; 0: both are searched for.
Grid fit_tempo(const StyleRow& style, double seconds, const std::vector<double>& cuts, double end_card,
               double pace = 0, double bpm = 0);

// Evenly between two anchors; at `period` seconds a beat after the last.
double beat_seconds(const std::vector<Anchor>& anchors, double period, double beat);

int level_of(Section section);

}  // namespace vidgen::local
