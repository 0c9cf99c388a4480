// SPDX-License-Identifier: Apache-2.0
// A drinking bottle: steel unless said otherwise.
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .135, kNeck = .078, kCap = .094;

Path outline(Canvas& c) {
  c.begin();
  c.move_to(-kHalf + .02, 0);
  c.curve_to(-kHalf + .004, 0, -kHalf, -.012, -kHalf, -.03);
  c.line_to(-kHalf, -.62);
  c.curve_to(-kHalf, -.72, -kNeck, -.74, -kNeck, -.80);
  c.line_to(-kNeck, -.845);
  c.line_to(kNeck, -.845);
  c.line_to(kNeck, -.80);
  c.curve_to(kNeck, -.74, kHalf, -.72, kHalf, -.62);
  c.line_to(kHalf, -.03);
  c.curve_to(kHalf, -.012, kHalf - .004, 0, kHalf - .02, 0);
  c.close();
  return c.take_path();
}

// A line across the round body, bent as the foot's edge is.
void ring(Canvas& c, double y, Color color, double width) {
  c.begin();
  c.move_to(-kHalf, y);
  c.curve_to(-kHalf * .4, y + .008, kHalf * .4, y + .008, kHalf, y);
  c.stroke(color, width);
}

// What polished steel shows of its place: ground below, sky above, and the brush's lines.
void surroundings(Canvas& c, const Path& body, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(body);
  c.clip();
  const Color ground = light.ground;
  c.move_to(-kHalf, -.33);
  c.curve_to(-kHalf * .4, -.26, kHalf * .4, -.26, kHalf, -.33);
  c.line_to(kHalf, .01);
  c.line_to(-kHalf, .01);
  c.close();
  c.fill(lin(0, -.262, 0, 0,
             {{0, alpha(mix(ground, kBlack, .5), 0)},
              {.35, alpha(mix(ground, kBlack, .5), .26)},
              {.7, alpha(mix(ground, kBlack, .2), .14)},
              {1, alpha(mix(ground, kWhite, .1), .26)}}));
  c.rect(-kHalf, -.9, 2 * kHalf, .64);
  c.fill(lin(0, -.84, 0, -.28,
             {{0, alpha(light.sky, .24)},
              {.5, alpha(light.sky, .03)},
              {.8, alpha(light.key, .12)},
              {1, alpha(light.key, 0)}}));
}

// Half the width at each height, for reflections that follow the shoulder.
double half_at(double y) {
  if (y > -.62) return kHalf;
  if (y < -.80) return kNeck;
  const double u = (-.62 - y) / .18;
  return kHalf + (kNeck - kHalf) * u * u * (3 - 2 * u);
}

// The shoulder looks up: it takes the sky, and the cap's shadow falls on the neck.
void shoulder(Canvas& c, const Path& body, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(body);
  c.clip();
  c.paint(lin(0, -.79, 0, -.60,
              {{0, alpha(light.sky, 0)},
               {.35, alpha(mix(light.sky, kWhite, .2), .28)},
               {.7, alpha(light.sky, .10)},
               {1, alpha(light.sky, 0)}}));
  c.paint(lin(0, -.86, 0, -.80, {{0, alpha(kBlack, .5)}, {.4, alpha(kBlack, .28)}, {1, alpha(kBlack, 0)}}));
}

void loop(Canvas& c, Color cap, const Light& light) {
  const auto guard = c.saved();
  c.round_caps();
  c.translate(0, -.955);
  c.move_to(-kCap * .62, .004);
  c.curve_to(-kCap * .6, -.058, kCap * .6, -.058, kCap * .62, .004);
  c.stroke(profile(-kCap * .7, kCap * .7, mix(cap, kWhite, .06), kSatin, light), .019);
  c.move_to(-kCap * .66, -.006);
  c.curve_to(-kCap * .62, -.066, kCap * .62, -.066, kCap * .66, -.006);
  const double x = kCap * light.side;
  c.stroke(lin(-x, 0, x, 0, {{0, alpha(light.rim, 0)}, {.55, alpha(light.rim, .1)}, {1, alpha(light.rim, .9)}}), .004);
}

void lid(Canvas& c, Color cap, const Light& light) {
  c.rrect(-kNeck - .006, -.862, 2 * kNeck + .012, .022, .005);
  c.fill(metal(-kNeck, kNeck, light));
  loop(c, cap, light);
  c.rrect(-kCap, -.955, 2 * kCap, .096, .016);
  const Path shape = c.path();
  c.fill(profile(-kCap, kCap, cap, kSatin, light));
  for (int i = 0; i < 15; ++i) {
    const double x = -std::cos(kPi * (i + .5) / 15) * kCap * .97;
    c.move_to(x, -.945);
    c.line_to(x, -.87);
    c.stroke(alpha(kBlack, .30), .0045);
    c.move_to(x + .003 * light.side, -.945);
    c.line_to(x + .003 * light.side, -.87);
    c.stroke(alpha(kWhite, .05), .002);
  }
  rim(c, shape, light, -kCap, kCap, .01, 1, .7);
  // The cap's shadow on the neck.
  c.rect(-kNeck, -.859, 2 * kNeck, .014);
  c.fill(lin(0, -.859, 0, -.845, {{0, alpha(kBlack, .45)}, {1, alpha(kBlack, 0)}}));
}

}  // namespace

void draw_bottle(Canvas& c, const Light& light, const ProductLook& look) {
  if (look.material == Material::glass) return draw_glass_bottle(c, light, look);
  const Material material =
      look.material == Material::own ? (look.colour_named ? Material::satin : Material::steel) : look.material;
  const Color albedo = look.body(material == Material::steel  ? kWhite
                                 : material == Material::gold ? kGoldAlbedo
                                                              : Color(0xd3d8dc));
  const Path body = outline(c);
  lathe(c, body, -.85, .01, half_at, material_pattern(-1, 1, material, albedo, light));
  shoulder(c, body, light);
  if (material == Material::steel) {
    surroundings(c, body, light);
    brushed(c, body, -kHalf, -.85, 2 * kHalf, .86, .022, 9);
  }
  if (material == Material::matte) grain(c, body, -kHalf, -.85, 2 * kHalf, .86, .035, 21, 700);
  rim(c, body, light, -kHalf, kHalf, .012, 1, .7);
  vertical_shade(c, body, -.85, 0, light, 0, .4);
  ring(c, -.052, alpha(kBlack, .38), .005);
  ring(c, -.047, alpha(kWhite, lum(albedo) > .3 ? .30 : .12), .003);
  lid(c, look.second(Color(0x2b2d30)), light);
  brand_print(c, look, -.030 * light.side, -.485, kHalf * 1.15, .040, .024,
              material == Material::steel && !look.colour_named ? kWhite : albedo, light);
}

void detail_bottle(Canvas& c, const Light& light, const ProductLook& look) {
  if (look.material == Material::glass) return detail_glass_bottle(c, light, look);
  const Path body = outline(c);
  const auto guard = c.saved();
  c.add(body);
  c.clip();
  droplets(c, -kHalf, kHalf, -.78, -.02, 150, .0016, .0085, mix_seed(look.seed, 5), light);
}

}  // namespace vidgen::local
