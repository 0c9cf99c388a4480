// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "local/paint/canvas.hpp"

namespace vidgen::local {

std::optional<Color> parse_color(std::string_view text) {
  if (!text.empty() && text[0] == '#') text.remove_prefix(1);
  if (text.size() != 6 && text.size() != 8) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  if (text.size() == 6) return Color(value);
  return Color(value >> 8, (value & 255) / 255.0);
}

Color mix(Color from, Color to, double t) {
  return {from.r + (to.r - from.r) * t, from.g + (to.g - from.g) * t, from.b + (to.b - from.b) * t,
          from.a + (to.a - from.a) * t};
}

Color mul(Color a, Color b) {
  return {std::min(1.0, a.r * b.r), std::min(1.0, a.g * b.g), std::min(1.0, a.b * b.b), a.a};
}

Color alpha(Color color, double opacity) {
  return {color.r, color.g, color.b, opacity};
}

double lum(Color color) {
  return .2126 * color.r + .7152 * color.g + .0722 * color.b;
}

double chroma(Color color) {
  return std::max({color.r, color.g, color.b}) - std::min({color.r, color.g, color.b});
}

Stops soft(Color color, double opacity, int steps, double k) {
  Stops stops;
  for (int i = 0; i <= steps; ++i) {
    const double u = static_cast<double>(i) / steps;
    stops.push_back({u, alpha(color, opacity * std::pow(1 - u, k))});
  }
  return stops;
}

}  // namespace vidgen::local
