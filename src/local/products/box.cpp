// SPDX-License-Identifier: Apache-2.0
// What stands for every product without a drawing of its own: a carton with its name on it, on a round plinth.
#include <algorithm>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kPlinthHalf = .39, kPlinthTop = -.20, kPlinthTilt = .15;
constexpr double kLeft = -.255, kRight = .185, kTop = -.985, kFoot = -.205;  // the front face
constexpr double kDeep = .115, kRise = .030;                                 // the side face and its slant

void plinth(Canvas& c, const Light& light) {
  const Color stone = mix(Color(0xe6e2da), light.ground, .18);
  const double ry = kPlinthHalf * kPlinthTilt;
  c.begin();
  c.arc(0, -ry * .55, kPlinthHalf, ry, 0, kPi);
  c.line_to(-kPlinthHalf, kPlinthTop);
  c.line_to(kPlinthHalf, kPlinthTop);
  c.close();
  const Path drum = c.take_path();
  c.add(drum);
  c.fill(profile(-kPlinthHalf, kPlinthHalf, stone,
                 {{0, .12}, {.06, .2}, {.2, .18}, {.5, .42}, {.78, .82}, {.93, .74}, {1, .5}}, light));
  vertical_shade(c, drum, kPlinthTop, ry * .45, light, .05, .45);
  rim(c, drum, light, -kPlinthHalf, kPlinthHalf, .006, .5, .3);
  c.ell(0, kPlinthTop, kPlinthHalf, ry);
  const double x = kPlinthHalf * light.side;
  c.fill(
      lin(-x, 0, x, 0, {{0, shade(stone, .62, light)}, {.5, shade(stone, .86, light)}, {1, shade(stone, 1.08, light)}}),
      true);
  c.stroke(lin(-x, 0, x, 0,
               {{0, alpha(light.fill, .15)}, {.5, alpha(light.rim, .25)}, {1, alpha(mix(light.rim, kWhite, .4), .9)}}),
           .0035);
}

// The carton's shadow on the plinth, away from the light.
void shadow(Canvas& c, const Light& light) {
  const double s = light.side, ry = kPlinthHalf * kPlinthTilt;
  const auto guard = c.saved();
  c.ell(0, kPlinthTop, kPlinthHalf, ry);
  c.clip();
  const double far = s > 0 ? kLeft : kRight + kDeep, near = s > 0 ? kRight + kDeep : kLeft;
  for (int i = 0; i < 6; ++i) {
    const double spread = .004 * i;
    c.poly({{near, kFoot + .012 + spread},
            {far, kFoot + .012 + spread},
            {far - s * .3, kFoot - .03 + spread},
            {far - s * .3, kFoot - .055 - spread},
            {near, kFoot - .05 - spread}});
    c.fill(lin(far, 0, far - s * .26, 0, {{0, alpha(kBlack, .12)}, {1, alpha(kBlack, 0)}}));
  }
}

struct Faces {
  Path front, side;
};

// The side face that shows is the right one; the light decides which face is bright.
Faces faces(Canvas& c) {
  Faces f;
  c.begin();
  c.poly({{kLeft, kTop}, {kRight, kTop}, {kRight, kFoot}, {kLeft, kFoot}});
  f.front = c.take_path();
  c.poly({{kRight, kTop}, {kRight + kDeep, kTop + kRise}, {kRight + kDeep, kFoot - kRise}, {kRight, kFoot}});
  f.side = c.take_path();
  return f;
}

void fill_faces(Canvas& c, const Faces& f, Color paper, const Light& light) {
  const bool lit_side = light.side > 0;
  const double a = lit_side ? kLeft : kRight, b = lit_side ? kRight : kLeft;
  c.add(f.front);
  c.fill(lin(a, kFoot, b, kTop,
             {{0, shade(paper, .46, light)}, {.5, shade(paper, .70, light)}, {1, shade(paper, .95, light)}}));
  c.add(f.side);
  const double t = lit_side ? 1.08 : .30;
  c.fill(lin(kRight, 0, kRight + kDeep, 0, {{0, shade(paper, t, light)}, {1, shade(paper, t * .84, light)}}));
  // Cardboard is not quite flat: a soft dent of light, and a darker foot.
  const auto guard = c.saved();
  c.add(f.front);
  c.clip();
  c.paint(lin(0, kTop, 0, kFoot,
              {{0, alpha(kWhite, .10)}, {.2, alpha(kWhite, 0)}, {.72, alpha(kBlack, 0)}, {1, alpha(kBlack, .20)}}));
}

void edges(Canvas& c, const Light& light) {
  c.move_to(kLeft, kTop + .0015);
  c.line_to(kRight, kTop + .0015);
  c.line_to(kRight + kDeep, kTop + kRise + .0015);
  c.stroke(alpha(mix(light.rim, kWhite, .3), .75), .004);
  c.move_to(kRight, kTop);
  c.line_to(kRight, kFoot);
  c.stroke(light.side > 0 ? alpha(mix(light.rim, kWhite, .4), .65) : alpha(kBlack, .22), .0035);
  const double x = light.side > 0 ? kRight + kDeep : kLeft;
  c.move_to(x, light.side > 0 ? kTop + kRise : kTop);
  c.line_to(x, light.side > 0 ? kFoot - kRise : kFoot);
  c.stroke(alpha(light.rim, .5), .003);
  // The lid's fold.
  c.move_to(kLeft, kTop + .085);
  c.line_to(kRight, kTop + .085);
  c.line_to(kRight + kDeep, kTop + .085 + kRise * .78);
  c.stroke(alpha(kBlack, .20), .003);
  c.move_to(kLeft, kTop + .0885);
  c.line_to(kRight, kTop + .0885);
  c.stroke(alpha(kWhite, .20), .002);
}

void band(Canvas& c, const Faces& f, Color accent, const Light& light) {
  for (const bool side : {false, true}) {
    const auto guard = c.saved();
    c.add(side ? f.side : f.front);
    c.clip();
    const double slant = side ? kRise : 0;
    const double x0 = side ? kRight : kLeft, x1 = side ? kRight + kDeep : kRight;
    c.poly({{x0, -.345}, {x1, -.345 - slant * .55}, {x1, -.285 - slant * .75}, {x0, -.285}});
    c.fill(shade(accent, side ? (light.side > 0 ? 1.05 : .32) : .78, light));
  }
}

void label(Canvas& c, const ProductLook& look, Color paper) {
  const Color ink = ink_on(paper);
  const double centre = (kLeft + kRight) / 2, width = (kRight - kLeft) * .80;
  TextStyle style("Inter Display", 650, .105);
  style.align = Align::center;
  style.tracking = -.015;
  style.line_height = 1.06;
  const FittedText text = fit_words(look.label, style, width, .24, 3);
  const double middle = -.585;
  draw_text(c, text.text, centre, middle - text.box.top - text.box.height / 2, text.style, ink);
  brand_mark(c, centre, -.795, .075, look.brand, ink);
  c.move_to(centre - .035, -.415);
  c.line_to(centre + .035, -.415);
  c.stroke(alpha(ink, ink.a * .7), .004);
}

}  // namespace

void draw_box(Canvas& c, const Light& light, const ProductLook& look) {
  const Color paper = look.body(Color(0xf1ece2));
  const Color accent =
      look.second(look.colour_named ? mix(look.albedo, lum(look.albedo) > .4 ? kBlack : kWhite, .4) : Color(0xc98a5a));
  plinth(c, light);
  shadow(c, light);
  const Faces f = faces(c);
  fill_faces(c, f, paper, light);
  band(c, f, accent, light);
  grain(c, f.front, kLeft, kTop, kRight - kLeft, kFoot - kTop, .018, 41, 420);
  edges(c, light);
  label(c, look, paper);
}

}  // namespace vidgen::local
