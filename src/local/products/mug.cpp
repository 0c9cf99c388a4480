// SPDX-License-Identifier: Apache-2.0
// A mug of coffee. Stoneware unless said otherwise.
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHeight = .80, kHalf = .40, kRimY = kHalf * .15, kFoot = kHalf * .86;
constexpr Color kStoneware{0xf4efe8};

void handle_path(Canvas& c) {
  c.begin();
  c.move_to(kHalf * .92, -kHeight * .80);
  c.curve_to(kHalf + .25, -kHeight * .90, kHalf + .25, -kHeight * .24, kHalf * .88, -kHeight * .27);
}

// A round bar: strokes from wide and dark to narrow and bright, moving towards the light.
void handle(Canvas& c, Color albedo, const Light& light) {
  constexpr int kSteps = 12;
  const auto guard = c.saved();
  const bool lit = light.side > 0;
  c.round_caps();
  for (int i = 0; i < kSteps; ++i) {
    const double u = static_cast<double>(i) / (kSteps - 1), top = lit ? .34 + .86 * u : .26 + .42 * u;
    const auto shifted = c.saved();
    c.translate((lit ? .012 : .003) * u, -.010 * u);
    handle_path(c);
    c.stroke(
        shaded_down(-kHeight * .9, -kHeight * .2, albedo,
                    {{0, top}, {.3, top * .88}, {.72, .16 + .50 * u * (lit ? 1 : .55)}, {1, .12 + .14 * u}}, light),
        .078 - .070 * u);
  }
}

Path side(Canvas& c) {
  const double w = kHalf, b = kFoot, h = kHeight, ry = kRimY;
  c.begin();
  c.move_to(-w, -h);
  c.curve_to(-w * .995, -h * .5, -b * 1.04, -h * .2, -b, -.05);
  c.curve_to(-b * .98, 0, -b * .88, ry * .72, 0, ry * .74);
  c.curve_to(b * .88, ry * .72, b * .98, 0, b, -.05);
  c.curve_to(b * 1.04, -h * .2, w * .995, -h * .5, w, -h);
  c.arc(0, -h, w, ry, 0, kPi);
  c.close();
  return c.take_path();
}

void specks(Canvas& c, Color color) {
  Rng rng(5);
  for (int i = 0; i < 130; ++i) {
    const double x = std::sin(rng.uniform(-.97, .97) * kPi / 2) * kHalf;
    const double y = -rng.uniform() * kHeight + kRimY * .6, r = rng.uniform(.0012, .0036);
    c.ell(x, y, r * std::sqrt(std::max(.05, 1 - x * x / (kHalf * kHalf))), r);
    c.fill(alpha(color, rng.uniform(.15, .5)));
  }
}

// The window of the room in the glaze: two panes by two, bent as the rim is.
void window(Canvas& c, const Light& light, double strength) {
  struct Pane {
    double from, to, opacity;
  };
  static constexpr Pane kPanes[] = {{.50, .58, .75}, {.61, .71, .85}};
  static constexpr double kRows[][2] = {{.82, .55}, {.52, .26}};
  for (const Pane& pane : kPanes) {
    const double xa = light.side * kHalf * pane.from, xb = light.side * kHalf * pane.to;
    const double ya = kRimY * .75 * std::sqrt(1 - pane.from * pane.from),
                 yb = kRimY * .75 * std::sqrt(1 - pane.to * pane.to);
    for (const auto& row : kRows) {
      const double top = -kHeight * row[0], foot = -kHeight * row[1], a = pane.opacity * strength;
      c.poly({{xa, top + ya}, {xb, top + yb}, {xb * .965, foot + yb}, {xa * .97, foot + ya}});
      c.fill(lin(0, -kHeight * .85, 0, -kHeight * .2,
                 {{0, alpha(mix(light.key, kWhite, .6), a * .62)}, {1, alpha(mix(light.key, kWhite, .4), a * .10)}}));
    }
  }
}

void bubbles(Canvas& c, double y, double rx, double ry, int side) {
  Rng rng(12);
  for (int i = 0; i < 26; ++i) {
    const double angle = side < 0 ? rng.uniform(-.2, 1.5) : rng.uniform(1.6, 3.3), r = kHalf * rng.uniform(.009, .027);
    c.ell(std::cos(angle) * rx * .93, y + std::sin(angle) * ry * .89, r, r * .33);
    c.fill(Color(0xc08a52, .55), true);
    c.stroke(Color(0xf0cf9c, .5), .002);
  }
}

void coffee(Canvas& c, double rx, double ry, const Light& light) {
  const double y = -kHeight + kRimY * .42, a = rx * .97, b = ry * .92;
  const auto guard = c.saved();
  c.ell(0, y, a, b);
  c.clip();
  c.translate(0, y);
  c.scale(1, b / a);
  c.paint(
      rad(0, 0, 0, a, {{0, Color(0x4a2813)}, {.78, Color(0x3a1d0c)}, {.93, Color(0x7a4a22)}, {1, Color(0xb07a43)}}));
  c.scale(1, a / b);
  c.translate(0, -y);
  {
    const auto glow = c.saved();
    c.translate(-light.side * rx * .25, y - ry * .1);
    c.scale(1, .13);
    c.paint(rad(0, 0, 0, rx * .5, soft(light.key, .5)));
  }
  bubbles(c, y, a, b, light.side);
}

void mouth(Canvas& c, Color albedo, const Light& light) {
  c.ell(0, -kHeight, kHalf, kRimY);
  c.fill(profile(-kHalf, kHalf, mix(albedo, kWhite, .3), {{0, .5}, {.3, .55}, {.7, 1.0}, {1, 1.25}}, light));
  const double rx = kHalf * .925, ry = kRimY * .895, s = light.side;
  const Color inner = mix(albedo, kStoneware, lum(albedo) > .6 ? .5 : .75);
  const auto guard = c.saved();
  c.ell(0, -kHeight + .004, rx, ry);
  c.clip();
  c.paint(lin(-s * rx, 0, s * rx, 0,
              {{0, shade(inner, .95, light)}, {.5, shade(inner, .5, light)}, {1, shade(inner, .12, light)}}));
  c.paint(lin(0, -kHeight - ry, 0, -kHeight, {{0, alpha(kBlack, .28)}, {1, alpha(kBlack, 0)}}));
  coffee(c, rx, ry, light);
}

void lip(Canvas& c, const Light& light) {
  const double x = kHalf * light.side;
  c.begin();
  c.arc(0, -kHeight, kHalf * .985, kRimY * .985, kPi * .03, kPi * .97);
  c.stroke(lin(-x, 0, x, 0,
               {{0, alpha(kWhite, 0)}, {.45, alpha(kWhite, .12)}, {.75, alpha(kWhite, .85)}, {1, alpha(kWhite, .35)}}),
           .006);
}

}  // namespace

void draw_mug(Canvas& c, const Light& light, const ProductLook& look) {
  const Material material = look.material == Material::own ? Material::ceramic : look.material;
  const Color albedo = look.body(material == Material::steel ? kWhite : kStoneware);
  handle(c, albedo, light);
  const Path body = side(c);
  c.add(body);
  c.fill(material_pattern(-kHalf, kHalf, material, albedo, light));
  {
    const auto guard = c.saved();
    c.add(body);
    c.clip();
    if (material == Material::ceramic) specks(c, lum(albedo) > .35 ? Color(0x4a3524) : mix(albedo, kWhite, .45));
    if (material != Material::matte) window(c, light, lum(albedo) > .6 ? .9 : .75);
  }
  if (material == Material::matte) grain(c, body, -kHalf, -kHeight, 2 * kHalf, kHeight + .1, .03, 23, 420);
  vertical_shade(c, body, -kHeight, kRimY * .74, light, 0, .5);
  rim(c, body, light, -kHalf, kHalf, .010, .45, .6);
  mouth(c, albedo, light);
  lip(c, light);
  if (!look.brand.empty()) brand_print(c, look, -.06 * light.side, -.30, kHalf * .95, .085, .052, albedo, light);
}

void detail_mug(Canvas& c, const Light& light, const ProductLook&) {
  const Path body = side(c);
  grain(c, body, -kHalf, -kHeight, 2 * kHalf, kHeight + .1, .05, 31, 500);
  const auto guard = c.saved();
  c.add(body);
  c.clip();
  // Throwing rings: faint light and dark pairs round the body.
  for (int i = 0; i < 14; ++i) {
    const double y = -kHeight * (.06 + .065 * i);
    for (const double side : {0.0, 1.0}) {
      c.begin();
      c.arc(0, y + side * .006, kHalf, kRimY * .8, 0, kPi);
      c.stroke(side > 0 ? alpha(light.key, .045) : alpha(kBlack, .030), .005);
    }
  }
}

}  // namespace vidgen::local
