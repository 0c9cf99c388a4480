// SPDX-License-Identifier: Apache-2.0
// A cafe and a kitchen: a window, shelves and lamps out of focus, a wooden table in the window's light; in the evening
// under its lamps.
#include <cmath>

#include "local/settings/bokeh.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/room_parts.hpp"

namespace vidgen::local {
namespace {

constexpr RoomTones kCafe{0x77806a, 0x1f2a26, 0x3b2a20, 0x5a3620, 0xb57a48, 0x1c110a, 0x877a72, 0x1f2a2a, 0xffe2b0};
constexpr RoomTones kKitchen{0x8ea69b, 0x34453f, 0xf4ead8, 0x8f6a45, 0xd6ae7c,
                             0x131a1a, 0xa3978a, 0x26323a, 0xfff0d0, .08};

void shelves(Canvas& canvas, const Room& r, std::uint64_t seed) {
  paint_shelf(canvas, r, {.30, 1.25, -.21, seed});
  paint_shelf(canvas, r, {.30, 1.25, -.02, seed + 1});
}

void cafe_wall(Canvas& canvas, const Room& r) {
  paint_wall(canvas, r);
  paint_window(canvas, r);
  shelves(canvas, r, 20);
}

void kitchen_wall(Canvas& canvas, const Room& r) {
  paint_wall(canvas, r);
  paint_tiles(canvas);
  if (r.evening) fill_all(canvas, Color(0x1a1c30, .45));  // glazed tiles stay dark away from a lamp
  paint_window(canvas, r);
  shelves(canvas, r, 25);
}

struct Lamps {
  LampSpot at[3];
};

Lamps lamp_spots(const Room& r) {
  const bool tall = r.tall();
  return {{{.14, -.30, .07}, {tall ? -.16 : .56, tall ? -.33 : -.36, .06}, {tall ? .42 : -.17, -.37, .055}}};
}

void cafe_lamps(Canvas& canvas, const Room& r) {
  for (const LampSpot& s : lamp_spots(r).at) paint_pendant(canvas, r, s, Color(0x3c4a44));
}

void kitchen_lamps(Canvas& canvas, const Room& r) {
  for (const LampSpot& s : lamp_spots(r).at) paint_pendant(canvas, r, s, Color(0xb5793f));
}

void string_lights(Canvas& canvas, double strength) {
  Rng rng(8);
  constexpr std::uint32_t kTones[] = {0xffc777, 0xffdf9f, 0xff9f54};
  std::vector<Disc> discs;
  for (int i = 0; i < 15; ++i) {
    const double x = .02 + i * .075, y = -.40 + .10 * std::sin(i * .62) + .03 * (i % 2);
    const double q = rng.uniform(.011, .019), k = rng.uniform(.5, 1);
    discs.push_back({x, y, q, k, Color(kTones[rng.below(3)])});
  }
  paint_bokeh(canvas, discs, strength);
}

void light(Canvas& canvas, const Room& r) {
  paint_window_glow(canvas, r);
  for (const LampSpot& s : lamp_spots(r).at)
    paint_lamp_glow(canvas, s, r.evening ? .55 : .4, !r.evening ? .5 : r.tall() ? .6 : .85);
}

void cafe_light(Canvas& canvas, const Room& r) {
  canvas.op(CAIRO_OPERATOR_SCREEN);
  light(canvas, r);
  string_lights(canvas, r.evening ? .55 : .36);
}

void kitchen_light(Canvas& canvas, const Room& r) {
  canvas.op(CAIRO_OPERATOR_SCREEN);
  light(canvas, r);
  string_lights(canvas, .16);
}

void counter(Canvas& canvas, const Room& r) {
  canvas.rrect(-3, r.c.table / r.c.lens - .035, 6, .05, .004);
  canvas.fill(
      lin(-1, 0, 1, 0,
          {{0, mul(Color(0xf7efe0), mix(r.wall, kWhite, .75))}, {1, mul(Color(0xa59a86), mix(r.wall, kWhite, .6))}}));
}

constexpr RoomKind kCafeKind{cafe_wall, cafe_lamps, cafe_light, paint_chairs, paint_corner_leaves};
constexpr RoomKind kKitchenKind{kitchen_wall, kitchen_lamps, kitchen_light, counter, paint_corner_leaves, .26};

}  // namespace

Scene cafe_scene(const Composition& c, const Subject& s) {
  return room_scene(make_room(c, kCafe), s, kCafeKind);
}
Scene kitchen_scene(const Composition& c, const Subject& s) {
  return room_scene(make_room(c, kKitchen), s, kKitchenKind);
}

// Warm paper with window light by day: the quiet ground of an end card.
Scene cafe_quiet(const Composition& composition, const Subject& subject) {
  if (is_evening(composition.time))
    return veiled(cafe_scene(blurred_composition(composition), subject), Color(0x120d16));
  Composition c = composition;
  c.time = "warm";
  return studio_quiet(c, subject);
}

}  // namespace vidgen::local
