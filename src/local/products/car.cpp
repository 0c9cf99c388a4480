// SPDX-License-Identifier: Apache-2.0
// A coupe from the side, facing right.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kWheelY = -.165, kWheels[] = {-.60, .615};

Path body(Canvas& c) {
  c.begin();
  c.smooth({{-.965, -.13}, {-.995, -.22}, {-.985, -.33}, {-.945, -.405}, {-.80, -.425}, {-.62, -.470},
            {-.36, -.570}, {-.10, -.612}, {.12, -.592},  {.32, -.510},   {.46, -.445},  {.72, -.405},
            {.90, -.345},  {.985, -.265}, {1.0, -.18},   {.975, -.105},  {.92, -.075},  {.84, -.070},
            {.6, -.070},   {0, -.070},    {-.6, -.070},  {-.84, -.070},  {-.92, -.085}},
           true);
  return c.take_path();
}

// The crease from the front wing to the tail: the line that the eye follows.
Path shoulder_line(Canvas& c) {
  c.begin();
  c.move_to(-.975, -.355);
  c.curve_to(-.5, -.425, .2, -.415, .93, -.300);
  return c.take_path();
}

void paintwork(Canvas& c, const Path& shape, Color albedo, const Light& light) {
  c.add(shape);
  c.fill(shaded_down(-.62, -.07, albedo,
                     {{0, 1.22},
                      {.16, .86},
                      {.30, .98},
                      {.40, .80},
                      {.47, .50},
                      {.62, .30},
                      {.72, .42},
                      {.80, .50},
                      {.88, .16},
                      {1, .06}},
                     light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  const double s = light.side;
  c.paint(
      lin(-s, 0, s, 0,
          {{0, alpha(kBlack, .42)}, {.4, alpha(kBlack, .05)}, {.7, alpha(light.key, 0)}, {1, alpha(light.key, .16)}}));
  // The sky lies in the shoulder, the horizon in the flank, the ground's bounce above the sill.
  const Path shoulder = shoulder_line(c);
  {
    const auto below = c.saved();
    c.translate(0, .020);
    soft_line(c, shoulder, kBlack, .35, .045);
  }
  soft_line(c, shoulder, mix(light.sky, light.rim, .4), .60, .022);
  c.begin();
  c.move_to(-.96, -.235);
  c.curve_to(-.3, -.285, .3, -.28, .97, -.215);
  soft_line(c, c.take_path(), light.sky, .18, .055);
  c.begin();
  c.move_to(-.38, -.150);
  c.curve_to(-.1, -.165, .2, -.165, .40, -.185);
  soft_line(c, c.take_path(), mix(light.ground, light.key, .3), .50, .030);
  // Wings swell over the wheels.
  for (const double x : kWheels) {
    c.begin();
    c.arc(x, kWheelY, .222, .225, kPi * 1.12, kPi * 1.88);
    soft_line(c, c.take_path(), mix(light.rim, kWhite, .2), .11, .040);
  }
  c.paint(lin(0, -.115, 0, -.07, {{0, alpha(kBlack, 0)}, {.35, alpha(kBlack, .7)}, {1, alpha(kBlack, .9)}}));
}

Path windows(Canvas& c) {
  c.begin();
  c.smooth({{-.56, -.468},
            {-.36, -.545},
            {-.12, -.585},
            {.10, -.568},
            {.26, -.508},
            {.375, -.440},
            {.345, -.436},
            {0, -.447},
            {-.4, -.455}},
           true);
  return c.take_path();
}

void glasshouse(Canvas& c, const Light& light) {
  const Path shape = windows(c);
  c.add(shape);
  c.fill(
      lin(0, -.59, 0, -.44, {{0, mix(light.sky, Color(0x0a0d14), .50)}, {.5, Color(0x10141c)}, {1, Color(0x06080c)}}));
  {
    const auto guard = c.saved();
    c.add(shape);
    c.clip();
    // Head rests behind the glass, then the sky in it.
    for (const double x : {-.24, .02}) {
      c.rrect(x, -.520, .055, .09, .02);
      c.fill(alpha(kBlack, .5));
    }
    c.poly({{.14, -.62}, {.24, -.62}, {.06, -.43}, {-.06, -.43}});
    c.fill(lin(0, -.6, 0, -.44, {{0, alpha(kWhite, .20)}, {1, alpha(kWhite, .05)}}));
    c.poly({{-.26, -.62}, {-.20, -.62}, {-.38, -.43}, {-.44, -.43}});
    c.fill(lin(0, -.6, 0, -.44, {{0, alpha(kWhite, .13)}, {1, alpha(kWhite, .03)}}));
    c.poly({{-.150, -.62}, {-.118, -.62}, {-.112, -.43}, {-.150, -.43}});
    c.fill(Color(0x050609));
  }
  c.add(shape);
  c.stroke(alpha(kBlack, .65), .008);
  c.add(shape);
  c.stroke(lin(0, -.465, 0, -.44, {{0, alpha(kWhite, 0)}, {1, alpha(mix(light.rim, kWhite, .4), .75)}}), .004);
}

void roof_light(Canvas& c, const Path& shape, const Light& light) {
  rim(c, shape, light, -1, 1, .009, .55, .2);
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (const double width : {.026, .018, .010}) {
    c.add(shape);
    c.stroke(lin(0, -.62, 0, -.36, {{0, alpha(mix(light.rim, kWhite, .3), .5)}, {1, alpha(light.rim, 0)}}), width);
  }
}

void seams(Canvas& c, Color albedo, const Light& light) {
  const auto door = [&c] {
    c.begin();
    c.move_to(-.34, -.455);
    c.curve_to(-.37, -.34, -.35, -.2, -.31, -.125);
    c.line_to(.28, -.125);
    c.curve_to(.36, -.22, .385, -.34, .365, -.438);
  };
  door();
  c.stroke(alpha(kBlack, .45), .005);
  c.translate(.004, .003);
  door();
  c.stroke(alpha(kWhite, .10), .003);
  c.translate(-.004, -.003);
  c.rrect(-.305, -.385, .085, .013, .0065);
  c.fill(shade(mix(albedo, kWhite, .3), 1.0, light));
  c.move_to(-.305, -.370);
  c.line_to(-.22, -.370);
  c.stroke(alpha(kBlack, .4), .004);
  // The bonnet's edge and the mirror.
  c.begin();
  c.move_to(.40, -.452);
  c.curve_to(.6, -.41, .78, -.375, .90, -.325);
  c.stroke(alpha(kBlack, .28), .004);
  c.begin();
  c.smooth({{.265, -.448}, {.27, -.478}, {.318, -.486}, {.338, -.465}, {.328, -.444}}, true);
  c.fill(shaded_down(-.49, -.44, albedo, {{0, 1.2}, {1, .25}}, light));
}

void lamps(Canvas& c) {
  c.begin();
  c.move_to(.795, -.343);
  c.curve_to(.88, -.325, .945, -.298, .972, -.262);
  c.curve_to(.92, -.268, .84, -.292, .795, -.343);
  c.close();
  c.fill(lin(.8, 0, .97, 0, {{0, Color(0x3a414a)}, {.4, Color(0x9aa5b0)}, {1, Color(0xfffbe8)}}), true);
  c.stroke(alpha(kBlack, .45), .004);
  for (const double x : {.895, .932}) {
    c.ell(x, -.292 + (x - .895) * .45, .010, .009);
    c.fill(kWhite);
  }
  c.begin();
  c.move_to(-.988, -.300);
  c.curve_to(-.975, -.338, -.93, -.352, -.86, -.355);
  c.line_to(-.865, -.335);
  c.curve_to(-.93, -.330, -.965, -.318, -.978, -.292);
  c.close();
  c.fill(lin(-.99, 0, -.86, 0, {{0, Color(0xff5a48)}, {1, Color(0x8e0f0c)}}));
  // Intakes low in the nose and tail.
  c.rrect(.885, -.150, .10, .032, .012);
  c.fill(Color(0x08080a, .85));
  c.rrect(-.945, -.128, .09, .020, .009);
  c.fill(Color(0x08080a, .7));
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
    c.ell(x, kWheelY, .188, .184);
    c.fill(Color(0x070709), true);
    c.stroke(alpha(kWhite, .16), .005);
  }
}

void plate(Canvas& c, const ProductLook& look) {
  if (look.brand.empty()) return;
  TextStyle style("Inter", 600, .026);
  style.tracking = .1;
  style.align = Align::center;
  draw_text(c, look.brand, -.70, -.335, fit_text(look.brand, style, .2, .03), alpha(kWhite, .75));
}

}  // namespace

void glow_car(Canvas& c, const Light& light, const ProductLook&) {
  // Its lamps only show when the scene is dark.
  const double night = std::clamp(1 - lum(light.ambient) * 3.6, 0.0, 1.0);
  if (night <= 0) return;
  c.paint(rad(.95, -.29, 0, .55, soft(Color(0xfff0cc), .55 * night)));
  c.paint(rad(-.98, -.335, 0, .35, soft(Color(0xff3b30), .5 * night)));
  const auto guard = c.saved();
  c.poly({{.96, -.295}, {2.6, -.22}, {2.6, .10}, {.96, -.27}});
  c.fill(lin(.97, 0, 2.5, 0, {{0, Color(0xfff0cc, .40 * night)}, {1, Color(0xfff0cc, 0)}}));
}

void draw_car(Canvas& c, const Light& light, const ProductLook& look) {
  const Color albedo = look.body(Color(0x8f1d24));
  for (const double x : kWheels) {
    c.ell(x, -.165, .188, .165);
    c.fill(Color(0x070709));
  }
  const Path shape = body(c);
  paintwork(c, shape, albedo, light);
  roof_light(c, shape, light);
  glasshouse(c, light);
  seams(c, albedo, light);
  lamps(c);
  arches(c, shape);
  plate(c, look);
  for (const double x : kWheels) wheel(c, x, light);
}

}  // namespace vidgen::local
