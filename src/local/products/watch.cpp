// SPDX-License-Identifier: Apache-2.0
// A wrist watch, seen from the front, at eight past ten.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kRadius = .245, kCentre = -.5, kDial = .2;
constexpr Color kCase{0xdfe3e6};

struct Colors {
  Color dial, strap, hands, metal;
};

Colors colors_of(const ProductLook& look) {
  Colors c{Color(0x14202e), Color(0x5b3a26), Color(0xf2efe8), kCase};
  if (look.material == Material::gold) c.metal = kGoldAlbedo;
  if (look.colour_named && look.material != Material::gold) c.strap = look.albedo;
  if (look.accent_named) c.dial = look.accent;
  if (lum(c.dial) > .5) c.hands = Color(0x22262c);
  return c;
}

void stitches(Canvas& c, Color strap) {
  c.dash(.014, .009);
  for (const int s : {-1, 1}) {
    c.begin();
    c.move_to(s * .122, .24);
    c.curve_to(s * .122, .33, s * .11, .4, s * .1, .49);
    c.stroke(alpha(mix(strap, kWhite, .55), .75), .0045);
  }
  c.dash(0, 0);
}

void lugs(Canvas& c, Color metal_colour, const Light& light) {
  for (const int s : {-1, 1}) {
    c.poly({{s * .115, .17}, {s * .175, .15}, {s * .165, .28}, {s * .14, .285}});
    c.fill(profile(-.18, .18, metal_colour, kSteel, light));
  }
}

void strap(Canvas& c, int down, const Colors& colors, const Light& light) {
  const auto guard = c.saved();
  c.translate(0, kCentre);
  c.scale(1, down);
  c.begin();
  c.move_to(-.15, .19);
  c.curve_to(-.15, .3, -.132, .38, -.118, .5);
  c.line_to(.118, .5);
  c.curve_to(.132, .38, .15, .3, .15, .19);
  c.close();
  const Path shape = c.path();
  c.fill(profile(-.15, .15, colors.strap, kMatte, light));
  grain(c, shape, -.16, .15, .32, .36, .10, 3, 420);
  {
    const auto inside = c.saved();
    c.add(shape);
    c.clip();
    c.paint(lin(0, .19, 0, .5,
                {{0, alpha(kBlack, .55)}, {.3, alpha(kBlack, 0)}, {.6, alpha(kBlack, .05)}, {1, alpha(kBlack, .65)}}));
  }
  rim(c, shape, light, -.15, .15, .008, .7);
  stitches(c, colors.strap);
  lugs(c, colors.metal, light);
}

// Turned metal: wedges round the centre, each lit by its direction.
void conic(Canvas& c, double r0, double r1, Color albedo, const Light& light, double phase = 0) {
  constexpr int kWedges = 120;
  const double to_light = light.side > 0 ? -.7 : kPi + .7;
  for (int i = 0; i < kWedges; ++i) {
    const double a = 2 * kPi * i / kWedges, b = 2 * kPi * (i + 1.3) / kWedges;
    const double d = std::cos(a - to_light), e = std::max(0.0, std::cos(2 * (a - phase + .7)));
    const double t = .45 + .42 * d + .4 * e * e * e * e * (d > 0 ? 1 : .5);
    c.begin();
    c.arc(0, kCentre, r1, r1, a, b);
    c.arc_back(0, kCentre, r0, r0, b, a);
    c.close();
    c.fill(shade(albedo, std::max(.08, t), light));
  }
}

void crown(Canvas& c, Color metal_colour, const Light& light) {
  c.rrect(kRadius - .005, kCentre - .03, .042, .06, .012);
  c.fill(shaded_down(kCentre - .03, kCentre + .03, metal_colour, {{0, .4}, {.3, 1.3}, {.6, .4}, {1, .2}}, light));
  for (int i = 0; i < 6; ++i) {
    c.move_to(kRadius + .004, kCentre - .022 + .009 * i);
    c.line_to(kRadius + .036, kCentre - .022 + .009 * i);
    c.stroke(alpha(kBlack, .3), .002);
  }
}

void dial(Canvas& c, const Colors& colors, const Light& light, const ProductLook& look) {
  c.ell(0, kCentre, kDial, kDial);
  c.fill(rad(0, kCentre, 0, kDial,
             {{0, mix(colors.dial, kWhite, .16)}, {.7, colors.dial}, {1, mix(colors.dial, kBlack, .5)}},
             light.side * .06, kCentre - .06));
  for (int i = 0; i < 60; ++i) {
    const double a = i * kPi / 30;
    const bool hour = i % 5 == 0;
    const double r0 = .185, r1 = hour ? .155 : .178;
    c.move_to(std::cos(a) * r0, kCentre + std::sin(a) * r0);
    c.line_to(std::cos(a) * r1, kCentre + std::sin(a) * r1);
    c.stroke(alpha(colors.hands, hour ? .95 : .45), hour ? .0085 : .0022);
  }
  if (look.brand.empty()) return brand_mark(c, 0, kCentre - .092, .032, look.brand, alpha(colors.hands, .9));
  TextStyle style("Inter", 600, .026);
  style.tracking = .16;
  style.align = Align::center;
  draw_text(c, look.brand, 0, kCentre - .08, fit_text(look.brand, style, .17, .04), alpha(colors.hands, .9));
}

void hands(Canvas& c, const Colors& colors) {
  struct Hand {
    double angle, length, width;
  };
  static constexpr Hand kHands[] = {{-kPi / 2 - 1.02, .10, .013}, {-kPi / 2 + .98, .15, .010}};
  const auto guard = c.saved();
  c.round_caps();
  for (const bool shadow : {true, false}) {
    const double d = shadow ? .006 : 0;
    for (const Hand& h : kHands) {
      c.move_to(-std::cos(h.angle) * .025 + d, kCentre - std::sin(h.angle) * .025 + d);
      c.line_to(std::cos(h.angle) * h.length + d, kCentre + std::sin(h.angle) * h.length + d);
      c.stroke(shadow ? alpha(kBlack, .45) : colors.hands, h.width);
    }
  }
  const Color seconds(0xe2783c);
  c.move_to(-.0125, kCentre - .04);
  c.line_to(.05, kCentre + .16);
  c.stroke(seconds, .004);
  c.ell(0, kCentre, .011, .011);
  c.fill(seconds);
}

void glass(Canvas& c, const Light& light) {
  const double s = light.side;
  const auto guard = c.saved();
  c.ell(0, kCentre, kDial, kDial);
  c.clip();
  c.paint(rad(0, kCentre, kDial * .86, kDial, {{0, alpha(kBlack, 0)}, {1, alpha(kBlack, .4)}}));
  c.begin();
  c.move_to(s * .25, kCentre - .3);
  c.line_to(s * .3, kCentre - .02);
  c.curve_to(s * .1, kCentre - .06, -s * .05, kCentre - .1, -s * .2, kCentre - .24);
  c.close();
  c.fill(lin(s * .2, kCentre - .2, -s * .1, kCentre, {{0, alpha(kWhite, .30)}, {1, alpha(kWhite, .03)}}));
}

}  // namespace

void draw_watch(Canvas& c, const Light& light, const ProductLook& look) {
  const Colors colors = colors_of(look);
  strap(c, -1, colors, light);
  strap(c, 1, colors, light);
  crown(c, colors.metal, light);
  conic(c, .19, kRadius, colors.metal, light);
  c.ell(0, kCentre, kRadius - .001, kRadius - .001);
  c.stroke(alpha(kBlack, .35), .004);
  conic(c, .205, .224, mix(colors.metal, kBlack, .12), light, 1.2);
  c.ell(0, kCentre, .207, .207);
  c.fill(Color(0x0b0d10));
  dial(c, colors, light, look);
  hands(c, colors);
  glass(c, light);
}

}  // namespace vidgen::local
