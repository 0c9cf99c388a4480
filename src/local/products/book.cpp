// SPDX-License-Identifier: Apache-2.0
// A hardback, upright, its pages to the right.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kLeft = -.30, kRight = .26, kHeight = .92, kDeep = .085, kRise = .035;

void cover_picture(Canvas& c, Color cloth, Color accent, const Light& light) {
  c.ell(.05, -.42, .17, .17);
  c.fill(
      lin(0, -.6, 0, -.25, {{0, shade(accent, 1.0, light)}, {1, shade(mix(accent, Color(0xc2452d), .7), .8, light)}}));
  for (int i = 0; i < 4; ++i) {
    c.begin();
    c.move_to(kLeft, -.30 + .06 * i);
    c.curve_to(-.1, -.42 + .07 * i, .1, -.22 + .05 * i, .3, -.36 + .07 * i);
    c.line_to(.3, 0);
    c.line_to(kLeft, 0);
    c.close();
    c.fill(shade(mix(cloth, Color(0x0a1420), .25 * i), .75 - .08 * i, light));
  }
}

void title(Canvas& c, const ProductLook& look, Color cloth) {
  const Color ink = lum(cloth) > .45 ? Color(0x22201c) : Color(0xf6ead4);
  TextStyle style("EB Garamond", 500, .105);
  style.line_height = 1.0;
  const FittedText text = fit_words(look.label, style, .44, .23, 3);
  draw_text(c, text.text, -.245, -kHeight + .075 - text.box.top, text.style, ink);
  brand_mark(c, -.222, -.075, .04, look.brand, alpha(kWhite, .75));
}

void pages(Canvas& c, const Light& light) {
  c.poly({{kRight, -kHeight}, {kRight + kDeep, -kHeight + kRise}, {kRight + kDeep, -kRise}, {kRight, 0}});
  const double t = light.side > 0 ? .98 : .35;
  c.fill(lin(kRight, 0, kRight + kDeep, 0,
             {{0, shade(Color(0xefe7d6), t, light)}, {1, shade(Color(0xefe7d6), t * .8, light)}}));
  for (int i = 0; i < 15; ++i) {
    const double x = kRight + .006 + i * .0053, k = (x - kRight) / kDeep * kRise;
    c.move_to(x, -kHeight + k + .008);
    c.line_to(x, -k - .008);
    c.stroke(Color(0x7a6a52, i % 2 != 0 ? .35 : .18), .0020);
  }
  // The back board.
  c.poly({{kRight + kDeep - .006, -kHeight + kRise - .006},
          {kRight + kDeep + .006, -kHeight + kRise},
          {kRight + kDeep + .006, -kRise},
          {kRight + kDeep - .006, -kRise + .006}});
  c.fill(shade(Color(0x24405c), light.side > 0 ? .6 : .2, light));
}

}  // namespace

void draw_book(Canvas& c, const Light& light, const ProductLook& look) {
  const Color cloth = look.body(Color(0x24405c));
  const double a = light.side > 0 ? kLeft : kRight, b = light.side > 0 ? kRight : kLeft;
  pages(c, light);
  c.poly({{kLeft, -kHeight}, {kRight, -kHeight}, {kRight, 0}, {kLeft, 0}});
  const Path front = c.path();
  c.fill(lin(a, 0, b, -kHeight,
             {{0, shade(cloth, .42, light)}, {.5, shade(cloth, .72, light)}, {1, shade(cloth, .95, light)}}));
  {
    const auto guard = c.saved();
    c.add(front);
    c.clip();
    cover_picture(c, cloth, look.second(Color(0xf0b35a)), light);
    title(c, look, cloth);
    c.rect(kLeft, -kHeight, .045, kHeight);
    c.fill(lin(kLeft, 0, kLeft + .045, 0,
               {{0, alpha(kWhite, .20)},
                {.45, alpha(kWhite, .06)},
                {.6, alpha(kBlack, .32)},
                {.75, alpha(kWhite, .10)},
                {1, alpha(kBlack, 0)}}));
    c.paint(lin(a, 0, b, -kHeight, {{0, alpha(kBlack, .18)}, {.6, alpha(kBlack, 0)}, {1, alpha(kWhite, .10)}}));
  }
  grain(c, front, kLeft, -kHeight, kRight - kLeft, kHeight, .035, 15, 380);
  c.move_to(kLeft, -kHeight + .002);
  c.line_to(kRight, -kHeight + .002);
  c.stroke(alpha(light.rim, .7), .005);
}

}  // namespace vidgen::local
