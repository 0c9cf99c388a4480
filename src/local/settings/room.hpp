// SPDX-License-Identifier: Apache-2.0
// A room indoors: a wall with its things out of focus, lamps, what stands between, and a table in the light. Every
// room is painted as if its window were on the left and its lamp on the right; it is mirrored so that the key comes
// from where the composition wants it: from the window by day, from the lamp in the evening. A kind of room is a
// RoomKind: painters from far to near. Values and pure functions; the caller's canvas, any thread.
#pragma once

#include <functional>
#include <memory>

#include "local/settings/quiet.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {

struct Room {
  Composition c;
  bool evening = false;  // lamps on, a blue window
  int side = -1;         // of the key
  int mirror = 1;        // of the room as painted
  double shift = 0;      // of the room behind the lens, sideways
  Box window;
  Light light;
  Color wall, wall_far, frame, wood_dark, wood_light, dark;
  Grade grade;

  bool tall() const { return c.format == Format::tall; }
};
using RoomPtr = std::shared_ptr<const Room>;

// What the rooms differ in before anything is drawn.
struct RoomTones {
  std::uint32_t wall, wall_far, frame, wood_dark, wood_light, dark, ambient;
  std::uint32_t grade_shadow, grade_light;
  double grade = .10;
};
std::shared_ptr<Room> make_room(const Composition& c, const RoomTones& tones);

// Dusk and night switch the lamps on.
bool is_evening(std::string_view time);
// The room's light as its own, unmirrored painters see it.
Light own_light(const Room& room);

using RoomPainter = void (*)(Canvas&, const Room&);

// From far to near; a null painter is left out. `glow` is light on all that hangs on the wall; `middle` stands before
// it; `front` is out of focus before the table.
struct RoomKind {
  RoomPainter wall = nullptr, things = nullptr, glow = nullptr, middle = nullptr, front = nullptr;
  double vignette = .30;
  bool floor = false;  // the subject stands on the floor: there is no table
};
Scene room_scene(const RoomPtr& room, const Subject& subject, const RoomKind& kind);

// The table, the light on it and what stands on it (room_table.cpp).
void room_table(Canvas& canvas, const Room& room);
void room_floor(Canvas& canvas, const Room& room);
void table_light(Canvas& canvas, const Room& room);
void room_hero(Canvas& canvas, const Room& room, const Subject& subject, bool floor);
Placement room_place(const Room& room, const Subject& subject);

}  // namespace vidgen::local
