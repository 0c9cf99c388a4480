// SPDX-License-Identifier: Apache-2.0
// A city. At night a skyline in a warm glow over a wet street; by day a terrace on a roof, towers in the haze.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/bokeh.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/outdoor_hero.hpp"
#include "local/settings/quiet.hpp"
#include "local/settings/setting.hpp"
#include "local/settings/skyline.hpp"

namespace vidgen::local {
namespace {

constexpr std::uint32_t kLamps[] = {0xffb066, 0xff6fa0, 0x6fc8ff, 0xffd79a};

struct City {
  Composition c;
  CityLook look;
  double base = .19;  // where the ground begins
  double sun = .3;    // of the glow, sideways
};
using CityPtr = std::shared_ptr<const City>;

CityPtr make_city(const Composition& c) {
  auto s = std::make_shared<City>();
  s->c = c;
  s->look = city_look(c.time, "night");
  s->look.light.side = c.sun_side;
  s->base = std::min(c.skyline + .13, c.foot - .06);
  if (c.frame == Frame::macro) s->base = c.skyline + .06;
  s->sun = c.sun_side * .26 * c.aspect;
  return s;
}

// Towers of a plane; `step` far to near. They loom when the camera looks up.
TowerPlane plane(const City& s, int step) {
  constexpr double kLow[] = {.10, .07, .03}, kHigh[] = {.34, .36, .20}, kNarrow[] = {.04, .06, .10};
  constexpr double kBroad[] = {.09, .12, .22}, kCell[] = {.0062, .0100, .0140}, kStrength[] = {.40, .75, .95};
  const double loom = s.c.frame == Frame::low ? 1.35 : s.c.format == Format::tall ? 1.5 : 1;
  TowerPlane p;
  p.base = 0;
  p.low = kLow[step] * loom;
  p.high = kHigh[step] * loom;
  p.narrow = kNarrow[step];
  p.broad = kBroad[step];
  p.cell = kCell[step];
  p.strength = kStrength[step];
  p.top = s.look.tower[step];
  p.foot = s.look.foot[step];
  p.edge = mix(s.look.glow, s.look.tower[step], .15);
  p.shine = step == 2 ? .12 : .32;
  p.lit = s.look.lit;
  p.side = s.c.sun_side;
  p.shift = s.c.peaks * (.25 + .3 * step);
  p.seed = static_cast<std::uint64_t>(3 + 4 * step);
  return p;
}

// A far layer, seen through the lens.
Layer far_layer(const char* name, double p, double sigma, const CityPtr& s,
                std::function<void(Canvas&, const City&)> draw, Blend blend = Blend::over) {
  auto painter = [s, draw = std::move(draw)](Canvas& canvas) {
    const auto saved = canvas.saved();
    canvas.translate(0, s->base);
    canvas.scale(s->c.lens);
    draw(canvas, *s);
  };
  return Layer(name, p, std::move(painter), sigma * s->c.softness, blend);
}

void sky(Canvas& canvas, const City& s) {
  paint_sky(canvas, s.look.sky, -.70, -.02);
  canvas.op(CAIRO_OPERATOR_SCREEN);
  const double x = s.sun / s.c.lens;
  fill_all(canvas, rad(x, -.02, 0, .95, soft(s.look.glow, s.look.lit ? .80 : .60, 10, 2.2)));
  if (!s.look.lit) fill_all(canvas, rad(x, -.26, 0, .42, soft(Color(0xfffbea), .85, 10, 2.2)));
  canvas.op(CAIRO_OPERATOR_OVER);
}

void far_towers(Canvas& canvas, const City& s) {
  paint_towers(canvas, plane(s, 0));
  paint_mist(canvas, -.01, .18, s.look.haze, s.look.lit ? .5 : .65, 3);
}

void mid_towers(Canvas& canvas, const City& s) {
  paint_towers(canvas, plane(s, 1));
  paint_mist(canvas, .0, .13, mix(s.look.haze, s.look.tower[1], s.look.lit ? .6 : .15), .55, 5);
}

void near_towers(Canvas& canvas, const City& s) {
  paint_towers(canvas, plane(s, 2));
}

void street_lights(Canvas& canvas, const City& s) {
  const Strewn lights{-1.6, -.12, 1.6, .020, .009, .040, 46, 4, kLamps};
  paint_bokeh(canvas, strew(lights), .62);
  (void)s;
}

void wet_street(Canvas& canvas, const City& s) {
  paint_pavement(canvas, {s.base, s.look.ground_far, s.look.ground, s.look.dark, s.look.glow, true, 5});
}

void reflections(Canvas& canvas, const City& s) {
  const auto saved = canvas.saved();
  canvas.rect(-3, s.base, 6, 2);
  canvas.clip();
  const double reach = std::max(.14, .50 - s.base);
  paint_streaks(canvas, {s.base, reach, 190, .60, 5});
  canvas.translate(s.sun, s.base);
  canvas.scale(1, .5);
  canvas.rect(-3, 0, 6, 3);
  canvas.fill(rad(0, 0, 0, .62, soft(s.look.glow, .34, 10, 2)));
}

// A parapet with planters closes the terrace.
void parapet(Canvas& canvas, const City& s) {
  const Color stone = mix(s.look.ground_far, s.look.wall[2], .35);
  canvas.rect(-3, -.075, 6, .09);
  canvas.fill(lin(0, -.075, 0, .015, {{0, mix(stone, kWhite, .25)}, {.14, stone}, {1, mix(stone, s.look.dark, .40)}}));
  canvas.rect(-3, -.087, 6, .014);
  canvas.fill(mix(stone, mix(s.look.light.key, kWhite, .5), .65));
  for (double x : {-1.25, -.80, .80, 1.25}) {
    paint_grass(canvas, -.07, .13, mix(Color(0x3c5236), s.look.haze, .15), mix(Color(0x9cae62), s.look.light.key, .3),
                90, static_cast<std::uint64_t>(x * 10 + 40), 0, x - .17, x + .17);
    canvas.rrect(x - .19, -.075, .38, .095, .006);
    canvas.fill(lin(x - .19 * s.c.sun_side, 0, x + .19 * s.c.sun_side, 0,
                    {{0, mix(s.look.wall[0], s.look.dark, .5)}, {1, mix(s.look.wall[0], s.look.light.key, .25)}}));
  }
}

void terrace(Canvas& canvas, const City& s) {
  paint_pavement(canvas, {s.base, s.look.ground_far, s.look.ground, s.look.dark, s.look.light.key, false, 5});
  // The parapet's shadow, and slabs told apart by their tone alone.
  canvas.rect(-3, s.base, 6, .05);
  canvas.fill(lin(0, s.base, 0, s.base + .05, {{0, alpha(s.look.dark, .45)}, {1, alpha(s.look.dark, 0)}}));
}

void sunlight(Canvas& canvas, const City& s) {
  const auto saved = canvas.saved();
  canvas.rect(-3, s.base, 6, 2);
  canvas.clip();
  canvas.translate(s.c.x + s.c.sun_side * .25, std::max(s.base + .1, s.c.foot - .03));
  canvas.scale(1, .22);
  canvas.rect(-3, -3, 6, 6);
  canvas.fill(rad(0, 0, 0, 1.1, soft(s.look.light.key, .42, 10, 1.8)));
}

void add_ground(Scene& scene, const CityPtr& s, const Subject& subject) {
  auto& layers = scene.layers;
  const bool wet = s->look.lit;
  const double sigma = s->c.closing ? .035 : .003;  // wet ground blurs what it shows
  layers.emplace_back(
      "ground", 1, [s, wet](Canvas& canvas) { wet ? wet_street(canvas, *s) : terrace(canvas, *s); }, sigma);
  layers.emplace_back(
      "ground light", 1, [s, wet](Canvas& canvas) { wet ? reflections(canvas, *s) : sunlight(canvas, *s); },
      sigma + .004, Blend::screen);
  layers.back().bakes = true;
  if (!s->c.hero) return;
  layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) {
    if (s->look.lit) pool_under(canvas, s->c, mix(s->look.glow, kWhite, .1), .34);
    stand_outdoors(canvas, subject, s->c, s->look.light, s->look.dark, s->look.lit);
    if (s->look.lit) paint_headlights(canvas, subject, s->c);
  });
}

Scene scene_of(const Composition& c, const Subject& subject) {
  const CityPtr s = make_city(c);
  Scene scene;
  scene.finish.grade = s->look.grade;
  scene.finish.vignette = s->look.vignette;
  scene.finish.bloom = s->look.bloom;
  scene.finish.threshold = s->look.threshold;
  auto& layers = scene.layers;
  layers.push_back(far_layer("sky", 0, 0, s, sky));
  layers.push_back(far_layer("far towers", .06, .0025, s, far_towers));
  layers.push_back(far_layer("towers", .15, .003, s, mid_towers));
  // Near enough to the plane behind to share its picture, and the lights fall on both.
  layers.push_back(far_layer("near towers", .21, .004, s, s->look.lit ? near_towers : parapet));
  if (s->look.lit) {
    layers.push_back(far_layer("street lights", .21, .001, s, street_lights, Blend::screen));
    layers.back().bakes = true;
  }
  add_ground(scene, s, subject);
  scene.dust.count = s->look.lit ? 30 : 24;
  scene.dust.color = mix(s->look.glow, kWhite, .4);
  scene.dust.strength = .4;
  scene.dust.seed = 6;
  return scene;
}

}  // namespace

Scene city_scene(const Composition& c, const Subject& s) {
  return scene_of(c, s);
}

Scene city_quiet(const Composition& composition, const Subject& s) {
  Composition c = blurred_composition(composition);
  c.skyline = .06;
  return veiled(scene_of(c, s), city_look(c.time, "night").veil);
}

}  // namespace vidgen::local
