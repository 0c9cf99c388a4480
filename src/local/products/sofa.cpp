// SPDX-License-Identifier: Apache-2.0
// A two-seat sofa in cloth, seen from the front.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = 1.0;

// An upholstered part: light from above and from the side, weave, a soft dark where it meets its neighbours.
void cushion(Canvas& c, const Path& shape, double x0, double x1, double y0, double y1, Color cloth, double lift,
             std::uint64_t seed, const Light& light) {
  c.begin();
  c.add(shape);
  c.fill(shaded_down(y0, y1, cloth, {{0, .92 * lift}, {.18, .86 * lift}, {.6, .55 * lift}, {1, .26 * lift}}, light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  const double a = light.side > 0 ? x0 : x1, b = light.side > 0 ? x1 : x0;
  c.paint(lin(a, 0, b, 0,
              {{0, alpha(kBlack, .30)},
               {.25, alpha(kBlack, .08)},
               {.6, alpha(light.key, 0)},
               {.92, alpha(light.key, .17)},
               {1, alpha(light.key, .05)}}));
  c.paint(lin(0, y0, 0, y0 + (y1 - y0) * .3, {{0, alpha(light.sky, .22)}, {1, alpha(light.sky, 0)}}));
  soft_line(c, shape, kBlack, .30, .045);
  grain(c, shape, x0, y0, x1 - x0, y1 - y0, .065, seed, 240);
}

Path rounded(Canvas& c, double x0, double y0, double x1, double y1, double r, double swell) {
  c.begin();
  c.move_to(x0 + r, y0);
  c.curve_to(x0 + r * 3, y0 - swell, x1 - r * 3, y0 - swell, x1 - r, y0);
  c.curve_to(x1 - r * .3, y0, x1, y0 + r * .3, x1, y0 + r);
  c.curve_to(x1 + swell * .6, y0 + (y1 - y0) * .4, x1 + swell * .6, y0 + (y1 - y0) * .6, x1, y1 - r);
  c.curve_to(x1, y1 - r * .3, x1 - r * .3, y1, x1 - r, y1);
  c.line_to(x0 + r, y1);
  c.curve_to(x0 + r * .3, y1, x0, y1 - r * .3, x0, y1 - r);
  c.curve_to(x0 - swell * .6, y0 + (y1 - y0) * .6, x0 - swell * .6, y0 + (y1 - y0) * .4, x0, y0 + r);
  c.curve_to(x0, y0 + r * .3, x0 + r * .3, y0, x0 + r, y0);
  c.close();
  return c.take_path();
}

void part(Canvas& c, double x0, double y0, double x1, double y1, double r, double swell, Color cloth, double lift,
          std::uint64_t seed, const Light& light) {
  cushion(c, rounded(c, x0, y0, x1, y1, r, swell), x0, x1, y0, y1, cloth, lift, seed, light);
}

void legs(Canvas& c, Color wood, const Light& light) {
  for (const double x : {-.84, -.30, .30, .84}) {
    const double lean = x < 0 ? -.012 : .012;
    c.poly({{x - .028, -.12}, {x + .028, -.12}, {x + .016 + lean, 0}, {x - .016 + lean, 0}});
    c.fill(profile(x - .03, x + .03, wood, kMatte, light));
  }
}

// Two scatter cushions: they carry the second colour and the mark.
void scatter(Canvas& c, const ProductLook& look, Color accent, const Light& light) {
  struct Pillow {
    double x, y, turn;
    std::uint64_t seed;
  };
  static constexpr Pillow kPillows[] = {{-.60, -.475, -.16, 61}, {.61, -.470, .13, 62}};
  for (const Pillow& p : kPillows) {
    const auto guard = c.saved();
    c.translate(p.x, p.y);
    c.rotate(p.turn);
    const Path shape = rounded(c, -.15, -.145, .15, .145, .05, -.022);
    drop_shadow(c, shape, -.012 * light.side, .012, .35, .035);
    cushion(c, shape, -.15, .15, -.145, .145, accent, 1.12, p.seed, light);
    if (p.x > 0) brand_print(c, look, 0, 0, .19, .055, .036, accent, light);
  }
}

}  // namespace

void draw_sofa(Canvas& c, const Light& light, const ProductLook& look) {
  const Color cloth = look.body(Color(0x6f7f86));
  const Color accent =
      look.second(lum(cloth) > .45 ? mix(cloth, Color(0x7a4a30), .55) : mix(cloth, Color(0xf0d9b0), .62));
  legs(c, Color(0x8a5c38), light);
  part(c, -.86, -.78, .86, -.20, .07, .012, cloth, .82, 1, light);     // the back's frame
  part(c, -.80, -.80, -.005, -.34, .075, .016, cloth, .98, 2, light);  // back cushions
  part(c, .005, -.80, .80, -.34, .075, .016, cloth, .98, 3, light);
  scatter(c, look, accent, light);
  part(c, -.86, -.26, .86, -.09, .03, 0, cloth, .62, 4, light);            // the base
  part(c, -.815, -.385, -.004, -.215, .055, .012, cloth, 1.14, 5, light);  // seat cushions
  part(c, .004, -.385, .815, -.215, .055, .012, cloth, 1.14, 6, light);
  part(c, -kHalf, -.56, -.80, -.085, .075, .010, cloth, 1.02, 7, light);  // arms
  part(c, .80, -.56, kHalf, -.085, .075, .010, cloth, 1.02, 8, light);
}

}  // namespace vidgen::local
