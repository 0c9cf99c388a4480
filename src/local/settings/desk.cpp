// SPDX-License-Identifier: Apache-2.0
// A desk: a window by day, a monitor's glow and a lamp in the evening, shelves of books, a notebook and pencils near.
#include <cmath>

#include "local/settings/nature.hpp"
#include "local/settings/room_parts.hpp"

namespace vidgen::local {
namespace {

constexpr RoomTones kDesk{0x8b98a0, 0x2a3238, 0x4a4e52, 0x70492c, 0xc79664,
                          0x12161a, 0x868c92, 0x202a34, 0xffe9c8, .09};

LampSpot lamp_at(const Room& r) {
  return r.tall() ? LampSpot{.20, -.13, .06} : LampSpot{.74, -.105, .085};
}

void wall(Canvas& canvas, const Room& r) {
  paint_wall(canvas, r);
  paint_window(canvas, r);
  if (!r.tall()) paint_framed_print(canvas, r, -.14, -.34, .14, .19, 1);
  const double left = r.tall() ? .16 : .30;
  paint_shelf(canvas, r, {left, 1.30, -.25, 71, true});
}

void wall_light(Canvas& canvas, const Room& r) {
  canvas.op(CAIRO_OPERATOR_SCREEN);
  paint_window_glow(canvas, r);
  if (!r.evening) return;
  paint_lamp_glow(canvas, lamp_at(r), .95, .75);
  if (!r.tall()) fill_all(canvas, rad(.30, 0, 0, .45, soft(Color(0x5f8fe0), .35, 8, 2)));
}

void monitor(Canvas& canvas, const Room& r, double x, double foot, double w) {
  const double h = w * .58, top = foot - h - w * .14;
  canvas.rect(x - w * .035, foot - w * .16, w * .07, w * .15);
  canvas.fill(Color(0x4a4e54));
  canvas.rrect(x - w * .16, foot - .012, w * .32, .016, .006);
  canvas.fill(Color(0x3a3e44));
  canvas.rrect(x - w / 2, top, w, h, w * .022);
  canvas.fill(Color(0x15181d));
  const double e = w * .018, glow = r.evening ? 1 : .78;
  canvas.rect(x - w / 2 + e, top + e, w - 2 * e, h - 2 * e);
  canvas.fill(lin(x - w / 2, top, x + w / 2, top + h,
                  {{0, mul(Color(0x9fc4f4), Color(glow, glow, glow))},
                   {.5, mul(Color(0x5f7fd0), Color(glow, glow, glow))},
                   {1, mul(Color(0x3a3f86), Color(glow, glow, glow))}}));
  canvas.rrect(x - w * .40, top + h * .20, w * .34, h * .12, .006);
  canvas.fill(Color(1, 1, 1, .75));
  for (int i = 0; i < 4; ++i) {
    canvas.rrect(x - w * .40, top + h * (.42 + .11 * i), w * (i == 3 ? .22 : .34), h * .045, .004);
    canvas.fill(Color(1, 1, 1, .38));
  }
  canvas.rrect(x + w * .06, top + h * .20, w * .34, h * .60, .010);
  canvas.fill(Color(1, 1, 1, .22));
}

void pencil_cup(Canvas& canvas, const Room& r, double x, double foot) {
  constexpr std::uint32_t kPencils[] = {0xe0a040, 0xb5503a, 0x3f6a80, 0xd9d2c0};
  for (int i = 0; i < 4; ++i) {
    canvas.move_to(x - .018 + .012 * i, foot - .05);
    canvas.line_to(x - .040 + .026 * i, foot - .135 - .012 * (i % 2));
    canvas.stroke(Color(kPencils[i]), .008);
  }
  canvas.rrect(x - .034, foot - .075, .068, .080, .006);
  canvas.fill(profile(x - .034, x + .034, Color(0x59625f), kMatte, own_light(r)));
}

double edge_of(const Room& r) {
  return r.c.table / r.c.lens + .012;
}

// In an upright frame the subject stands in the middle, where the screen would be.
void with_monitor(Canvas& canvas, const Room& r) {
  if (!r.tall()) monitor(canvas, r, .30, edge_of(r), .44);
}

void on_the_desk(Canvas& canvas, const Room& r) {
  const double edge = edge_of(r);
  paint_shaded_lamp(canvas, r, lamp_at(r), edge, Color(0xd6d0c4));
  if (!r.tall()) pencil_cup(canvas, r, -.10, edge);
  if (!r.tall()) paint_sill_plant(canvas, -.34, edge, .055, 33);
}

void desk_and_monitor(Canvas& canvas, const Room& r) {
  with_monitor(canvas, r);
  on_the_desk(canvas, r);
}

constexpr RoomKind kKind{wall, nullptr, wall_light, desk_and_monitor, paint_corner_leaves, .28};
// Two screens would compete.
constexpr RoomKind kBareKind{wall, nullptr, wall_light, on_the_desk, paint_corner_leaves, .28};

}  // namespace

Scene desk_scene(const Composition& c, const Subject& s) {
  return room_scene(make_room(c, kDesk), s, s.is("laptop") ? kBareKind : kKind);
}

Scene desk_quiet(const Composition& c, const Subject& s) {
  return veiled(desk_scene(blurred_composition(c), s), Color(is_evening(c.time) ? 0x0d1020 : 0x16242e));
}

}  // namespace vidgen::local
