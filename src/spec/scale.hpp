// SPDX-License-Identifier: Apache-2.0
// Fits a template's beats to a film's length: whole frames, boundaries rounded from absolute time, no beat under one
// second. Texts are left as they are in the template.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "vidgen/template.hpp"

namespace vidgen::spec {

struct ScaledBeat {
  ScaledBeat() = default;
  std::size_t index = 0;  // in Template::beats
  Frames start = 0, length = 0;
};

struct ScaledTransition {
  ScaledTransition() = default;
  std::string kind = "cut";
  Frames frames = 0;
};

struct Scaled {
  Scaled() = default;
  std::vector<ScaledBeat> beats;
  std::vector<ScaledTransition> transitions;
  std::vector<std::string> dropped;    // names of beats for which there was no time
  std::vector<std::string> shortened;  // "fade after hero_shot: 15 frames became 7"
};

// `frames` is at least one second of frames.
Scaled scale(const Template& t, Frames frames, Rational fps);

}  // namespace vidgen::spec
