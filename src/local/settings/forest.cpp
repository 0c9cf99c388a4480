// SPDX-License-Identifier: Apache-2.0
// The forest: trunks in three depths with air between, leaves above, shafts of light, ferns, a path over moss.
#include "local/settings/forest.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

using Place = OutdoorPlace;

const double kTop = -.75;  // trunks leave the frame above

void air(Canvas& canvas, const Place& s) {
  const ForestColors& f = forest_colors(s);
  const double hy = s.horizon;
  fill_all(canvas, lin(0, hy - .60, 0, hy + .10,
                       {{0, f.top}, {.45, mix(f.top, f.air, .45)}, {.85, f.air}, {1, mix(f.air, f.far, .25)}}));
  // The wood is deeper on the side that the light does not come from.
  fill_all(canvas, lin(s.sun_x, 0, s.sun_x - s.side * 1.3, 0,
                       {{0, alpha(f.top, 0)}, {.3, alpha(f.top, .08)}, {1, alpha(mix(f.top, f.near, .3), .52)}}));
  if (s.look.night()) paint_stars(canvas, hy - .1, .8, s.seed + 91);
}

void light(Canvas& canvas, const Place& s) {
  const OutdoorLook& l = s.look;
  const double k = (s.c.closing ? .5 : 1) * std::min(1.0, l.sun_strength + .15);
  if (l.night())
    paint_moon(canvas, s.sun_x, s.sun_y, l.sun, l.glow, k, !s.c.closing);
  else
    paint_sun(canvas, s.sun_x, s.sun_y, l.sun, mix(l.glow, forest_colors(s).air, .35), k, false);
}

struct Stand {
  int count;
  double ground, half_low, half_high, lean;
  Color bark;
  double fade;
  std::uint64_t seed;
};

double scatter(const Stand& t, int i, Rng& rng) {
  const double step = (kWorldRight - kWorldLeft) / t.count;
  return kWorldLeft + step * (i + rng.uniform(.05, .95));
}

// A plane of trees with the floor they stand on.
void stand(Canvas& canvas, const Place& s, const Stand& t, bool clear_path) {
  const ForestColors& f = forest_colors(s);
  const double y = forest_ground(s, t.ground), gap = s.c.side >= 0 ? -.06 : .06;
  TrunkColors c;
  c.bark = t.bark;
  c.dark = mix(t.bark, f.near, .40);
  c.lit = mix(t.bark, s.look.lit, .75);
  c.air = f.air;
  c.fade = t.fade;
  c.bark_lines = t.half_low > .012;
  Rng rng(s.seed + t.seed);
  for (int i = 0; i < t.count; ++i) {
    Trunk trunk{scatter(t, i, rng) + .2 * s.c.peaks, y + rng.uniform(-.006, .010), rng.uniform(t.half_low, t.half_high),
                t.lean * rng.normal()};
    Rng own(mix_seed(s.seed + t.seed, static_cast<std::uint64_t>(i)));
    if (clear_path && std::abs(trunk.x - gap) < .13) continue;
    paint_trunk(canvas, trunk, kTop, c, s.side, own);
  }
  canvas.rect(kWorldLeft, y + .002, kWorldRight - kWorldLeft, 1);
  canvas.fill(lin(0, y, 0, y + .12,
                  {{0, mix(mix(f.moss, t.bark, .4), f.air, t.fade * .7)}, {1, mix(f.moss, f.moss_dark, .5)}}));
}

void bushes(Canvas& canvas, const Place& s, double share, int count, double size, Color dark, Color lit, int seed) {
  const double y = forest_ground(s, share);
  Rng rng(s.seed + static_cast<std::uint64_t>(seed));
  for (int i = 0; i < count; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), half = size * rng.uniform(.6, 1.5);
    const double high = half * rng.uniform(.6, 1.1);
    if (std::abs(x - (s.c.side >= 0 ? -.06 : .06)) < half + .04) continue;
    paint_bush(canvas, x, y + .006, half, high, dark, lit, s.side, rng);
  }
}

void leaves(Canvas& canvas, const Place& s, double bottom, int clumps, double size, Color dark, Color lit,
            std::uint64_t seed) {
  paint_foliage(
      canvas, {s.horizon - .66, s.horizon + bottom, clumps, size, dark, lit, s.sun_x, s.sun_y, s.side, s.seed + seed});
}

void far_trees(Canvas& canvas, const Place& s) {
  const ForestColors& f = forest_colors(s);
  stand(canvas, s, {64, .02, .004, .010, .02, mix(f.far, f.air, .35), .7, 20}, false);
  leaves(canvas, s, -.08, 90, .055, mix(f.leaf_dark, f.air, .55), mix(f.leaf, f.air, .55), 70);
  bushes(canvas, s, .03, 60, .035, mix(f.far, f.air, .25), mix(f.leaf, f.air, .5), 24);
}

void middle_trees(Canvas& canvas, const Place& s) {
  const ForestColors& f = forest_colors(s);
  stand(canvas, s, {26, .14, .011, .022, .03, f.middle, .45, 30}, true);
  leaves(canvas, s, -.20, 60, .085, mix(f.leaf_dark, f.middle, .3), mix(f.leaf, f.air, .12), 80);
  bushes(canvas, s, .15, 40, .05, mix(f.leaf_dark, f.middle, .45), mix(f.leaf, f.air, .2), 34);
}

void near_trees(Canvas& canvas, const Place& s) {
  const ForestColors& f = forest_colors(s);
  stand(canvas, s, {9, .30, .030, .050, .04, mix(f.near, f.middle, .25), .12, 40}, true);
  leaves(canvas, s, -.36, 30, .13, mix(f.leaf_dark, f.near, .35), f.leaf, 90);
  bushes(canvas, s, .32, 26, .055, mix(f.leaf_dark, f.near, .2), mix(f.leaf, s.look.lit, .1), 44);
}

// A great trunk at the frame's edge on the subject's side, ferns at its foot; not through the lens.
void foreground(Canvas& canvas, const Place& s) {
  const ForestColors& f = forest_colors(s);
  const double way = s.c.side >= 0 ? 1 : -1, edge = s.c.aspect / 2;
  Rng rng(s.seed + 61);
  const Color dark = mix(f.near, kBlack, .35);
  if (s.c.format != Format::tall) {
    TrunkColors c{dark, mix(dark, kBlack, .4), mix(f.near, s.look.lit, .35), f.air, 0, true};
    paint_trunk(canvas, {way * (edge + .05), .66, .10, way * .05}, kTop, c, s.side, rng);
  }
  for (int i = 0; i < 3; ++i)
    paint_fern(canvas, way * (edge - .02 - .17 * i), .58, .28 - .05 * i, mix(f.leaf_dark, kBlack, .35),
               mix(f.leaf, f.leaf_dark, .2), s.side, rng);
}

RockColors rock_colors(const Place& s) {
  const ForestColors& f = forest_colors(s);
  RockColors r{mix(f.near, kBlack, .15),
               mix(f.near, f.path, .30),
               mix(f.path, f.middle, .35),
               s.look.lit,
               f.leaf_dark,
               mix(f.leaf, s.look.lit, .2),
               1,
               f.moss};
  return r;
}

void hero(Canvas& canvas, const Place& s, const Subject& subject) {
  if (paint_macro(canvas, s, subject)) return;
  paint_on_slab(canvas, s, subject, rock_colors(s));
}

void shafts(Canvas& canvas, const Place& s) {
  const double k = s.look.night() ? .14 : s.look.hour == Hour::midday ? .34 : .46;
  paint_shafts(canvas, s.sun_x, std::min(s.sun_y, s.horizon - .2), forest_ground(s, .5), s.look.lit, k, s.side,
               s.seed + 6);
}

void add_background(Scene& scene, const OutdoorPtr& s) {
  const double hy = s->horizon;
  scene.layers.push_back(outdoor_layer("air", 0, 0, s, air));
  scene.layers.push_back(outdoor_layer("sun", .01, 0, s, light, Blend::screen));
  scene.layers.back().bakes = true;
  scene.layers.push_back(outdoor_layer("far trees", .06, .0015, s, far_trees));
  add_mist(scene, s, .06, hy - .01, .16, .5, 1);
  scene.layers.push_back(outdoor_layer("middle trees", .065, .002, s, middle_trees));
  add_mist(scene, s, .065, hy + .04, .14, .35, 4);
  // In the air behind the near trunks, and so part of the same picture.
  scene.layers.push_back(outdoor_layer("shafts", .06, .018 / s->c.softness, s, shafts, Blend::screen));
  scene.layers.back().bakes = true;
  scene.layers.push_back(outdoor_layer("near trees", .36, .0025, s, near_trees));
  scene.layers.push_back(outdoor_layer("floor", .62, .0035, s, paint_forest_floor));
}

}  // namespace

Scene forest_scene(const Composition& c, const Subject& subject) {
  OutdoorLook look = outdoor_look(c.time, Land::forest);
  const OutdoorPtr s = make_outdoors(c, look, (c.skyline - .04) / c.lens);
  Scene scene = outdoor_scene(*s);
  add_background(scene, s);
  if (c.frame == Frame::macro) add_bokeh(scene, s);
  if (c.hero) scene.layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) { hero(canvas, *s, subject); });
  if (c.frame != Frame::macro && !c.closing)
    scene.layers.emplace_back(
        "foreground", 1.7, [s](Canvas& canvas) { foreground(canvas, *s); }, .010);
  if (look.night()) scene.dust.color = Color(0xe8ff9a);  // fireflies
  return scene;
}

Scene forest_quiet(const Composition& composition, const Subject& subject) {
  Scene scene = forest_scene(quiet_composition(composition), subject);
  quieten(scene, outdoor_look(composition.time, Land::forest).light.ambient);
  return scene;
}

}  // namespace vidgen::local
