// SPDX-License-Identifier: Apache-2.0
// Direction: where words stand, which colours they have and how the picture is finished. The embedded painter composes
// by the same rule: on an even beat its product stands right and the caption left, on an odd one the other way round; a
// product seen from below stands in the middle and leaves the foot of the frame.
//
// Units: master frames. Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vidgen/spec.hpp"
#include "vidgen/timeline.hpp"

namespace vidgen::plan {

enum class Side { left, right };

// The side of the picture's subject in a beat, and that of its caption, opposite.
constexpr Side hero_side(int beat) {
  return beat % 2 == 0 ? Side::right : Side::left;
}
constexpr Side caption_side(int beat) {
  return hero_side(beat) == Side::left ? Side::right : Side::left;
}

// "left" or "right" in wide films, "bottom" where the subject leaves only that: square and tall films, low angles.
std::string caption_place(int beat, std::string_view shot, Size film);
// An opening title: beside the subject in wide films, or above a small one where there is a sky; under it in others.
std::string title_place(int beat, std::string_view shot, Size film, bool open_sky = true);

// Beside a picture of the user's: the painter shows it over the whole frame when it has the pixels for that, else as a
// card, which leaves the words one third ("left_third", "right_third"). Over the frame, words go where it is calm.
bool fills_frame(Size photograph, Size film);
std::string picture_place(int beat, std::string_view shot, const Photograph& photograph, Size film);

// Colours of words: #rrggbb.
struct Palette {
  std::string_view name, ink, accent, scrim;
};
const Palette& palette_of(const Setting& setting, const Style& style);
// The palette's steps of lightness in the hues of a photograph.
struct Inks {
  std::string ink, accent, scrim;
};
Inks tinted(const Palette& palette, const Photograph& photograph);
// Words over a picture of the user's are light, whatever the film's are.
extern const Palette kOverPicture;
// For tests that loop the table.
const std::vector<Palette>& palettes();

// Whether there is a word in the picture: a prompt can ask for none, and then the last shot is of the product, no end card.
bool has_words(const Spec& spec);
// The words of the film, in order. `beats` with their final boundaries; `transitions` as in the timeline.
std::vector<Title> titles_of(const Spec& spec, const std::vector<Beat>& beats,
                             const std::vector<TimelineTransition>& transitions, Size film);

// Grain by look and time of day; bars for cinematic films of 16:9 whose style asks for them.
Finish finish_of(const Spec& spec, Size film);

}  // namespace vidgen::plan
