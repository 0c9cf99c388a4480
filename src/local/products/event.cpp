// SPDX-License-Identifier: Apache-2.0
// An event: two tickets, one leaning behind the other, with the event's name in large type. No date, no price.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .78, kHigh = .74, kStub = .46, kNotch = .045;

// A sheet with two half-round bites where the stub tears off.
Path sheet(Canvas& c) {
  const double r = .035;
  c.begin();
  c.move_to(-kHalf + r, -kHigh);
  c.line_to(kStub - kNotch, -kHigh);
  c.arc_back(kStub, -kHigh, kNotch, kNotch, kPi, 0);
  c.line_to(kHalf - r, -kHigh);
  c.arc(kHalf - r, -kHigh + r, r, r, -kPi / 2, 0);
  c.line_to(kHalf, -r);
  c.arc(kHalf - r, -r, r, r, 0, kPi / 2);
  c.line_to(kStub + kNotch, 0);
  c.arc_back(kStub, 0, kNotch, kNotch, 0, -kPi);
  c.line_to(-kHalf + r, 0);
  c.arc(-kHalf + r, -r, r, r, kPi / 2, kPi);
  c.line_to(-kHalf, -kHigh + r);
  c.arc(-kHalf + r, -kHigh + r, r, r, kPi, kPi * 1.5);
  c.close();
  return c.take_path();
}

void paper(Canvas& c, const Path& shape, Color from, Color to, const Light& light) {
  const double far = -kHalf * light.side;
  c.add(shape);
  c.fill(lin(far, 0, -far, -kHigh,
             {{0, shade(from, .62, light)}, {.5, shade(mix(from, to, .5), .86, light)}, {1, shade(to, 1.06, light)}}));
  grain(c, shape, -kHalf, -kHigh, 2 * kHalf, kHigh, .016, 51, 420);
  rim(c, shape, light, -kHalf, kHalf, .007, .9, .4);
}

void perforation(Canvas& c, Color ink) {
  for (double y = -kHigh + .085; y < -.07; y += .042) {
    c.rrect(kStub - .004, y, .008, .022, .004);
    c.fill(alpha(ink, .45));
  }
}

// The bars of the stub say nothing that could be read.
void bars(Canvas& c, Color ink) {
  Rng rng(23);
  for (double y = -kHigh + .13; y < -.13;) {
    const double high = rng.uniform(.006, .022);
    c.rect(kStub + .095, y, .125, high);
    c.fill(alpha(ink, .85));
    y += high + rng.uniform(.008, .018);
  }
}

void print(Canvas& c, const ProductLook& look, Color ink, Color accent) {
  TextStyle style("Inter Display", 750, .17);
  style.tracking = -.025;
  style.line_height = 1.02;
  const FittedText text = fit_words(look.label, style, 1.02, .34, 2);
  draw_text(c, text.text, -kHalf + .11, -.26 - text.box.top - text.box.height, text.style, ink);
  brand_mark(c, -kHalf + .16, -kHigh + .135, .095, look.label, ink);
  c.rrect(-kHalf + .11, -.155, .30, .012, .006);
  c.fill(alpha(ink, .75));
  c.rrect(-kHalf + .45, -.155, .17, .012, .006);
  c.fill(alpha(ink, .35));
  c.ell(kStub - .13, -.148, .034, .034);
  c.fill(mix(accent, kWhite, .35));
}

}  // namespace

void draw_event(Canvas& c, const Light& light, const ProductLook& look) {
  const Color body = look.body(Color(0x6a4df0));
  const Color warm = look.second(look.colour_named ? mix(body, Color(0xffd9b8), .55) : Color(0xff8f6b));
  const Path shape = sheet(c);
  {
    const auto guard = c.saved();
    c.translate(.03, -.06);
    c.rotate(-.085);
    drop_shadow(c, shape, -.012 * light.side, .012, .35, .02);
    paper(c, shape, mix(body, Color(0x0b0e30), .55), mix(body, Color(0x0b0e30), .30), light);
  }
  drop_shadow(c, shape, -.014 * light.side, .010, .45, .022);
  paper(c, shape, body, mix(body, warm, .75), light);
  const Color ink = lum(mix(body, warm, .35)) > .62 ? Color(0x1b1e22) : Color(0xfdfbf7);
  perforation(c, ink);
  bars(c, ink);
  print(c, look, ink, warm);
}

}  // namespace vidgen::local
