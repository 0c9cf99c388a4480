// SPDX-License-Identifier: Apache-2.0
// From above, indoors: a wooden table in the light of a window or, in the evening, of a lamp, with the things that
// belong to the place.
#include <algorithm>
#include <cmath>

#include "local/settings/flat_items.hpp"
#include "local/settings/room.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

void beside(Canvas& canvas, const Flat& f, double x, double y, double turn, double reach, double height,
            const std::function<void(Canvas&)>& thing) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  canvas.rotate(turn);
  // The shadow falls away from the key on the table, whatever way the thing lies.
  const double dx = -f.side * height, dy = 1.35 * height;
  with_shadow(canvas, reach, dx * std::cos(turn) + dy * std::sin(turn), dy * std::cos(turn) - dx * std::sin(turn),
              height * .6, .55, f.shadow, thing);
}

// The coffee's things: notebook, spoon, beans; only round a cup.
void cafe_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  const bool tall = is_tall(f), cup = subject.is("mug");
  if (!tall) beside(canvas, f, .56 * free_side(f), .05, -.16, .45, .016, flat_notebook);
  if (!cup) return lay_subject(canvas, f, subject);
  {
    const auto saved = canvas.saved();
    canvas.translate(tall ? 0 : -.16 * free_side(f), tall ? -.13 : -.02);
    canvas.scale(tall ? .82 : 1.12);
    const Color glaze = subject.look().body(Color(0xf2e9dc));
    with_shadow(canvas, .30, -f.side * .035, .040, .018, .6, f.shadow, [&](Canvas& c) { flat_cup(c, f.light, glaze); });
  }
  beside(canvas, f, tall ? .20 : -.56 * free_side(f), tall ? .16 : .06, .5, .2, .010, flat_spoon);
  flat_beans(canvas, f, tall ? -.12 : -.64 * free_side(f), tall ? -.42 : .33);
}

void desk_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  if (!is_tall(f)) beside(canvas, f, .58 * free_side(f), .02, -.14 * free_side(f), .45, .016, flat_notebook);
  if (!is_tall(f)) beside(canvas, f, .30 * free_side(f), .20, -1.1 * free_side(f), .25, .010, flat_pencil);
  lay_subject(canvas, f, subject);
}

void living_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  const double x = is_tall(f) ? .10 : .60 * free_side(f), y = is_tall(f) ? -.43 : -.24;
  beside(canvas, f, x, y, .5 * free_side(f), .30, .018, flat_leaf);
  lay_subject(canvas, f, subject);
}

using Items = void (*)(Canvas&, const Flat&, const Subject&);

Light table_light(bool evening) {
  Light light;
  light.key = Color(evening ? 0xffcf96 : 0xfff0d8);
  light.fill = Color(evening ? 0x6f8cc8 : 0xe2b98d);
  light.ambient = Color(evening ? 0x50495a : 0x877a72);
  light.rim = Color(0xfff0cf);
  light.sky = Color(evening ? 0x9a92a8 : 0xf4e3c6);
  light.ground = Color(0x8a5a34);
  light.elevation = .5;
  return light;
}

void table(Canvas& canvas, const Flat& f, Color dark, Color light) {
  const Color dim = is_evening(f.c.time) ? Color(0xa08880) : kWhite;
  paint_wood(canvas, -1.4, -.8, 2.8, 1.6, mul(dark, dim), mul(light, dim), 7);
  if (is_evening(f.c.time))
    side_light(canvas, f.side, Color(0xffc080), .22, Color(0x0e1024), .72);
  else
    side_light(canvas, f.side, Color(0xffe3b0), .40, Color(0x150b06), .58);
}

Scene on_table(const Composition& c, const Subject& subject, Color dark, Color light, Items items) {
  const bool evening = is_evening(c.time);
  const FlatPtr f = make_flat(c, table_light(evening), Color(0x140c08));
  Scene scene = flat_scene();
  scene.finish.grade.shadow = Color(evening ? 0x1a2036 : 0x1f2a2a);
  scene.finish.grade.light = Color(evening ? 0xffcf94 : 0xffe2b0);
  scene.finish.grade.amount = .10;
  scene.layers.emplace_back("table", 1, [f, dark, light](Canvas& canvas) { table(canvas, *f, dark, light); });
  scene.layers.emplace_back(
      "light", 1,
      [f](Canvas& canvas) { is_evening(f->c.time) ? flat_lamp_pool(canvas, *f) : flat_window_patches(canvas, *f); },
      .011, Blend::screen);
  scene.layers.back().bakes = true;
  scene.layers.emplace_back("items", kFlatItems + .01,
                            [f, subject, items](Canvas& canvas) { items(canvas, *f, subject); });
  return scene;
}

}  // namespace

Scene table_above(const Composition& c, const Subject& subject) {
  return on_table(c, subject, Color(0x6b4126), Color(0xc08a56), cafe_items);
}
Scene desk_above(const Composition& c, const Subject& subject) {
  return on_table(c, subject, Color(0x6f4a2e), Color(0xc79a6a), desk_items);
}
Scene living_room_above(const Composition& c, const Subject& subject) {
  return on_table(c, subject, Color(0x5c3a26), Color(0xb07c50), living_items);
}

}  // namespace vidgen::local
