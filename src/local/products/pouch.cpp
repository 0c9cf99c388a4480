// SPDX-License-Identifier: Apache-2.0
// A stand-up pouch with the product's name: what packaged food comes in.
#include <algorithm>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .31, kTop = -.985, kSeal = .058;

Path outline(Canvas& c) {
  c.begin();
  c.move_to(-.292, kTop);
  c.line_to(.292, kTop);
  c.curve_to(.294, -.80, .302, -.45, .310, -.16);
  c.curve_to(.312, -.07, .304, -.02, .285, -.004);
  c.curve_to(.15, .018, -.15, .018, -.285, -.004);
  c.curve_to(-.304, -.02, -.312, -.07, -.310, -.16);
  c.curve_to(-.302, -.45, -.294, -.80, -.292, kTop);
  c.close();
  return c.take_path();
}

// The foil bulges over its content: dents under the seal, a gusset above the foot.
void bulges(Canvas& c, const Path& shape, const Light& light) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  struct Dent {
    double x0, y0, x1, y1, opacity, width;
  };
  static constexpr Dent kDents[] = {
      {-.17, -.88, -.12, -.72, .20, .075}, {.02, -.885, .01, -.79, .13, .07}, {.18, -.88, .14, -.71, .19, .075}};
  for (const Dent& d : kDents) {
    c.begin();
    c.move_to(d.x0, d.y0);
    c.curve_to(d.x0, d.y0 + .08, d.x1, d.y1 - .06, d.x1, d.y1);
    const Path line = c.take_path();
    soft_line(c, line, kBlack, d.opacity, d.width);
    c.translate(.026 * light.side, 0);
    soft_line(c, line, mix(light.key, kWhite, .4), d.opacity * .9, d.width * .6);
    c.translate(-.026 * light.side, 0);
  }
  for (const double lift : {0.0, 1.0}) {
    c.begin();
    c.move_to(-.32, -.165);
    c.curve_to(-.15, -.085 + lift * .006, .15, -.085 + lift * .006, .32, -.165);
    soft_line(c, c.take_path(), lift > 0 ? mix(light.rim, kWhite, .3) : kBlack, lift > 0 ? .35 : .40,
              lift > 0 ? .010 : .026);
  }
  c.paint(lin(0, -.10, 0, .01, {{0, alpha(kBlack, 0)}, {1, alpha(kBlack, .35)}}));
  for (const int s : {-1, 1}) {  // the side welds
    c.begin();
    c.move_to(s * .274, kTop);
    c.curve_to(s * .276, -.80, s * .284, -.45, s * .290, -.12);
    soft_line(c, c.take_path(), kBlack, .22, .012);
  }
}

void seal(Canvas& c, const Path& shape) {
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  for (int i = 0; i < 9; ++i) {
    const double y = kTop + .006 + i * kSeal / 9;
    c.move_to(-1, y);
    c.line_to(1, y);
    c.stroke(alpha(kBlack, .14), .0026);
    c.move_to(-1, y + .003);
    c.line_to(1, y + .003);
    c.stroke(alpha(kWhite, .16), .0020);
  }
  c.move_to(-1, kTop + kSeal + .006);
  c.line_to(1, kTop + kSeal + .006);
  c.stroke(alpha(kBlack, .25), .004);
  for (const int s : {-1, 1}) {  // tear notches
    c.poly({{s * .30, kTop + kSeal - .010}, {s * .282, kTop + kSeal}, {s * .30, kTop + kSeal + .010}});
    c.fill(alpha(kBlack, .5));
  }
}

void label(Canvas& c, const ProductLook& look, Color foil, Color accent, const Light& light) {
  c.rrect(-.215, -.66, .43, .42, .012);
  const Path paper = c.take_path();
  drop_shadow(c, paper, -.002 * light.side, .003, .25, .01);
  c.begin();
  c.add(paper);
  const Color sheet = lum(foil) > .6 ? accent : Color(0xf6f0e4);
  c.fill(profile(-.215, .215, sheet, {{0, .48}, {.3, .62}, {.7, .92}, {.85, 1.0}, {1, .78}}, light));
  grain(c, paper, -.215, -.66, .43, .42, .02, 81, 420);
  const Color ink = ink_on(sheet);
  TextStyle style("Inter Display", 700, .085);
  style.align = Align::center;
  style.tracking = -.01;
  style.line_height = 1.06;
  const FittedText text = fit_words(look.label, style, .36, .20, 3);
  draw_text(c, text.text, 0, -.415 - text.box.top - text.box.height / 2, text.style, ink);
  brand_mark(c, 0, -.585, .060, look.brand, ink);
  c.rect(-.215, -.275, .43, .010);
  c.fill(shade(lum(foil) > .6 ? foil : accent, .85, light));
}

}  // namespace

void draw_pouch(Canvas& c, const Light& light, const ProductLook& look) {
  const Color foil = look.body(Color(0x7c3b2a)),
              accent = look.second(look.colour_named ? mix(foil, Color(0x22262a), .6) : Color(0xe0a04a));
  const Path shape = outline(c);
  c.add(shape);
  c.fill(
      profile(-kHalf, kHalf, foil,
              {{0, .25}, {.05, .42}, {.13, .24}, {.32, .46}, {.58, .70}, {.74, 1.02}, {.84, .86}, {.94, .62}, {1, .40}},
              light));
  bulges(c, shape, light);
  grain(c, shape, -kHalf, kTop, 2 * kHalf, 1, .022, 82, 420);
  seal(c, shape);
  label(c, look, foil, accent, light);
  vertical_shade(c, shape, kTop, 0, light, .06, .35);
  rim(c, shape, light, -kHalf, kHalf, .008, .7, .4);
}

}  // namespace vidgen::local
