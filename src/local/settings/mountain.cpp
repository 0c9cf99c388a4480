// SPDX-License-Identifier: Apache-2.0
// Mountains at any hour: three ridges with mist between, conifers, a meadow with a trail,
// and a slab of rock for the subject.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/outdoors.hpp"

namespace vidgen::local {
namespace {

using Place = OutdoorPlace;
using PlacePtr = OutdoorPtr;

PlacePtr make_place(const Composition& c, const Subject& subject) {
  double horizon = c.skyline / c.lens;
  // A rock whose foot can be seen stands in the meadow, not above it.
  const double base = c.foot + kSlabHeight * slab_half(c, subject);
  if (c.frame != Frame::macro && c.frame != Frame::low && base < .53)
    horizon = std::min(horizon, (c.foot - .005) / c.lens - kMeadow);
  return make_outdoors(c, outdoor_look(c.time, Land::mountain), horizon);
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

RockColors rock_colors(const OutdoorLook& l) {
  return {l.near, l.ground, l.trail, l.lit, mix(l.near, kBlack, .2), mix(l.lit, l.ground, .25), 0, l.forest};
}

void hero(Canvas& canvas, const Place& s, const Subject& subject) {
  if (paint_macro(canvas, s, subject)) return;
  paint_on_slab(canvas, s, subject, rock_colors(s.look));
}

void add_background(Scene& scene, const PlacePtr& s) {
  const double hy = s->horizon;
  add_sky(scene, s, .8);
  scene.layers.push_back(
      outdoor_layer("far ridge", .05, .001, s, [](Canvas& c, const Place& at) { lit_ridge(c, far_ridge(at), at); }));
  if (!s->look.night()) add_rays(scene, s, .13);
  add_mist(scene, s, .07, hy + .02, .16, .75, 1);
  scene.layers.push_back(outdoor_layer("middle ridge", .10, .0015, s,
                                       [](Canvas& c, const Place& at) { lit_ridge(c, middle_ridge(at), at); }));
  add_mist(scene, s, .13, hy + .11, .13, .6, 2);
  scene.layers.push_back(outdoor_layer("near ridge", .18, .002, s, wooded_ridge));
  add_mist(scene, s, .24, hy + .19, .12, .5, 4);
  scene.layers.push_back(outdoor_layer("forest", .34, .003, s, forest));
  add_mist(scene, s, .40, hy + .26, .09, .32, 6);
  scene.layers.push_back(outdoor_layer("ground", .62, .004, s, paint_meadow));
}

}  // namespace

Scene mountain_scene(const Composition& c, const Subject& subject) {
  const PlacePtr s = make_place(c, subject);
  Scene scene = outdoor_scene(*s);
  add_background(scene, s);
  if (c.frame == Frame::macro) add_bokeh(scene, s);
  if (c.hero) scene.layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) { hero(canvas, *s, subject); });
  if (c.frame != Frame::macro && !c.closing)
    scene.layers.emplace_back(
        "foreground", 1.7, [s](Canvas& canvas) { foreground(canvas, *s); }, .010);
  return scene;
}

Scene mountain_quiet(const Composition& composition, const Subject& subject) {
  Scene scene = mountain_scene(quiet_composition(composition), subject);
  quieten(scene, outdoor_look(composition.time, Land::mountain).light.ambient);
  return scene;
}

}  // namespace vidgen::local
