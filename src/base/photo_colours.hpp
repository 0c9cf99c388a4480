// SPDX-License-Identifier: Apache-2.0
// The colours of a photograph: five clusters of its pixels in a space where distances are as the eye sees them (OKLab).
// Pure: the same pixels give the same colours.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "vidgen/spec.hpp"

namespace vidgen::base {

// A colour as the eye takes it: lightness 0 to 1, and how far it is from grey in two directions.
struct Lab {
  double l = 0, a = 0, b = 0;
  double chroma() const;
};
Lab lab_of(double r, double g, double b);  // sRGB, 0 to 1
Lab lab_of(const std::string& hex);        // "#rrggbb"
std::string hex_of(Lab colour);            // less colourful where the screen has no such colour

// Sets dark, light and accent from pixels of four bytes: blue, green, red, alpha, colours multiplied by alpha. Clear
// pixels do not count.
void read_colours(std::span<const std::uint8_t> bgra, Photograph& out);

// `step` with the hue of `hue` and no more colour than that: the picture's colour at the palette's lightness.
std::string at_step(const std::string& hue, const std::string& step, double most_chroma);

}  // namespace vidgen::base
