// SPDX-License-Identifier: Apache-2.0
// Shelves with bottles and bowls or with books, plants in pots, prints on the wall.
#include <cmath>

#include "local/paint/noise.hpp"
#include "local/settings/room_parts.hpp"

namespace vidgen::local {
namespace {

constexpr std::uint32_t kPots[] = {0xb98b5c, 0xe9dcc3, 0x7d8a72, 0xa7553a, 0xd4b483, 0x5c6b6d, 0xf0e6d2, 0x3e3128};
constexpr std::uint32_t kSpines[] = {0x8c4a3a, 0xd9c7a4, 0x35505c, 0xc08a4a, 0x5f6b4c, 0xe8dfcd, 0x2e3442, 0x9a7a66};

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

Pattern lit_thing(const Room& r, double x, double w, Color color) {
  const Color bright = mix(color, Color(r.evening ? 0xffc98a : 0xffe6bf), .45), far = mix(color, Color(0x1d120b), .55);
  const double from = r.evening ? x + w : x, to = r.evening ? x : x + w;
  return lin(from, 0, to, 0, {{0, bright}, {.35, color}, {1, far}});
}

void crockery(Canvas& canvas, const Room& r, const Shelf& s, Rng& rng) {
  for (double x = s.left + .04; x < s.right - .05;) {
    double w = rng.uniform(.028, .07), h = rng.uniform(.05, .13);
    const Color color(kPots[rng.below(8)]);
    const int kind = rng.below(3);
    if (kind == 2) h *= .55, w *= 1.2;
    shelf_thing(canvas, x, s.y, w, h, kind);
    canvas.fill(lit_thing(r, x, w, color));
    x += w + rng.uniform(.01, .04);
  }
}

// Books in groups, one of each group leaning; a bowl between the groups.
void books(Canvas& canvas, const Room& r, const Shelf& s, Rng& rng) {
  for (double x = s.left + .03; x < s.right - .09;) {
    const int group = 3 + rng.below(5);
    for (int i = 0; i < group && x < s.right - .05; ++i) {
      const double w = rng.uniform(.014, .030), h = rng.uniform(.085, .135);
      const Color color(kSpines[rng.below(8)]);
      const auto saved = canvas.saved();
      canvas.translate(x, s.y);
      if (i + 1 == group) canvas.rotate(-.16);
      canvas.rect(0, -h, w, h);
      canvas.fill(lit_thing(r, 0, w, color));
      x += w + (i + 1 == group ? .045 : .002);
    }
    const double w = rng.uniform(.05, .075);
    shelf_thing(canvas, x, s.y, w, .04, 2);
    canvas.fill(lit_thing(r, x, w, Color(kPots[rng.below(8)])));
    x += w + rng.uniform(.03, .10);
  }
}

void leaf(Canvas& canvas, double x, double y, double angle, double length, double breadth, Color color, Color rib) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  canvas.rotate(angle);
  canvas.begin();
  canvas.move_to(0, 0);
  canvas.curve_to(length * .25, -breadth, length * .75, -breadth * .9, length, 0);
  canvas.curve_to(length * .75, breadth * .9, length * .25, breadth, 0, 0);
  canvas.fill(lin(0, -breadth, 0, breadth, {{0, mix(color, rib, .5)}, {.5, color}, {1, mix(color, kBlack, .35)}}));
}

}  // namespace

void paint_shelf(Canvas& canvas, const Room& r, const Shelf& s) {
  Rng rng(s.seed);
  if (s.books)
    books(canvas, r, s, rng);
  else
    crockery(canvas, r, s, rng);
  canvas.rrect(s.left, s.y, s.right - s.left, .020, .003);
  const double from = r.evening ? s.right : s.left, to = r.evening ? s.left : s.right;
  canvas.fill(lin(from, 0, to, 0, {{0, Color(0xa8774a)}, {1, Color(0x4a3020)}}));
  canvas.rect(s.left, s.y + .02, s.right - s.left, .04);
  canvas.fill(lin(0, s.y + .02, 0, s.y + .06, {{0, Color(0x1d120b, .4)}, {1, Color(0x1d120b, 0)}}));
}

void paint_sill_plant(Canvas& canvas, double x, double y, double q, std::uint64_t seed) {
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

void paint_floor_plant(Canvas& canvas, const Room& r, double x, double foot, double height, std::uint64_t seed) {
  Rng rng(seed);
  const Color dark = mix(Color(0x24331f), r.dark, .3), light = mix(Color(0x7f9a58), r.wall, .2);
  const double top = foot - height * .30;
  for (int i = 0; i < 17; ++i) {
    const double a = -1.5708 + rng.uniform(-1.25, 1.25), l = height * rng.uniform(.35, .72);
    const double ex = x + std::cos(a) * l * .45, ey = top + std::sin(a) * l * .75;
    canvas.begin();
    canvas.move_to(x, top);
    canvas.curve_to(x, top - l * .3, ex, ey + l * .15, ex, ey);
    canvas.stroke(dark, height * .008);
    leaf(canvas, ex, ey, a + rng.uniform(-.5, .5), height * rng.uniform(.16, .27), height * .055,
         mix(dark, light, rng.uniform(.15, .85)), light);
  }
  const double q = height * .14;
  canvas.poly({{x - q, top}, {x + q, top}, {x + q * .75, foot}, {x - q * .75, foot}});
  canvas.fill(lit_thing(r, x - q, 2 * q, mix(Color(0xd8cbb6), r.wall, .25)));
}

void paint_corner_leaves(Canvas& canvas, const Room& r) {
  Rng rng(14);
  const double x = (r.c.aspect / 2 + .03), y = .42;
  canvas.scale(-r.side, 1);  // on the far side from the key
  const Color lit = r.evening ? Color(0x4c5648) : mix(Color(0x5d6b3a), Color(0xd8c27a), .3);
  for (int i = 0; i < 15; ++i) {
    const double a = rng.uniform(2.3, 4.3), l = rng.uniform(.16, .36);
    const double ex = x + std::cos(a) * l, ey = y + std::sin(a) * l * .9 - .05;
    canvas.begin();
    canvas.move_to(x, y);
    canvas.curve_to(x + std::cos(a - .35) * l * .6, y + std::sin(a - .35) * l * .6, ex, ey - .03, ex, ey);
    canvas.curve_to(ex, ey + .04, x + std::cos(a + .35) * l * .6, y + std::sin(a + .35) * l * .6, x, y);
    canvas.fill(
        lin(ex, ey, x, y, {{0, lit}, {.5, mix(Color(0x37452a), r.dark, r.evening ? .5 : 0)}, {1, Color(0x18200f)}}));
  }
}

void paint_framed_print(Canvas& canvas, const Room& r, double x, double y, double w, double h, int motif) {
  canvas.rect(x - .012, y - .004, w + .03, h + .03);  // its shadow
  canvas.fill(alpha(r.dark, .25));
  canvas.rect(x, y, w, h);
  canvas.fill(mix(Color(0x3a2a20), r.dark, .2));
  const Color paper = mix(Color(0xf2eadb), r.wall, r.evening ? .55 : .12);
  canvas.rect(x + .010, y + .010, w - .020, h - .020);
  canvas.fill(paper);
  const double cx = x + w / 2, cy = y + h * .46, q = w * .26;
  canvas.ell(cx, cy, q, q);
  canvas.fill(mix(Color(motif == 0 ? 0xc97a52 : 0x5f7a70), paper, .15));
  canvas.rect(x + w * .2, cy + q * .35, w * .6, h * .16);
  canvas.fill(mix(Color(motif == 0 ? 0x39505a : 0xd0a468), paper, .1));
}

}  // namespace vidgen::local
