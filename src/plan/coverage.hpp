// SPDX-License-Identifier: Apache-2.0
// Coverage: the shots of a film that the embedded painter makes. The eye leaves a picture after three or four seconds, and a
// painted shot costs nothing: a beat that lasts longer is covered by several shots, each of another size. The clips of a
// hosted model stay one a beat: there each further shot would be a clip that is paid for.
//
// Units: master frames. Thread-safety: pure functions.
#pragma once

#include <string_view>

#include "vidgen/spec.hpp"

namespace vidgen::plan {

// How near the camera is, as an editor tells shots apart.
enum class ShotSize { wide, medium, close, macro, low, above };
ShotSize size_of_shot(std::string_view shot);

// The same film with a beat a shot: no shot is longer than 4.5 s (2.6 s in a beat of high energy) where a neighbour can take
// what is too much, the end card rests for 4 s, and no two neighbours have one size. Words stay with the first shot of their beat (an end card's with
// its last), which lasts as long as they take to read.
Spec covered(const Spec& spec);

}  // namespace vidgen::plan
