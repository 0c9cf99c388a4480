// SPDX-License-Identifier: Apache-2.0
// The text for a clip model: the beat's words, then shot, camera, light, style and the colours that the prompt names.
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "vidgen/spec.hpp"

namespace vidgen::spec {

std::string clip_prompt(const Spec& spec, const BeatTemplate& beat);
// "close_up" -> "close-up", "push_in" -> "slow push-in"; every shot and camera of words.hpp has its words.
std::string_view shot_words(std::string_view shot);
std::string_view camera_words(std::string_view camera);

}  // namespace vidgen::spec
