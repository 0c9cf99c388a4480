// SPDX-License-Identifier: Apache-2.0
// Sand: its ripples, and the subject that stands in it.
#include <algorithm>
#include <cmath>

#include "local/settings/outdoors.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

void soft_ellipse(Canvas& canvas, double x, double y, double rx, double ry, Color color, double opacity) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  canvas.scale(rx, ry);
  canvas.rect(-1, -1, 2, 2);
  canvas.fill(rad(0, 0, 0, 1, soft(color, opacity, 8, 1.6)));
}

// A low drift round the foot, bright where it faces the key: without it the subject floats.
void drift(Canvas& canvas, const OutdoorPlace& s, double x, double y, double half, const SandColors& sand) {
  soft_ellipse(canvas, x - .35 * half * s.side, y + .10 * half, 1.5 * half, .20 * half, sand.shade, .5);
  soft_ellipse(canvas, x + .55 * half * s.side, y + .05 * half, 1.2 * half, .14 * half, sand.lit, .6);
}

// Sand swept against the foot hides the straight line it stands on.
void swept(Canvas& canvas, const OutdoorPlace& s, double x, double y, double half, const SandColors& sand) {
  const double thick = std::min(.022, .09 * half + .004);
  soft_ellipse(canvas, x, y + thick * .75, half * 1.12, thick, mix(sand.shade, sand.deep, .25), .85);
  soft_ellipse(canvas, x + s.side * half * .35, y + thick * .95, half * .95, thick, mix(sand.mid, sand.lit, .3), .9);
}

}  // namespace

void paint_ripples(Canvas& canvas, double horizon, double top, double bottom, const SandColors& sand, double strength,
                   std::uint64_t seed) {
  // As fine as the picture needs.
  const int width = static_cast<int>(std::clamp(pixels_per_unit(canvas) * 2.5, 160.0, 620.0)), height = width / 2;
  const Lattice warp(seed + 1), fine(seed + 2), patches(seed + 3);
  Field light(width, height), dark(width, height);
  for (int j = 0; j < height; ++j) {
    const double y = top + (bottom - top) * j / (height - 1), near = std::max(.01, y - horizon);
    const double far_fade = std::clamp((near - .06) / .16, 0.0, 1.0);
    for (int i = 0; i < width; ++i) {
      const double x = kWorldLeft + (kWorldRight - kWorldLeft) * i / (width - 1);
      const double depth = 1 / near, wx = x * depth * .55;
      const double bend = warp.at(static_cast<float>(wx * 1.1), static_cast<float>(depth * .9)) * 1.9 +
                          fine.at(static_cast<float>(wx * 4.3), static_cast<float>(depth * 2.1)) * .45;
      const double wave = std::sin(46 * std::log(near) - .8 * wx + bend * 1.5);
      const double patch =
          std::clamp(.55 + .45 * patches.at(static_cast<float>(wx * .8), static_cast<float>(depth * .5)), 0.0, 1.0);
      const double k = strength * far_fade * patch;
      light.at(i, j) = static_cast<float>(std::max(0.0, wave) * k);
      dark.at(i, j) = static_cast<float>(std::max(0.0, -wave) * k);
    }
  }
  canvas.put(texture(dark, sand.shade), kWorldLeft, top, kWorldRight - kWorldLeft, bottom - top);
  canvas.put(texture(light, sand.lit), kWorldLeft, top, kWorldRight - kWorldLeft, bottom - top);
}

void paint_on_sand(Canvas& canvas, const OutdoorPlace& s, const Subject& subject, const SandColors& sand) {
  if (paint_macro(canvas, s, subject)) return;
  Placement at = hero_placement(s, subject);
  const double half = subject.width() * at.unit / 2;
  at.shadow = mix(sand.deep, kBlack, .15);
  drift(canvas, s, at.x, at.y, std::max(half * 1.5, .05), sand);
  if (s.look.night()) {
    const double tall = std::clamp(subject.height() * at.unit * .34, .05, .17);
    paint_lantern(canvas, s, lantern_x(s, half * 1.25 + tall * 1.1, tall), at.y + .012, tall);
  }
  subject.stand(canvas, s.light, at);
  swept(canvas, s, at.x, at.y, half, sand);
}

}  // namespace vidgen::local
