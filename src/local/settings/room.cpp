// SPDX-License-Identifier: Apache-2.0
#include "local/settings/room.hpp"

#include <cmath>

#include "local/settings/nature.hpp"
#include "local/settings/steam.hpp"

namespace vidgen::local {
namespace {

// The same room from another seat.
constexpr double kSteps[] = {0, .16, -.20};

Light room_light(int side, Color ambient) {
  Light l;
  l.side = side;
  l.key = Color(0xfff0d6);
  l.fill = Color(0xe2b98d);
  l.ambient = ambient;
  l.rim = Color(0xfff0cf);
  l.sky = Color(0xf4e3c6);
  l.ground = Color(0x8a5a34);
  l.elevation = .45;
  l.rim_strength = .8;
  return l;
}

// A lamp beside, the blue window across.
Light lamp_light(int side, Color ambient) {
  Light l = room_light(side, mix(mul(ambient, Color(0x8a86a8)), Color(0x2b3046), .35));
  l.key = Color(0xffcf96);
  l.fill = Color(0x6f8cc8);
  l.rim = Color(0xffd9a0);
  l.sky = Color(0x8f93b4);
  l.ground = Color(0x6a4028);
  l.elevation = .40;
  return l;
}

double room_shift(const Composition& c) {
  const double step = kSteps[c.variant / 2 % 3];
  const double lens = c.frame == Frame::close    ? .30
                      : c.frame == Frame::macro  ? .42
                      : c.frame == Frame::medium ? .02
                                                 : 0;
  return lens + (c.format == Format::wide ? step : step * .35);
}

void tone(Room& r, const RoomTones& t) {
  const double night = r.evening ? 1 : 0;
  const auto dim = [night](Color c, Color by) { return night > 0 ? mul(c, by) : c; };
  r.wall = dim(Color(t.wall), Color(0x9c8a86));
  r.wall_far = dim(Color(t.wall_far), Color(0x8a88a4));
  r.frame = dim(Color(t.frame), Color(0x9a8c8c));
  r.wood_dark = dim(Color(t.wood_dark), Color(0xb09890));
  r.wood_light = dim(Color(t.wood_light), Color(0xb89c88));
  r.dark = dim(Color(t.dark), Color(0xa0a0c0));
  r.grade.shadow = r.evening ? Color(0x1a2036) : Color(t.grade_shadow);
  r.grade.light = Color(r.evening ? 0xffcf94 : t.grade_light);
  r.grade.amount = t.grade;
}

Layer room_layer(const char* name, double p, double sigma, const RoomPtr& room, RoomPainter draw,
                 Blend blend = Blend::over) {
  auto painter = [room, draw](Canvas& canvas) {
    const auto saved = canvas.saved();
    canvas.scale(room->mirror, 1);
    canvas.translate(room->shift, 0);
    canvas.scale(room->c.lens);
    draw(canvas, *room);
  };
  return Layer(name, p, std::move(painter), sigma * room->c.softness, blend);
}

void shafts(Canvas& canvas, const Room& r) {
  canvas.scale(-r.side, 1);
  for (int i = 0; i < 4; ++i) {
    const double x = (r.tall() ? -.9 : -1.3) + .28 * i;
    canvas.poly({{x, -.7}, {x + .17, -.7}, {x + 1.25, .75}, {x + .85, .75}});
    canvas.fill(
        lin(x, -.6, x + .9, .6, {{0, Color(0xffe2ad, .22)}, {.5, Color(0xffd898, .10)}, {1, Color(0xffd898, 0)}}));
  }
}

// The wall, its things and the light on them move together: one picture.
void add_wall(Scene& scene, const RoomPtr& r, const RoomKind& kind) {
  auto& layers = scene.layers;
  layers.push_back(room_layer("room", .16, .010, r, kind.wall));
  if (kind.things) layers.push_back(room_layer("things", .22, .007, r, kind.things));
  if (kind.glow) {
    layers.push_back(room_layer("glow", .22, .002, r, kind.glow, Blend::screen));
    layers.back().bakes = true;
  }
  if (kind.middle) layers.push_back(room_layer("middle", .45, .009, r, kind.middle));
}

void add_table(Scene& scene, const RoomPtr& r, const Subject& subject, bool floor) {
  auto& layers = scene.layers;
  const double sigma = r->c.closing ? .04 : 0;
  layers.emplace_back(
      "table", 1, [r, floor](Canvas& canvas) { floor ? room_floor(canvas, *r) : room_table(canvas, *r); }, sigma);
  layers.emplace_back(
      "light on the table", 1, [r](Canvas& canvas) { table_light(canvas, *r); }, r->c.closing ? .06 : .012,
      Blend::screen);
  layers.back().bakes = true;
  if (!r->c.hero) return;
  layers.emplace_back("hero", 1, [r, subject, floor](Canvas& canvas) { room_hero(canvas, *r, subject, floor); });
  if (subject.is("mug") && r->c.frame != Frame::macro)
    layers.push_back(steam_layer(room_place(*r, subject), Color(0xfff4e2)));
}

void add_front(Scene& scene, const RoomPtr& r, const RoomKind& kind) {
  auto& layers = scene.layers;
  if (!r->evening) {
    layers.emplace_back(
        "shafts", .5, [r](Canvas& canvas) { shafts(canvas, *r); }, .022, Blend::screen);
    layers.back().coarse = .5;
  }
  if (kind.front && r->c.hero && (r->c.frame == Frame::medium || r->c.frame == Frame::wide))
    layers.emplace_back(
        "front", 1.6, [r, draw = kind.front](Canvas& canvas) { draw(canvas, *r); }, .016);
}

}  // namespace

bool is_evening(std::string_view time) {
  for (const char* word : {"dusk", "night", "evening"})
    if (time.find(word) != time.npos) return true;
  return false;
}

std::shared_ptr<Room> make_room(const Composition& c, const RoomTones& tones) {
  auto r = std::make_shared<Room>();
  r->c = c;
  r->evening = is_evening(c.time);
  // Every third seat has the window behind the cup instead of across from it.
  r->side = c.format == Format::tall ? -1 : c.variant / 2 % 3 == 1 ? -c.sun_side : c.sun_side;
  r->mirror = r->evening ? r->side : -r->side;
  const Color ambient(tones.ambient);
  r->light = r->evening ? lamp_light(r->side, ambient) : room_light(r->side, ambient);
  tone(*r, tones);
  r->window = r->tall() ? Box{-.40 / c.lens, -.43, .10 / c.lens, -.05} : Box{-.86, -.58, -.30, .02};
  r->shift = room_shift(c);
  return r;
}

Light own_light(const Room& r) {
  Light l = r.light;
  l.side = r.evening ? 1 : -1;
  return l;
}

Scene room_scene(const RoomPtr& r, const Subject& subject, const RoomKind& kind) {
  Scene scene;
  scene.finish.grade = r->grade;
  scene.finish.vignette = kind.vignette;
  if (r->evening) scene.finish.bloom = .30, scene.finish.threshold = .62;
  add_wall(scene, r, kind);
  add_table(scene, r, subject, kind.floor);
  add_front(scene, r, kind);
  scene.dust.count = r->evening ? 26 : 60;
  scene.dust.color = Color(r->evening ? 0xffd9a0 : 0xfff2d4);
  scene.dust.small = .001;
  scene.dust.large = .0035;
  scene.dust.seed = 3;
  return scene;
}

}  // namespace vidgen::local
