// SPDX-License-Identifier: Apache-2.0
#include "local/settings/flat.hpp"

#include <algorithm>
#include <cmath>

#include "local/settings/nature.hpp"

namespace vidgen::local {
namespace {

// By hour: what the light leaves of a surface, its lit corner, and how strong that is.
struct Wash {
  Color filter, lit, dark;
  double lit_a, dark_a;
};
constexpr Wash kWashes[] = {
    {Color(0xf6dccb), Color(0xffcf96), Color(0x232a4c), .42, .56},  // sunrise
    {Color(0xfff4e0), Color(0xffdca0), Color(0x1c1a30), .42, .50},  // golden
    {Color(0xffffff), Color(0xfffdf0), Color(0x1c2c3c), .34, .32},  // midday
    {Color(0x9c90bc), Color(0xf0a0a0), Color(0x150f2c), .24, .62},  // dusk
    {Color(0x4a5c94), Color(0x8fa8e0), Color(0x060a1c), .10, .60},  // night
};

}  // namespace

FlatPtr make_flat(const Composition& c, const Light& light, Color shadow) {
  auto f = std::make_shared<Flat>();
  f->c = c;
  f->side = c.sun_side;
  f->light = light;
  f->light.side = c.sun_side;
  f->shadow = shadow;
  return f;
}

FlatPtr make_outdoor_flat(const Composition& c, Land land) {
  const OutdoorLook look = outdoor_look(c.time, land);
  Light light = look.light;
  light.ambient = mix(light.ambient, Color(0x8a8c90), look.night() ? .1 : .5);
  auto f = std::make_shared<Flat>(*make_flat(c, light, look.night() ? Color(0x05060f) : Color(0x140c08)));
  f->look = look;
  return f;
}

Scene flat_scene() {
  Scene scene;
  scene.finish.grade.contrast = 1.04;
  scene.finish.vignette = .30;
  scene.finish.bloom = .12;
  scene.finish.threshold = .82;
  return scene;
}

Scene outdoor_flat_scene(const Flat& f) {
  Scene scene = flat_scene();
  scene.finish.grade.shadow = f.look.grade.shadow;
  scene.finish.grade.light = f.look.grade.light;
  scene.finish.grade.amount = .08;
  return scene;
}

void side_light(Canvas& canvas, int side, Color lit, double lit_a, Color dark, double dark_a) {
  fill_all(canvas, lin(side * .9, -.6, -side * .9, .6,
                       {{0, alpha(lit, lit_a)}, {.5, alpha(lit, .03)}, {1, alpha(dark, dark_a)}}));
}

Color hour_filter(const Flat& f) {
  return kWashes[static_cast<std::size_t>(f.look.hour)].filter;
}

void hour_light(Canvas& canvas, const Flat& f) {
  const Wash& w = kWashes[static_cast<std::size_t>(f.look.hour)];
  canvas.op(CAIRO_OPERATOR_MULTIPLY);
  fill_all(canvas, w.filter);
  canvas.op(CAIRO_OPERATOR_OVER);
  side_light(canvas, f.side, w.lit, w.lit_a, w.dark, w.dark_a);
  if (!f.look.night()) return;
  canvas.op(CAIRO_OPERATOR_SCREEN);
  const double x = f.side * std::min(.62, .40 * f.c.aspect);
  fill_all(canvas, rad(x, -.34, 0, .95, soft(Color(0xffb765), .55, 10, 2.2)));
  canvas.op(CAIRO_OPERATOR_OVER);
}

void lay_subject(Canvas& canvas, const Flat& f, const Subject& subject) {
  const bool tall = f.c.format == Format::tall;
  const double slim = subject.width() / subject.height();
  const double turn = (slim < .75 ? .56 : .28) * (f.c.side >= 0 ? 1 : -1);
  // Across an upright or square frame all of it stays inside, turned as it is.
  const double across =
      std::min(1.0, slim) * std::cos(turn) + std::min(1.0, 1 / slim) * std::abs(std::sin(turn));  // of its longest side
  const bool square = f.c.format == Format::square;
  const double longest = tall         ? std::min(.62, .88 * f.c.aspect / across)
                         : square     ? std::min(.74, .74 * f.c.aspect / across)
                         : slim > .75 ? std::min(.86, .50 * f.c.aspect)
                                      : .84;
  const auto saved = canvas.saved();
  canvas.translate(tall ? 0 : f.c.side * (square ? .06 : .13) * f.c.aspect, tall ? -.12 : .0);
  canvas.rotate(turn);
  // The shadow falls away from the key on the table, whatever way the thing lies.
  const double wx = -f.side * .035, wy = .042;
  const double dx = wx * std::cos(-turn) - wy * std::sin(-turn), dy = wx * std::sin(-turn) + wy * std::cos(-turn);
  subject.lie(canvas, f.light, longest, dx, dy, f.shadow);
}

}  // namespace vidgen::local
