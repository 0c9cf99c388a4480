// SPDX-License-Identifier: Apache-2.0
#include "local/settings/photo_tint.hpp"

#include <cmath>
#include <cstdio>
#include <vector>

#include "base/photo_colours.hpp"
#include "local/settings/photo_focus.hpp"
#include "local/settings/subject.hpp"

namespace vidgen::local {

std::string ground_hue(const ShotBrief& brief) {
  for (const auto& photo : brief.photos) {
    if (!usable(photo.get())) continue;
    const Surface small = shrunk(surface_of(*photo), 64);
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < small.height(); ++y) {
      const std::uint8_t* row = small.pixels() + static_cast<std::ptrdiff_t>(y) * small.stride();
      pixels.insert(pixels.end(), row, row + static_cast<std::ptrdiff_t>(small.width()) * 4);
    }
    Photograph facts;
    base::read_colours(pixels, facts);
    return facts.light.empty() ? facts.accent : facts.light;
  }
  return {};
}

Color tinted(Color step, const std::string& hue) {
  constexpr double kLittle = .04;
  if (hue.empty()) return step;
  char hex[8];
  const auto byte = [](double v) { return static_cast<unsigned>(std::lround(255 * v)) & 255U; };
  std::snprintf(hex, sizeof hex, "#%02x%02x%02x", byte(step.r), byte(step.g), byte(step.b));
  return parse_color(base::at_step(hue, hex, kLittle)).value_or(step);
}

}  // namespace vidgen::local
