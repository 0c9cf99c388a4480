// SPDX-License-Identifier: Apache-2.0
// A game controller, seen from above and in front.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

Path body(Canvas& c) {
  c.begin();
  c.smooth({{0, -.645},    {.25, -.65},   {.45, -.672},  {.60, -.63},    {.705, -.47},  {.765, -.27},
            {.785, -.10},  {.735, -.01},  {.635, 0},     {.535, -.075},  {.42, -.20},   {.28, -.245},
            {0, -.25},     {-.28, -.245}, {-.42, -.20},  {-.535, -.075}, {-.635, 0},    {-.735, -.01},
            {-.785, -.10}, {-.765, -.27}, {-.705, -.47}, {-.60, -.63},   {-.45, -.672}, {-.25, -.65}},
           true);
  return c.take_path();
}

void shell(Canvas& c, const Path& shape, Color color, const Light& light) {
  c.add(shape);
  c.fill(shaded_down(-.68, 0, color, {{0, 1.0}, {.2, .86}, {.55, .58}, {1, .24}}, light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  const double x = .78 * light.side;
  c.paint(lin(-x, 0, x, 0,
              {{0, alpha(light.ambient, .5)},
               {.4, alpha(light.ambient, .05)},
               {.7, alpha(light.key, 0)},
               {1, alpha(light.key, .25)}}));
  for (const int s : {-1, 1}) {  // the grips are round
    const auto glow = c.saved();
    c.translate(s * .62, -.32);
    c.rotate(-s * .32);
    c.scale(.38, 1);
    c.paint(rad(0, 0, 0, .34, soft(mix(light.key, kWhite, .3), s == light.side ? .30 : .12)));
  }
  grain(c, shape, -.8, -.7, 1.6, .72, .025, 71, 420);
  soft_line(c, shape, kBlack, .28, .05);
}

void shoulders(Canvas& c, Color dark, const Light& light) {
  for (const int s : {-1, 1}) {
    c.begin();
    c.smooth(
        {{s * .27, -.645}, {s * .31, -.705}, {s * .46, -.722}, {s * .58, -.680}, {s * .615, -.615}, {s * .45, -.655}},
        true);
    const Path shape = c.path();
    c.fill(shaded_down(-.72, -.62, dark, {{0, 1.0}, {1, .3}}, light));
    rim(c, shape, light, -.62, .62, .006, .8, .5);
  }
}

void stick(Canvas& c, double x, double y, Color dark, const Light& light) {
  const double s = light.side;
  c.ell(x, y, .112, .098);
  c.fill(lin(x - .1 * s, y + .1, x + .1 * s, y - .1, {{0, shade(dark, .55, light)}, {1, shade(dark, .12, light)}}));
  c.ell(x - .010 * s, y + .014, .088, .078);
  c.fill(alpha(kBlack, .45));
  c.ell(x, y - .012, .082, .074);
  c.fill(
      lin(x - .08 * s, y + .07, x + .08 * s, y - .08,
          {{0, shade(dark, .2, light)}, {.6, shade(dark, .6, light)}, {1, shade(mix(dark, kWhite, .12), 1.1, light)}}));
  c.ell(x, y - .012, .058, .051);
  c.fill(lin(x - .06 * s, y + .05, x + .06 * s, y - .06, {{0, shade(dark, .6, light)}, {1, shade(dark, .22, light)}}));
  c.begin();
  c.arc(x, y - .012, .079, .071, s > 0 ? -1.7 : kPi - .5, s > 0 ? .5 : kPi + 1.7);
  c.stroke(alpha(mix(light.rim, kWhite, .3), .55), .004);
}

void cross(Canvas& c, double x, double y, Color dark, const Light& light) {
  for (const bool shadow : {true, false}) {
    const double o = shadow ? .008 : 0;
    c.rrect(x - .032, y - .092 + o, .064, .184, .012);
    c.rrect(x - .096, y - .030 + o, .192, .060, .012);
    c.fill(shadow ? Source(alpha(kBlack, .4)) : Source(shade(dark, .75, light)));
  }
  c.rrect(x - .032, y - .092, .064, .010, .005);
  c.fill(alpha(kWhite, .20));
  c.ell(x, y, .020, .018);
  c.fill(alpha(kBlack, .25));
}

void buttons(Canvas& c, double x, double y, Color dark, const Light& light) {
  struct Button {
    double dx, dy;
    std::uint32_t rgb;
  };
  static constexpr Button kButtons[] = {
      {0, -.080, 0xe8c14a}, {.088, 0, 0xd8584a}, {0, .080, 0x57b07a}, {-.088, 0, 0x4f8fd8}};
  for (const Button& b : kButtons) {
    const double bx = x + b.dx, by = y + b.dy;
    c.ell(bx, by + .007, .039, .036);
    c.fill(alpha(kBlack, .4));
    c.ell(bx, by, .037, .034);
    c.fill(rad(bx, by, 0, .045, {{0, shade(mix(dark, kWhite, .1), .9, light)}, {1, shade(dark, .35, light)}},
               bx + .012 * light.side, by - .012));
    c.ell(bx, by, .015, .014);
    c.stroke(Color(b.rgb), .005);
    c.begin();
    c.arc(bx, by, .034, .031, -2.4, -.7);
    c.stroke(alpha(kWhite, .35), .003);
  }
}

void middle(Canvas& c, const ProductLook& look, Color color, Color dark, const Light& light) {
  c.rrect(-.155, -.612, .31, .155, .03);
  const Path pad = c.path();
  c.fill(shaded_down(-.61, -.45, dark, {{0, .75}, {1, .4}}, light));
  rim(c, pad, light, -.155, .155, .004, .6, .3);
  for (const int s : {-1, 1}) {
    c.rrect(s * .205 - .012, -.585, .024, .050, .012);
    c.fill(shade(dark, .6, light));
  }
  c.rrect(-.045, -.435, .09, .008, .004);
  c.fill(Color(0x8fd0ff));
  c.paint(rad(0, -.431, 0, .07, soft(Color(0x8fd0ff), .35)));
  if (look.brand.empty()) return brand_mark(c, 0, -.335, .06, look.brand, ink_on(color));
  TextStyle style("Inter", 600, .046);
  style.tracking = .06;
  style.align = Align::center;
  draw_text(c, look.brand, 0, -.315, fit_text(look.brand, style, .22, .06), ink_on(color));
}

}  // namespace

void draw_game_controller(Canvas& c, const Light& light, const ProductLook& look) {
  const Color color = look.body(Color(0xe9e8e6)), dark = look.second(mix(color, Color(0x1b1c20), .86));
  shoulders(c, dark, light);
  const Path shape = body(c);
  shell(c, shape, color, light);
  rim(c, shape, light, -.78, .78, .010, .8, .35);
  middle(c, look, color, dark, light);
  cross(c, -.475, -.475, dark, light);
  buttons(c, .475, -.475, dark, light);
  stick(c, -.235, -.335, dark, light);
  stick(c, .235, -.335, dark, light);
}

}  // namespace vidgen::local
