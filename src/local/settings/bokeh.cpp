// SPDX-License-Identifier: Apache-2.0
#include "local/settings/bokeh.hpp"

#include "local/paint/noise.hpp"

namespace vidgen::local {

void paint_bokeh(Canvas& canvas, std::span<const Disc> discs, double strength) {
  for (const Disc& d : discs) {
    const double k = strength * d.strength;
    canvas.ell(d.x, d.y, d.r, d.r);
    canvas.fill(rad(d.x, d.y, 0, d.r,
                    {{0, alpha(d.color, k * .65)},
                     {.8, alpha(d.color, k * .72)},
                     {.91, alpha(mix(d.color, kWhite, .12), k * .85)},
                     {1, alpha(d.color, 0)}}));
  }
}

std::vector<Disc> strew(const Strewn& s) {
  Rng rng(s.seed);
  std::vector<Disc> out;
  for (int i = 0; i < s.count; ++i) {
    Disc d;
    const double size = rng.uniform();
    d.x = rng.uniform(s.x0, s.x1);
    d.y = rng.uniform(s.y0, s.y1);
    d.r = s.small + (s.large - s.small) * size * size;
    d.strength = rng.uniform(.45, 1) * (1 - .45 * size);
    d.color = Color(s.colors[static_cast<std::size_t>(rng.below(static_cast<int>(s.colors.size())))]);
    out.push_back(d);
  }
  return out;
}

}  // namespace vidgen::local
