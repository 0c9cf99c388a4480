// SPDX-License-Identifier: Apache-2.0
// What lies on tables.
#include <cmath>

#include "local/paint/noise.hpp"
#include "local/settings/flat_items.hpp"
#include "local/settings/nature.hpp"

namespace vidgen::local {
namespace {

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

}  // namespace

void flat_pencil(Canvas& c) {
  c.rrect(-.2, -.012, .36, .024, .004);
  c.fill(lin(0, -.012, 0, .012, {{0, Color(0xf0b95a)}, {.4, Color(0xe09a36)}, {1, Color(0x8a5418)}}));
  c.poly({{.16, -.012}, {.20, 0}, {.16, .012}});
  c.fill(Color(0xecd2a4));
  c.poly({{.187, -.004}, {.20, 0}, {.187, .004}});
  c.fill(Color(0x3a3028));
  c.rrect(-.23, -.012, .03, .024, .005);
  c.fill(Color(0xc98a84));
}

void flat_notebook(Canvas& c) {
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

void flat_spoon(Canvas& c) {
  c.rrect(-.006, -.10, .012, .28, .006);
  c.fill(lin(-.006, 0, .006, 0, {{0, Color(0xf4efe6)}, {.5, Color(0xa89c8a)}, {1, Color(0x6d6252)}}));
  c.ell(0, -.13, .026, .045);
  c.fill(rad(-.006, -.14, 0, .05, {{0, Color(0xfffdf6)}, {.5, Color(0xb5a993)}, {1, Color(0x6f6350)}}));
}

void flat_cup(Canvas& c, const Light& l, Color body) {
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

void flat_beans(Canvas& canvas, const Flat& f, double x, double y) {
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

void flat_leaf(Canvas& c) {
  Rng rng(21);
  for (int i = 0; i < 9; ++i) {
    const auto saved = c.saved();
    const double u = i / 8.0;
    c.translate(.30 * (u - .5), .05 * std::sin(u * 3.1));
    c.rotate((i % 2 ? 1 : -1) * (.9 - .35 * u));
    const double l = .13 * (1 - .5 * u) * rng.uniform(.85, 1.1);
    c.begin();
    c.move_to(0, 0);
    c.curve_to(l * .3, -l * .28, l * .8, -l * .22, l, 0);
    c.curve_to(l * .8, l * .22, l * .3, l * .28, 0, 0);
    c.fill(lin(0, -l * .25, 0, l * .25, {{0, Color(0x9aae72)}, {.5, Color(0x5f7a4a)}, {1, Color(0x3c5434)}}));
  }
  c.move_to(-.17, -.005);
  c.curve_to(-.05, .03, .05, .03, .16, 0);
  c.stroke(Color(0x4a5c38), .005);
}

void flat_window_patches(Canvas& canvas, const Flat& f) {
  canvas.scale(-f.side, 1);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j) {
      const double x = -1.05 + .38 * i + .22 * j, y = -.52 + .34 * j;
      canvas.poly({{x, y}, {x + .31, y + .05}, {x + .51, y + .36}, {x + .20, y + .31}});
      canvas.fill(Color(0xffe3ae, .5));
    }
}

void flat_lamp_pool(Canvas& canvas, const Flat& f) {
  const double x = f.side * .34 * f.c.aspect, y = -.30;
  canvas.rect(-3, -3, 6, 6);
  canvas.fill(rad(x, y, 0, 1.15, soft(Color(0xffb866), .62, 10, 1.7)));
}

}  // namespace vidgen::local
