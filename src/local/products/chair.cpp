// SPDX-License-Identifier: Apache-2.0
// A shell chair on splayed wooden legs, three-quarter from the front.
#include <algorithm>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

struct Leg {
  double x0, y0, x1, y1, width, t;
};

void leg(Canvas& c, const Leg& l, Color wood, const Light& light) {
  const double half = l.width / 2, dx = l.x1 - l.x0;
  c.poly({{l.x0 - half, l.y0}, {l.x0 + half, l.y0}, {l.x1 + half * .62, l.y1}, {l.x1 - half * .62, l.y1}});
  const Path shape = c.path();
  c.fill(profile(std::min(l.x0, l.x1) - half, std::max(l.x0, l.x1) + half, wood,
                 {{0, l.t * .30}, {.3, l.t * .45}, {.65, l.t * .95}, {.85, l.t * 1.1}, {1, l.t * .6}}, light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  for (int i = 0; i < 5; ++i) {
    const double o = half * (-.7 + .35 * i);
    c.move_to(l.x0 + o, l.y0);
    c.curve_to(l.x0 + o + dx * .3 + .004, l.y0 * .7, l.x1 + o * .6 - dx * .3 - .003, l.y0 * .3, l.x1 + o * .6, l.y1);
    c.stroke(alpha(kBlack, .10), .0025);
  }
  c.paint(lin(0, l.y0, 0, l.y0 + .12, {{0, alpha(kBlack, .45)}, {1, alpha(kBlack, 0)}}));
}

Path shell(Canvas& c) {
  c.begin();
  c.smooth({{-.215, -.44},
            {-.255, -.52},
            {-.262, -.66},
            {-.245, -.82},
            {-.205, -.925},
            {-.12, -.958},
            {0, -.965},
            {.12, -.958},
            {.205, -.925},
            {.245, -.82},
            {.262, -.66},
            {.255, -.52},
            {.215, -.44},
            {0, -.425}},
           true);
  return c.take_path();
}

void back(Canvas& c, Color seat, const Light& light) {
  const Path shape = shell(c);
  c.add(shape);
  c.fill(profile(-.26, .26, seat, {{0, .35}, {.12, .22}, {.35, .40}, {.62, .72}, {.85, 1.0}, {.95, .85}, {1, .55}},
                 light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  // Hollow: darker in the middle of the back, light on the upper rim, dark where it meets the seat.
  {
    const auto hollow = c.saved();
    c.translate(-.03 * light.side, -.66);
    c.scale(.62, 1);
    c.paint(rad(0, 0, 0, .42, soft(kBlack, .13)));
  }
  c.paint(lin(0, -.965, 0, -.80,
              {{0, alpha(mix(light.sky, kWhite, .3), .42)}, {.4, alpha(light.sky, .10)}, {1, alpha(light.sky, 0)}}));
  c.paint(lin(0, -.60, 0, -.44, {{0, alpha(kBlack, 0)}, {1, alpha(kBlack, .42)}}));
  rim(c, shape, light, -.26, .26, .010, .9, .35);
}

void seat_pan(Canvas& c, Color seat, const Light& light) {
  c.begin();
  c.smooth({{-.30, -.415},
            {-.285, -.475},
            {-.20, -.505},
            {0, -.512},
            {.20, -.505},
            {.285, -.475},
            {.30, -.415},
            {.27, -.372},
            {.15, -.352},
            {0, -.346},
            {-.15, -.352},
            {-.27, -.372}},
           true);
  const Path shape = c.take_path();
  {
    const auto under = c.saved();  // the thickness of the shell below its edge
    c.translate(0, .016);
    c.add(shape);
    c.fill(profile(-.3, .3, seat, {{0, .12}, {.5, .28}, {.85, .55}, {1, .3}}, light));
  }
  c.add(shape);
  c.fill(shaded_down(-.51, -.35, seat, {{0, .48}, {.45, .88}, {.85, 1.08}, {1, .95}}, light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  const double x = .30 * light.side;
  c.paint(
      lin(-x, 0, x, 0, {{0, alpha(light.ambient, .45)}, {.5, alpha(light.ambient, 0)}, {1, alpha(light.key, .22)}}));
  {
    const auto hollow = c.saved();
    c.translate(0, -.445);
    c.scale(1, .28);
    c.paint(rad(0, 0, 0, .34, soft(kBlack, .14)));
  }
  c.add(shape);
  c.stroke(lin(0, -.42, 0, -.345, {{0, alpha(kWhite, 0)}, {1, alpha(mix(light.rim, kWhite, .3), .70)}}), .008);
}

}  // namespace

void draw_chair(Canvas& c, const Light& light, const ProductLook& look) {
  const Color seat = look.body(Color(0xe9e4da)), wood = look.second(Color(0xb58352));
  static constexpr Leg kBack[] = {{-.16, -.42, -.225, -.055, .036, .45}, {.16, -.42, .225, -.055, .036, .55}};
  static constexpr Leg kFront[] = {{-.22, -.375, -.295, 0, .042, .85}, {.22, -.375, .295, 0, .042, 1.0}};
  for (const Leg& l : kBack) leg(c, l, wood, light);
  // Two thin braces cross below the seat.
  for (const int s : {-1, 1}) {
    c.move_to(-s * .185, -.33);
    c.line_to(s * .205, -.17);
    c.stroke(Color(0x1a1b1e), .010);
  }
  back(c, seat, light);
  for (const Leg& l : kFront) leg(c, l, wood, light);
  seat_pan(c, seat, light);
  if (look.brand.empty()) return;
  TextStyle style("Inter", 600, .026);
  style.tracking = .08;
  style.align = Align::center;
  draw_text(c, look.brand, 0, -.885, fit_text(look.brand, style, .28, .03), alpha(ink_on(seat), .6));
}

}  // namespace vidgen::local
