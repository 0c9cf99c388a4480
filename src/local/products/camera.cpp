// SPDX-License-Identifier: Apache-2.0
// A mirrorless camera, seen from the front.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .72, kTop = -.80, kLensX = .06, kLensY = -.39, kLens = .335;

Path body(Canvas& c) {
  c.begin();
  c.smooth({{-.70, -.02},
            {-.725, -.10},
            {-.725, -.62},
            {-.70, -.715},
            {-.60, -.735},
            {-.30, -.735},
            {.45, -.735},
            {.63, -.735},
            {.70, -.715},
            {.725, -.62},
            {.725, -.10},
            {.70, -.02},
            {.60, 0},
            {0, 0},
            {-.60, 0}},
           true);
  return c.take_path();
}

// Top plate: metal, with finder hump, dial and shutter button.
void top_plate(Canvas& c, const Path& shape, Color plate, const Light& light) {
  c.begin();
  c.move_to(-.20, -.72);
  c.curve_to(-.17, -.83, -.13, kTop - .025, -.05, kTop - .025);
  c.line_to(.17, kTop - .025);
  c.curve_to(.25, kTop - .025, .29, -.83, .32, -.72);
  c.close();
  const Path hump = c.path();
  c.fill(shaded_down(kTop - .03, -.70, plate, {{0, 1.1}, {.4, .7}, {1, .5}}, light));
  rim(c, hump, light, -.2, .32, .006, .7, .4);
  c.rrect(.43, -.795, .15, .075, .014);
  const Path dial = c.path();
  c.fill(profile(.43, .58, plate, kSteel, light));
  for (int i = 0; i < 13; ++i) {
    const double x = .505 - std::cos(kPi * (i + .5) / 13) * .072;
    c.move_to(x, -.788);
    c.line_to(x, -.738);
    c.stroke(alpha(kBlack, .30), .004);
  }
  rim(c, dial, light, .43, .58, .005, .8, .4);
  c.rrect(-.56, -.765, .11, .035, .012);
  c.fill(profile(-.56, -.45, Color(0xd6dade), kSteel, light));
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  c.rect(-1, -.80, 2, .215);
  c.fill(profile(-kHalf, kHalf, plate, {{0, .35}, {.06, .6}, {.3, .55}, {.6, .8}, {.85, 1.1}, {1, .7}}, light));
  c.paint(lin(0, -.74, 0, -.58,
              {{0, alpha(kWhite, .38)}, {.08, alpha(kWhite, .06)}, {.7, alpha(kBlack, 0)}, {1, alpha(kBlack, .18)}}));
}

void leather(Canvas& c, const Path& shape, Color skin, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  c.rect(-1, -.585, 2, .62);
  const Path area = c.path();
  c.fill(profile(-kHalf, kHalf, skin, kMatte, light));
  grain(c, area, -kHalf, -.585, 2 * kHalf, .6, .085, 27, 210);
  grain(c, area, -kHalf, -.585, 2 * kHalf, .6, .06, 28, 420);
  c.move_to(-1, -.585);
  c.line_to(1, -.585);
  c.stroke(alpha(kBlack, .5), .008);
  // The grip: a swelling at the hand's side.
  c.begin();
  c.smooth({{-.72, -.56}, {-.55, -.555}, {-.475, -.50}, {-.465, -.30}, {-.48, -.06}, {-.56, -.02}, {-.72, -.02}}, true);
  const Path grip = c.path();
  c.fill(profile(-.74, -.46, skin, {{0, .25}, {.3, .5}, {.6, .95}, {.85, .5}, {1, .2}}, light));
  grain(c, grip, -.74, -.57, .3, .56, .09, 29, 210);
  c.paint(lin(0, -.14, 0, 0, {{0, alpha(kBlack, 0)}, {1, alpha(kBlack, .45)}}));
}

void barrel(Canvas& c, const Light& light) {
  const Color black(0x26282d);
  const double s = light.side, to_light = s > 0 ? -.7 : kPi + .7;
  struct Ring {
    double radius, t0, t1;
  };
  static constexpr Ring kRings[] = {
      {1.0, .16, .95}, {.94, .50, .16}, {.90, .20, .80}, {.76, .45, .14}, {.735, .14, .60}};
  c.ell(kLensX - .015 * s, kLensY + .03, kLens * 1.05, kLens * 1.05);
  c.fill(alpha(kBlack, .35));
  for (const Ring& ring : kRings) {
    const double r = kLens * ring.radius, dx = std::cos(to_light) * r, dy = std::sin(to_light) * r;
    c.ell(kLensX, kLensY, r, r);
    c.fill(lin(kLensX - dx, kLensY - dy, kLensX + dx, kLensY + dy,
               {{0, shade(black, ring.t0, light)},
                {.5, shade(black, (ring.t0 + ring.t1) * .45, light)},
                {1, shade(mix(black, kWhite, .12), ring.t1 * 1.3, light)}}));
  }
  for (int i = 0; i < 90; ++i) {  // the focus ring's teeth
    const double a = 2 * kPi * i / 90, d = std::max(.0, std::cos(a - to_light));
    c.move_to(kLensX + std::cos(a) * kLens * .95, kLensY + std::sin(a) * kLens * .95);
    c.line_to(kLensX + std::cos(a) * kLens * .995, kLensY + std::sin(a) * kLens * .995);
    c.stroke(alpha(kWhite, .04 + .20 * d * d), .004);
  }
  c.ell(kLensX, kLensY, kLens * .70, kLens * .70);
  c.stroke(Color(0xc9a24a, .55), .005);
}

void glass(Canvas& c, const Light& light) {
  const double r = kLens * .60, s = light.side;
  c.ell(kLensX, kLensY, r, r);
  c.fill(rad(kLensX, kLensY, 0, r,
             {{0, Color(0x1d2a44)}, {.45, Color(0x101626)}, {.8, Color(0x07090f)}, {1, Color(0x020203)}}));
  const auto guard = c.saved();
  c.ell(kLensX, kLensY, r, r);
  c.clip();
  struct Glow {
    double x, y, radius, opacity;
    std::uint32_t rgb;
  };
  static constexpr Glow kGlows[] = {
      {.42, -.40, .55, .85, 0x7a5cd8}, {-.36, .42, .50, .70, 0x2f8f9c}, {-.15, -.1, .30, .45, 0xb05a86}};
  for (const Glow& g : kGlows)
    c.paint(rad(kLensX + g.x * r * s, kLensY + g.y * r, 0, g.radius * r, soft(Color(g.rgb), g.opacity)));
  c.ell(kLensX + .38 * r * s, kLensY - .42 * r, .17 * r, .12 * r);
  c.fill(alpha(kWhite, .80));
  c.ell(kLensX - .42 * r * s, kLensY + .46 * r, .07 * r, .05 * r);
  c.fill(alpha(kWhite, .45));
  c.ell(kLensX, kLensY, r * .42, r * .42);
  c.stroke(alpha(kWhite, .10), .004);
  c.ell(kLensX, kLensY, r * .99, r * .99);
  c.stroke(alpha(kBlack, .8), .02);
}

void name(Canvas& c, const ProductLook& look, Color plate) {
  const Color ink = ink_on(plate);
  if (look.brand.empty()) return brand_mark(c, .06, -.765, .04, look.brand, ink);
  TextStyle style("Inter", 600, .048);
  style.tracking = .06;
  style.align = Align::center;
  draw_text(c, look.brand, .06, -.752, fit_text(look.brand, style, .30, .06), ink);
}

}  // namespace

void draw_camera(Canvas& c, const Light& light, const ProductLook& look) {
  const Color skin = look.body(Color(0x2a2b2f)),
              plate = look.second(lum(skin) > .5 ? Color(0xd9d6cf) : Color(0xb9bcc0));
  const Path shape = body(c);
  c.add(shape);
  c.fill(profile(-kHalf, kHalf, skin, kMatte, light));
  top_plate(c, shape, plate, light);
  leather(c, shape, skin, light);
  vertical_shade(c, shape, -.74, 0, light, 0, .35);
  rim(c, shape, light, -kHalf, kHalf, .010, .7, .4);
  c.ell(-.36, -.655, .022, .022);
  c.fill(Color(0x201010), true);
  c.stroke(alpha(kWhite, .3), .004);
  barrel(c, light);
  glass(c, light);
  name(c, look, plate);
}

}  // namespace vidgen::local
