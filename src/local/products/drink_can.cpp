// SPDX-License-Identifier: Apache-2.0
// A slim drink can, printed all round, with drops for the macro.
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .235, kNeck = .195, kTop = -.965, kTilt = .032;

double half_at(double y) {
  if (y < -.955) return kNeck;
  if (y < -.885) return kNeck + (kHalf - kNeck) * std::sin((y + .955) / .07 * kPi / 2);
  if (y > -.045) return kHalf - (kHalf - .185) * (y + .045) / .045;
  return kHalf;
}

Path outline(Canvas& c) {
  c.begin();
  c.move_to(-kNeck, kTop);
  c.curve_to(-kNeck - .005, -.935, -kHalf, -.925, -kHalf, -.875);
  c.line_to(-kHalf, -.06);
  c.curve_to(-kHalf, -.03, -.20, -.02, -.19, .004);
  c.curve_to(-.1, .028, .1, .028, .19, .004);
  c.curve_to(.20, -.02, kHalf, -.03, kHalf, -.06);
  c.line_to(kHalf, -.875);
  c.curve_to(kHalf, -.925, kNeck + .005, -.935, kNeck, kTop);
  c.close();
  return c.take_path();
}

// The printed wave: a second colour rising across the can.
void print(Canvas& c, const Path& shape, Color accent, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (int i = 0; i < 3; ++i) {
    c.begin();
    c.move_to(-kHalf, -.22 + .07 * i);
    c.curve_to(-.08, -.34 + .07 * i, .06, -.10 + .06 * i, kHalf, -.27 + .08 * i);
    c.line_to(kHalf, .05);
    c.line_to(-kHalf, .05);
    c.close();
    c.fill(profile(-kHalf, kHalf, mix(accent, Color(0xd8884a), .22 * i),
                   {{0, .34}, {.06, .5}, {.14, .36}, {.5, .7}, {.76, 1.12}, {.9, .95}, {1, .6}}, light));
  }
}

// Bare aluminium at the neck and foot, printed body between.
void metal_ends(Canvas& c, const Path& shape, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  c.rect(-kHalf, -1, 2 * kHalf, .085);
  c.arc(0, -.915, kHalf, kTilt, 0, kPi);
  c.fill(metal(-kHalf, kHalf, light));
  c.begin();
  c.move_to(-kHalf, -.035);
  c.arc_back(0, -.035, kHalf, kTilt * .9, kPi, 0);
  c.line_to(kHalf, .05);
  c.line_to(-kHalf, .05);
  c.close();
  c.fill(metal(-kHalf, kHalf, light));
  c.paint(lin(0, -.05, 0, .03, {{0, alpha(kBlack, 0)}, {1, alpha(kBlack, .55)}}));
}

void lid(Canvas& c, const Light& light) {
  const double x = kNeck * light.side;
  c.ell(0, kTop, kNeck + .004, kTilt);
  c.fill(metal(-kNeck, kNeck, light));
  c.ell(0, kTop + .003, kNeck * .93, kTilt * .80);
  c.fill(lin(-x, 0, x, 0,
             {{0, shade(Color(0xdfe3e6), .95, light)},
              {.5, shade(Color(0xdfe3e6), .55, light)},
              {1, shade(Color(0xdfe3e6), .22, light)}}));
  c.ell(.01, kTop + .004, .075, .012);
  c.fill(shade(Color(0xdfe3e6), 1.0, light), true);
  c.stroke(alpha(kBlack, .35), .003);
  c.ell(.035, kTop + .004, .028, .0045);
  c.fill(alpha(kBlack, .45));
  c.begin();
  c.arc(0, kTop, kNeck, kTilt, .03, kPi - .03);
  c.stroke(lin(-x, 0, x, 0, {{0, alpha(kWhite, .1)}, {.6, alpha(kWhite, .35)}, {1, alpha(kWhite, .95)}}), .005);
}

}  // namespace

void draw_drink_can(Canvas& c, const Light& light, const ProductLook& look) {
  const Color albedo = look.body(Color(0xd8483a));
  const Path shape = outline(c);
  lathe(c, shape, -1, .03, half_at,
        material_pattern(-1, 1, look.material == Material::matte ? Material::matte : Material::satin, albedo, light));
  print(c, shape,
        look.second(look.colour_named ? mix(albedo, lum(albedo) > .5 ? kBlack : kWhite, .45) : Color(0xfbe0a8)), light);
  brand_print(c, look, -.015 * light.side, -.60, kHalf * 1.35, .13, .085, albedo, light);
  metal_ends(c, shape, light);
  vertical_shade(c, shape, -.9, .02, light, 0, .3);
  rim(c, shape, light, -kHalf, kHalf, .012, .9, .6);
  lid(c, light);
}

void detail_drink_can(Canvas& c, const Light& light, const ProductLook& look) {
  const Path shape = outline(c);
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  droplets(c, -kHalf, kHalf, -.9, -.02, 240, .0018, .012, mix_seed(look.seed, 6), light);
}

}  // namespace vidgen::local
