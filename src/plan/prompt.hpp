// SPDX-License-Identifier: Apache-2.0
// What a hosted model is asked in words. Colours appear only when the user named them.
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "vidgen/generation.hpp"

namespace vidgen::plan {

inline constexpr int kMostWords = 100;  // of a prompt, where the model's row says nothing

// A beat inside a clip, in seconds of the clip.
struct Passage {
  Passage() = default;
  Beat beat;
  Rational from, to;
};

// Texts of the beats in order, with their seconds when there are several; then style, colours, light, shot and camera
// of the first, at most `most_words` words.
std::string clip_prompt(const Spec& spec, const std::vector<Passage>& passages, int most_words);
std::string keyframe_prompt(const Spec& spec, const Beat& beat, int most_words);
std::string style_prompt(const Spec& spec);
std::string product_prompt(const Spec& spec);
std::string music_prompt(const Audio& audio, Rational seconds);
// Beats a minute that the prompt asks for: where shorter music is repeated, it meets itself on a beat.
int music_bpm(const Audio& audio);
const char* negative_prompt();

int count_words(std::string_view text);

}  // namespace vidgen::plan
