// SPDX-License-Identifier: Apache-2.0
#include "local/settings/outdoors.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

void sky(Canvas& canvas, const OutdoorPlace& s) {
  paint_sky(canvas, s.look.sky, s.horizon - .62, s.horizon + .12);
  if (s.look.stars > 0) paint_stars(canvas, s.horizon, s.look.stars, s.seed + 91);
}

void clouds(Canvas& canvas, const OutdoorPlace& s, double strength) {
  const OutdoorLook& l = s.look;
  CloudField f;
  f.top = s.horizon - .56;
  f.bottom = s.horizon + .02;
  f.cover = .35;
  f.strength = strength * (l.night() ? .55 : 1);
  f.lit = mix(l.sun, l.glow, l.night() ? .6 : .25);
  f.shadow = mix(l.sky[1].color, l.haze, .25);
  f.sun_x = s.sun_x;
  f.sun_y = s.sun_y;
  f.seed = s.seed + 11;
  paint_clouds(canvas, f);
}

void light_in_sky(Canvas& canvas, const OutdoorPlace& s) {
  const OutdoorLook& l = s.look;
  const double strength = (s.c.closing ? .55 : 1) * l.sun_strength;
  const bool disc = !s.c.closing;
  if (l.night())
    paint_moon(canvas, s.sun_x, s.sun_y, l.sun, l.glow, strength, disc);
  else
    paint_sun(canvas, s.sun_x, s.sun_y, l.sun, l.glow, strength, disc);
}

void bokeh(Canvas& canvas, const OutdoorPlace& s) {
  Rng rng(s.seed + 77);
  const Color tones[] = {s.look.lit, s.look.glow, s.look.sun};
  for (int i = 0; i < 20; ++i) {
    const double x = rng.uniform(-1, 1), y = rng.uniform(-.45, .5), q = rng.uniform(.02, .075),
                 k = .32 * rng.uniform(.3, 1);
    const Color tone = tones[rng.below(3)];
    canvas.ell(x, y, q, q);
    canvas.fill(rad(x, y, 0, q,
                    {{0, alpha(tone, k * .65)},
                     {.8, alpha(tone, k * .72)},
                     {.91, alpha(mix(tone, kWhite, .12), k * .85)},
                     {1, alpha(tone, 0)}}));
  }
}

}  // namespace

OutdoorPtr make_outdoors(const Composition& c, const OutdoorLook& look, double horizon) {
  auto place = std::make_shared<OutdoorPlace>();
  place->look = look;
  place->c = c;
  place->horizon = horizon;
  place->side = c.sun_side;
  const double reach = c.frame == Frame::low      ? .15
                       : c.format == Format::tall ? .10
                       : c.frame == Frame::close  ? .30
                                                  : .36;
  place->sun_x = c.sun_side * reach / c.lens;
  // From low the sun stands over the skyline's peaks; behind a long lens it stays in the frame.
  const double rise = c.frame == Frame::low      ? std::max(look.sun_rise + .06, .235)
                      : c.format == Format::tall ? look.sun_rise * .8 + .06
                                                 : look.sun_rise;
  place->sun_y = std::max(horizon - rise, -.40 / c.lens);
  place->seed = static_cast<std::uint64_t>(c.variant % 4) * 2;
  place->light = look.light;
  place->light.side = c.sun_side;
  return place;
}

Layer outdoor_layer(const char* name, double p, double sigma, const OutdoorPtr& place, OutdoorDraw draw, Blend blend) {
  const double lens = place->c.lens;
  auto painter = [place, lens, draw = std::move(draw)](Canvas& canvas) {
    const auto saved = canvas.saved();
    canvas.scale(lens);
    draw(canvas, *place);
  };
  return Layer(name, p, std::move(painter), sigma * place->c.softness, blend);
}

void add_sky(Scene& scene, const OutdoorPtr& place, double strength) {
  scene.layers.push_back(outdoor_layer("sky", 0, 0, place, sky));
  if (strength > 0)
    scene.layers.push_back(
        outdoor_layer("clouds", .015, .002, place,
                      [strength](Canvas& canvas, const OutdoorPlace& s) { clouds(canvas, s, strength); }));
  scene.layers.push_back(outdoor_layer("sun", .01, 0, place, light_in_sky, Blend::screen));
  scene.layers.back().bakes = true;
}

void add_mist(Scene& scene, const OutdoorPtr& place, double p, double y, double height, double strength, int seed) {
  scene.layers.push_back(outdoor_layer("mist", p, 0, place, [=](Canvas& canvas, const OutdoorPlace& s) {
    paint_mist(canvas, y, height, s.look.haze, strength, s.seed + static_cast<std::uint64_t>(seed));
  }));
  scene.layers.back().coarse = .5;
}

void add_rays(Scene& scene, const OutdoorPtr& place, double strength) {
  Layer rays = outdoor_layer(
      "rays", .05, 0, place,
      [strength](Canvas& canvas, const OutdoorPlace& s) {
        paint_rays(canvas, s.sun_x, s.sun_y, s.look.lit, strength, s.seed + 3);
      },
      Blend::screen);
  rays.blur = .012;
  rays.bakes = true;
  scene.layers.push_back(std::move(rays));
}

void add_bokeh(Scene& scene, const OutdoorPtr& place) {
  scene.layers.push_back(outdoor_layer("bokeh", .3, .003, place, bokeh, Blend::screen));
}

Scene outdoor_scene(const OutdoorPlace& place) {
  Scene scene;
  scene.finish.grade = place.look.grade;
  scene.finish.vignette = place.look.vignette;
  scene.dust.count = 46;
  scene.dust.p = 1.15;
  scene.dust.color = mix(place.look.sun, kWhite, .3);
  scene.dust.strength = place.look.night() ? .5 : .8;
  scene.dust.seed = place.seed + 4;
  if (place.c.closing) {
    scene.dust.count = 0;
    scene.finish.bloom = .15;
  }
  return scene;
}

Composition quiet_composition(const Composition& composition) {
  Composition c = composition;
  c.hero = false;
  c.frame = Frame::wide;
  c.lens = 1;
  c.skyline = .10;
  c.softness = 10;
  c.closing = true;
  return c;
}

void quieten(Scene& scene, Color ambient) {
  const Color dark = mix(ambient, Color(0x0d1220), .85);
  scene.layers.emplace_back("dark", 0, [dark](Canvas& canvas) {
    fill_all(canvas, alpha(dark, .46));
    fill_all(canvas, rad(0, 0, 0, .75, soft(dark, .48, 8, 1.1)));
  });
}

Placement hero_placement(const OutdoorPlace& s, const Subject& subject) {
  Placement at;
  at.x = s.c.x;
  at.y = s.c.foot;
  at.unit = subject.unit(s.c.height, s.c.max_width);
  at.contact = .8;
  at.cast = .6;
  at.flatten = .10;
  return at;
}

bool paint_macro(Canvas& canvas, const OutdoorPlace& s, const Subject& subject) {
  if (s.c.frame != Frame::macro) return false;
  Placement at = hero_placement(s, subject);  // the detail on the third line, half way down
  at.x -= subject.macro_x() * at.unit;
  at.y = .04 - subject.macro_y() * at.unit;
  at.contact = at.cast = 0;
  at.detail = true;
  subject.stand(canvas, s.light, at);
  return true;
}

}  // namespace vidgen::local
