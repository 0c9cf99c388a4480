// SPDX-License-Identifier: Apache-2.0
// The desert: buttes in the air, three planes of dunes with a lit and a shadow side, rippled sand under the subject.
#include <algorithm>

#include "local/settings/dune.hpp"

namespace vidgen::local {
namespace {

using Place = OutdoorPlace;

struct DesertColors {
  SandColors far, middle, near;
  Color rock;
};

// By hour: sunrise, golden, midday, dusk, night.
constexpr DesertColors kColors[] = {
    {{Color(0xe8b08a), Color(0xcf9683), Color(0xa47a82), Color(0x8a6a7c), Color(0xffd9ae)},
     {Color(0xe29f6c), Color(0xb8796a), Color(0x7c5a6c), Color(0x644a63), Color(0xffd6a4)},
     {Color(0xd68f58), Color(0x93604f), Color(0x563f52), Color(0x3f3048), Color(0xffd29c)},
     Color(0x9a7888)},
    {{Color(0xf2c284), Color(0xe4ac74), Color(0xc08a66), Color(0xab775a), Color(0xfff1cf)},
     {Color(0xeeae62), Color(0xd08a4e), Color(0x995c42), Color(0x864c3c), Color(0xfff1cf)},
     {Color(0xe6a052), Color(0xb46e38), Color(0x7e4434), Color(0x693630), Color(0xfff1cf)},
     Color(0xb98f7c)},
    {{Color(0xf4dcae), Color(0xe6c898), Color(0xcdaa82), Color(0xbd9874), Color(0xfffaea)},
     {Color(0xf0cc90), Color(0xdcb077), Color(0xb98a60), Color(0xa87850), Color(0xfffaea)},
     {Color(0xeabf7c), Color(0xcf9c5e), Color(0xa06f46), Color(0x8c5c3a), Color(0xfffaea)},
     Color(0xc09a84)},
    {{Color(0xc47a78), Color(0x96606e), Color(0x694a68), Color(0x583f62), Color(0xffb894)},
     {Color(0xb0645e), Color(0x744858), Color(0x44304f), Color(0x382748), Color(0xffab88)},
     {Color(0x96504c), Color(0x563444), Color(0x2a1d38), Color(0x20162f), Color(0xff9d7a)},
     Color(0x6f4a6a)},
    {{Color(0x6a7fae), Color(0x4f6290), Color(0x364873), Color(0x2c3d66), Color(0xcfdcff)},
     {Color(0x54689a), Color(0x394a75), Color(0x212f55), Color(0x1a2749), Color(0xbccdf8)},
     {Color(0x455684), Color(0x29365c), Color(0x141d3b), Color(0x0f1731), Color(0xa9c0f0)},
     Color(0x3c4d7c)},
};

const DesertColors& colors(const Place& s) {
  return kColors[static_cast<std::size_t>(s.look.hour)];
}

// The ground between the skyline and the subject's foot, as a share of its depth.
double ground(const Place& s, double share) {
  return s.horizon + (std::max(s.foot(), s.horizon + .16) - s.horizon) * share;
}

// Mirrored, so that everything may be drawn for a key from the right.
void mirrored(Canvas& canvas, const Place& s, const std::function<void()>& draw) {
  const auto saved = canvas.saved();
  canvas.scale(s.side, 1);
  draw();
}

void buttes(Canvas& canvas, const Place& s) {
  const double shift = s.c.peaks * .8 * s.side, base = s.horizon + .035;
  const Butte far[] = {{-.95 + shift, .20, .085}, {.62 + shift, .26, .07}, {1.5 + shift, .2, .08}};
  const Butte near[] = {{-.34 + shift, .15, .135}, {-.08 + shift, .022, .095, true}, {1.08 + shift, .12, .12}};
  const Color rock = colors(s).rock;
  mirrored(canvas, s, [&] {
    std::uint64_t seed = s.seed;
    for (const Butte& b : far)
      paint_butte(canvas, b, base, mix(rock, s.look.haze, .45), s.look.lit, s.look.haze, ++seed);
    for (const Butte& b : near)
      paint_butte(canvas, b, base, mix(rock, s.look.haze, .12), s.look.lit, s.look.haze, ++seed);
  });
  canvas.rect(kWorldLeft, base - .004, kWorldRight - kWorldLeft, 1);
  canvas.fill(mix(s.look.haze, colors(s).far.mid, .35));
}

void far_dunes(Canvas& canvas, const Place& s) {
  const double pk = s.c.peaks * s.side;
  Dune d;
  d.base = ground(s, .26);
  d.peaks = {
      {-.62 + pk, .055, .7, .32}, {.28 + pk, .040, .6, .26}, {1.02 + pk, .05, .6, .34}, {-1.3 + pk, .05, .6, .3}};
  d.sand = colors(s).far;
  d.foot = mix(d.sand.mid, s.look.haze, .35);
  d.fall = .16;
  d.seed = s.seed + 3;
  mirrored(canvas, s, [&] { paint_dune(canvas, d); });
}

void middle_dunes(Canvas& canvas, const Place& s) {
  const double pk = s.c.peaks * .7 * s.side;
  Dune d;
  d.base = ground(s, .56);
  d.peaks = {{-.12 + pk, .095, .95, .48}, {1.2 + pk, .085, .8, .5}, {-1.25 + pk, .08, .7, .5}};
  d.sand = colors(s).middle;
  d.foot = d.sand.mid;
  d.fall = .26;
  d.seed = s.seed + 5;
  mirrored(canvas, s, [&] { paint_dune(canvas, d); });
}

// The sand that the subject stands on: one crest behind it, quiet below.
void near_dune(Canvas& canvas, const Place& s) {
  Dune d;
  d.base = ground(s, .90);
  const double away = s.c.side * s.side >= 0 ? -.62 : .55;  // its crest rises on the free side
  d.peaks = {{away + .2 * s.c.peaks, .085, 1.1, .6}};
  d.sand = colors(s).near;
  d.foot = mix(d.sand.mid, d.sand.shade, .55);
  d.fall = .42;
  d.seed = s.seed + 9;
  mirrored(canvas, s, [&] { paint_dune(canvas, d); });
  if (s.c.frame == Frame::macro) return;
  const auto saved = canvas.saved();
  mirrored(canvas, s, [&] {
    std::vector<Point> body{{kWorldLeft, 2}};
    for (int i = 0; i <= 120; ++i) {
      const double x = kWorldLeft + (kWorldRight - kWorldLeft) * i / 120;
      body.push_back({x, dune_crest(d, x)});
    }
    body.push_back({kWorldRight, 2});
    canvas.poly(body);
  });
  canvas.clip();
  paint_ripples(canvas, s.horizon, d.base - .06, std::max(d.base + .42, .62), d.sand, .30, s.seed + 21);
}

// Dry grass at the bottom corner on the subject's side; the caption's side stays free.
void foreground(Canvas& canvas, const Place& s) {
  const double way = s.c.side >= 0 ? 1 : -1, edge = s.c.aspect / 2;
  const SandColors& sand = colors(s).near;
  const Color blade = mix(sand.deep, kBlack, .25), tip = mix(sand.lit, sand.deep, .25);
  Rng rng(s.seed + 8);
  for (int tuft = 0; tuft < 3; ++tuft) {
    const double x = way * (edge - .04 - .16 * tuft + .05 * rng.normal()),
                 high = rng.uniform(.18, .30) * (1 - .22 * tuft);
    paint_grass(canvas, .58, high + .06, blade, tip, 34, s.seed + 40 + static_cast<std::uint64_t>(tuft), -.25 * way,
                x - .05, x + .05);
  }
}

void add_background(Scene& scene, const OutdoorPtr& s) {
  const double hy = s->horizon;
  // In a macro nothing slides far: two planes may share a picture.
  const double middle = s->c.frame == Frame::macro ? .19 : .34;
  add_sky(scene, s, s->look.hour == Hour::dusk || s->look.hour == Hour::sunrise ? .6 : .3);
  scene.layers.push_back(outdoor_layer("buttes", .05, .001, s, buttes));
  add_mist(scene, s, .05, hy + .02, .10, .55, 2);
  scene.layers.push_back(outdoor_layer("far dunes", .14, .0015, s, far_dunes));
  add_mist(scene, s, .16, ground(*s, .42), .07, .35, 5);
  scene.layers.push_back(outdoor_layer("middle dunes", middle, .002, s, middle_dunes));
  scene.layers.push_back(outdoor_layer("near dune", .75, .003, s, near_dune));
}

}  // namespace

Scene desert_scene(const Composition& c, const Subject& subject) {
  const OutdoorPtr s = make_outdoors(c, outdoor_look(c.time, Land::desert), c.skyline / c.lens);
  Scene scene = outdoor_scene(*s);
  add_background(scene, s);
  if (c.frame == Frame::macro) add_bokeh(scene, s);
  if (c.hero)
    scene.layers.emplace_back("hero", 1,
                              [s, subject](Canvas& canvas) { paint_on_sand(canvas, *s, subject, colors(*s).near); });
  if (c.frame != Frame::macro && !c.closing)
    scene.layers.emplace_back(
        "foreground", 1.6, [s](Canvas& canvas) { foreground(canvas, *s); }, .005);
  return scene;
}

Scene desert_quiet(const Composition& composition, const Subject& subject) {
  Scene scene = desert_scene(quiet_composition(composition), subject);
  quieten(scene, outdoor_look(composition.time, Land::desert).light.ambient);
  return scene;
}

}  // namespace vidgen::local
