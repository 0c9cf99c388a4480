// SPDX-License-Identifier: Apache-2.0
// What all outdoor settings share: the place behind one composition, the sky with its sun or moon, air between the
// planes, and how a subject stands on the ground. Private to the outdoor rows. Pure.
#pragma once

#include <memory>

#include "local/settings/nature.hpp"
#include "local/settings/outdoor_look.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {

// All that the layers' painters share. Immutable while they run.
struct OutdoorPlace {
  OutdoorLook look;
  Composition c;
  double horizon;       // of the scene behind the lens
  double sun_x, sun_y;  // behind the lens; at night the moon's
  int side;             // of the key
  std::uint64_t seed;
  Light light;
  double foot() const { return c.foot / c.lens; }  // where the subject stands, as the lens shows it
};
using OutdoorPtr = std::shared_ptr<const OutdoorPlace>;
OutdoorPtr make_outdoors(const Composition& c, const OutdoorLook& look, double horizon);

// A layer painted through the lens.
using OutdoorDraw = std::function<void(Canvas&, const OutdoorPlace&)>;
Layer outdoor_layer(const char* name, double p, double sigma, const OutdoorPtr& place, OutdoorDraw draw,
                    Blend blend = Blend::over);
// Sky, stars, clouds (`cover` 0 none) and the sun or moon: one opaque ground for the rest.
void add_sky(Scene& scene, const OutdoorPtr& place, double clouds);
void add_mist(Scene& scene, const OutdoorPtr& place, double p, double y, double height, double strength, int seed);
// Over the sky and whatever lies far enough to share its picture; add them right after that.
void add_rays(Scene& scene, const OutdoorPtr& place, double strength);
void add_bokeh(Scene& scene, const OutdoorPtr& place);
// A scene with the finish and the dust of its hour.
Scene outdoor_scene(const OutdoorPlace& place);

// The same place out of focus, under dark: the composition of an end card, and the dark.
Composition quiet_composition(const Composition& composition);
void quieten(Scene& scene, Color ambient);

// ---- the subject on its ground; not through the lens

Placement hero_placement(const OutdoorPlace& place, const Subject& subject);
// In a macro the subject alone; true when that was painted.
bool paint_macro(Canvas& canvas, const OutdoorPlace& place, const Subject& subject);

inline constexpr double kSlabHeight = .36;  // of its half width, from the top's middle to the ground
// Half the rock's width: it carries the subject and looks as heavy as it.
double slab_half(const Composition& c, const Subject& subject);
// What a rock and the growth at its foot are coloured with.
struct RockColors {
  Color dark, front, top, lit, blade, tip;
  double moss = 0;  // share of the top that is overgrown
  Color moss_color;
};
void paint_on_slab(Canvas& canvas, const OutdoorPlace& place, const Subject& subject, const RockColors& rock);

// The practical light of a night: a lantern at the key's side of the subject, with its halo and its pool on the ground.
// Where it stands `away` from the subject's middle; outside the frame, so that only its light is seen, if there is no room.
double lantern_x(const OutdoorPlace& place, double away, double height);
void paint_lantern(Canvas& canvas, const OutdoorPlace& place, double x, double y, double height);

// ---- sand

struct SandColors {
  Color lit, mid, shade, deep, crest;
};
// A surface of ripples between two heights that run together towards `horizon`.
void paint_ripples(Canvas& canvas, double horizon, double top, double bottom, const SandColors& sand, double strength,
                   std::uint64_t seed);
void paint_on_sand(Canvas& canvas, const OutdoorPlace& place, const Subject& subject, const SandColors& sand);

// ---- the meadow before the mountains; through the lens

inline constexpr double kMeadow = .26;  // begins this far below the horizon
void paint_meadow(Canvas& canvas, const OutdoorPlace& place);

}  // namespace vidgen::local
