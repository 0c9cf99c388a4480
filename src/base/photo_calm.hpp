// SPDX-License-Identifier: Apache-2.0
// Where words may stand in a photograph: beside what it shows. Pure: the same pixels give the same side.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace vidgen::base {

// "left" or "right" when clearly less happens in that side of the picture than in the other, else empty. Pixels as
// base/photo_colours.hpp takes them, in rows of `width`.
std::string calm_side(std::span<const std::uint8_t> bgra, int width);

}  // namespace vidgen::base
