// SPDX-License-Identifier: Apache-2.0
// An abstract stage for launches and software: a soft gradient, light or dark, with an orb, bars or arcs.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/nature.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

constexpr double kPi = 3.14159265358979323846;

enum class Figure { none, orb, bars, arcs };

struct Stage {
  Composition c;
  bool dark = false, rings = true;
  Figure figure = Figure::none;
  double x = 0, y = 0, r = .36;  // of the figure and of the glow behind
  Color from, to;                // ground
  Color accent[3];
  int side = -1;
  Light light;
};
using StagePtr = std::shared_ptr<const Stage>;

void colour(Stage& s) {
  s.accent[0] = Color(0x3b5bff);
  s.accent[1] = Color(0x8a6bff);
  s.accent[2] = Color(0xff9b7a);
  s.from = Color(s.dark ? 0x0b0d22 : 0xf6f5f2);
  s.to = Color(s.dark ? 0x15133a : 0xdcdeea);
  // A figure that shares the frame with a subject steps back.
  if (!s.dark && s.c.hero) {
    s.accent[0] = Color(0x8fa2ff);
    s.accent[1] = Color(0xc3b5ff);
    s.accent[2] = Color(0xffc9b3);
  }
}

void light(Stage& s) {
  Light& l = s.light;
  l.side = s.side;
  l.key = kWhite;
  l.fill = mix(s.accent[1], kWhite, .5);
  l.ambient = mix(s.accent[0], Color(s.dark ? 0x14162a : 0x8890a8), .65);
  l.rim = s.dark ? mix(s.accent[2], kWhite, .35) : kWhite;
  l.sky = s.dark ? mix(s.accent[1], kWhite, .25) : mix(s.from, kWhite, .3);
  l.ground = s.to;
  l.elevation = .7;
}

StagePtr make_stage(const Composition& c, bool dark) {
  auto s = std::make_shared<Stage>();
  s->c = c;
  s->dark = dark;
  s->side = c.sun_side;
  const bool tall = c.format == Format::tall;
  // The opening shows the figure alone, so that the product has an entrance to make.
  const bool alone = c.frame == Frame::wide && c.variant == 0;
  s->c.hero = c.hero && !alone;
  constexpr Figure kFigures[] = {Figure::orb, Figure::arcs, Figure::bars};
  s->figure = alone ? Figure::orb : c.closing || c.frame != Frame::wide ? Figure::none : kFigures[c.variant % 3];
  s->rings = !c.closing && s->figure != Figure::bars;
  const bool square = c.format == Format::square;  // words stand under the figure, as in an upright frame
  s->r = tall ? .22 : square ? .24 : alone ? .36 : .30;
  s->x = tall || square ? 0 : (s->c.hero && s->figure != Figure::none ? -c.side : c.side) * .30 * c.aspect;
  s->y = tall || square ? -.16 : .0;
  // Beside a figure the product stands as tall as it.
  if (s->c.hero && s->figure != Figure::none)
    s->c.height = tall ? .26 : .44, s->c.max_width = (tall ? .6 : .34) * c.aspect;
  if (s->c.hero && s->figure == Figure::none) s->x = c.x, s->y = -.06, s->r = tall ? .26 : .40;
  if (c.closing) s->x = 0, s->y = .5, s->r = .4;
  colour(*s);
  light(*s);
  return s;
}

void ground(Canvas& canvas, const Stage& s) {
  fill_all(canvas, lin(-.9, -.5, .9, .5, {{0, s.from}, {1, s.to}}));
  fill_all(canvas, rad(s.x, s.y, 0, s.r * 3.2, soft(s.accent[1], s.dark ? .5 : .26, 10, 2)));
  fill_all(canvas, rad(s.x + .5, s.y + .45, 0, s.r * 2.4, soft(s.accent[2], s.dark ? .35 : .28, 10, 2)));
  if (s.dark) fill_all(canvas, rad(-.8, .5, 0, 1.0, soft(s.accent[0], .35, 10, 2)));
}

void rings(Canvas& canvas, const Stage& s) {
  for (int k = 1; k < 6; ++k) {
    const double r = s.r * (1 + .34 * k), q = s.r * 2;
    canvas.ell(s.x, s.y, r, r);
    canvas.stroke(lin(s.x - q, s.y - q, s.x + q, s.y + q,
                      {{0, alpha(kWhite, (s.dark ? .28 : .75) / k)},
                       {.5, alpha(s.accent[1], .10)},
                       {1, alpha(s.accent[0], .16 / k + .04)}}),
                  .0016);
  }
}

void orb_shading(Canvas& canvas, const Stage& s) {
  const double x = s.x, y = s.y, r = s.r, d = s.side;
  canvas.clip(true);
  canvas.fill(rad(x, y, 0, r,
                  {{0, mix(s.accent[1], kWhite, .2)},
                   {.5, s.accent[1]},
                   {.82, s.accent[0]},
                   {1, mix(s.accent[0], Color(0x05061a), .3)}},
                  x + d * r * .45, y - r * .5));
  fill_all(canvas, rad(x - d * r * .55, y + r * .75, 0, r * 1.15, soft(s.accent[2], 1, 10, 1.5)));
  fill_all(canvas, rad(x + d * r * .48, y - r * .55, 0, r * .8, soft(kWhite, .85, 10, 1.9)));
  for (int k = 0; k < 9; ++k) {
    const double yy = y - r + r * 2 * (k + .5) / 9;
    canvas.begin();
    canvas.move_to(x - r, yy);
    canvas.curve_to(x - r * .4, yy + r * .3, x + r * .4, yy - r * .3, x + r, yy + r * .05);
    canvas.stroke(alpha(kWhite, .07), .003);
  }
  canvas.ell(x, y, r, r);
  canvas.stroke(lin(x - r * d, y + r, x + r * d, y - r,
                    {{0, alpha(mix(s.accent[2], kWhite, .6), .9)},
                     {.35, alpha(kWhite, 0)},
                     {.7, alpha(kWhite, 0)},
                     {1, alpha(kWhite, .7)}}),
                .012);
}

void orb(Canvas& canvas, const Stage& s) {
  const double foot = s.y + s.r * 1.18;
  canvas.ell(s.x + .02, foot, s.r * .95, s.r * .11);
  canvas.fill(rad(s.x + .02, foot, 0, s.r * .95,
                  {{0, alpha(mix(s.accent[0], Color(0x0a0c20), .5), .34)}, {1, alpha(s.accent[0], 0)}}));
  {
    const auto saved = canvas.saved();
    canvas.ell(s.x, s.y, s.r, s.r);
    orb_shading(canvas, s);
  }
  canvas.begin();
}

void bars(Canvas& canvas, const Stage& s) {
  constexpr double kHeights[] = {.35, .75, 1.25, .9, .55, .28};
  const double w = s.r * .30;
  for (int i = 0; i < 6; ++i) {
    const double x = s.x + (i - 2.5) * w * 1.42, h = s.r * kHeights[i], d = w / 2 * s.side;
    canvas.rrect(x - w / 2, s.y - h, w, 2 * h, w / 2);
    const Path outline = canvas.path();
    canvas.fill(lin(x - d, s.y - h, x + d, s.y + h,
                    {{0, mix(s.accent[1], kWhite, .55)},
                     {.45, mix(s.accent[1], kWhite, .15)},
                     {1, mix(s.accent[2], kWhite, .25)}}));
    rim(canvas, outline, s.light, x - w / 2, x + w / 2, w * .10, .8, .3);
  }
}

void arcs(Canvas& canvas, const Stage& s) {
  canvas.round_caps();
  for (int k = 0; k < 7; ++k) {
    const double q = s.r * (1.25 - .16 * k);
    canvas.begin();
    canvas.arc(s.x, s.y, q, q, kPi * (.75 + .13 * k), kPi * (1.95 + .17 * k));
    canvas.stroke(
        lin(s.x - q, s.y + q, s.x + q, s.y - q,
            {{0, alpha(s.accent[0], 0)}, {.3, s.accent[0]}, {.65, s.accent[1]}, {1, mix(s.accent[2], kWhite, .2)}}),
        s.r * .075);
  }
}

void figure(Canvas& canvas, const Stage& s) {
  if (s.figure == Figure::orb) orb(canvas, s);
  if (s.figure == Figure::bars) bars(canvas, s);
  if (s.figure == Figure::arcs) arcs(canvas, s);
}

void hero(Canvas& canvas, const Stage& s, const Subject& subject) {
  Placement at;
  at.x = s.c.x;
  at.y = s.c.foot;
  at.unit = subject.unit(s.c.height, s.c.max_width);
  at.contact = .34;
  at.cast = .22;
  at.reflection = .28;
  at.flatten = .12;
  at.shadow = mix(s.accent[0], Color(0x0a0c20), .7);
  if (s.c.frame == Frame::macro) {
    at.x -= subject.macro_x() * at.unit;
    at.y = .04 - subject.macro_y() * at.unit;
    at.detail = true;
  }
  subject.stand(canvas, s.light, at);
}

Scene stage(const Composition& c, const Subject& subject, bool dark) {
  const StagePtr s = make_stage(c, dark);
  Scene scene;
  scene.finish.grade.contrast = 1;
  scene.finish.vignette = dark ? .20 : .06;
  scene.finish.bloom = dark ? .30 : .06;
  scene.finish.threshold = dark ? .55 : .90;
  auto& layers = scene.layers;
  layers.emplace_back("ground", .05, [s](Canvas& canvas) { ground(canvas, *s); });
  if (s->rings) layers.emplace_back("rings", .3, [s](Canvas& canvas) { rings(canvas, *s); });
  if (s->figure != Figure::none) layers.emplace_back("figure", .7, [s](Canvas& canvas) { figure(canvas, *s); });
  if (s->c.hero) layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) { hero(canvas, *s, subject); });
  return scene;
}

Scene quiet(const Composition& composition, const Subject& subject, bool dark) {
  Composition c = composition;
  c.hero = false;
  c.closing = true;
  return stage(c, subject, dark);
}

}  // namespace

bool is_dark_hour(const Composition& c) {
  return c.time.find("night") != c.time.npos || c.time == "dusk";
}

Scene stage_scene(const Composition& c, const Subject& s) {
  return stage(c, s, is_dark_hour(c));
}
Scene stage_dark_scene(const Composition& c, const Subject& s) {
  return stage(c, s, true);
}
Scene stage_quiet(const Composition& c, const Subject& s) {
  return quiet(c, s, is_dark_hour(c));
}
Scene stage_dark_quiet(const Composition& c, const Subject& s) {
  return quiet(c, s, true);
}

}  // namespace vidgen::local
