// SPDX-License-Identifier: Apache-2.0
// A living room: a window with curtains, a sofa under prints, books, a floor lamp, a plant; a low table in front.
// Furniture stands on the floor instead, on a rug.
#include "local/settings/nature.hpp"
#include "local/settings/room_parts.hpp"

namespace vidgen::local {
namespace {

constexpr RoomTones kLiving{0xc4a184, 0x55413a, 0xe0cdb2, 0x6a452a, 0xc29060,
                            0x1a120c, 0x8f8478, 0x22282c, 0xffe6bc, .09};
constexpr Color kCloth(0x4f7472);

LampSpot lamp_at(const Room& r) {
  return r.tall() ? LampSpot{.22, -.22, .075} : LampSpot{.70, -.20, .085};
}

void wall(Canvas& canvas, const Room& r) {
  paint_wall(canvas, r);
  paint_window(canvas, r);
  const Box& w = r.window;
  paint_curtain(canvas, r, w.x0 - .16, w.x0 + .03, -.75, w.y1 + .30);
  paint_curtain(canvas, r, w.x1 - .03, w.x1 + .13, -.75, w.y1 + .30);
  if (r.tall()) return;
  paint_framed_print(canvas, r, .06, -.36, .15, .20, 0);
  paint_framed_print(canvas, r, .26, -.33, .12, .16, 1);
  paint_shelf(canvas, r, {.88, 1.50, -.24, 61, true});
  paint_shelf(canvas, r, {.88, 1.50, -.05, 63, true});
}

void wall_light(Canvas& canvas, const Room& r) {
  canvas.op(CAIRO_OPERATOR_SCREEN);
  paint_window_glow(canvas, r);
  if (r.evening) paint_lamp_glow(canvas, lamp_at(r), 1.0, .80);
}

// What stands between the wall and the table hides the wall's foot.
void furniture(Canvas& canvas, const Room& r, bool sofa) {
  const double edge = r.c.table / r.c.lens;
  paint_floor_plant(canvas, r, r.tall() ? -.33 : -.20, edge + .10, sofa ? .46 : .38, 5);
  if (sofa)
    paint_sofa(canvas, r, r.tall() ? -.20 : -.06, edge - .235, r.tall() ? .72 : .84, .345,
               mix(kCloth, r.dark, r.evening ? .35 : .05));
}

void lamp(Canvas& canvas, const Room& r) {
  paint_shaded_lamp(canvas, r, lamp_at(r), r.c.table / r.c.lens + .12, Color(0xe6d8bf));
}

void behind_table(Canvas& canvas, const Room& r) {
  furniture(canvas, r, true);
}
void behind_furniture(Canvas& canvas, const Room& r) {
  const double edge = r.c.table / r.c.lens;
  canvas.rect(-3, edge - .030, 6, .05);  // skirting board
  canvas.fill(mix(r.frame, r.wall, .35));
  furniture(canvas, r, false);
}

constexpr RoomKind kTableKind{wall, lamp, wall_light, behind_table, paint_corner_leaves, .28};
constexpr RoomKind kFloorKind{wall, lamp, wall_light, behind_furniture, nullptr, .28, true};

bool stands_on_floor(const Subject& s) {
  return s.is("sofa") || s.is("chair") || s.is("bicycle");
}

}  // namespace

Scene living_room_scene(const Composition& c, const Subject& s) {
  return room_scene(make_room(c, kLiving), s, stands_on_floor(s) && c.frame != Frame::macro ? kFloorKind : kTableKind);
}

Scene living_room_quiet(const Composition& c, const Subject& s) {
  return veiled(living_room_scene(blurred_composition(c), s), Color(is_evening(c.time) ? 0x1a0f14 : 0x3a2318));
}

}  // namespace vidgen::local
