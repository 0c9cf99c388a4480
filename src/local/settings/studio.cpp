// SPDX-License-Identifier: Apache-2.0
// A photographer's studio: a seamless ground, light or dark, with window bars of light, a plinth or a beam.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/nature.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

struct Studio {
  Composition c;
  Color ground, shadow;  // c0, c1: lit and far
  bool dark = false, gobo = false, plinth = false, beam = false;
  double floor = .12;  // where the wall turns into the floor
  double unit = 1;
  Light light;
};
using StudioPtr = std::shared_ptr<const Studio>;

struct Sweep {
  unsigned ground, shadow;
};
// Backdrops go with the film, not with the beat: one room, one paper.
constexpr Sweep kLight[] = {{0xb9cfe0, 0x7f9db8}, {0xe9e4dc, 0xb9b0a4}, {0xdfe4de, 0xa9b4aa}, {0xefcfc6, 0xcf9d93}};
constexpr Sweep kDark[] = {{0x4a4d57, 0x0f1013}, {0x3a4560, 0x0e1220}};

Sweep backdrop(const Composition& c, const Subject* subject, bool dark) {
  if (c.time == "warm") return {0xf3e6d2, 0xd8bd99};
  if (dark) return kDark[c.look == "minimal" ? 1 : 0];
  if (c.look == "luxury") return kLight[3];
  if (c.look == "minimal") return kLight[1];
  if (c.look == "lifestyle") return kLight[2];
  // A warm product wants a cool ground.
  if (subject && subject->is("bottle")) return kLight[1];
  return kLight[0];
}

StudioPtr make_studio(const Composition& c, const Subject* subject, bool dark) {
  auto s = std::make_shared<Studio>();
  const Sweep sweep = backdrop(c, subject, dark);
  s->c = c;
  s->ground = Color(sweep.ground);
  s->shadow = Color(sweep.shadow);
  s->dark = dark;
  s->gobo = !dark && (c.variant % 3 != 1 || c.closing);
  s->beam = dark;
  const bool own_plinth = subject && subject->on_plinth();
  s->plinth = !own_plinth && (c.frame == Frame::low || (c.frame == Frame::medium && c.variant % 3 == 1));
  // An empty room needs no small figure to show its size.
  if (c.frame == Frame::wide && c.format != Format::tall) s->c.height *= 1.45, s->c.max_width *= 1.6;
  s->floor = std::min(c.table + .02, c.foot - .06);
  s->light.side = c.sun_side;
  s->light.key = Color(0xfff3e0);
  s->light.fill = mix(s->ground, kWhite, .3);
  s->light.ambient = mix(mix(s->ground, s->shadow, .5), Color(0x2c313c), .35);
  s->light.rim = mix(Color(0xfff4e4), s->ground, .15);
  s->light.sky = mix(s->ground, kWhite, .5);
  s->light.ground = s->shadow;
  s->light.elevation = .5;
  if (subject) s->unit = subject->unit(s->c.height, s->c.max_width);
  return s;
}

void cyclorama(Canvas& canvas, const Studio& s) {
  const double x = s.c.x + s.c.sun_side * .22;
  fill_all(canvas, rad(x, -.16, 0, 1.25,
                       {{0, mix(s.ground, kWhite, s.dark ? .10 : .25)},
                        {.30, s.ground},
                        {.7, mix(s.ground, s.shadow, .75)},
                        {1, s.shadow}}));
  const double top = s.floor - .10;
  canvas.rect(-3, top, 6, 2);
  canvas.fill(lin(0, top, 0, .5,
                  {{0, alpha(s.shadow, 0)},
                   {.22, alpha(mix(s.shadow, kBlack, .06), .42)},
                   {.42, alpha(mix(s.ground, s.shadow, .4), .55)},
                   {1, alpha(mix(s.ground, s.shadow, .75), .75)}}));
}

void gobo(Canvas& canvas, const Studio& s) {
  const double lean = .25 * s.c.sun_side, low = s.c.closing ? .75 : s.floor + .10;
  for (int i = 0; i < 6; ++i) {
    const double x = -.70 + .30 * i + s.c.x * .6 + .05 * std::sin(s.c.variant * 2.0);
    canvas.poly({{x, -.75}, {x + .17, -.75}, {x - lean + .17, low}, {x - lean, low}});
    canvas.fill(lin(
        0, -.6, 0, low,
        {{0, Color(0xfff4dd, 0)}, {.4, Color(0xfff4dd, .34)}, {.9, Color(0xfff4dd, .22)}, {1, Color(0xfff4dd, 0)}}));
  }
}

void floor_pool(Canvas& canvas, const Studio& s) {
  const auto saved = canvas.saved();
  canvas.translate(s.c.x, s.c.foot);
  canvas.scale(1, .22);
  canvas.rect(-3, -3, 6, 6);
  canvas.fill(rad(s.c.sun_side * .06, .05, 0, .95, soft(mix(s.ground, kWhite, .5), s.dark ? .28 : .5, 10, 1.9)));
}

void plinth(Canvas& canvas, const Studio& s, double w, double h) {
  const auto saved = canvas.saved();
  canvas.translate(s.c.x, s.c.foot);
  canvas.ell(-s.c.sun_side * .08, h + .02, w * 1.35, .06);
  canvas.fill(rad(-s.c.sun_side * .08, h + .02, 0, w * 1.35, {{0, Color(0, 0, 0, .4)}, {1, Color(0, 0, 0, 0)}}));
  canvas.begin();
  canvas.move_to(-w, 0);
  canvas.line_to(-w, h);
  canvas.arc_back(0, h, w, w * .14, 3.14159265358979, 0);
  canvas.line_to(w, 0);
  canvas.close();
  canvas.fill(profile(-w, w, mix(s.ground, kWhite, .25), {{0, .2}, {.1, .3}, {.5, .55}, {.8, 1.0}, {1, .75}}, s.light));
  canvas.ell(0, 0, w, w * .14);
  canvas.fill(profile(-w, w, mix(s.ground, kWhite, .35), {{0, .6}, {.5, .85}, {1, 1.15}}, s.light));
}

void hero(Canvas& canvas, const Studio& s, const Subject& subject) {
  Placement at;
  at.x = s.c.x;
  at.y = s.c.foot;
  at.unit = s.unit;
  at.contact = .55;
  at.reflection = s.plinth ? .12 : .22;
  at.cast = s.plinth ? 0 : .36;
  at.flatten = .14;
  at.shadow = mix(s.shadow, kBlack, .75);
  if (s.c.frame == Frame::macro) {
    at.x -= subject.macro_x() * at.unit;
    at.y = .04 - subject.macro_y() * at.unit;
    at.detail = true;
  } else if (s.plinth) {
    plinth(canvas, s, std::max(.26, .62 * subject.width() * s.unit), .16);
  }
  subject.stand(canvas, s.light, at);
}

void beam(Canvas& canvas, const Studio& s) {
  const double x = s.c.x, d = s.c.sun_side;
  canvas.poly({{x + d * .62, -.8}, {x + d * .9, -.8}, {x + .55, .55}, {x - .55, .55}});
  canvas.fill(lin(0, -.6, 0, .4, {{0, Color(1, 1, 1, .20)}, {.7, Color(1, 1, 1, .05)}, {1, Color(1, 1, 1, 0)}}));
}

Scene studio(const Composition& c, const Subject& subject, bool dark) {
  const StudioPtr s = make_studio(c, &subject, dark);
  Scene scene;
  scene.finish.grade.contrast = 1.03;
  scene.finish.vignette = c.closing ? .12 : dark ? .30 : .22;
  scene.finish.bloom = c.closing ? .08 : dark ? .26 : .14;
  scene.finish.threshold = dark ? .62 : .80;
  auto& layers = scene.layers;
  layers.emplace_back("cyclorama", .12, [s](Canvas& canvas) { cyclorama(canvas, *s); });
  if (s->gobo)
    layers.emplace_back(
        "window bars", .2, [s](Canvas& canvas) { gobo(canvas, *s); }, .014, Blend::screen);
  if (c.hero)
    layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) {
      if (s->c.frame != Frame::macro) floor_pool(canvas, *s);
      hero(canvas, *s, subject);
    });
  if (s->beam)
    layers.emplace_back(
        "beam", .7, [s](Canvas& canvas) { beam(canvas, *s); }, .03, Blend::screen);
  scene.dust.count = c.closing ? 0 : 22;
  scene.dust.color = mix(s->light.key, s->ground, .3);
  scene.dust.strength = dark ? .5 : .35;
  scene.dust.seed = 12;
  return scene;
}

Scene quiet(const Composition& composition, const Subject& subject, bool dark) {
  Composition c = composition;
  c.hero = false;
  c.closing = true;
  c.table = c.foot = .9;
  c.x = 0;
  return studio(c, subject, dark);
}

}  // namespace

Scene studio_scene(const Composition& c, const Subject& s) {
  return studio(c, s, false);
}
Scene studio_dark_scene(const Composition& c, const Subject& s) {
  return studio(c, s, true);
}
Scene studio_quiet(const Composition& c, const Subject& s) {
  return quiet(c, s, false);
}
Scene studio_dark_quiet(const Composition& c, const Subject& s) {
  return quiet(c, s, true);
}

}  // namespace vidgen::local
