// SPDX-License-Identifier: Apache-2.0
// Lamps, chairs and sofas.
#include <array>

#include "local/settings/room_parts.hpp"

namespace vidgen::local {
namespace {

// Left to right as the key sees it.
Pattern across(const Room& r, double x0, double x1, Color lit, Color middle, Color far) {
  const double from = r.evening ? x1 : x0, to = r.evening ? x0 : x1;
  return lin(from, 0, to, 0, {{0, lit}, {.5, middle}, {1, far}});
}

void cushion(Canvas& canvas, const Room& r, double x, double y, double q, double turn, Color cloth) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  canvas.rotate(turn);
  canvas.begin();
  canvas.move_to(-q, -q * .9);
  canvas.curve_to(-q * .4, -q * .75, q * .4, -q * .75, q, -q * .9);
  canvas.curve_to(q * .85, -q * .3, q * .85, q * .4, q, q * .8);
  canvas.curve_to(q * .4, q * .95, -q * .4, q * .95, -q, q * .8);
  canvas.curve_to(-q * .85, q * .4, -q * .85, -q * .3, -q, -q * .9);
  canvas.close();
  canvas.fill(across(r, -q, q, mix(cloth, Color(0xfff0d4), .35), cloth, mix(cloth, r.dark, .5)));
}

}  // namespace

void paint_pendant(Canvas& canvas, const Room& r, const LampSpot& at, Color metal) {
  const double x = at.x, y = at.y, q = at.size;
  canvas.move_to(x, -1);
  canvas.line_to(x, y);
  canvas.stroke(Color(0x1d1511), .005);
  canvas.begin();
  canvas.move_to(x - q, y + q * .75);
  canvas.curve_to(x - q, y - q * .3, x - q * .3, y - q * .15, x - q * .18, y - q * .4);
  canvas.line_to(x + q * .18, y - q * .4);
  canvas.curve_to(x + q * .3, y - q * .15, x + q, y - q * .3, x + q, y + q * .75);
  canvas.close();
  canvas.fill(profile(x - q, x + q, metal, kSatin, own_light(r)));
  canvas.ell(x, y + q * .75, q, q * .12);
  canvas.fill(Color(r.evening ? 0xfff0c8 : 0xffe2a3));
}

void paint_shaded_lamp(Canvas& canvas, const Room& r, const LampSpot& at, double foot, Color shade) {
  const double x = at.x, y = at.y, q = at.size;
  canvas.rect(x - q * .045, y, q * .09, foot - y);
  canvas.fill(across(r, x - q * .05, x + q * .05, Color(0xb08a56), Color(0x6a4c2e), Color(0x2a1c10)));
  canvas.ell(x, foot, q * .55, q * .08);
  canvas.fill(Color(0x2a1c12));
  canvas.poly({{x - q * .62, y - q * .55}, {x + q * .62, y - q * .55}, {x + q, y + q * .55}, {x - q, y + q * .55}});
  if (r.evening) {
    canvas.fill(rad(x, y + q * .22, 0, q * 1.25,
                    {{0, Color(0xfff6dc)}, {.35, Color(0xffdd9c)}, {.7, Color(0xf0a95c)}, {1, Color(0xc87a3c)}}));
  } else {
    canvas.fill(across(r, x - q, x + q, mix(shade, kWhite, .4), shade, mix(shade, r.dark, .45)));
  }
}

void paint_lamp_glow(Canvas& canvas, const LampSpot& at, double reach, double strength) {
  canvas.rect(at.x - reach, at.y - reach, 2 * reach, 2 * reach);
  canvas.fill(rad(at.x, at.y + at.size * .9, 0, reach * .83, soft(Color(0xffb95e), strength, 8, 2.2)));
}

void paint_chairs(Canvas& canvas, const Room& r) {
  struct Spot {
    double x, size;
  };
  for (const Spot& s : {Spot{-.62, 1.0}, Spot{.66, 1.1}, Spot{.36, .8}}) {
    const auto saved = canvas.saved();
    canvas.translate(s.x, r.c.table / r.c.lens + .04);
    canvas.scale(s.size);
    canvas.rrect(-.11, -.17, .22, .075, .03);
    canvas.fill(across(r, -.12, .12, Color(0x8a5f3d), Color(0x4a2f1e), Color(0x26170f)));
    for (double k : {-.09, -.03, .03, .09}) {
      canvas.move_to(k, -.12);
      canvas.line_to(k, .1);
      canvas.stroke(Color(0x2b1a11), .010);
    }
  }
}

void paint_sofa(Canvas& canvas, const Room& r, double x, double y, double w, double h, Color cloth) {
  const Color lit = mix(cloth, Color(r.evening ? 0xffc890 : 0xfff0d4), .30), far = mix(cloth, r.dark, .55);
  const double arm = w * .09;
  canvas.rrect(x + arm * .5, y, w - arm, h, .05);  // the back
  canvas.fill(across(r, x, x + w, mix(lit, cloth, .4), mix(cloth, r.dark, .12), far));
  for (int i = 0; i < 3; ++i) {  // its cushions
    const double cw = (w - 2 * arm) / 3, cx = x + arm + i * cw;
    canvas.rrect(cx + .004, y + h * .06, cw - .008, h * .50, .035);
    canvas.fill(across(r, cx, cx + cw, mix(lit, cloth, .2), cloth, mix(cloth, r.dark, .35)));
  }
  canvas.rrect(x + arm * .8, y + h * .52, w - arm * 1.6, h * .22, .025);  // the seat
  canvas.fill(lin(0, y + h * .52, 0, y + h * .74, {{0, mix(cloth, lit, .55)}, {.35, cloth}, {1, far}}));
  for (double ax : {x, x + w - arm}) {
    canvas.rrect(ax, y + h * .32, arm, h * .70, .03);
    canvas.fill(across(r, ax, ax + arm, lit, cloth, far));
  }
  cushion(canvas, r, x + w * .20, y + h * .36, h * .17, -.10, mix(Color(0xc98a4e), cloth, .2));
  cushion(canvas, r, x + w * .79, y + h * .35, h * .18, .14, mix(Color(0xe6d8bf), cloth, .25));
}

}  // namespace vidgen::local
