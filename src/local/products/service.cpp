// SPDX-License-Identifier: Apache-2.0
// A service: nothing to hold, so its name in large type on a lit sign, with what lies behind it as plain sheets.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .74, kTop = -.93, kFoot = -.06, kCorner = .075;

Path panel(Canvas& c, double inset, double lift) {
  c.rrect(-kHalf + inset, kTop + lift, 2 * (kHalf - inset), kFoot - kTop, kCorner);
  return c.take_path();
}

// Sheets behind the sign, each further back, paler and narrower.
void behind(Canvas& c, Color tint, const Light& light) {
  for (int k = 2; k >= 1; --k) {
    const Path sheet = panel(c, .085 * k, -.045 * k);
    c.add(sheet);
    c.fill(lin(0, kTop, 0, kFoot,
               {{0, alpha(mix(tint, kWhite, .25 + .2 * k), .75)}, {1, alpha(mix(tint, light.ambient, .5), .35)}}));
    c.add(sheet);
    c.stroke(alpha(mix(light.rim, kWhite, .4), .5), .003);
  }
}

void face(Canvas& c, const Path& shape, Color from, Color to, const Light& light) {
  const double far = -kHalf * light.side;
  drop_shadow(c, shape, -.006 * light.side, .008, .30, .010);
  c.begin();
  c.add(shape);
  c.fill(lin(far, kFoot, -far, kTop,
             {{0, shade(from, .66, light)}, {.55, shade(mix(from, to, .45), .9, light)}, {1, shade(to, 1.06, light)}}));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  c.paint(rad(-far * .7, kTop + .1, 0, 1.0, soft(kWhite, .30, 10, 2)));
  c.paint(rad(far * .9, kFoot, 0, .8, soft(to, .55, 10, 1.7)));
  rim(c, shape, light, -kHalf, kHalf, .009, .9, .35);
}

void stands(Canvas& c, const Light& light) {
  for (const int s : {-1, 1}) {
    c.rrect(s * .46 - .014, kFoot - .02, .028, -kFoot + .014, .006);
    c.fill(metal(s * .46 - .014, s * .46 + .014, light));
    c.rrect(s * .46 - .085, -.016, .17, .016, .008);
    c.fill(metal(s * .46 - .085, s * .46 + .085, light));
  }
}

}  // namespace

void draw_service(Canvas& c, const Light& light, const ProductLook& look) {
  const Color body = look.body(Color(0x2f4fd8)), to = look.second(mix(body, Color(0xa99bff), .55));
  stands(c, light);
  behind(c, body, light);
  const Path front = panel(c, 0, 0);
  face(c, front, body, to, light);
  const Color ink = ink_on(mix(body, to, .4));
  TextStyle style("Inter Display", 700, .21);
  style.align = Align::center;
  style.tracking = -.03;
  style.line_height = 1.02;
  const FittedText text = fit_words(look.label, style, 1.22, .36, 2);
  const double middle = look.brand.empty() ? -.47 : -.43;
  brand_mark(c, 0, -.765, .115, look.label, ink);
  draw_text(c, text.text, 0, middle - text.box.top - text.box.height / 2, text.style, ink);
  c.rrect(-.14, -.185, .28, .014, .007);
  c.fill(alpha(ink, .55));
}

}  // namespace vidgen::local
