// SPDX-License-Identifier: Apache-2.0
// From above, in town: paving stones, wet and full of lights at night, in the sun with a leaf's shadow by day.
#include <algorithm>
#include <cmath>

#include "local/settings/bokeh.hpp"
#include "local/settings/city_look.hpp"
#include "local/settings/flat_items.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

struct Stones {
  FlatPtr flat;
  CityLook look;
  double length, height;  // of one
};

// Courses of slabs, each of its own tone, the joint a dark line with a bright lip.
// Turned, so that it is a ground and no wall.
void slabs(Canvas& canvas, const Stones& s) {
  const auto saved = canvas.saved();
  canvas.rotate(.44 * (s.flat->side > 0 ? 1 : -1));
  const Color stone = s.look.lit ? mix(s.look.ground, Color(0x3a3a5a), .55) : s.look.ground;
  fill_all(canvas, mix(stone, s.look.dark, .55));
  Rng rng(31);
  int row = 0;
  for (double y = -1.5; y < 1.5; y += s.height, ++row)
    for (double x = -1.9 + (row % 2) * s.length * .5; x < 1.9; x += s.length) {
      const double tone = rng.uniform(-.16, .16);
      const Color color = tone < 0 ? mix(stone, s.look.dark, -tone) : mix(stone, kWhite, tone * .7);
      canvas.rrect(x, y, s.length - .007, s.height - .007, .006);
      canvas.fill(
          lin(x, y, x + s.length, y + s.height, {{0, mix(color, kWhite, .05)}, {1, mix(color, s.look.dark, .10)}}));
    }
  const Field grain = fbm(900, 700, 190, 150, 2, .6, 17);
  Field dots(900, 700);
  for (std::size_t i = 0; i < dots.values.size(); ++i) dots.values[i] = std::max(0.f, grain.values[i] - .4f) * .07f;
  canvas.put(texture(dots, s.look.dark), -1.9, -1.5, 3.8, 3.0);
}

// A few leaves that the wind left.
void fallen_leaves(Canvas& canvas, const Flat& f, bool lit) {
  Rng rng(23);
  constexpr std::uint32_t kTones[] = {0xc98a3c, 0xa85a2c, 0x8a7a3a};
  for (int i = 0; i < 6; ++i) {
    const double x = (is_tall(f) ? .10 : .58) * free_side(f) + .16 * rng.normal(),
                 y = (is_tall(f) ? .40 : .30) + .07 * rng.normal();
    const double turn = rng.uniform(0, 6), l = rng.uniform(.045, .065);
    const Color tone = mul(Color(kTones[rng.below(3)]), lit ? Color(0x706888) : kWhite);
    const auto saved = canvas.saved();
    canvas.translate(x, y);
    with_shadow(canvas, .08, -f.side * .008, .010, .005, .5, f.shadow, [&](Canvas& c) {
      const auto inner = c.saved();
      c.rotate(turn);
      c.begin();
      c.move_to(-l, 0);
      c.curve_to(-l * .4, -l * .62, l * .5, -l * .5, l, 0);
      c.curve_to(l * .5, l * .5, -l * .4, l * .62, -l, 0);
      c.fill(lin(0, -l * .5, 0, l * .5, {{0, mix(tone, kWhite, .22)}, {.5, tone}, {1, mix(tone, kBlack, .35)}}));
      c.move_to(-l * 1.25, .002);
      c.line_to(l * .9, 0);
      c.stroke(mix(tone, kBlack, .45), .0028);
    });
  }
}

void light_on(Canvas& canvas, const Stones& s) {
  const Flat& f = *s.flat;
  if (!s.look.lit) {
    side_light(canvas, f.side, s.look.light.key, .38, s.look.dark, .42);
    return;
  }
  side_light(canvas, f.side, s.look.glow, .30, s.look.dark, .60);
  // Signs and lamps in the wet.
  constexpr std::uint32_t kLights[] = {0xffb066, 0xff6fa0, 0x6fc8ff, 0xffd79a};
  const Strewn pools{-1.3, -.7, 1.3, .7, .03, .16, 26, 12, kLights};
  for (const Disc& d : strew(pools)) {
    const auto saved = canvas.saved();
    canvas.translate(d.x, d.y);
    canvas.scale(1, 2.1);
    canvas.rect(-d.r * 2, -d.r * 2, d.r * 4, d.r * 4);
    canvas.fill(rad(0, 0, 0, d.r * 1.6, soft(d.color, .34 * d.strength, 8, 2)));
  }
}

void leaf_shadow(Canvas& canvas, const Flat& f) {
  Rng rng(7);
  for (int i = 0; i < 14; ++i) {
    const auto saved = canvas.saved();
    canvas.translate(f.side * (.40 * f.c.aspect + .20 * rng.normal()), -.38 + .16 * rng.normal());
    canvas.rotate(rng.uniform(0, 6));
    canvas.ell(0, 0, .12, .045);
    canvas.fill(Color(0x1a1a24, .30));
  }
}

Scene on_stones(const Composition& c, const Subject& subject, std::string_view usual, double length, double height) {
  const CityLook look = city_look(c.time, usual);
  const FlatPtr f = make_flat(c, look.light, look.dark);
  const auto s = std::make_shared<const Stones>(Stones{f, look, length, height});
  Scene scene = flat_scene();
  scene.finish.grade = look.grade;
  if (look.lit) scene.finish.bloom = .25, scene.finish.threshold = .62;
  scene.layers.emplace_back("stones", 1, [s](Canvas& canvas) { slabs(canvas, *s); });
  scene.layers.emplace_back("light", 1, [s](Canvas& canvas) { light_on(canvas, *s); });
  scene.layers.emplace_back("items", kFlatItems, [f, subject, lit = look.lit](Canvas& canvas) {
    fallen_leaves(canvas, *f, lit);
    lay_subject(canvas, *f, subject);
  });
  if (!look.lit)
    scene.layers.emplace_back(
        "leaf shadow", 1.2, [f](Canvas& canvas) { leaf_shadow(canvas, *f); }, .018);
  return scene;
}

}  // namespace

Scene city_above(const Composition& c, const Subject& s) {
  return on_stones(c, s, "night", .62, .40);
}
Scene street_above(const Composition& c, const Subject& s) {
  return on_stones(c, s, "midday", .30, .15);
}

}  // namespace vidgen::local
