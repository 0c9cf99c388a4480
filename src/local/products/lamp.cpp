// SPDX-License-Identifier: Apache-2.0
// A table lamp that is lit: brass stem, linen shade.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kTop = -1.0, kBottom = -.56, kTopHalf = .17, kBottomHalf = .30;

Path shade_outline(Canvas& c) {
  c.begin();
  c.move_to(-kTopHalf, kTop);
  c.line_to(kTopHalf, kTop);
  c.line_to(kBottomHalf, kBottom);
  c.arc(0, kBottom, kBottomHalf, .035, 0, kPi);
  c.close();
  return c.take_path();
}

void stand(Canvas& c, Color brass, const Light& light) {
  c.ell(0, -.012, .19, .026);
  c.fill(profile(-.19, .19, brass, kGold, light));
  c.rect(-.19, -.032, .38, .020);
  c.fill(profile(-.19, .19, brass, kGold, light));
  c.ell(0, -.032, .19, .026);
  c.fill(profile(-.19, .19, mix(brass, kWhite, .1), {{0, .4}, {.5, .7}, {.75, 1.2}, {1, .8}}, light));
  {
    // The lamp lights its own foot.
    const auto guard = c.saved();
    c.ell(0, -.032, .19, .026);
    c.clip();
    c.translate(0, -.032);
    c.scale(1, .137);
    c.paint(rad(0, 0, 0, .16, soft(Color(0xffe2a8), .65)));
    c.paint(rad(0, 0, .0, .04, {{0, alpha(kBlack, .5)}, {1, alpha(kBlack, 0)}}));
  }
  c.rrect(-.011, -.62, .022, .59, .01);
  c.fill(profile(-.011, .011, brass, kGold, light));
  c.rect(-.011, -.60, .022, .2);
  c.fill(lin(0, -.56, 0, -.40, {{0, Color(0xffe0a0, .55)}, {1, Color(0xffe0a0, 0)}}));
  c.rrect(-.019, -.075, .038, .04, .008);
  c.fill(profile(-.019, .019, brass, kGold, light));
}

void linen(Canvas& c, Color cloth, const Light& light) {
  const Path shape = shade_outline(c);
  c.add(shape);
  c.fill(profile(-kBottomHalf, kBottomHalf, cloth, {{0, .35}, {.2, .6}, {.5, .9}, {.8, .95}, {1, .6}}, light));
  {
    const auto guard = c.saved();
    c.add(shape);
    c.clip();
    const Color warm = mix(Color(0xffdf9c), cloth, .25);
    c.paint(rad(0, kBottom - .12, 0, .36,
                {{0, Color(0xfff6dc)},
                 {.35, alpha(warm, .95)},
                 {.7, alpha(mix(Color(0xf7b763), cloth, .3), .55)},
                 {1, Color(0xe8924a, 0)}}));
  }
  grain(c, shape, -.4, -1.02, .8, .5, .045, 3, 300);
  rim(c, shape, light, -kBottomHalf, kBottomHalf, .008, .5);
  c.ell(0, kTop, kTopHalf, .018);
  c.fill(lin(0, kTop - .018, 0, kTop + .018, {{0, Color(0x5b3c1a, .7)}, {1, Color(0xffd890, .8)}}));
  c.begin();
  c.arc(0, kBottom, kBottomHalf, .035, 0, kPi);
  c.stroke(Color(0xfff1cf, .8), .006);
}

// Engraved small into the edge of the foot.
void engraving(Canvas& c, const ProductLook& look) {
  if (look.brand.empty()) return;
  TextStyle style("Inter", 600, .016);
  style.tracking = .12;
  style.align = Align::center;
  draw_text(c, look.brand, 0, -.0085, fit_text(look.brand, style, .22, .02), Color(0x3a2408, .8));
}

}  // namespace

void glow_lamp(Canvas& c, const Light&, const ProductLook&) {
  c.paint(rad(0, kBottom - .12, .05, .95, soft(Color(0xffc67a), .42)));
}

void draw_lamp(Canvas& c, const Light& light, const ProductLook& look) {
  stand(c, look.second(look.material == Material::matte ? Color(0x2d2f33) : Color(0xd2a45c)), light);
  engraving(c, look);
  linen(c, look.body(Color(0xf4dcae)), light);
}

}  // namespace vidgen::local
