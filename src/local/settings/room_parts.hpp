// SPDX-License-Identifier: Apache-2.0
// The things of rooms: windows, shelves, lamps, plants, furniture. Each paints into the room's own, unmirrored frame:
// the window's side is left, the lamp's right. Fixed by their seeds; the caller's canvas, any thread.
#pragma once

#include "local/settings/room.hpp"

namespace vidgen::local {

// Everything behind: lit from the key's side to the far one.
void paint_wall(Canvas& canvas, const Room& room);
void paint_tiles(Canvas& canvas);
// The room's window: panes, frame, sill with two plants; a garden in the sun by day, blue and a few lights at night.
void paint_window(Canvas& canvas, const Room& room);
// What the window throws on the walls: screened over them.
void paint_window_glow(Canvas& canvas, const Room& room);
void paint_curtain(Canvas& canvas, const Room& room, double left, double right, double top, double bottom);

struct Shelf {
  double left, right, y;
  std::uint64_t seed;
  bool books = false;
};
void paint_shelf(Canvas& canvas, const Room& room, const Shelf& shelf);

struct LampSpot {
  double x, y, size;
};
void paint_pendant(Canvas& canvas, const Room& room, const LampSpot& at, Color metal);
// A shade on a stem that ends at `foot`; lit in the evening.
void paint_shaded_lamp(Canvas& canvas, const Room& room, const LampSpot& at, double foot, Color shade);
// The light round a lamp, screened.
void paint_lamp_glow(Canvas& canvas, const LampSpot& at, double reach, double strength);

void paint_sill_plant(Canvas& canvas, double x, double y, double size, std::uint64_t seed);
// A big-leaved plant in a pot on the floor.
void paint_floor_plant(Canvas& canvas, const Room& room, double x, double foot, double height, std::uint64_t seed);
// Leaves out of focus in the lower corner away from the key.
void paint_corner_leaves(Canvas& canvas, const Room& room);

void paint_chairs(Canvas& canvas, const Room& room);
// Seat, back and cushions; `y` is the top of its back.
void paint_sofa(Canvas& canvas, const Room& room, double x, double y, double width, double height, Color cloth);
void paint_framed_print(Canvas& canvas, const Room& room, double x, double y, double w, double h, int motif);

}  // namespace vidgen::local
