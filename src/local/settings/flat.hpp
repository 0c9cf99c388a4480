// SPDX-License-Identifier: Apache-2.0
// What all pictures from above share: the subject lying on a surface, and the light that rakes over it. Private to the
// top-down rows. Pure.
#pragma once

#include <memory>

#include "local/settings/outdoor_look.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {

inline constexpr double kFlatItems = 1.07;  // things on a surface are a little nearer than the surface

struct Flat {
  Composition c;
  int side = 1;  // of the key
  Light light;
  Color shadow{0x140c08};
  OutdoorLook look;  // outdoors only
};
using FlatPtr = std::shared_ptr<const Flat>;

FlatPtr make_flat(const Composition& c, const Light& light, Color shadow);
FlatPtr make_outdoor_flat(const Composition& c, Land land);
Scene flat_scene();
Scene outdoor_flat_scene(const Flat& flat);
// A gradient from the key's corner to the far one.
void side_light(Canvas& canvas, int side, Color lit, double lit_a, Color dark, double dark_a);
// The hour's light over a surface painted as at noon; at night a lamp's pool in the moon's blue.
Color hour_filter(const Flat& flat);  // what it leaves of a colour
void hour_light(Canvas& canvas, const Flat& flat);
// The subject, turned, a little off the middle, leaving the caption's side free.
void lay_subject(Canvas& canvas, const Flat& flat, const Subject& subject);

}  // namespace vidgen::local
