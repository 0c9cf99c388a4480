// SPDX-License-Identifier: Apache-2.0
// A place from above: what its grounds have in common, and the small things that lie about. World units; a thing is
// drawn round the origin, its shadow falls away from the key. Fixed by seeds; the caller's canvas, any thread.
#pragma once

#include <memory>

#include "local/settings/outdoor_look.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {

inline constexpr double kFlatItems = 1.07;  // things on a table are a little nearer than the table

struct Flat {
  Composition c;
  int side = 1;  // of the key
  Light light;
  Color shadow{0x140c08};
  bool evening = false;
  OutdoorLook look;  // outdoors only

  bool tall() const { return c.format == Format::tall; }
  double away() const { return c.side >= 0 ? -1 : 1; }  // the side that the subject leaves free
};
using FlatPtr = std::shared_ptr<const Flat>;

FlatPtr make_flat(const Composition& c, const Light& light, Color shadow, bool evening = false);
Scene flat_scene();
// Outdoors, by the hour (outdoor_flat.cpp).
FlatPtr make_outdoor_flat(const Composition& c, Land land);
Scene outdoor_flat_scene(const Flat& flat);
// The hour's light over a surface painted as at noon; at night a lamp's pool in the moon's blue.
Color hour_filter(const Flat& flat);  // what it leaves of a colour
void hour_light(Canvas& canvas, const Flat& flat);

// Lit from the key's upper corner to dark in the other.
void side_light(Canvas& canvas, int side, Color lit, double lit_a, Color dark, double dark_a);
// Bands of light through a window's panes.
void flat_window_patches(Canvas& canvas, const Flat& flat);
// A warm pool from a lamp beyond the frame.
void flat_lamp_pool(Canvas& canvas, const Flat& flat);
// The subject, turned, a little off the middle, leaving the caption's side free.
void lay_subject(Canvas& canvas, const Flat& flat, const Subject& subject);

void flat_pencil(Canvas& canvas);
void flat_notebook(Canvas& canvas);
void flat_spoon(Canvas& canvas);
void flat_leaf(Canvas& canvas);
void flat_beans(Canvas& canvas, const Flat& flat, double x, double y);
// A cup on its saucer; `body` is the glaze.
void flat_cup(Canvas& canvas, const Light& light, Color body);

}  // namespace vidgen::local
