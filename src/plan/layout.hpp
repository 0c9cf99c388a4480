// SPDX-License-Identifier: Apache-2.0
// Layout of one chain: which master frames each of its clips shows, from where in the clip, and what becomes of every
// second that is bought.
//
// A chain shows `head` frames before its interval (inside the transition into it) and `tail` frames after it. Clip 0
// begins at the chain's time 0; a later clip's first `overlap` seconds repeat what the clip before it ended with.
// Units: master frames; seconds as Rational. Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "vidgen/plan.hpp"

namespace vidgen::plan {

struct ChainClip {
  ChainClip() = default;
  std::string step;   // id, once it has one
  Rational asked;     // seconds that are ordered
  Rational returned;  // seconds that come back, promised or measured
  Rational overlap;   // its first seconds that are not shown
  int extra = 0;      // 1: added by amend
};

struct ChainLayout {
  ChainLayout() = default;
  int first_beat = 0, last_beat = 0;
  Frames start = 0, length = 0;      // without the handles
  Frames fade_in = 0, fade_out = 0;  // frames of the transitions at its ends; 0: a cut
  Frames skip = 0;                   // frames of clip 0 left out, so that no join falls into a transition
  Rational speed = 1;                // source seconds a film second
  Frames hold = 0;                   // last frames of the chain that repeat the one before
  std::vector<ChainClip> clips;

  Frames head() const { return fade_in / 2; }
  Frames tail() const { return fade_out - fade_out / 2; }
  Frames span() const { return head() + length + tail(); }
};

// Seconds of the chain's source time at which clip i starts to be shown; i == clips.size(): the end of all material.
Rational shown_from(const ChainLayout& chain, std::size_t i);
// Seconds of material, overlaps taken off.
Rational material(const ChainLayout& chain);
// The master frame (a fraction) at which a moment of the chain's source time is shown.
Rational film_frame(const ChainLayout& chain, Rational source_seconds, Rational fps);
// Sets `skip`: the fewest frames that keep the last join out of the closing transition.
void place_joins(ChainLayout& chain, Rational fps);

struct Shown {
  Shown() = default;
  Frames start = 0, length = 0, hold = 0;
  Rational source_in;
  Rational used, handle, waste;  // with the overlap they sum to what came back
};
// One row a clip.
std::vector<Shown> show(const ChainLayout& chain, Rational fps);

}  // namespace vidgen::plan
