// SPDX-License-Identifier: Apache-2.0
// A leafy plant in a glazed pot.
#include <algorithm>
#include <cmath>
#include <vector>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kPotTop = -.36, kPotHalf = .215, kPotFoot = .155, kTilt = .036;

struct Leaf {
  double angle, length, width, bend, depth;  // angle from upright; depth 0 back to 1 front
};

std::vector<Leaf> leaves() {
  Rng rng(77);
  std::vector<Leaf> all;
  constexpr int kCount = 19;
  for (int i = 0; i < kCount; ++i) {
    const double depth = static_cast<double>(i) / (kCount - 1);
    const double spread = (i % 2 != 0 ? 1 : -1) * (.06 + (.55 + .40 * depth) * rng.uniform());
    all.push_back({spread, (.68 - .26 * depth) * rng.uniform(.84, 1.0) * (1 - .16 * std::abs(spread)),
                   rng.uniform(.080, .115), spread * rng.uniform(.25, .55), depth});
  }
  return all;
}

// One blade: root at the origin of the pot, tip along its angle, bent by its weight.
void blade(Canvas& c, const Leaf& leaf, Color green, const Light& light) {
  const double s = light.side;
  const double lit = std::clamp(.50 + .55 * std::sin(leaf.angle) * s, .12, 1.1) * (.40 + .62 * leaf.depth);
  const auto guard = c.saved();
  c.translate(leaf.angle * .075, kPotTop + .01);
  c.rotate(leaf.angle);
  const double l = leaf.length, w = leaf.width, b = leaf.bend * l * .5;
  c.begin();
  c.move_to(-.006, 0);
  c.curve_to(-w * .55, -l * .30, -w * .75 + b * .4, -l * .66, b, -l);
  c.curve_to(w * .95 + b * .4, -l * .62, w * .55, -l * .26, .006, 0);
  c.close();
  const Path shape = c.path();
  const Color tone = mix(mix(green, Color(0x0e2418), .35), mix(green, Color(0xd8e08a), .18), leaf.depth);
  c.fill(lin(
      0, 0, b, -l,
      {{0, shade(tone, lit * .35, light)}, {.45, shade(tone, lit * .85, light)}, {1, shade(tone, lit * 1.1, light)}}));
  {
    const auto inside = c.saved();
    c.add(shape);
    c.clip();
    // One half of a leaf faces the light.
    c.begin();
    c.move_to(0, 0);
    c.curve_to(b * .1, -l * .35, b * .4, -l * .7, b, -l);
    c.line_to(s * w * 2, -l);
    c.line_to(s * w * 2, 0);
    c.close();
    c.fill(alpha(mix(light.key, kWhite, .1), .13 + .10 * leaf.depth));
    for (int i = 1; i < 8; ++i) {
      const double u = i / 8.0, x = b * u * u, y = -l * u;
      for (const int side : {-1, 1}) {
        c.move_to(x, y);
        c.line_to(x + side * w * .75, y - w * .55);
        c.stroke(alpha(kBlack, .07), .003);
      }
    }
    c.begin();
    c.move_to(0, 0);
    c.curve_to(b * .1, -l * .35, b * .4, -l * .7, b, -l);
    c.stroke(alpha(mix(green, kWhite, .6), .45), .0045);
  }
  c.add(shape);
  c.stroke(alpha(kBlack, .20), .003);
  rim(c, shape, light, -w, w, .004, .45 * leaf.depth, .1);
}

void pot(Canvas& c, Color glaze, Material material, const ProductLook& look, const Light& light) {
  c.begin();
  c.move_to(-kPotHalf, kPotTop);
  c.curve_to(-kPotHalf * .98, -.2, -kPotFoot * 1.04, -.06, -kPotFoot, -.012);
  c.curve_to(-kPotFoot * .6, .020, kPotFoot * .6, .020, kPotFoot, -.012);
  c.curve_to(kPotFoot * 1.04, -.06, kPotHalf * .98, -.2, kPotHalf, kPotTop);
  c.arc(0, kPotTop, kPotHalf, kTilt, 0, kPi);
  c.close();
  const Path shape = c.path();
  c.fill(material_pattern(-kPotHalf, kPotHalf, material, glaze, light));
  grain(c, shape, -kPotHalf, kPotTop, 2 * kPotHalf, .40, .03, 51, 420);
  vertical_shade(c, shape, kPotTop, .01, light, 0, .5);
  {
    const auto guard = c.saved();
    c.add(shape);
    c.clip();
    c.paint(lin(0, kPotTop, 0, kPotTop + .13, {{0, alpha(kBlack, .40)}, {1, alpha(kBlack, 0)}}));  // the leaves' shade
  }
  rim(c, shape, light, -kPotHalf, kPotHalf, .008, .6, .4);
  if (!look.brand.empty()) brand_print(c, look, -.01 * light.side, -.15, kPotHalf * 1.1, .045, .036, glaze, light);
}

void soil(Canvas& c, Color glaze, const Light& light) {
  const double x = kPotHalf * light.side;
  c.ell(0, kPotTop, kPotHalf, kTilt);
  c.fill(lin(-x, 0, x, 0, {{0, shade(glaze, .5, light)}, {1, shade(mix(glaze, kWhite, .2), 1.15, light)}}));
  c.ell(0, kPotTop + .003, kPotHalf * .92, kTilt * .86);
  c.fill(Color(0x1c130d));
}

}  // namespace

void draw_plant(Canvas& c, const Light& light, const ProductLook& look) {
  const Color green(0x4f8a4a), glaze = look.body(Color(0xd9d2c4));
  const std::vector<Leaf> all = leaves();
  for (const Leaf& leaf : all) {
    if (leaf.depth < .45) blade(c, leaf, green, light);
  }
  soil(c, glaze, light);
  pot(c, glaze, look.material == Material::own ? Material::ceramic : look.material, look, light);
  // The front of the rim, then the leaves that hang over it.
  const double x = kPotHalf * light.side;
  c.begin();
  c.arc(0, kPotTop, kPotHalf * .985, kTilt, .04, kPi - .04);
  c.stroke(lin(-x, 0, x, 0, {{0, alpha(kWhite, .02)}, {.5, alpha(kWhite, .18)}, {1, alpha(kWhite, .75)}}), .007);
  for (const Leaf& leaf : all) {
    if (leaf.depth >= .45) blade(c, leaf, green, light);
  }
}

}  // namespace vidgen::local
