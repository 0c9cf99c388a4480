// SPDX-License-Identifier: Apache-2.0
// Colours of type and scrims, and the contrast between them. Values are sRGB, 0 to 1; mixing is done on them as a
// compositor does it, not in linear light.
#pragma once

#include <string_view>

namespace vidgen::local::titles {

struct Rgb {
  double r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

// "#rrggbb", or `fallback` for anything else.
Rgb parse_color(std::string_view text, Rgb fallback);
Rgb mix(Rgb a, Rgb b, double t);
// Relative luminance, 0 to 1.
double luminance(Rgb c);
// 1 to 21.
double contrast(Rgb a, Rgb b);
// The least opacity of `cover` over `ground` at which `ink` stands out by `ratio`; above 1 when none does.
double required_cover(Rgb ink, Rgb cover, Rgb ground, double ratio);

}  // namespace vidgen::local::titles
