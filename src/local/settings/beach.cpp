// SPDX-License-Identifier: Apache-2.0
// The beach: headland, sea with the light's road on it, foam line, rippled sand, a palm's crown in the corner.
#include <algorithm>

#include "local/settings/beach_look.hpp"

namespace vidgen::local {
namespace {

using Place = OutdoorPlace;

// The water ends well behind the subject's foot.
double shore(const Place& s) {
  const double room = std::max(s.foot() - s.horizon, .10);
  return s.horizon + std::clamp(room * .52, .07, .17);
}

Ridge headland(const Place& s, bool near) {
  const double pk = s.c.peaks * (near ? .9 : .5), away = -s.side;
  Ridge r;
  r.base = s.horizon + (near ? .030 : .026);
  r.rise = near ? .05 : .035;
  r.frequency = near ? 2.6 : 1.8;
  r.seed = s.seed + (near ? 4 : 15);
  r.top = mix(mix(s.look.far[near ? 2 : 1], beach_colors(s).leaf, near ? .35 : .1), s.look.haze, near ? .15 : .5);
  r.foot = mix(r.top, s.look.haze, .45);
  r.lit = s.look.lit;
  r.side = s.side;
  r.sun_x = s.sun_x;
  r.depth = .12;
  r.relief = near ? .6 : .35;
  r.edge = .35;
  if (near)
    r.peaks = {{away * 1.02 + pk * .4, .085, .42}, {away * .68 + pk * .4, .045, .3}, {away * 1.5, .10, .5}};
  else
    r.peaks = {{-away * .85 + pk, .030, .5}, {away * .35 + pk, .024, .5}, {-away * 1.5 + pk, .04, .5}};
  return r;
}

void sea(Canvas& canvas, const Place& s) {
  paint_sea(canvas, beach_colors(s).sea, s.horizon, shore(s), s.sun_x, s.seed + 2);
}

void shore_and_sand(Canvas& canvas, const Place& s) {
  const BeachColors& b = beach_colors(s);
  const double y = shore(s);
  paint_shore(canvas, b.sea, b.sand, s.look.sky.back().color, y, s.seed + 5);
  const auto saved = canvas.saved();
  std::vector<Point> dry{{kWorldLeft, 2}};
  for (int i = 0; i <= 160; ++i) {
    const double x = kWorldLeft + (kWorldRight - kWorldLeft) * i / 160;
    dry.push_back({x, shore_at(y, x, s.seed + 5) + .046});
  }
  dry.push_back({kWorldRight, 2});
  canvas.poly(dry);
  canvas.clip();
  canvas.rect(kWorldLeft, y, kWorldRight - kWorldLeft, 2);
  canvas.fill(lin(0, y + .02, 0, y + .42,
                  {{0, alpha(b.sand.mid, .0)},
                   {.10, mix(b.sand.mid, b.sand.lit, .4)},
                   {.3, b.sand.lit},
                   {1, mix(b.sand.mid, b.sand.shade, .35)}}));
  if (s.c.frame != Frame::macro) paint_ripples(canvas, s.horizon, y + .05, .64, b.sand, .22, s.seed + 31);
}

void palm(Canvas& canvas, const Place& s) {
  const BeachColors& b = beach_colors(s);
  const double way = s.c.side >= 0 ? 1 : -1, edge = s.c.aspect / 2, reach = s.c.format == Format::tall ? .50 : .80;
  paint_fronds(canvas, way * (edge + .12), -.60, reach, way, b.leaf_dark, b.leaf, b.leaf_lit, s.seed + 3);
}

void add_background(Scene& scene, const OutdoorPtr& s) {
  const auto land = [](bool near) {
    return [near](Canvas& c, const Place& at) { paint_ridge(c, headland(at, near)); };
  };
  add_sky(scene, s, s->look.hour == Hour::midday ? .9 : .75);
  scene.layers.push_back(outdoor_layer("far land", .04, .001, s, land(false)));
  scene.layers.push_back(outdoor_layer("headland", .06, .001, s, land(true)));
  add_mist(scene, s, .06, s->horizon - .004, .05, .45, 2);
  scene.layers.push_back(outdoor_layer("sea", s->c.frame == Frame::macro ? .065 : .16, .0008, s, sea));
  scene.layers.push_back(outdoor_layer("sand", .70, .002, s, shore_and_sand));
}

}  // namespace

Scene beach_scene(const Composition& c, const Subject& subject) {
  // Low enough a skyline for the water to be seen before the sand.
  const OutdoorPtr s = make_outdoors(c, outdoor_look(c.time, Land::beach), std::min(c.skyline, c.foot - .14) / c.lens);
  Scene scene = outdoor_scene(*s);
  add_background(scene, s);
  if (c.frame == Frame::macro) add_bokeh(scene, s);
  if (c.hero)
    scene.layers.emplace_back(
        "hero", 1, [s, subject](Canvas& canvas) { paint_on_sand(canvas, *s, subject, beach_colors(*s).sand); });
  if (c.frame != Frame::macro && !c.closing)
    scene.layers.emplace_back(
        "palm", 1.5, [s](Canvas& canvas) { palm(canvas, *s); }, .004);
  return scene;
}

Scene beach_quiet(const Composition& composition, const Subject& subject) {
  Scene scene = beach_scene(quiet_composition(composition), subject);
  quieten(scene, outdoor_look(composition.time, Land::beach).light.ambient);
  return scene;
}

}  // namespace vidgen::local
