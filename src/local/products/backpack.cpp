// SPDX-License-Identifier: Apache-2.0
// A canvas backpack with leather straps.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

struct Colors {
  Color cloth, leather, dark;
};

constexpr double kDots = 330;

void carrying_straps(Canvas& c, const Colors& colors, const Light& light) {
  const auto guard = c.saved();
  c.round_caps();
  for (const int s : {-1, 1}) {
    const double t = s == light.side ? .55 : .25;
    for (int k = 0; k < 4; ++k) {
      c.begin();
      c.move_to(s * .2, -.86);
      c.curve_to(s * .47, -.86, s * .47, -.4, s * .345, -.08);
      c.stroke(shade(colors.dark, t * (.6 + .2 * k), light), .066 - .013 * k);
    }
  }
  c.begin();
  c.move_to(-.07, -.93);
  c.curve_to(-.07, -1.01, .07, -1.01, .07, -.93);
  for (int k = 0; k < 3; ++k) c.stroke(shade(colors.leather, .5 + .25 * k, light), .030 - .009 * k, k < 2);
}

Path bag(Canvas& c) {
  c.begin();
  c.smooth({{-.33, -.02},
            {-.37, -.35},
            {-.345, -.70},
            {-.27, -.90},
            {-.1, -.955},
            {.1, -.955},
            {.27, -.90},
            {.345, -.70},
            {.37, -.35},
            {.33, -.02},
            {.2, 0},
            {-.2, 0}},
           true);
  return c.take_path();
}

// Cloth on a part: profile across, weave, sky on its upper edge and dark below.
void cloth(Canvas& c, const Path& shape, double half, double y0, double y1, Color albedo, double sky,
           std::uint64_t seed, const Light& light) {
  c.begin();
  c.add(shape);
  c.fill(profile(-half, half, albedo, kMatte, light));
  grain(c, shape, -half - .03, y0 - .02, 2 * half + .06, y1 - y0 + .04, .11, seed, kDots);
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  c.paint(
      lin(0, y0, 0, y1,
          {{0, alpha(light.sky, sky)}, {.45, alpha(light.sky, 0)}, {.55, alpha(kBlack, 0)}, {1, alpha(kBlack, .30)}}));
}

// Two soft folds where the cloth hangs.
void folds(Canvas& c, const Path& shape) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (const double x : {-.295, .285}) {
    for (int k = 0; k < 6; ++k) {
      c.begin();
      c.move_to(x, -.56);
      c.curve_to(x * 1.06, -.42, x * .93, -.25, x * 1.02, -.06);
      c.stroke(alpha(kBlack, .030), .050 - .008 * k);
      c.begin();
      c.move_to(x + .028, -.56);
      c.curve_to(x * 1.06 + .028, -.42, x * .93 + .028, -.25, x * 1.02 + .028, -.06);
      c.stroke(alpha(kWhite, .012), .040 - .006 * k);
    }
  }
}

void seam(Canvas& c, Color cloth_colour) {
  c.dash(.010, .008);
  c.stroke(alpha(lum(cloth_colour) > .4 ? kBlack : kWhite, .30), .0032);
  c.dash(0, 0);
}

void lid(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.smooth({{-.335, -.64},
            {-.35, -.72},
            {-.27, -.90},
            {-.1, -.955},
            {.1, -.955},
            {.27, -.90},
            {.35, -.72},
            {.335, -.64},
            {.2, -.565},
            {-.2, -.565}},
           true);
  const Path shape = c.take_path();
  drop_shadow(c, shape, 0, .018, .5, .03);
  cloth(c, shape, .36, -.96, -.56, mix(colors.cloth, kWhite, .06), .30, 8, light);
  rim(c, shape, light, -.36, .36, .012, .5, .1);
  c.begin();
  c.move_to(-.325, -.655);
  c.curve_to(-.25, -.585, -.1, -.582, 0, -.582);
  c.curve_to(.1, -.582, .25, -.585, .325, -.655);
  seam(c, colors.cloth);
}

void pocket(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.smooth(
      {{-.235, -.06}, {-.245, -.3}, {-.22, -.41}, {.22, -.41}, {.245, -.3}, {.235, -.06}, {.15, -.04}, {-.15, -.04}},
      true);
  const Path shape = c.take_path();
  drop_shadow(c, shape, -.008 * light.side, .014, .5, .03);
  cloth(c, shape, .245, -.42, -.04, colors.cloth, .18, 12, light);
  rim(c, shape, light, -.24, .24, .010, .35, .05);
  c.move_to(-.2, -.36);
  c.line_to(.2, -.36);
  c.stroke(alpha(kBlack, .4), .007);
  c.move_to(-.2, -.353);
  c.line_to(.2, -.353);
  c.stroke(alpha(kWhite, .14), .004);
  c.begin();
  c.move_to(-.222, -.32);
  c.curve_to(-.222, -.2, -.215, -.1, -.2, -.065);
  c.line_to(.2, -.065);
  c.curve_to(.215, -.1, .222, -.2, .222, -.32);
  seam(c, colors.cloth);
}

void buckles(Canvas& c, const Colors& colors, const Light& light) {
  for (const int s : {-1, 1}) {
    const double x = s * .135;
    c.rrect(x - .022, -.70, .044, .34, .008);
    const Path strap = c.take_path();
    drop_shadow(c, strap, -.004 * light.side, .008, .4, .014);
    c.begin();
    c.add(strap);
    c.fill(profile(x - .022, x + .022, colors.leather, kMatte, light));
    grain(c, strap, x - .022, -.70, .044, .34, .07, 31, 500);
    c.rrect(x - .033, -.475, .066, .05, .008);
    c.stroke(alpha(kBlack, .35), .014);
    c.rrect(x - .033, -.477, .066, .05, .008);
    c.stroke(lin(x - .033 * light.side, -.43, x + .033 * light.side, -.48,
                 {{0, shade(Color(0xe8c98e), .45, light)},
                  {.6, shade(Color(0xe8c98e), 1.1, light)},
                  {1, shade(Color(0xe8c98e), 1.5, light)}}),
             .011);
    c.move_to(x, -.470);
    c.line_to(x, -.430);
    c.stroke(shade(Color(0xe8c98e), .9, light), .007);
    c.rrect(x - .018, -.39, .036, .006, .003);
    c.fill(alpha(kBlack, .3));
  }
}

void patch(Canvas& c, const Colors& colors, const Light& light, const ProductLook& look) {
  c.rrect(-.085, -.265, .17, .085, .01);
  const Path shape = c.take_path();
  drop_shadow(c, shape, 0, .004, .4, .01);
  c.begin();
  c.add(shape);
  c.fill(profile(-.085, .085, colors.leather, kMatte, light));
  grain(c, shape, -.085, -.265, .17, .085, .06, 33, 500);
  const Color ink = ink_on(mix(colors.leather, kBlack, .2));
  if (look.brand.empty()) return brand_mark(c, 0, -.222, .046, look.brand, ink);
  TextStyle style("Inter", 700, .034);
  style.tracking = .10;
  style.align = Align::center;
  style.line_height = 1.1;
  const FittedText name = fit_words(look.brand, style, .145, .060, 3);
  draw_text(c, name.text, 0, -.2225 - name.box.top - name.box.height / 2, name.style, ink);
}

}  // namespace

void draw_backpack(Canvas& c, const Light& light, const ProductLook& look) {
  const Color body = look.body(Color(0x43584f));
  const Colors colors{body, look.second(Color(0x8a5a36)), mix(body, Color(0x14181a), .72)};
  carrying_straps(c, colors, light);
  const Path shape = bag(c);
  cloth(c, shape, .37, -.955, 0, colors.cloth, .1, 3, light);
  folds(c, shape);
  rim(c, shape, light, -.37, .37, .020, .55, .15);
  vertical_shade(c, shape, -.95, 0, light, 0, .5);
  lid(c, colors, light);
  pocket(c, colors, light);
  buckles(c, colors, light);
  patch(c, colors, light, look);
}

}  // namespace vidgen::local
