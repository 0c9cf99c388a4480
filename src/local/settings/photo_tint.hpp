// SPDX-License-Identifier: Apache-2.0
// The hue that the user's first photograph gives to plain grounds. Pure.
#pragma once

#include <string>

#include "local/paint/canvas.hpp"
#include "local/shot.hpp"

namespace vidgen::local {

// "#rrggbb": its most common light colour, else its most saturated one; empty without photographs.
std::string ground_hue(const ShotBrief& brief);
// `step` in that hue, with little colour; `step` itself when there is none.
Color tinted(Color step, const std::string& hue);

}  // namespace vidgen::local
