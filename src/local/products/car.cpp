// SPDX-License-Identifier: Apache-2.0
// A coupe from the side, facing right.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kWheelY = -.165, kWheels[] = {-.60, .62};

Path body(Canvas& c) {
  c.begin();
  c.smooth({{-.98, -.16},  {-1.0, -.30},  {-.965, -.385}, {-.80, -.425}, {-.55, -.47}, {-.30, -.60},
            {-.02, -.635}, {.20, -.60},   {.44, -.445},   {.75, -.395},  {.94, -.325}, {1.0, -.23},
            {.985, -.15},  {.955, -.115}, {.90, -.10},    {.82, -.10},   {.6, -.10},   {0, -.10},
            {-.6, -.10},   {-.82, -.10},  {-.91, -.105},  {-.96, -.125}},
           true);
  return c.take_path();
}

void paintwork(Canvas& c, const Path& shape, Color albedo, const Light& light) {
  c.add(shape);
  c.fill(shaded_down(-.64, -.10, albedo,
                     {{0, 1.25}, {.14, .8}, {.36, 1.05}, {.43, .62}, {.60, .30}, {.70, .55}, {.84, .18}, {1, .08}},
                     light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  const double s = light.side;
  c.paint(
      lin(-s, 0, s, 0,
          {{0, alpha(kBlack, .45)}, {.4, alpha(kBlack, 0)}, {.7, alpha(light.key, 0)}, {1, alpha(light.key, .14)}}));
  // The horizon along the flank, the sky above it in the shoulder, the ground's bounce below.
  const Pattern streak =
      lin(-s, 0, s, 0,
          {{0, alpha(light.sky, .15)}, {.6, alpha(light.sky, .45)}, {1, alpha(mix(light.rim, kWhite, .4), .85)}});
  c.begin();
  c.move_to(-1, -.33);
  c.curve_to(-.5, -.37, .4, -.36, 1, -.29);
  c.line_to(1, -.262);
  c.curve_to(.4, -.325, -.5, -.332, -1, -.295);
  c.close();
  c.fill(streak);
  c.begin();
  c.move_to(-.95, -.405);
  c.curve_to(-.5, -.455, .3, -.455, .95, -.33);
  c.line_to(.95, -.318);
  c.curve_to(.3, -.438, -.5, -.440, -.95, -.392);
  c.close();
  c.fill(lin(-s, 0, s, 0, {{0, alpha(light.sky, .08)}, {1, alpha(light.sky, .30)}}));
  c.begin();
  c.move_to(-.9, -.17);
  c.curve_to(-.3, -.20, .4, -.20, .95, -.165);
  c.stroke(alpha(light.ground, .55), .012);
  // A dark sill closes the body below.
  c.paint(lin(0, -.135, 0, -.10, {{0, alpha(kBlack, 0)}, {.4, alpha(kBlack, .6)}, {1, alpha(kBlack, .85)}}));
}

Path windows(Canvas& c) {
  c.begin();
  c.smooth({{-.46, -.475}, {-.28, -.572}, {-.03, -.603}, {.16, -.575}, {.375, -.45}, {.1, -.452}}, true, .6);
  return c.take_path();
}

void glasshouse(Canvas& c, Color albedo, const Light& light) {
  const Path shape = windows(c);
  c.add(shape);
  c.fill(
      lin(0, -.6, 0, -.45, {{0, mix(light.sky, Color(0x0a0d14), .55)}, {.5, Color(0x10141c)}, {1, Color(0x06080c)}}));
  {
    const auto guard = c.saved();
    c.add(shape);
    c.clip();
    // Head rests behind the glass, then the sky in it.
    for (const double x : {-.20, .10}) {
      c.rrect(x, -.525, .06, .10, .02);
      c.fill(alpha(kBlack, .55));
    }
    c.poly({{.18, -.62}, {.30, -.62}, {.10, -.44}, {-.04, -.44}});
    c.fill(alpha(kWhite, .13));
    c.poly({{-.24, -.62}, {-.19, -.62}, {-.36, -.44}, {-.41, -.44}});
    c.fill(alpha(kWhite, .08));
    c.rect(-.085, -.65, .03, .25);
    c.fill(shade(albedo, .4, light));
  }
  c.add(shape);
  c.stroke(alpha(kBlack, .6), .008);
  c.add(shape);
  c.stroke(lin(0, -.47, 0, -.44, {{0, alpha(kWhite, 0)}, {1, alpha(mix(light.rim, kWhite, .4), .7)}}), .004);
}

void roof_light(Canvas& c, const Path& shape, const Light& light) {
  rim(c, shape, light, -1, 1, .009, .55, .2);
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (const double width : {.024, .012}) {
    c.add(shape);
    c.stroke(lin(0, -.64, 0, -.36, {{0, alpha(mix(light.rim, kWhite, .3), .6)}, {1, alpha(light.rim, 0)}}), width);
  }
}

void seams(Canvas& c, Color albedo, const Light& light) {
  c.begin();
  c.move_to(-.40, -.46);
  c.curve_to(-.43, -.33, -.40, -.2, -.36, -.135);
  c.line_to(.27, -.135);
  c.curve_to(.34, -.25, .36, -.36, .34, -.44);
  c.stroke(alpha(kBlack, .42), .006);
  c.rrect(-.36, -.378, .09, .014, .007);
  c.fill(shade(mix(albedo, kWhite, .35), 1.0, light));
  c.move_to(-.36, -.362);
  c.line_to(-.27, -.362);
  c.stroke(alpha(kBlack, .4), .004);
  // The mirror.
  c.begin();
  c.smooth({{.27, -.455}, {.275, -.485}, {.325, -.492}, {.345, -.470}, {.335, -.450}}, true);
  c.fill(shaded_down(-.49, -.45, albedo, {{0, 1.2}, {1, .25}}, light));
}

void lamps(Canvas& c) {
  c.begin();
  c.move_to(.80, -.36);
  c.curve_to(.9, -.345, .955, -.31, .965, -.275);
  c.curve_to(.9, -.28, .84, -.3, .80, -.36);
  c.close();
  c.fill(lin(.8, 0, .97, 0, {{0, Color(0x8f9aa6)}, {1, Color(0xfffbe8)}}), true);
  c.stroke(alpha(kBlack, .35), .004);
  c.ell(.925, -.302, .012, .010);
  c.fill(kWhite);
  c.rrect(-.995, -.35, .07, .03, .012);
  c.fill(lin(-.995, 0, -.925, 0, {{0, Color(0xff5a48)}, {1, Color(0xa8120e)}}));
}

void wheel(Canvas& c, double x, const Light& light) {
  const Color alloy(0xc9ced4);
  const double s = light.side, to_light = s > 0 ? -.8 : kPi + .8;
  c.ell(x, kWheelY, .165, .165);
  c.fill(rad(x, kWheelY, .10, .165, {{0, Color(0x1b1c20)}, {.8, Color(0x101114)}, {1, Color(0x08080a)}}));
  c.ell(x, kWheelY, .118, .118);
  c.fill(rad(x, kWheelY, 0, .118, {{0, Color(0x3a3d44)}, {1, Color(0x15161a)}}));
  c.ell(x, kWheelY, .075, .075);
  c.stroke(Color(0x565a62), .012);  // the brake disc
  for (int k = 0; k < 10; ++k) {
    const double a = k * kPi / 5 + .2, d = std::max(0.0, std::cos(a - to_light));
    c.move_to(x, kWheelY);
    c.line_to(x + std::cos(a) * .11, kWheelY + std::sin(a) * .11);
    c.stroke(shade(alloy, .35 + d, light), .017);
  }
  c.ell(x, kWheelY, .114, .114);
  c.stroke(lin(x - .1 * s, -.06, x + .1 * s, -.27, {{0, shade(alloy, .3, light)}, {1, shade(kWhite, 1.2, light)}}),
           .009);
  c.ell(x, kWheelY, .022, .022);
  c.fill(shade(alloy, .7, light));
  c.begin();
  c.arc(x, kWheelY, .158, .158, kPi * 1.1, kPi * 1.9);
  c.stroke(alpha(kWhite, .12), .006);
}

// The arches are cut into the body; the wheels stand in the dark behind them.
void arches(Canvas& c, const Path& shape) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (const double x : kWheels) {
    c.ell(x, kWheelY, .200, .190);
    c.fill(Color(0x070709), true);
    c.stroke(alpha(kWhite, .16), .005);
  }
}

void plate(Canvas& c, const ProductLook& look) {
  if (look.brand.empty()) return;
  TextStyle style("Inter", 600, .026);
  style.tracking = .1;
  style.align = Align::center;
  draw_text(c, look.brand, -.72, -.375, fit_text(look.brand, style, .2, .03), alpha(kWhite, .75));
}

}  // namespace

void glow_car(Canvas& c, const Light& light, const ProductLook&) {
  // Its lamps only show when the scene is dark.
  const double night = std::clamp(1 - lum(light.ambient) * 3.6, 0.0, 1.0);
  if (night <= 0) return;
  c.paint(rad(.95, -.29, 0, .55, soft(Color(0xfff0cc), .55 * night)));
  c.paint(rad(-.98, -.335, 0, .35, soft(Color(0xff3b30), .5 * night)));
  const auto guard = c.saved();
  c.poly({{.97, -.30}, {2.6, -.22}, {2.6, .10}, {.97, -.27}});
  c.fill(lin(.97, 0, 2.5, 0, {{0, Color(0xfff0cc, .40 * night)}, {1, Color(0xfff0cc, 0)}}));
}

void draw_car(Canvas& c, const Light& light, const ProductLook& look) {
  const Color albedo = look.body(Color(0x8f1d24));
  for (const double x : kWheels) {
    c.ell(x, -.165, .20, .17);
    c.fill(Color(0x070709));
  }
  const Path shape = body(c);
  paintwork(c, shape, albedo, light);
  roof_light(c, shape, light);
  glasshouse(c, albedo, light);
  seams(c, albedo, light);
  lamps(c);
  arches(c, shape);
  plate(c, look);
  for (const double x : kWheels) wheel(c, x, light);
}

}  // namespace vidgen::local
