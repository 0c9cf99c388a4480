// SPDX-License-Identifier: Apache-2.0
#include "local/settings/flat.hpp"

#include <algorithm>
#include <cmath>

#include "local/settings/nature.hpp"

namespace vidgen::local {

FlatPtr make_flat(const Composition& c, const Light& light, Color shadow) {
  auto f = std::make_shared<Flat>();
  f->c = c;
  f->side = c.sun_side;
  f->light = light;
  f->light.side = c.sun_side;
  f->shadow = shadow;
  return f;
}

void side_light(Canvas& canvas, int side, Color lit, double lit_a, Color dark, double dark_a) {
  fill_all(canvas, lin(side * .9, -.6, -side * .9, .6,
                       {{0, alpha(lit, lit_a)}, {.5, alpha(lit, .03)}, {1, alpha(dark, dark_a)}}));
}

// The subject, turned, a little off the middle, leaving the caption's side free.
void lay_subject(Canvas& canvas, const Flat& f, const Subject& subject) {
  const bool tall = f.c.format == Format::tall;
  const double slim = subject.width() / subject.height();
  const double turn = (slim < .75 ? .56 : .28) * (f.c.side >= 0 ? 1 : -1);
  const double longest = tall ? std::min(.62, 1.02 * f.c.aspect) : slim > .75 ? std::min(.86, .50 * f.c.aspect) : .84;
  const auto saved = canvas.saved();
  canvas.translate(tall ? 0 : f.c.side * .13 * f.c.aspect, tall ? -.12 : .0);
  canvas.rotate(turn);
  // The shadow falls away from the key on the table, whatever way the thing lies.
  const double wx = -f.side * .035, wy = .042;
  const double dx = wx * std::cos(-turn) - wy * std::sin(-turn), dy = wx * std::sin(-turn) + wy * std::cos(-turn);
  subject.lie(canvas, f.light, longest, dx, dy, f.shadow);
}

Scene flat_scene() {
  Scene scene;
  scene.finish.grade.contrast = 1.04;
  scene.finish.vignette = .30;
  scene.finish.bloom = .12;
  scene.finish.threshold = .82;
  return scene;
}

}  // namespace vidgen::local
