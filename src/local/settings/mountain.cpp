// SPDX-License-Identifier: Apache-2.0
// Mountains at sunrise, golden hour, midday or dusk: three ridges with mist between, conifers, a meadow with a trail,
// and a slab of rock for the subject.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/mountain_place.hpp"

namespace vidgen::local {
namespace {

using Place = OutdoorPlace;
using PlacePtr = OutdoorPtr;

PlacePtr make_place(const Composition& c, const Subject& subject) {
  auto place = std::make_shared<Place>();
  place->look = outdoor_look(c.time);
  place->c = c;
  place->horizon = c.skyline / c.lens;
  // A rock whose foot can be seen stands in the meadow, not above it.
  const double base = c.foot + kSlabHeight * slab_half(c, subject);
  if (c.frame != Frame::macro && c.frame != Frame::low && base < .53)
    place->horizon = std::min(place->horizon, (c.foot - .005) / c.lens - kMeadow);
  place->side = c.sun_side;
  const double reach = c.frame == Frame::low      ? .15
                       : c.format == Format::tall ? .10
                       : c.frame == Frame::close  ? .30
                                                  : .36;
  place->sun_x = c.sun_side * reach / c.lens;
  place->sun_y = place->horizon - (c.frame == Frame::low ? .235 : c.format == Format::tall ? .16 : .125);
  place->seed = static_cast<std::uint64_t>(c.variant % 4) * 2;
  place->light = place->look.light;
  place->light.side = c.sun_side;
  return place;
}

// A background layer: painted through the lens.
Layer far_layer(const char* name, double p, double sigma, const PlacePtr& place,
                std::function<void(Canvas&, const Place&)> draw, Blend blend = Blend::over) {
  const double lens = place->c.lens;
  auto painter = [place, lens, draw = std::move(draw)](Canvas& canvas) {
    const auto saved = canvas.saved();
    canvas.scale(lens);
    draw(canvas, *place);
  };
  return Layer(name, p, std::move(painter), sigma * place->c.softness, blend);
}

void sky(Canvas& canvas, const Place& s) {
  paint_sky(canvas, s.look.sky, s.horizon - .62, s.horizon + .12);
}

void clouds(Canvas& canvas, const Place& s) {
  const OutdoorLook& l = s.look;
  CloudField f;
  f.top = s.horizon - .56;
  f.bottom = s.horizon + .02;
  f.cover = .35;
  f.strength = .8;
  f.lit = mix(l.sun, l.glow, .25);
  f.shadow = mix(l.sky[1].color, l.haze, .25);
  f.sun_x = s.sun_x;
  f.sun_y = s.sun_y;
  f.seed = s.seed + 11;
  paint_clouds(canvas, f);
}

Ridge far_ridge(const Place& s) {
  const double pk = s.c.peaks;
  Ridge r;
  r.base = s.horizon + .03;
  r.rise = .13;
  r.frequency = 1.5;
  r.seed = s.seed + 5;
  r.top = s.look.far[0];
  r.foot = s.look.haze;
  r.relief = .42;
  r.peaks = {{-.42 + pk, .15, .42}, {.14 + pk, .07, .3}, {.95 + pk * .6, .12, .45}, {-1.1 + pk, .10, .4}};
  r.snow = true;
  r.snow_color = mix(Color(0xfff3e2), s.look.haze, .25);
  return r;
}

Ridge middle_ridge(const Place& s) {
  const double pk = s.c.peaks * 1.3;
  Ridge r;
  r.base = s.horizon + .085;
  r.rise = .10;
  r.frequency = 2;
  r.seed = s.seed + 9;
  r.top = s.look.far[1];
  r.foot = mix(s.look.haze, s.look.far[1], .25);
  r.relief = .34;
  r.peaks = {{.72 + pk, .10, .35}, {-.95 + pk, .10, .4}};
  return r;
}

Ridge near_ridge(const Place& s) {
  Ridge r;
  r.base = s.horizon + .16;
  r.rise = .075;
  r.frequency = 2.6;
  r.seed = s.seed + 3;
  r.top = s.look.far[2];
  r.foot = mix(s.look.haze, s.look.far[2], .4);
  r.relief = .22;
  r.edge = 0;
  return r;
}

void lit_ridge(Canvas& canvas, Ridge r, const Place& s) {
  r.lit = s.look.lit;
  r.side = s.side;
  r.sun_x = s.sun_x;
  paint_ridge(canvas, r);
}

void wooded_ridge(Canvas& canvas, const Place& s) {
  const Ridge r = near_ridge(s);
  lit_ridge(canvas, r, s);
  const std::vector<Point> crest = ridge_crest(r);
  Rng rng(s.seed + 33);
  const Color color = mix(s.look.far[2], s.look.forest, .4);
  for (int i = 0; i < 440; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), h = rng.uniform(.022, .05);
    paint_conifer(canvas, x, interpolate(crest, x) + .004, h, color, s.look.lit, s.side, rng, 8);
  }
}

void forest(Canvas& canvas, const Place& s) {
  Rng rng(s.seed + 21);
  std::vector<double> xs;
  for (int i = 0; i < 200; ++i) xs.push_back(kWorldLeft + (kWorldRight - kWorldLeft) * i / 199);
  const std::vector<double> n = noise_line(xs, 1.2, 3, s.seed + 8, .5, false);
  std::vector<Point> floor;
  for (std::size_t i = 0; i < xs.size(); ++i)
    floor.push_back({xs[i], s.horizon + .235 + .03 * n[i] - .055 * std::pow(std::abs(xs[i]), 1.6)});
  for (int i = 0; i < 165; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), drop = rng.uniform(-.005, .02);
    const double h = rng.uniform(.07, .17) * (1 + .5 * std::min(1.0, std::abs(x)));
    const Color color = mix(s.look.forest, s.look.haze, .12 * rng.uniform());
    if (std::abs(x - .12) < .17) continue;  // where the trail goes
    paint_conifer(canvas, x, interpolate(floor, x) + drop + .02, h, color, s.look.lit, s.side, rng, 11);
  }
  floor.insert(floor.begin(), {kWorldLeft, 2});
  floor.push_back({kWorldRight, 2});
  canvas.poly(floor);
  canvas.fill(
      lin(0, s.horizon + .2, 0, s.horizon + .42, {{0, mix(s.look.forest, s.look.haze, .22)}, {1, s.look.near}}));
}

void foreground(Canvas& canvas, const Place& s) {
  const OutdoorLook& l = s.look;
  paint_grass(canvas, .60, .21, mix(l.near, kBlack, .45), mix(l.lit, l.near, .45), 230, s.seed + 9, .15);
}

void bokeh(Canvas& canvas, const Place& s) {
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

void add_background(Scene& scene, const PlacePtr& s) {
  const auto mist = [&](double p, double drop, double height, double strength, std::uint64_t seed) {
    scene.layers.push_back(far_layer("mist", p, 0, s, [=](Canvas& canvas, const Place& at) {
      paint_mist(canvas, at.horizon + drop, height, at.look.haze, strength, at.seed + seed);
    }));
    scene.layers.back().coarse = .5;
  };
  scene.layers.push_back(far_layer("sky", 0, 0, s, sky));
  scene.layers.push_back(far_layer("clouds", .015, .002, s, clouds));
  scene.layers.push_back(far_layer(
      "sun", .01, 0, s,
      [](Canvas& canvas, const Place& at) {
        paint_sun(canvas, at.sun_x, at.sun_y, at.look.sun, at.look.glow,
                  (at.c.closing ? .55 : 1) * at.look.sun_strength, !at.c.closing);
      },
      Blend::screen));
  scene.layers.back().bakes = true;
  scene.layers.push_back(
      far_layer("far ridge", .05, .001, s, [](Canvas& c, const Place& at) { lit_ridge(c, far_ridge(at), at); }));
  mist(.07, .02, .16, .75, 1);
  scene.layers.push_back(
      far_layer("middle ridge", .10, .0015, s, [](Canvas& c, const Place& at) { lit_ridge(c, middle_ridge(at), at); }));
  mist(.13, .11, .13, .6, 2);
  scene.layers.push_back(far_layer("near ridge", .18, .002, s, wooded_ridge));
  mist(.24, .19, .12, .5, 4);
  scene.layers.push_back(far_layer("forest", .34, .003, s, forest));
  mist(.40, .26, .09, .32, 6);
  scene.layers.push_back(far_layer("ground", .62, .004, s, paint_meadow));
}

}  // namespace

Scene mountain_scene(const Composition& c, const Subject& subject) {
  const PlacePtr s = make_place(c, subject);
  Scene scene;
  scene.finish.grade = s->look.grade;
  scene.finish.vignette = s->look.vignette;
  add_background(scene, s);
  if (c.frame == Frame::macro) {
    Layer lights = far_layer("bokeh", .3, .003, s, bokeh, Blend::screen);
    scene.layers.push_back(std::move(lights));
  }
  if (c.hero) scene.layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) { paint_hero(canvas, *s, subject); });
  Layer rays = far_layer(
      "rays", .03, 0, s,
      [](Canvas& canvas, const Place& at) { paint_rays(canvas, at.sun_x, at.sun_y, at.look.lit, .13, at.seed + 3); },
      Blend::screen);
  rays.blur = .012;
  scene.layers.push_back(std::move(rays));
  if (c.frame != Frame::macro && !c.closing)
    scene.layers.emplace_back(
        "foreground", 1.7, [s](Canvas& canvas) { foreground(canvas, *s); }, .010);
  scene.dust.count = 46;
  scene.dust.p = 1.15;
  scene.dust.color = mix(s->look.sun, kWhite, .3);
  scene.dust.strength = .8;
  scene.dust.seed = s->seed + 4;
  return scene;
}

// The same place out of focus, under dark.
Scene mountain_quiet(const Composition& composition, const Subject& subject) {
  Composition c = composition;
  c.hero = false;
  c.frame = Frame::wide;
  c.lens = 1;
  c.skyline = .10;
  c.softness = 10;
  c.closing = true;
  Scene scene = mountain_scene(c, subject);
  scene.dust.count = 0;
  scene.finish.bloom = .15;
  const Color dark = mix(outdoor_look(c.time).light.ambient, Color(0x0d1220), .85);
  scene.layers.emplace_back("dark", 0, [dark](Canvas& canvas) {
    fill_all(canvas, alpha(dark, .46));
    fill_all(canvas, rad(0, 0, 0, .55, soft(dark, .3, 8, 1.2)));
  });
  return scene;
}

}  // namespace vidgen::local
