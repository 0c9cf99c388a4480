// SPDX-License-Identifier: Apache-2.0
// A round loudspeaker in cloth, a ring of light on top.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .31, kTop = -.965, kFoot = -.035, kTilt = .12 * kHalf, kBand = .05;

void drum(Canvas& c, double top, double bottom) {
  c.begin();
  c.move_to(-kHalf, top);
  c.line_to(-kHalf, bottom);
  c.arc_back(0, bottom, kHalf, kTilt, kPi, 0);
  c.line_to(kHalf, top);
  c.arc(0, top, kHalf, kTilt, 0, kPi);
  c.close();
}

// Weave: dots that crowd towards the edges as on a round body.
void weave(Canvas& c, const Path& shape, Color cloth) {
  grain(c, shape, -kHalf, kTop, 2 * kHalf, -kTop + .05, .07, 9, 360);
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  const double ink = lum(cloth) > .3 ? .20 : .42;
  constexpr int kColumns = 64, kRows = 84;
  for (int i = 1; i < kColumns; ++i) {
    const double angle = kPi * i / kColumns, x = -std::cos(angle) * kHalf, squeeze = std::sin(angle);
    const double bend = kTilt * squeeze;
    for (int j = 0; j < kRows; ++j) {
      const double y = kTop + (j + (i % 2) * .5) * .0112 + bend;
      c.rect(x - .0031 * squeeze, y - .0024, .0062 * squeeze, .0048);
    }
  }
  c.fill(alpha(kBlack, ink));
}

void ring(Canvas& c, double top, double bottom, Color color, const Light& light) {
  drum(c, top, bottom);
  const Path shape = c.path();
  c.fill(profile(-kHalf, kHalf, color, kSatin, light));
  rim(c, shape, light, -kHalf, kHalf, .006, .8, .6);
}

void top(Canvas& c, Color color, Color glow, const Light& light) {
  const double x = kHalf * light.side;
  c.ell(0, kTop, kHalf, kTilt);
  c.fill(
      lin(-x, 0, x, 0, {{0, shade(color, .4, light)}, {.6, shade(color, .7, light)}, {1, shade(color, 1.15, light)}}),
      true);
  c.stroke(lin(-x, 0, x, 0, {{0, alpha(light.fill, .2)}, {1, alpha(mix(light.rim, kWhite, .4), .9)}}), .004);
  const auto guard = c.saved();
  c.ell(0, kTop, kHalf, kTilt);
  c.clip();
  for (const double width : {.050, .030, .014}) {
    c.ell(0, kTop, kHalf * .70, kTilt * .68);
    c.stroke(alpha(glow, .22), width * .7);
  }
  c.ell(0, kTop, kHalf * .70, kTilt * .68);
  c.stroke(mix(glow, kWhite, .6), .006);
}

}  // namespace

void draw_speaker(Canvas& c, const Light& light, const ProductLook& look) {
  const Color cloth = look.body(Color(0x585c63)), shell = look.second(mix(cloth, Color(0x16171a), .75));
  const Color glow(0x8fd0ff);
  drum(c, kTop, kFoot);
  const Path shape = c.take_path();
  c.add(shape);
  c.fill(profile(-kHalf, kHalf, cloth, kMatte, light));
  weave(c, shape, cloth);
  ring(c, kFoot - kBand, kFoot, shell, light);
  vertical_shade(c, shape, kTop, kFoot + kTilt, light, .05, .5);
  rim(c, shape, light, -kHalf, kHalf, .014, .55, .25);
  ring(c, kTop, kTop + kBand, shell, light);
  top(c, shell, glow, light);
  if (look.brand.empty()) return brand_mark(c, 0, -.24, .055, look.brand, alpha(ink_on(cloth), .8));
  TextStyle style("Inter", 600, .046);
  style.tracking = .08;
  style.align = Align::center;
  draw_text(c, look.brand, 0, -.22, fit_text(look.brand, style, kHalf * 1.2, .06), ink_on(cloth));
}

}  // namespace vidgen::local
