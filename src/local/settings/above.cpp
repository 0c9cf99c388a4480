// SPDX-License-Identifier: Apache-2.0
// From above: a folded map outdoors, a wooden table in the cafe, plain paper in the studio and on the stage.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/flat.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

// ---- the map

struct MapFields {
  Field solid, tone, lines, water, wood;
};

MapFields draw_map(std::uint64_t seed) {
  constexpr int kWidth = 760, kHeight = 360;
  const Field n = fbm(kWidth, kHeight, 3.2, 1.7, 4, .45, seed);
  MapFields m{Field(kWidth, kHeight, 1), Field(kWidth, kHeight), Field(kWidth, kHeight), Field(kWidth, kHeight),
              Field(kWidth, kHeight)};
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      const double v = n.at(x, y) * 5.2, level = std::round(v);
      const double gx = (n.at(std::min(x + 1, kWidth - 1), y) - n.at(std::max(x - 1, 0), y)) * 2.6;
      const double gy = (n.at(x, std::min(y + 1, kHeight - 1)) - n.at(x, std::max(y - 1, 0))) * 2.6;
      const double steep = std::hypot(gx, gy) + 1e-4;
      const bool main_line = static_cast<int>(level) % 4 == 0;
      m.tone.at(x, y) = static_cast<float>(.5 + .16 * n.at(x, y));
      m.lines.at(x, y) =
          static_cast<float>(std::clamp(1 - std::abs(v - level) / steep / 1.1, 0.0, 1.0) * .62 * (main_line ? 1 : .55));
      m.water.at(x, y) = static_cast<float>(std::clamp((-n.at(x, y) - 1.15) * 9, 0.0, 1.0) * .8);
      m.wood.at(x, y) = static_cast<float>(std::clamp((n.at(x, y) - .7) * 4, 0.0, 1.0) * .28);
    }
  return m;
}

void paint_map(Canvas& canvas, const Flat& f) {
  const MapFields m = draw_map(12);
  const double w = std::max(2.6, f.c.aspect * 1.4), h = w / 2 > 1.3 ? w / 2 : 1.32;
  const auto put = [&](const Surface& s) { canvas.put(s, -w / 2, -h / 2, w, h); };
  put(tinted(m.solid, m.tone, Color(0xe8dcc0), Color(0xcfc39c)));
  put(texture(m.lines, Color(0x9a6f48)));
  put(texture(m.water, Color(0x8fb6c2)));
  put(texture(m.wood, Color(0x8ea06a)));
  canvas.smooth({{-1.2, .42}, {-.8, .22}, {-.5, .28}, {-.25, .05}, {.1, .02}, {.35, -.2}, {.7, -.16}, {1.2, -.42}});
  canvas.dash(.022, .014);
  canvas.stroke(Color(0xc2452d), .007);
  canvas.dash(0, 0);
  for (double x : {-.866, -.433, .0, .433, .866}) {  // folds
    canvas.rect(x - .05, -1, .05, 2);
    canvas.fill(lin(x - .05, 0, x, 0, {{0, Color(0x3a2a18, 0)}, {1, Color(0x3a2a18, .20)}}));
    canvas.rect(x, -1, .05, 2);
    canvas.fill(lin(x, 0, x + .05, 0, {{0, Color(1, 1, 1, .32)}, {1, Color(1, 1, 1, 0)}}));
  }
  hour_light(canvas, f);
}

void pencil(Canvas& c) {
  c.rrect(-.2, -.012, .36, .024, .004);
  c.fill(lin(0, -.012, 0, .012, {{0, Color(0xf0b95a)}, {.4, Color(0xe09a36)}, {1, Color(0x8a5418)}}));
  c.poly({{.16, -.012}, {.20, 0}, {.16, .012}});
  c.fill(Color(0xecd2a4));
  c.poly({{.187, -.004}, {.20, 0}, {.187, .004}});
  c.fill(Color(0x3a3028));
  c.rrect(-.23, -.012, .03, .024, .005);
  c.fill(Color(0xc98a84));
}

void compass(Canvas& c) {
  c.ell(0, 0, .105, .105);
  c.fill(lin(-.1, -.1, .1, .1, {{0, Color(0xf3d79a)}, {.5, Color(0xb98a45)}, {1, Color(0x6d4a20)}}));
  c.ell(0, 0, .088, .088);
  c.fill(rad(-.02, -.03, 0, .13, {{0, Color(0xfbf6e8)}, {1, Color(0xd9cdb0)}}));
  for (int i = 0; i < 24; ++i) {
    const double a = i * .2617993878, r = i % 6 == 0 ? .068 : .076;
    c.move_to(.083 * std::cos(a), .083 * std::sin(a));
    c.line_to(r * std::cos(a), r * std::sin(a));
    c.stroke(Color(0x3a3028, .8), i % 6 == 0 ? .004 : .002);
  }
  c.rotate(.7);
  c.poly({{0, -.066}, {.012, 0}, {-.012, 0}});
  c.fill(Color(0xc2402d));
  c.poly({{0, .066}, {.012, 0}, {-.012, 0}});
  c.fill(Color(0x2b3440));
  c.ell(0, 0, .007, .007);
  c.fill(Color(0xd8b46a));
}

void map_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  lay_subject(canvas, f, subject);
  const double away = f.c.side >= 0 ? -1 : 1;
  const bool tall = f.c.format == Format::tall;
  {
    const auto saved = canvas.saved();
    canvas.translate(tall ? .15 * away : .52 * away, tall ? -.40 : -.24);
    with_shadow(canvas, .13, -f.side * .016, .020, .008, .6, f.shadow, compass);
  }
  if (tall) return;
  const auto saved = canvas.saved();
  canvas.translate(.66 * away, .10);
  canvas.rotate(-.9 * away);
  with_shadow(canvas, .25, -f.side * .010, .014, .006, .5, f.shadow, pencil);
}

void leaf_shadow(Canvas& canvas, const Flat& f) {
  Rng rng(3);
  for (int i = 0; i < 9; ++i) {
    const double x = f.side * (.42 * f.c.aspect + .18 * rng.normal()), y = -.42 + .14 * rng.normal();
    const auto saved = canvas.saved();
    canvas.translate(x, y);
    canvas.rotate(rng.uniform(0, 6));
    canvas.ell(0, 0, .16, .05);
    canvas.fill(Color(0x1a1420, .30));
  }
}

// ---- the table

void table(Canvas& canvas, const Flat& f) {
  paint_wood(canvas, -1.4, -.8, 2.8, 1.6, Color(0x6b4126), Color(0xc08a56), 7);
  side_light(canvas, f.side, Color(0xffe3b0), .40, Color(0x150b06), .58);
}

void window_patches(Canvas& canvas, const Flat& f) {
  canvas.scale(-f.side, 1);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j) {
      const double x = -1.05 + .38 * i + .22 * j, y = -.52 + .34 * j;
      canvas.poly({{x, y}, {x + .31, y + .05}, {x + .51, y + .36}, {x + .20, y + .31}});
      canvas.fill(Color(0xffe3ae, .5));
    }
}

void notebook(Canvas& c) {
  c.rrect(-.25, -.34, .5, .66, .012);
  c.fill(Color(0xd9cfbb));
  c.rrect(-.25, -.34, .49, .655, .012);
  c.fill(lin(-.25, 0, .25, 0,
             {{0, Color(0xf9f2e4)},
              {.46, Color(0xf4ead7)},
              {.5, Color(0xd9ccb3)},
              {.54, Color(0xf6eddb)},
              {1, Color(0xefe3cd)}}));
  for (int i = 0; i < 12; ++i) {
    c.move_to(-.215, -.27 + i * .045);
    c.line_to(-.03 - (i % 4 == 3 ? .05 : 0), -.27 + i * .045);
    c.stroke(Color(0x4a3d33, .34), .0045);
  }
}

void spoon(Canvas& c) {
  c.rrect(-.006, -.10, .012, .28, .006);
  c.fill(lin(-.006, 0, .006, 0, {{0, Color(0xf4efe6)}, {.5, Color(0xa89c8a)}, {1, Color(0x6d6252)}}));
  c.ell(0, -.13, .026, .045);
  c.fill(rad(-.006, -.14, 0, .05, {{0, Color(0xfffdf6)}, {.5, Color(0xb5a993)}, {1, Color(0x6f6350)}}));
}

void bean(Canvas& c) {
  c.ell(0, 0, .021, .014);
  c.fill(rad(-.006, -.006, 0, .024, {{0, Color(0x8a5630)}, {1, Color(0x2b150a)}}));
  c.move_to(-.018, 0);
  c.curve_to(-.006, .005, .006, -.005, .018, 0);
  c.stroke(Color(0x1a0c05), .0035);
}

void latte_leaf(Canvas& c) {
  const Color milk(0xf3dfc0);
  for (int k = 0; k < 6; ++k) {
    const double y = -.075 + k * .026, w = .085 * std::sin((k + 1.2) / 7 * 3.14159265) + .01;
    c.begin();
    c.move_to(0, y - .02);
    c.curve_to(w * .8, y - .035, w * 1.1, y - .005, w * .9, y + .012);
    c.curve_to(w * .5, y - .004, w * .2, y, 0, y + .012);
    c.curve_to(-w * .2, y, -w * .5, y - .004, -w * .9, y + .012);
    c.curve_to(-w * 1.1, y - .005, -w * .8, y - .035, 0, y - .02);
    c.fill(alpha(milk, .92));
  }
  c.move_to(0, -.10);
  c.line_to(0, .09);
  c.stroke(alpha(milk, .9), .007);
}

void coffee(Canvas& c, int side) {
  {
    const auto saved = c.saved();
    c.ell(0, 0, .128, .128);
    c.clip(true);
    c.fill(rad(0, 0, 0, .128,
               {{0, Color(0x6a3d1d)}, {.7, Color(0x4f2a12)}, {.93, Color(0x8a5a30)}, {1, Color(0xc08a56)}}));
    latte_leaf(c);
    fill_all(c, lin(side * .13, -.13, -side * .10, .10,
                    {{0, Color(0x1a0d06, .55)}, {.35, Color(0x1a0d06, .05)}, {1, Color(0xfff0d0, .14)}}));
  }
  c.begin();
}

// A cup on its saucer; `body` is the glaze.
void cup_from_above(Canvas& c, const Light& l, Color body) {
  const double d = l.side;
  const Color plate = mix(body, Color(0xf2e9dc), .75);
  c.ell(0, 0, .275, .275);
  c.fill(lin(d * .27, -.27, -d * .27, .27,
             {{0, shade(plate, 1.15, l)}, {.5, shade(plate, .8, l)}, {1, shade(plate, .4, l)}}));
  c.ell(0, 0, .262, .262);
  c.stroke(lin(d * .27, -.27, -d * .27, .27, {{0, Color(0x8a6a4a, .3)}, {1, Color(1, 1, 1, .7)}}), .005);
  c.ell(0, 0, .185, .185);
  c.fill(rad(0, 0, .10, .185, {{0, shade(plate, .5, l)}, {1, shade(plate, .85, l)}}));
  c.ell(-d * .03, .035, .172, .172);
  c.fill(rad(-d * .03, .035, .09, .175, {{0, Color(0x1a0d06, .75)}, {1, Color(0x1a0d06, 0)}}));
  c.rrect(.12, -.030, .155, .06, .03);
  c.fill(lin(0, -.03, 0, .03, {{0, shade(body, 1.05, l)}, {1, shade(body, .35, l)}}));
  c.ell(0, 0, .152, .152);
  c.fill(lin(d * .15, -.15, -d * .15, .15,
             {{0, shade(body, 1.2, l)}, {.5, shade(body, .95, l)}, {1, shade(body, .6, l)}}));
  c.ell(0, 0, .137, .137);
  c.fill(lin(d * .14, -.14, -d * .14, .14,
             {{0, shade(body, .22, l)}, {.6, shade(body, .5, l)}, {1, shade(body, .95, l)}}));
  coffee(c, l.side);
}

void put_beans(Canvas& canvas, const Flat& f, double x, double y) {
  Rng rng(4);
  for (int i = 0; i < 12; ++i) {
    const double bx = x + .10 * rng.normal(), by = y + .05 * rng.normal(), turn = rng.uniform(0, 6);
    const auto saved = canvas.saved();
    canvas.translate(bx, by);
    with_shadow(canvas, .03, -f.side * .005, .007, .004, .55, f.shadow, [turn](Canvas& c) {
      const auto inner = c.saved();
      c.rotate(turn);
      bean(c);
    });
  }
}

void table_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  const bool tall = f.c.format == Format::tall;
  const double away = f.c.side >= 0 ? -1 : 1, k = tall ? .82 : 1;
  if (!tall) {
    const auto saved = canvas.saved();
    canvas.translate(.56 * away, .05);
    canvas.rotate(-.16);
    with_shadow(canvas, .45, -f.side * .016, .022, .010, .55, f.shadow, notebook);
  }
  if (subject.is("mug")) {
    const auto saved = canvas.saved();
    canvas.translate(tall ? 0 : -.16 * away, tall ? -.13 : -.02);
    canvas.scale(k * (tall ? 1 : 1.12));
    const Color glaze = subject.look().body(Color(0xf2e9dc));
    with_shadow(canvas, .30, -f.side * .035, .040, .018, .6, f.shadow,
                [&](Canvas& c) { cup_from_above(c, f.light, glaze); });
  } else {
    lay_subject(canvas, f, subject);
  }
  if (subject.is("mug")) {
    const auto saved = canvas.saved();
    canvas.translate(tall ? .20 : -.56 * away, tall ? .16 : .06);
    canvas.rotate(.5);
    with_shadow(canvas, .2, -f.side * .010, .014, .006, .5, f.shadow, spoon);
  }
  put_beans(canvas, f, tall ? -.12 : -.64 * away, tall ? -.42 : .33);
}

// ---- paper

void paper(Canvas& canvas, const Flat& f, Color lit, Color far) {
  fill_all(canvas, lin(f.side * .9, -.5, -f.side * .9, .5,
                       {{0, mix(lit, kWhite, lum(lit) > .5 ? .25 : .06)}, {.45, lit}, {1, far}}));
  canvas.ell(f.c.side * .13 * f.c.aspect, f.c.format == Format::tall ? -.12 : 0, .47, .47);
  canvas.fill(lin(f.side * .5, -.4, -f.side * .5, .4,
                  {{0, mix(lit, kWhite, lum(lit) > .5 ? .45 : .08)}, {1, mix(lit, far, .35)}}));
}

void paper_bars(Canvas& canvas, const Flat& f) {
  for (int i = 0; i < 4; ++i) {
    const double x = f.side * (.95 - .34 * i);
    canvas.poly({{x, -.7}, {x - f.side * .17, -.7}, {x - f.side * .95, .7}, {x - f.side * .78, .7}});
    canvas.fill(Color(0xfff4dd, f.light.ambient.g > .4 ? .16 : .06));
  }
}

Scene on_paper(const Composition& c, const Subject& subject, Color lit, Color far) {
  Light light;
  light.key = Color(0xfff3e0);
  light.fill = mix(lit, kWhite, .3);
  light.ambient = mix(mix(lit, far, .5), Color(0x2c313c), .3);
  light.sky = mix(lit, kWhite, .5);
  light.ground = far;
  const FlatPtr f = make_flat(c, light, mix(far, kBlack, .75));
  Scene scene = flat_scene();
  scene.finish.vignette = .16;
  scene.layers.emplace_back("paper", 1, [f, lit, far](Canvas& canvas) { paper(canvas, *f, lit, far); });
  scene.layers.emplace_back(
      "window bars", 1, [f](Canvas& canvas) { paper_bars(canvas, *f); }, .014, Blend::screen);
  scene.layers.back().bakes = true;
  scene.layers.emplace_back("items", 1.09, [f, subject](Canvas& canvas) { lay_subject(canvas, *f, subject); });
  return scene;
}

}  // namespace

Scene map_above(const Composition& c, const Subject& subject) {
  const FlatPtr f = make_outdoor_flat(c, Land::mountain);
  Scene scene = outdoor_flat_scene(*f);
  scene.layers.emplace_back("map", 1, [f](Canvas& canvas) { paint_map(canvas, *f); });
  scene.layers.emplace_back("items", kFlatItems, [f, subject](Canvas& canvas) { map_items(canvas, *f, subject); });
  scene.layers.emplace_back(
      "leaf shadow", 1.2, [f](Canvas& canvas) { leaf_shadow(canvas, *f); }, .016);
  return scene;
}

Scene table_above(const Composition& c, const Subject& subject) {
  Light light;
  light.key = Color(0xfff0d8);
  light.fill = Color(0xe2b98d);
  light.ambient = Color(0x877a72);
  light.rim = Color(0xfff0cf);
  light.sky = Color(0xf4e3c6);
  light.ground = Color(0x8a5a34);
  light.elevation = .5;
  const FlatPtr f = make_flat(c, light, Color(0x140c08));
  Scene scene = flat_scene();
  scene.finish.grade.shadow = Color(0x1f2a2a);
  scene.finish.grade.light = Color(0xffe2b0);
  scene.finish.grade.amount = .10;
  scene.layers.emplace_back("table", 1, [f](Canvas& canvas) { table(canvas, *f); });
  scene.layers.emplace_back(
      "window light", 1, [f](Canvas& canvas) { window_patches(canvas, *f); }, .011, Blend::screen);
  scene.layers.back().bakes = true;
  scene.layers.emplace_back("items", kFlatItems + .01,
                            [f, subject](Canvas& canvas) { table_items(canvas, *f, subject); });
  return scene;
}

Scene studio_above(const Composition& c, const Subject& subject) {
  return on_paper(c, subject, Color(0xe2ddd3), Color(0xb3aa9c));
}

Scene studio_dark_above(const Composition& c, const Subject& subject) {
  return on_paper(c, subject, Color(0x43464f), Color(0x15171b));
}

Scene stage_dark_above(const Composition& c, const Subject& subject) {
  return on_paper(c, subject, Color(0x2a2758), Color(0x0c0d24));
}

Scene stage_above(const Composition& c, const Subject& subject) {
  return on_paper(c, subject, Color(0xeceaf6), Color(0xc3c4dc));
}

}  // namespace vidgen::local
