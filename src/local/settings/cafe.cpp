// SPDX-License-Identifier: Apache-2.0
// A cafe in the morning and its kitchen: a window, shelves and lamps out of focus, a wooden table in the window's
// light.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/paint/blur.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/setting.hpp"
#include "local/settings/steam.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

struct Room {
  Composition c;
  bool kitchen = false;
  int side = -1;     // of the window, where the key comes from
  double shift = 0;  // of the room behind the lens, sideways
  Box window;
  Light light;
  Color wall, wall_far, frame, wood_dark, wood_light, dark;
  Grade grade;
};
using RoomPtr = std::shared_ptr<const Room>;

Light room_light(int side, bool kitchen) {
  Light l;
  l.side = side;
  l.key = Color(0xfff0d6);
  l.fill = Color(0xe2b98d);
  l.ambient = Color(kitchen ? 0xa3978a : 0x877a72);
  l.rim = Color(0xfff0cf);
  l.sky = Color(0xf4e3c6);
  l.ground = Color(0x8a5a34);
  l.elevation = .45;
  l.rim_strength = .8;
  return l;
}

// The same room from another seat.
constexpr double kSteps[] = {0, .16, -.20};

RoomPtr make_room(const Composition& c, bool kitchen) {
  auto r = std::make_shared<Room>();
  r->c = c;
  r->kitchen = kitchen;
  // Every third seat has the window behind the cup instead of across from it.
  r->side = c.format == Format::tall ? -1 : c.variant / 2 % 3 == 1 ? -c.sun_side : c.sun_side;
  r->light = room_light(r->side, kitchen);
  r->wall = Color(kitchen ? 0x8ea69b : 0x77806a);
  r->wall_far = Color(kitchen ? 0x34453f : 0x1f2a26);
  r->frame = Color(kitchen ? 0xf4ead8 : 0x3b2a20);
  r->wood_dark = Color(kitchen ? 0x8f6a45 : 0x5a3620);
  r->wood_light = Color(kitchen ? 0xd6ae7c : 0xb57a48);
  r->dark = Color(kitchen ? 0x131a1a : 0x1c110a);
  r->grade.shadow = Color(kitchen ? 0x26323a : 0x1f2a2a);
  r->grade.light = Color(kitchen ? 0xfff0d0 : 0xffe2b0);
  r->grade.amount = kitchen ? .08 : .10;
  // As if the window were always left; mirrored when the key is from the right.
  if (c.format == Format::tall)
    r->window = {-.40 / c.lens, -.43, .10 / c.lens, -.05};
  else
    r->window = {-.86, -.58, -.30, .02};
  r->shift = (c.frame == Frame::close    ? .30
              : c.frame == Frame::macro  ? .42
              : c.frame == Frame::medium ? .02
                                         : 0) +
             (c.format == Format::wide ? kSteps[c.variant / 2 % 3] : kSteps[c.variant / 2 % 3] * .35);
  return r;
}

Layer room_layer(const char* name, double p, double sigma, const RoomPtr& room,
                 std::function<void(Canvas&, const Room&)> draw, Blend blend = Blend::over) {
  auto painter = [room, draw = std::move(draw)](Canvas& canvas) {
    const auto saved = canvas.saved();
    canvas.scale(-room->side, 1);  // written for a window on the left
    canvas.translate(room->shift, 0);
    canvas.scale(room->c.lens);
    draw(canvas, *room);
  };
  return Layer(name, p, std::move(painter), sigma * room->c.softness, blend);
}

// Light as the mirrored room sees it.
Light left_light(const Room& r) {
  Light l = r.light;
  l.side = -1;
  return l;
}

void tiles(Canvas& canvas) {
  for (int i = -15; i < 16; ++i)
    for (int j = 0; j < 9; ++j) {
      const double x = i * .115 + (j % 2 ? .0575 : 0), y = -.42 + j * .062;
      double n = std::sin(i * 12.9 + j * 78.2) * 43758.5;
      n -= std::floor(n);
      canvas.rrect(x, y, .111, .058, .006);
      canvas.fill(alpha(mix(Color(0xbccdc2), Color(0x5d766c), .15 + .45 * n + .35 * std::max(0.0, x)), .62));
    }
}

void outside(Canvas& canvas, const Box& w) {
  const auto saved = canvas.saved();
  canvas.rect(w.x0, w.y0, w.width(), w.height());
  canvas.clip();
  fill_all(canvas, lin(0, w.y0, 0, w.y1, {{0, Color(0xfffaf0)}, {.5, Color(0xfff1cc)}, {1, Color(0xf7dfa0)}}));
  Rng rng(6);
  constexpr unsigned kLeaves[] = {0x9fae6a, 0xc9c17c, 0x7f9460, 0xe9d08a};
  for (int i = 0; i < 60; ++i) {
    const double x = rng.uniform(w.x0, w.x1), y = w.y1 - w.height() * std::pow(rng.uniform(), 1.6) * .75;
    const double q = rng.uniform(.02, .075);
    const Color leaf(kLeaves[rng.below(4)]);
    canvas.ell(x, y, q, q);
    canvas.fill(
        rad(x, y, 0, q, {{0, alpha(leaf, .55)}, {.8, alpha(Color(0xb7b873), .4)}, {1, alpha(Color(0xb7b873), 0)}}));
  }
  fill_all(canvas, rad(w.x0 + w.width() * .4, w.y0 + .1, 0, .9, soft(Color(0xfffdf6), 1, 8, .8)));
}

void sill_plant(Canvas& canvas, double x, double y, double q, std::uint64_t seed) {
  Rng rng(seed);
  for (int i = 0; i < 26; ++i) {
    const double a = rng.uniform(-2.9, -.25), l = q * rng.uniform(1, 2.4), y0 = y - q * .7;
    canvas.begin();
    canvas.move_to(x, y0);
    canvas.curve_to(x + std::cos(a) * l * .5 - .01, y0 + std::sin(a) * l * .7, x + std::cos(a) * l,
                    y0 + std::sin(a) * l, x + std::cos(a) * l, y0 + std::sin(a) * l + .01);
    canvas.curve_to(x + std::cos(a) * l * .6 + .015, y0 + std::sin(a) * l * .5, x + .01, y0, x, y0);
    canvas.fill(alpha(mix(Color(0x3d4a2a), Color(0x8a9455), rng.uniform()), .95));
  }
  canvas.poly({{x - q * .75, y - q}, {x + q * .75, y - q}, {x + q * .55, y + .006}, {x - q * .55, y + .006}});
  canvas.fill(lin(x - q, 0, x + q, 0, {{0, Color(0xc47f55)}, {1, Color(0x6e3f28)}}));
}

void window(Canvas& canvas, const Room& r) {
  const Box& w = r.window;
  outside(canvas, w);
  canvas.rect(w.x0, w.y0, w.width(), w.height());
  canvas.stroke(r.frame, .026);
  for (int k : {1, 2}) {
    canvas.move_to(w.x0 + w.width() * k / 3, w.y0);
    canvas.line_to(w.x0 + w.width() * k / 3, w.y1);
    canvas.stroke(r.frame, .013);
  }
  canvas.move_to(w.x0, w.y0 + w.height() * .34);
  canvas.line_to(w.x1, w.y0 + w.height() * .34);
  canvas.stroke(r.frame, .013);
  canvas.rrect(w.x0 - .05, w.y1 + .006, w.width() + .10, .03, .004);
  canvas.fill(lin(0, w.y1, 0, w.y1 + .03, {{0, mix(r.frame, Color(0xffe9c4), .6)}, {1, r.frame}}));
  sill_plant(canvas, w.x0 + .16 * w.width() / .56, w.y1, .05, 50);
  sill_plant(canvas, w.x1 - .14 * w.width() / .56, w.y1, .04, 40);
}

void shelf_thing(Canvas& canvas, double x, double y, double w, double h, int kind) {
  canvas.begin();
  if (kind == 0) return canvas.rrect(x, y - h, w, h, .008);
  if (kind == 1) {  // a bottle
    canvas.move_to(x, y);
    canvas.line_to(x, y - h * .6);
    canvas.curve_to(x, y - h * .8, x + w * .35, y - h * .75, x + w * .35, y - h);
    canvas.line_to(x + w * .65, y - h);
    canvas.curve_to(x + w * .65, y - h * .75, x + w, y - h * .8, x + w, y - h * .6);
    canvas.line_to(x + w, y);
    return canvas.close();
  }
  canvas.move_to(x, y - h);  // a bowl
  canvas.curve_to(x, y, x + w * .2, y, x + w * .5, y);
  canvas.curve_to(x + w * .8, y, x + w, y, x + w, y - h);
  canvas.close();
}

void shelves(Canvas& canvas, const Room& r) {
  constexpr unsigned kColors[] = {0xb98b5c, 0xe9dcc3, 0x7d8a72, 0xa7553a, 0xd4b483, 0x5c6b6d, 0xf0e6d2, 0x3e3128};
  constexpr double kLeft = .30, kRight = 1.25;
  for (int j = 0; j < 2; ++j) {
    const double y = j == 0 ? -.21 : -.02;
    Rng rng(static_cast<std::uint64_t>(20 + j + (r.kitchen ? 5 : 0)));
    for (double x = kLeft + .04; x < kRight - .05;) {
      double w = rng.uniform(.028, .07), h = rng.uniform(.05, .13);
      const Color color(kColors[rng.below(8)]);
      const int kind = rng.below(3);
      if (kind == 2) h *= .55, w *= 1.2;
      shelf_thing(canvas, x, y, w, h, kind);
      canvas.fill(lin(x, 0, x + w, 0,
                      {{0, mix(color, Color(0xffe6bf), .45)}, {.35, color}, {1, mix(color, Color(0x1d120b), .55)}}));
      x += w + rng.uniform(.01, .04);
    }
    canvas.rrect(kLeft, y, kRight - kLeft, .020, .003);
    canvas.fill(lin(kLeft, 0, kRight, 0, {{0, Color(0xa8774a)}, {1, Color(0x4a3020)}}));
    canvas.rect(kLeft, y + .02, kRight - kLeft, .04);
    canvas.fill(lin(0, y + .02, 0, y + .06, {{0, Color(0x1d120b, .4)}, {1, Color(0x1d120b, 0)}}));
  }
}

void back_wall(Canvas& canvas, const Room& r) {
  fill_all(canvas, lin(-1, 0, 1.1, .1, {{0, mix(r.wall, Color(0xfff0d0), .25)}, {.4, r.wall}, {1, r.wall_far}}));
  if (r.kitchen) tiles(canvas);
  window(canvas, r);
  shelves(canvas, r);
  const Box& w = r.window;
  canvas.op(CAIRO_OPERATOR_SCREEN);
  fill_all(canvas, rad((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2, 0, 1.15, soft(Color(0xffd592), .42, 10, 2.6)));
  canvas.op(CAIRO_OPERATOR_OVER);
}

void lamp(Canvas& canvas, double x, double y, double q, const Room& r) {
  canvas.move_to(x, -1);
  canvas.line_to(x, y);
  canvas.stroke(Color(0x1d1511), .005);
  canvas.begin();
  canvas.move_to(x - q, y + q * .75);
  canvas.curve_to(x - q, y - q * .3, x - q * .3, y - q * .15, x - q * .18, y - q * .4);
  canvas.line_to(x + q * .18, y - q * .4);
  canvas.curve_to(x + q * .3, y - q * .15, x + q, y - q * .3, x + q, y + q * .75);
  canvas.close();
  canvas.fill(profile(x - q, x + q, Color(r.kitchen ? 0xb5793f : 0x3c4a44), kSatin, left_light(r)));
  canvas.ell(x, y + q * .75, q, q * .12);
  canvas.fill(Color(0xffe2a3));
}

void lamps(Canvas& canvas, const Room& r) {
  struct Spot {
    double x, y, q;
  };
  const bool tall = r.c.format == Format::tall;
  const Spot spots[] = {
      {.14, -.30, .07}, {tall ? -.16 : .56, tall ? -.33 : -.36, .06}, {tall ? .42 : -.17, -.37, .055}};
  for (const Spot& s : spots) lamp(canvas, s.x, s.y, s.q, r);
}

void lamp_glow(Canvas& canvas, const Room& r) {
  const bool tall = r.c.format == Format::tall;
  const Point spots[] = {{.14, -.30}, {tall ? -.16 : .56, tall ? -.33 : -.36}, {tall ? .42 : -.17, -.37}};
  for (const Point& s : spots) {
    canvas.rect(s.x - .4, s.y - .4, .8, .9);
    canvas.fill(rad(s.x, s.y + .06, 0, .33, soft(Color(0xffb95e), .50, 8, 2.2)));
  }
}

void string_lights(Canvas& canvas, const Room& r) {
  Rng rng(8);
  constexpr unsigned kTones[] = {0xffc777, 0xffdf9f, 0xff9f54};
  const double strength = r.kitchen ? .16 : .36;
  for (int i = 0; i < 15; ++i) {
    const double x = .02 + i * .075, y = -.40 + .10 * std::sin(i * .62) + .03 * (i % 2);
    const double q = rng.uniform(.011, .019), k = strength * rng.uniform(.5, 1);
    const Color tone(kTones[rng.below(3)]);
    canvas.ell(x, y, q, q);
    canvas.fill(rad(x, y, 0, q,
                    {{0, alpha(tone, k * .65)},
                     {.8, alpha(tone, k * .72)},
                     {.91, alpha(mix(tone, kWhite, .12), k * .85)},
                     {1, alpha(tone, 0)}}));
  }
}

void chairs(Canvas& canvas, const Room& r) {
  const double edge = r.c.table / r.c.lens;
  if (r.kitchen) {
    canvas.rrect(-3, edge - .035, 6, .05, .004);
    canvas.fill(lin(-1, 0, 1, 0, {{0, Color(0xf7efe0)}, {1, Color(0xa59a86)}}));
    return;
  }
  struct Spot {
    double x, size;
  };
  for (const Spot& s : {Spot{-.62, 1.0}, Spot{.66, 1.1}, Spot{.36, .8}}) {
    const auto saved = canvas.saved();
    canvas.translate(s.x, edge + .04);
    canvas.scale(s.size);
    canvas.rrect(-.11, -.17, .22, .075, .03);
    canvas.fill(lin(-.12, 0, .12, 0, {{0, Color(0x8a5f3d)}, {.5, Color(0x4a2f1e)}, {1, Color(0x26170f)}}));
    for (double k : {-.09, -.03, .03, .09}) {
      canvas.move_to(k, -.12);
      canvas.line_to(k, .1);
      canvas.stroke(Color(0x2b1a11), .010);
    }
  }
}

void light_patches(Canvas& canvas, double top) {
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j) {
      const double x = -1.05 + .44 * i, y = top + .045 + .145 * j, k = .42 * j;
      canvas.poly({{x + k, y}, {x + .38 + k, y}, {x + .74 + k, y + .12}, {x + k + .36, y + .12}});
      canvas.fill(Color(0xffe3ae, .50 - .09 * i - .06 * j));
    }
}

void table_top(Canvas& canvas, const Room& r) {
  const double top = r.c.table;
  const auto saved = canvas.saved();
  canvas.rect(-3, top, 6, 2);
  canvas.clip();
  const double x0 = -1.9 + .13 * std::sin(r.c.variant * 1.7);
  // Broader planks when the camera is nearer.
  paint_wood(canvas, x0 * r.c.lens, top, 3.8 * r.c.lens, .62 * r.c.lens, r.wood_dark, r.wood_light, 4);
  fill_all(canvas, lin(0, top, 0, .56,
                       {{0, alpha(mix(r.wood_light, Color(0xfff0d0), .55), .55)},
                        {.25, alpha(r.wood_light, .12)},
                        {.6, Color(0, 0, 0, .05)},
                        {1, Color(0x1a0d06, .55)}}));
}

void table_edge(Canvas& canvas, const Room& r) {
  canvas.rect(-3, r.c.table, 6, .006);
  canvas.fill(Color(0xffe6bd, .55));
}

void saucer(Canvas& canvas, double unit, const Room& r) {
  const Light& l = r.light;
  const double w = unit * .74;
  const auto saved = canvas.saved();
  canvas.translate(r.c.x, r.c.foot + .005 * unit);
  {
    const auto shadow = canvas.saved();
    canvas.translate(-l.side * .13 * unit, .085 * unit);
    canvas.scale(w * 1.12, w * .26);
    canvas.rect(-1, -1, 2, 2);
    canvas.fill(rad(
        0, 0, 0, 1,
        {{0, Color(0x1a0d06, .75)}, {.78, Color(0x1a0d06, .55)}, {.9, Color(0x1a0d06, .2)}, {1, Color(0x1a0d06, 0)}}));
  }
  canvas.ell(0, .03 * unit, w, w * .215);
  canvas.fill(profile(-w, w, Color(0xd8c9b1), {{0, .2}, {.3, .45}, {.7, .9}, {1, 1.1}}, l));
  canvas.ell(0, 0, w, w * .21);
  canvas.fill(profile(-w, w, Color(0xf6eee2), {{0, .5}, {.3, .7}, {.7, 1.0}, {1, 1.25}}, l));
  canvas.ell(0, -.002, w * .72, w * .145);
  canvas.fill(profile(-w, w, Color(0xe6d8c2), {{0, .9}, {.4, .7}, {.7, .55}, {1, .5}}, l));
  canvas.ell(0, .004, w * .70, w * .135);
  canvas.fill(profile(-w, w, Color(0xefe4d3), {{0, .4}, {.5, .65}, {1, 1.0}}, l));
}

Placement hero_place(const Room& r, const Subject& subject) {
  const Composition& c = r.c;
  Placement at;
  at.x = c.x;
  at.y = c.foot;
  // A saucer is wider than its cup.
  const double share = subject.is("mug") && c.frame != Frame::macro ? .70 : 1;
  at.unit = subject.unit(c.height, c.max_width * share);
  at.contact = .55;
  at.cast = .42;
  at.flatten = .16;
  at.shadow = Color(0x1a0d06);
  if (c.frame != Frame::macro) return at;
  at.x -= subject.macro_x() * at.unit;
  at.y = .06 - subject.macro_y() * at.unit;
  at.detail = true;
  return at;
}

void hero(Canvas& canvas, const Room& r, const Subject& subject) {
  const Placement at = hero_place(r, subject);
  if (subject.is("mug") && r.c.frame != Frame::macro) saucer(canvas, at.unit, r);
  subject.stand(canvas, r.light, at);
}

void shafts(Canvas& canvas, const Room& r) {
  canvas.scale(-r.side, 1);
  for (int i = 0; i < 4; ++i) {
    const double x = (r.c.format == Format::tall ? -.9 : -1.3) + .28 * i;
    canvas.poly({{x, -.7}, {x + .17, -.7}, {x + 1.25, .75}, {x + .85, .75}});
    canvas.fill(
        lin(x, -.6, x + .9, .6, {{0, Color(0xffe2ad, .22)}, {.5, Color(0xffd898, .10)}, {1, Color(0xffd898, 0)}}));
  }
}

void leaves(Canvas& canvas, const Room& r) {
  Rng rng(14);
  const double x = (r.c.aspect / 2 + .03), y = .42;
  canvas.scale(-r.side, 1);  // on the far side from the window
  for (int i = 0; i < 15; ++i) {
    const double a = rng.uniform(2.3, 4.3), l = rng.uniform(.16, .36);
    const double ex = x + std::cos(a) * l, ey = y + std::sin(a) * l * .9 - .05;
    canvas.begin();
    canvas.move_to(x, y);
    canvas.curve_to(x + std::cos(a - .35) * l * .6, y + std::sin(a - .35) * l * .6, ex, ey - .03, ex, ey);
    canvas.curve_to(ex, ey + .04, x + std::cos(a + .35) * l * .6, y + std::sin(a + .35) * l * .6, x, y);
    canvas.fill(lin(ex, ey, x, y,
                    {{0, mix(Color(0x5d6b3a), Color(0xd8c27a), .3)}, {.5, Color(0x37452a)}, {1, Color(0x18200f)}}));
  }
}

Scene room_scene(const Composition& c, const Subject& subject, bool kitchen) {
  const RoomPtr r = make_room(c, kitchen);
  Scene scene;
  scene.finish.grade = r->grade;
  scene.finish.vignette = kitchen ? .26 : .30;
  auto& layers = scene.layers;
  layers.push_back(room_layer("room", .16, .010, r, back_wall));
  layers.push_back(room_layer("string lights", .22, .002, r, string_lights, Blend::screen));
  layers.back().bakes = true;
  layers.push_back(room_layer("lamps", .30, .007, r, lamps));
  layers.push_back(room_layer("lamp glow", .30, 0, r, lamp_glow, Blend::screen));
  layers.back().coarse = .25;
  layers.push_back(room_layer("chairs", .45, .009, r, chairs));
  layers.emplace_back("table", 1, [r](Canvas& canvas) { table_top(canvas, *r); });
  layers.emplace_back(
      "light on the table", 1,
      [r](Canvas& canvas) {
        const auto saved = canvas.saved();
        canvas.rect(-3, r->c.table, 6, 2);
        canvas.clip();
        canvas.scale(-r->side, 1);
        light_patches(canvas, r->c.table);
      },
      .012, Blend::screen);
  layers.back().bakes = true;
  layers.emplace_back("hero", 1, [r, subject](Canvas& canvas) {
    table_edge(canvas, *r);
    if (r->c.hero) hero(canvas, *r, subject);
  });
  if (c.hero && subject.is("mug") && c.frame != Frame::macro)
    layers.push_back(steam_layer(hero_place(*r, subject), Color(0xfff4e2)));
  layers.emplace_back(
      "shafts", .5, [r](Canvas& canvas) { shafts(canvas, *r); }, .022, Blend::screen);
  if (c.frame == Frame::medium || c.frame == Frame::wide)
    layers.emplace_back(
        "leaves", 1.6, [r](Canvas& canvas) { leaves(canvas, *r); }, .016);
  scene.dust.count = 60;
  scene.dust.color = Color(0xfff2d4);
  scene.dust.small = .001;
  scene.dust.large = .0035;
  scene.dust.seed = 3;
  return scene;
}

}  // namespace

Scene cafe_scene(const Composition& c, const Subject& s) {
  return room_scene(c, s, false);
}
Scene kitchen_scene(const Composition& c, const Subject& s) {
  return room_scene(c, s, true);
}

// Warm paper with window light: the quiet ground of an end card.
Scene cafe_quiet(const Composition& composition, const Subject& subject) {
  Composition c = composition;
  c.time = "warm";
  return studio_quiet(c, subject);
}

}  // namespace vidgen::local
