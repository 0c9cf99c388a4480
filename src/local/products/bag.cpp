// SPDX-License-Identifier: Apache-2.0
// A leather tote with two handles and a clasp.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .46, kTop = -.62;

void handle(Canvas& c, Color leather, const Light& light, double lift, double t) {
  const auto guard = c.saved();
  c.round_caps();
  for (int k = 0; k < 6; ++k) {
    c.begin();
    c.move_to(-.20, kTop + .09);
    c.curve_to(-.21, -.80 - lift, -.15, -.965 - lift, 0, -.965 - lift);
    c.curve_to(.15, -.965 - lift, .21, -.80 - lift, .20, kTop + .09);
    const double x = .22 * light.side, u = k / 5.0;
    c.stroke(lin(-x, 0, x, 0,
                 {{0, shade(leather, t * (.16 + .22 * u), light)},
                  {.6, shade(leather, t * (.30 + .5 * u), light)},
                  {1, shade(leather, t * (.4 + .75 * u), light)}}),
             .040 - .006 * k);
  }
}

Path body(Canvas& c) {
  c.begin();
  c.move_to(-.385, kTop);
  c.curve_to(-.13, kTop + .018, .13, kTop + .018, .385, kTop);
  c.curve_to(.405, kTop + .01, .412, -.56, .418, -.52);
  c.curve_to(.440, -.34, .462, -.18, .455, -.05);
  c.curve_to(.452, -.012, .43, 0, .40, 0);
  c.curve_to(.15, .012, -.15, .012, -.40, 0);
  c.curve_to(-.43, 0, -.452, -.012, -.455, -.05);
  c.curve_to(-.462, -.18, -.440, -.34, -.418, -.52);
  c.curve_to(-.412, -.56, -.405, kTop + .01, -.385, kTop);
  c.close();
  return c.take_path();
}

// Where the leather gives way: soft valleys from the handles down, a swelling between them.
void folds(Canvas& c, const Path& shape, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (const int s : {-1, 1}) {
    c.begin();
    c.move_to(s * .235, kTop + .14);
    c.curve_to(s * .26, -.38, s * .33, -.25, s * .355, -.03);
    soft_line(c, c.take_path(), kBlack, .30, .10);
    c.begin();
    c.move_to(s * .235 - .045 * light.side, kTop + .15);
    c.curve_to(s * .26 - .05 * light.side, -.38, s * .33 - .05 * light.side, -.25, s * .355 - .05 * light.side, -.06);
    soft_line(c, c.take_path(), mix(light.key, kWhite, .2), .16, .07);
  }
  const auto glow = c.saved();
  c.translate(.10 * light.side, -.30);
  c.scale(1, .9);
  c.paint(rad(0, 0, 0, .26, soft(mix(light.key, kWhite, .2), .22)));
}

void stitch(Canvas& c) {
  c.dash(.012, .009);
  c.begin();
  c.move_to(-.375, kTop + .035);
  c.curve_to(-.13, kTop + .053, .13, kTop + .053, .375, kTop + .035);
  c.stroke(alpha(kWhite, .38), .0036);
  c.begin();
  c.move_to(-.432, -.05);
  c.curve_to(-.15, -.028, .15, -.028, .432, -.05);
  c.stroke(alpha(kWhite, .30), .0036);
  c.dash(0, 0);
}

// The patches that hold the handle, each with its stud.
void tabs(Canvas& c, Color leather, Color metal_colour, const Light& light) {
  for (const int s : {-1, 1}) {
    const double x = s * .20;
    c.rrect(x - .032, kTop + .055, .064, .105, .018);
    const Path tab = c.take_path();
    drop_shadow(c, tab, -.003 * light.side, .006, .45, .012);
    c.begin();
    c.add(tab);
    c.fill(profile(x - .032, x + .032, mix(leather, kBlack, .12), kMatte, light));
    rim(c, tab, light, x - .032, x + .032, .003, .7, .2);
    c.ell(x, kTop + .128, .012, .012);
    c.fill(rad(x, kTop + .128, 0, .014,
               {{0, shade(metal_colour, 1.5, light)},
                {.5, shade(metal_colour, .9, light)},
                {1, shade(metal_colour, .3, light)}},
               x + .004 * light.side, kTop + .123));
  }
}

void clasp(Canvas& c, Color metal_colour, const Light& light) {
  c.rrect(-.042, kTop + .085, .084, .060, .014);
  const Path plate = c.take_path();
  drop_shadow(c, plate, -.003 * light.side, .005, .45, .012);
  c.begin();
  c.add(plate);
  c.fill(profile(-.042, .042, metal_colour, kGold, light));
  c.add(plate);
  c.stroke(alpha(kBlack, .25), .003);
  c.rrect(-.017, kTop + .102, .034, .026, .008);
  c.fill(shade(metal_colour, .25, light));
}

}  // namespace

void draw_bag(Canvas& c, const Light& light, const ProductLook& look) {
  const Color leather = look.body(Color(0x8c4e2e)), metal_colour = look.second(kGoldAlbedo);
  handle(c, leather, light, 0, .55);
  const Path shape = body(c);
  c.add(shape);
  c.fill(profile(-kHalf, kHalf, leather, {{0, .14}, {.10, .22}, {.3, .46}, {.6, .74}, {.8, .96}, {.93, .72}, {1, .42}},
                 light));
  folds(c, shape, light);
  grain(c, shape, -kHalf, kTop, 2 * kHalf, -kTop + .02, .055, 19, 460);
  vertical_shade(c, shape, kTop, .01, light, .10, .5);
  rim(c, shape, light, -kHalf, kHalf, .010, .7, .3);
  stitch(c);
  handle(c, leather, light, -.045, 1);
  tabs(c, leather, metal_colour, light);
  clasp(c, metal_colour, light);
  brand_print(c, look, 0, -.27, .42, .050, .042, mix(leather, kBlack, .15), light);
}

}  // namespace vidgen::local
