// SPDX-License-Identifier: Apache-2.0
// The bottle when its material is glass: tinted, filled, with a paper label and a stopper.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .135, kNeck = .046, kLevel = -.66;

Path outline(Canvas& c) {
  c.begin();
  c.move_to(-kHalf + .016, 0);
  c.curve_to(-kHalf + .003, 0, -kHalf, -.010, -kHalf, -.026);
  c.line_to(-kHalf, -.54);
  c.curve_to(-kHalf, -.655, -kNeck, -.66, -kNeck, -.775);
  c.line_to(-kNeck, -.905);
  c.line_to(kNeck, -.905);
  c.line_to(kNeck, -.775);
  c.curve_to(kNeck, -.66, kHalf, -.655, kHalf, -.54);
  c.line_to(kHalf, -.026);
  c.curve_to(kHalf, -.010, kHalf - .003, 0, kHalf - .016, 0);
  c.close();
  return c.take_path();
}

double half_at(double y) {
  if (y > -.54) return kHalf;
  if (y < -.775) return kNeck;
  const double u = (-.54 - y) / .235;
  return kHalf + (kNeck - kHalf) * u * u * (3 - 2 * u);
}

// Glass is dark at its edges and lets light through its middle; more of it below the level.
void glass(Canvas& c, const Path& shape, Color tint, const Light& light) {
  const int s = light.side;
  const Color deep = mix(tint, kBlack, .62);
  lathe(c, shape, -.91, .01, half_at,
        lin(-s, 0, s, 0,
            {{0, alpha(mix(deep, light.fill, .18), .96)},
             {.05, alpha(deep, .96)},
             {.22, alpha(shade(mix(tint, kBlack, .2), .42, light), .88)},
             {.5, alpha(shade(tint, .72, light), .82)},
             {.72, alpha(shade(mix(tint, kWhite, .15), 1.08, light), .84)},
             {.86, alpha(shade(tint, .62, light), .9)},
             {.95, alpha(deep, .95)},
             {1, alpha(mix(deep, light.rim, .4), .95)}}));
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  c.rect(-1, -1, 2, 1 + kLevel);
  c.fill(alpha(mix(light.sky, kWhite, .3), .16));  // the empty part is paler
  c.ell(0, kLevel, half_at(kLevel) * .93, .010);
  c.fill(lin(-kHalf * s, 0, kHalf * s, 0, {{0, alpha(deep, .6)}, {1, alpha(mix(tint, kWhite, .6), .7)}}));
  c.paint(lin(
      0, -.07, 0, 0,
      {{0, alpha(kBlack, 0)}, {.6, alpha(deep, .6)}, {.8, alpha(mix(tint, kWhite, .5), .55)}, {1, alpha(deep, .8)}}));
  const auto low = c.saved();  // light that gathers in the shadow side
  c.translate(-s * kHalf * .45, -.09);
  c.scale(.55, 1);
  c.paint(rad(0, 0, 0, .09, soft(mix(tint, kWhite, .55), .55)));
}

// Two bars of the window, bent in at the shoulder.
void bars(Canvas& c, const Path& shape, const Light& light) {
  struct Bar {
    double u, width, opacity;
  };
  static constexpr Bar kBars[] = {{.78, .020, .75}, {.60, .007, .35}, {-.86, .008, .40}};
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (const Bar& bar : kBars) {
    c.begin();
    for (int i = 0; i <= 60; ++i) {
      const double y = -.885 + i * .855 / 60, x = light.side * bar.u * half_at(y);
      if (i == 0) {
        c.move_to(x, y);
      } else {
        c.line_to(x, y);
      }
    }
    const Path line = c.take_path();
    for (const double k : {1.0, .6}) {
      c.begin();
      c.add(line);
      c.stroke(lin(0, -.9, 0, 0,
                   {{0, alpha(kWhite, bar.opacity * .5)},
                    {.35, alpha(kWhite, bar.opacity * .55)},
                    {.8, alpha(kWhite, bar.opacity * .28)},
                    {1, alpha(kWhite, 0)}}),
               bar.width * k);
    }
  }
}

void label(Canvas& c, const ProductLook& look, const Light& light) {
  const double top = -.445, foot = -.145, bend = .010;
  c.begin();
  c.move_to(-kHalf, top);
  c.curve_to(-kHalf * .4, top + bend, kHalf * .4, top + bend, kHalf, top);
  c.line_to(kHalf, foot);
  c.curve_to(kHalf * .4, foot + bend, -kHalf * .4, foot + bend, -kHalf, foot);
  c.close();
  const Path paper = c.path();
  const Color sheet = look.second(Color(0xf3ecdd));
  c.fill(profile(-kHalf, kHalf, sheet, {{0, .20}, {.06, .26}, {.2, .36}, {.5, .66}, {.76, 1.02}, {.9, .9}, {1, .5}},
                 light));
  grain(c, paper, -kHalf, top, 2 * kHalf, foot - top + .02, .025, 91, 500);
  const Color ink = ink_on(sheet);
  brand_mark(c, 0, -.388, .040, look.brand, ink);
  TextStyle style("EB Garamond", 500, .052);
  style.align = Align::center;
  style.line_height = 1.05;
  const FittedText name = fit_words(look.label, style, kHalf * 1.5, .13, 4);
  draw_text(c, name.text, 0, -.275 - name.box.top - name.box.height / 2, name.style, ink);
  c.move_to(-.03, -.185);
  c.line_to(.03, -.185);
  c.stroke(alpha(ink, .5), .0022);
}

void stopper(Canvas& c, Color wood, const Light& light) {
  c.rrect(-kNeck * .82, -.945, kNeck * 1.64, .05, .004);
  c.fill(profile(-kNeck, kNeck, Color(0xc9a06c), kMatte, light));
  c.rrect(-kNeck * 1.22, -1.0, kNeck * 2.44, .062, .010);
  const Path head = c.path();
  c.fill(profile(-kNeck * 1.22, kNeck * 1.22, wood, kSatin, light));
  rim(c, head, light, -kNeck * 1.22, kNeck * 1.22, .006, .9, .5);
  c.rrect(-kNeck * 1.14, -.925, kNeck * 2.28, .026, .010);  // the lip of the neck
  c.fill(
      profile(-kNeck * 1.14, kNeck * 1.14, Color(0xd4dcd8), {{0, .5}, {.2, .3}, {.6, .6}, {.85, 1.4}, {1, .5}}, light));
}

}  // namespace

void draw_glass_bottle(Canvas& c, const Light& light, const ProductLook& look) {
  const Path shape = outline(c);
  glass(c, shape, look.body(Color(0x5e7f4a)), light);
  rim(c, shape, light, -kHalf, kHalf, .008, .8, .8);
  label(c, look, light);
  bars(c, shape, light);
  stopper(c, Color(0x2a2422), light);
}

void detail_glass_bottle(Canvas& c, const Light& light, const ProductLook& look) {
  const Path shape = outline(c);
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  droplets(c, -kHalf, kHalf, -.88, -.02, 130, .0016, .0080, mix_seed(look.seed, 7), light);
}

}  // namespace vidgen::local
