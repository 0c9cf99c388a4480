// SPDX-License-Identifier: Apache-2.0
// A street in depth: shop fronts and brick walls on both sides of a paved way, a glow at its end; wet and lit at night.
#include <algorithm>
#include <cmath>

#include "local/settings/bokeh.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/outdoor_hero.hpp"
#include "local/settings/quiet.hpp"
#include "local/settings/setting.hpp"
#include "local/settings/street_front.hpp"

namespace vidgen::local {
namespace {

constexpr std::uint32_t kLamps[] = {0xffc27a, 0xff9f6a, 0x8fc8ff, 0xffe0a8};

StreetPtr make_street(const Composition& c) {
  auto s = std::make_shared<Street>();
  s->c = c;
  s->look = city_look(c.time, "midday");
  s->look.light.side = c.sun_side;
  s->horizon = std::min(c.skyline - .02, c.foot - .20);
  if (c.frame == Frame::low) s->horizon = c.foot - .16;
  if (c.frame == Frame::macro) s->horizon = .10;
  // The street's end glows on the caption's side, beside the subject and not behind it.
  s->vanish = c.sun_side * (c.format == Format::wide ? .11 * c.aspect : .04) + .06 * c.peaks;
  s->ground = (.52 - s->horizon) * .92;
  // As wide as it takes for the subject to stand on the way, air beside it.
  const double room = std::abs(c.x - s->vanish) + .5 * std::min(c.max_width, c.height * 1.2) + .14;
  s->half = std::max(.45, room * s->ground / std::max(.12, std::min(c.foot, .45) - s->horizon));
  s->seed = 11;
  return s;
}

Layer street_layer(const char* name, double p, double sigma, const StreetPtr& s, void (*draw)(Canvas&, const Street&),
                   Blend blend = Blend::over) {
  return Layer(
      name, p, [s, draw](Canvas& canvas) { draw(canvas, *s); }, sigma * s->c.softness, blend);
}

void sky(Canvas& canvas, const Street& s) {
  paint_sky(canvas, s.look.sky, s.horizon - .70, s.horizon - .02);
  canvas.op(CAIRO_OPERATOR_SCREEN);
  fill_all(canvas, rad(s.vanish, s.horizon - .04, 0, .55, soft(s.look.glow, s.look.lit ? .60 : .80, 10, 2.2)));
  canvas.op(CAIRO_OPERATOR_OVER);
}

// Only between the walls: they stand on it.
void clip_to_way(Canvas& canvas, const Street& s) {
  canvas.poly({s.at(-s.half, 40, s.ground), s.at(s.half, 40, s.ground), s.at(s.half, .3, s.ground),
               s.at(-s.half, .3, s.ground)});
  canvas.clip();
}

void way(Canvas& canvas, const Street& s) {
  const auto saved = canvas.saved();
  clip_to_way(canvas, s);
  paint_pavement(canvas, {s.horizon, s.look.ground_far, s.look.ground, s.look.dark, s.look.light.key, s.look.lit, 8});
  paint_kerbs(canvas, s);
}

// Fans of light, one in the other, so that the sunny part of the street ends softly.
void sun_down_the_street(Canvas& canvas, const Street& s) {
  constexpr int kFans = 12;
  const Color key = s.look.light.key;
  for (int i = 0; i < kFans; ++i) {
    const double wide = .25 + 1.5 * i / kFans, far = .02 * wide;
    canvas.poly({{s.vanish - far, s.horizon},
                 {s.vanish + far, s.horizon},
                 {s.c.x - .10 + .65 * wide, .6},
                 {s.c.x - .10 - .65 * wide, .6}});
    canvas.fill(lin(0, s.horizon, 0, .6, {{0, alpha(key, .055)}, {.4, alpha(key, .032)}, {1, alpha(key, .024)}}));
  }
}

void way_light(Canvas& canvas, const Street& s) {
  const auto saved = canvas.saved();
  clip_to_way(canvas, s);
  if (s.look.lit) {
    paint_streaks(canvas, {s.horizon + .02, std::max(.2, .44 - s.horizon), 150, .42, 9});
  } else {
    sun_down_the_street(canvas, s);
  }
  canvas.translate(s.vanish, s.horizon);
  canvas.scale(1, .6);
  canvas.rect(-3, 0, 6, 3);
  canvas.fill(rad(0, 0, 0, .60, soft(s.look.glow, s.look.lit ? .5 : .45, 10, 2)));
}

void lamps(Canvas& canvas, const Street& s) {
  const double wide = .55 * s.c.aspect;
  const Strewn lights{s.vanish - wide, s.horizon - .10, s.vanish + wide, s.horizon + .03, .010, .034, 34, 14, kLamps};
  paint_bokeh(canvas, strew(lights), .60);
}

void add_ground(Scene& scene, const StreetPtr& s, const Subject& subject) {
  auto& layers = scene.layers;
  const double sigma = s->c.closing ? .035 : .0015;
  layers.emplace_back(
      "way", 1, [s](Canvas& canvas) { way(canvas, *s); }, sigma);
  layers.emplace_back(
      "light on the way", 1, [s](Canvas& canvas) { way_light(canvas, *s); }, s->look.lit ? sigma + .006 : .025,
      Blend::screen);
  layers.back().bakes = true;
  if (!s->c.hero) return;
  layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) {
    if (s->look.lit) pool_under(canvas, s->c, mix(s->look.glow, kWhite, .2), .30);
    stand_outdoors(canvas, subject, s->c, s->look.light, s->look.dark, s->look.lit);
    if (s->look.lit) paint_headlights(canvas, subject, s->c);
  });
}

Scene scene_of(const Composition& c, const Subject& subject) {
  const StreetPtr s = make_street(c);
  Scene scene;
  scene.finish.grade = s->look.grade;
  scene.finish.vignette = s->look.vignette;
  scene.finish.bloom = s->look.bloom;
  scene.finish.threshold = s->look.threshold;
  auto& layers = scene.layers;
  layers.push_back(street_layer("sky", 0, 0, s, sky));
  layers.push_back(street_layer("end", .05, .004, s, paint_street_end));
  layers.push_back(street_layer("fronts", .30, .006, s, paint_fronts));
  if (s->look.lit) {
    layers.push_back(street_layer("lamps", .30, .001, s, lamps, Blend::screen));
    layers.back().bakes = true;
  }
  add_ground(scene, s, subject);
  scene.dust.count = 24;
  scene.dust.color = mix(s->look.glow, kWhite, .4);
  scene.dust.strength = .4;
  scene.dust.seed = 9;
  return scene;
}

}  // namespace

Scene street_scene(const Composition& c, const Subject& s) {
  return scene_of(c, s);
}

Scene street_quiet(const Composition& composition, const Subject& s) {
  Composition c = blurred_composition(composition);
  c.skyline = .06;
  return veiled(scene_of(c, s), city_look(c.time, "midday").veil);
}

}  // namespace vidgen::local
