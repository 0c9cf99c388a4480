// SPDX-License-Identifier: Apache-2.0
// The text for a clip model: the beat's words, then shot, camera, light, style and the colours that the prompt names.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "vidgen/spec.hpp"

namespace vidgen::spec {

std::string clip_prompt(const Spec& spec, const BeatTemplate& beat);
// "close_up" -> "close-up", "push_in" -> "slow push-in"; every shot and camera of words.hpp has its words.
std::string_view shot_words(std::string_view shot);
std::string_view camera_words(std::string_view camera);

// How large a shot shows its subject: shots of one size do not stand side by side.
std::string_view shot_size(std::string_view shot);
// Gives a beat that has its neighbour's size another one. Of a pair the later one changes, but never the end card.
void vary_sizes(std::vector<BeatTemplate>& beats);

}  // namespace vidgen::spec
