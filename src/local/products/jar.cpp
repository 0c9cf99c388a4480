// SPDX-License-Identifier: Apache-2.0
// A cosmetic jar: thick glass round a pale cup, a broad lid.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .5, kHeight = .62, kLid = .19, kTilt = .055;

void drum(Canvas& c, double half, double top, double bottom, double tilt) {
  c.begin();
  c.move_to(-half, top);
  c.line_to(-half, bottom - .03);
  c.curve_to(-half, bottom - .005, -half * .97, bottom, -half * .94, bottom + tilt * .30);
  c.curve_to(-half * .5, bottom + tilt, half * .5, bottom + tilt, half * .94, bottom + tilt * .30);
  c.curve_to(half * .97, bottom, half, bottom - .005, half, bottom - .03);
  c.line_to(half, top);
  c.arc(0, top, half, tilt, 0, kPi);
  c.close();
}

void glass(Canvas& c, const Light& light) {
  drum(c, kHalf, -kHeight + kLid, -.045, kTilt);
  const Path shape = c.path();
  const double x = kHalf * light.side;
  c.fill(lin(-x, 0, x, 0,
             {{0, alpha(mix(light.fill, kWhite, .4), .80)},
              {.08, alpha(kWhite, .42)},
              {.5, alpha(kWhite, .38)},
              {.9, alpha(kWhite, .62)},
              {1, alpha(kWhite, .9)}}));
  c.add(shape);
  c.stroke(alpha(mix(light.ambient, kBlack, .3), .35), .006);
  rim(c, shape, light, -kHalf, kHalf, .010, .9, .9);
}

void cup(Canvas& c, Color albedo, const Light& light) {
  drum(c, kHalf - .075, -kHeight + kLid, -.105, kTilt * .9);
  const Path shape = c.path();
  c.fill(profile(-kHalf + .075, kHalf - .075, albedo,
                 {{0, .22}, {.08, .36}, {.3, .52}, {.6, .84}, {.78, 1.06}, {.9, .98}, {1, .6}}, light));
  vertical_shade(c, shape, -kHeight + kLid, -.06, light, 0, .3);
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  c.paint(lin(0, -kHeight + kLid, 0, -kHeight + kLid + .12, {{0, alpha(kBlack, .35)}, {1, alpha(kBlack, 0)}}));
}

void bars(Canvas& c, const Light& light) {
  struct Bar {
    double from, to, opacity;
  };
  static constexpr Bar kBars[] = {{.885, .945, .85}, {.70, .73, .35}, {-.955, -.915, .5}};
  for (const Bar& b : kBars) {
    const double xa = b.from * kHalf * light.side, xb = b.to * kHalf * light.side;
    c.rrect(std::min(xa, xb), -kHeight + kLid + .06, std::abs(xb - xa), kHeight - kLid - .16, .008);
    c.fill(lin(0, -kHeight + kLid, 0, -.06, {{0, alpha(kWhite, b.opacity)}, {1, alpha(kWhite, b.opacity * .45)}}));
  }
  c.begin();
  c.arc(0, -.075, kHalf * .90, kTilt * .9, .12, kPi - .12);
  c.stroke(alpha(kWhite, .45), .006);
}

void lid(Canvas& c, Color color, Material material, const Light& light) {
  const double half = kHalf * 1.02, top = -kHeight, bottom = -kHeight + kLid;
  c.begin();
  c.move_to(-half, top);
  c.line_to(-half, bottom);
  c.arc_back(0, bottom, half, kTilt, kPi, 0);
  c.line_to(half, top);
  c.close();
  const Path side = c.path();
  c.fill(material_pattern(-half, half, material, color, light));
  if (material == Material::gold || material == Material::steel)
    brushed(c, side, -half, top, 2 * half, kLid + kTilt, .018, 5);
  vertical_shade(c, side, top, bottom + kTilt, light, .1, .3);
  rim(c, side, light, -half, half, .008, .7, .5);
  c.ell(0, top, half, kTilt);
  const double x = half * light.side;
  c.fill(
      lin(-x, 0, x, 0, {{0, shade(color, .55, light)}, {.5, shade(color, .85, light)}, {1, shade(color, 1.2, light)}}));
  c.ell(0, top + .003, half * .93, kTilt * .88);
  c.stroke(alpha(kBlack, .10), .003);
  c.begin();
  c.arc(0, top, half * .995, kTilt, .04, kPi - .04);
  c.stroke(lin(-x, 0, x, 0, {{0, alpha(kWhite, .05)}, {.5, alpha(kWhite, .25)}, {1, alpha(kWhite, .9)}}), .006);
}

}  // namespace

void draw_jar(Canvas& c, const Light& light, const ProductLook& look) {
  const Color albedo = look.body(Color(0xf1e7dc));
  const bool gold = look.material == Material::gold || !look.accent_named;
  glass(c, light);
  cup(c, albedo, light);
  brand_print(c, look, 0, -.265, .60, .055, .052, albedo, light);
  bars(c, light);
  lid(c, look.second(look.material == Material::steel ? kWhite : kGoldAlbedo),
      look.material == Material::steel ? Material::steel
      : gold                           ? Material::gold
                                       : Material::satin,
      light);
}

}  // namespace vidgen::local
