// SPDX-License-Identifier: Apache-2.0
// Cutting to the beat: the boundaries between a spec's beats move to beats of the music. The film keeps its length, no
// shot becomes shorter than a second (or than it was, where it was shorter), and a cut goes to the beat nearby that
// serves all of them best, rather to one that begins a bar.
//
// Composed music has no beat yet: a tempo of its style is chosen on which the film's cuts lie best, and the composer
// keeps to it. Thread-safety: pure functions. They do not fail: a cut that no beat can take stays where it was.
#pragma once

#include <string_view>
#include <vector>

#include "vidgen/spec.hpp"

namespace vidgen::plan {

struct MusicBeat {
  MusicBeat() = default;
  MusicBeat(Frames frame, bool first) : at(frame), bar(first) {}
  Frames at = 0;     // the master frame nearest to it
  bool bar = false;  // begins one
};

// To beats that are given; sets soundtrack.beats. How many cuts no beat takes.
int cut_to(Spec& spec, const std::vector<MusicBeat>& beats);
// To a tempo of the composer's; sets audio.bpm too.
int cut_to_composed(Spec& spec);

// Of the composer's styles.
struct StyleTempo {
  std::string_view style;
  int low, high, preferred, metre;
};
const std::vector<StyleTempo>& style_tempi();

}  // namespace vidgen::plan
