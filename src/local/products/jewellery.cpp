// SPDX-License-Identifier: Apache-2.0
// A ring with one cut stone, upright on a stone block.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kCentre = -.47, kOuter = .265, kInner = .222, kStoneY = -.765;

void block(Canvas& c, const ProductLook& look, const Light& light) {
  const Color marble = mix(Color(0xe9e5de), light.ground, .12);
  const double half = .34, top = -.205;
  c.poly({{-half, top}, {half, top}, {half, 0}, {-half, 0}});
  const Path front = c.path();
  c.fill(profile(-half, half, marble, {{0, .35}, {.5, .62}, {1, .92}}, light));
  vertical_shade(c, front, top, 0, light, .05, .35);
  c.poly({{-half, top}, {half, top}, {half * .86, top - .055}, {-half * .86, top - .055}});
  c.fill(lin(-half * light.side, 0, half * light.side, 0,
             {{0, shade(marble, .70, light)}, {1, shade(marble, 1.12, light)}}));
  c.move_to(-half, top);
  c.line_to(half, top);
  c.stroke(alpha(mix(light.rim, kWhite, .4), .75), .004);
  const auto guard = c.saved();
  c.add(front);
  c.clip();
  Rng rng(14);
  for (int i = 0; i < 5; ++i) {  // veins
    const double x = rng.uniform(-half, half), y = top;
    c.begin();
    c.move_to(x, y);
    c.curve_to(x + rng.uniform(-.1, .1), y + .07, x + rng.uniform(-.16, .16), y + .13, x + rng.uniform(-.25, .25), 0);
    soft_line(c, c.take_path(), Color(0x6a6660), .20, .010);
  }
  if (look.brand.empty()) return;
  TextStyle style("EB Garamond", 500, .066);
  style.align = Align::center;
  const FittedText name = fit_words(look.brand, style, half * 1.6, .12, 2);
  draw_text(c, name.text, 0, -.10 - name.box.top - name.box.height / 2, name.style, Color(0x3a342c, .8));
}

// The band in wedges, lit by direction, twice: its outer face and the inner one on the far side.
void band(Canvas& c, Color metal_colour, const Light& light) {
  constexpr int kWedges = 160;
  const double to_light = light.side > 0 ? -.7 : kPi + .7;
  for (int i = 0; i < kWedges; ++i) {
    const double a = 2 * kPi * i / kWedges, b = 2 * kPi * (i + 1.3) / kWedges;
    const double d = std::cos(a - to_light), glint = std::pow(std::max(0.0, std::cos(2 * (a - to_light))), 6.0);
    const double flash = std::pow(std::max(0.0, std::cos(3 * (a - to_light) + .6)), 10.0);
    c.begin();
    c.arc(0, kCentre, kOuter, kOuter, a, b);
    c.arc_back(0, kCentre, kInner, kInner, b, a);
    c.close();
    c.fill(shade(metal_colour, std::clamp(.42 + .36 * d + .62 * glint + .45 * flash, .10, 1.75), light));
  }
  for (const double r : {kOuter - .003, kInner + .003}) {
    c.ell(0, kCentre, r, r);
    c.stroke(alpha(kBlack, .25), .003);
  }
  c.ell(0, kCentre, (kOuter + kInner) / 2 + .008, (kOuter + kInner) / 2 + .008);
  c.stroke(lin(-kOuter * light.side, kCentre + kOuter, kOuter * light.side, kCentre - kOuter,
               {{0, alpha(kWhite, 0)}, {.6, alpha(kWhite, .10)}, {1, alpha(kWhite, .75)}}),
           .005);
}

void prongs(Canvas& c, Color metal_colour, const Light& light) {
  for (const double x : {-.075, -.025, .025, .075}) {
    c.begin();
    c.move_to(x * .35, kStoneY + .085);
    c.curve_to(x * .7, kStoneY + .06, x * 1.15, kStoneY + .02, x * 1.25, kStoneY - .022);
    c.stroke(shade(metal_colour, x * light.side > 0 ? 1.3 : .6, light), .013);
  }
}

// A brilliant from the side: table, crown and pavilion in facets, each its own grey, one or two with fire.
void stone(Canvas& c, Color tint, const Light& light) {
  constexpr double w = .115, table = .066, crown = -.062, culet = .105;
  const double s = light.side;
  struct Facet {
    double x0, y0, x1, y1, x2, y2, t;
  };
  static constexpr Facet kFacets[] = {
      {-w, 0, -table, crown, -.036, 0, .55},    {-table, crown, -.036, 0, 0, crown, .95},
      {-.036, 0, 0, crown, .036, 0, .70},       {0, crown, .036, 0, table, crown, 1.25},
      {.036, 0, table, crown, w, 0, .98},       {-w, 0, -.036, 0, 0, culet, .35},
      {-.036, 0, 0, culet, .012, 0, .85},       {.012, 0, 0, culet, .055, 0, .50},
      {.055, 0, 0, culet, w, 0, 1.10},          {-.075, 0, -.036, 0, -.02, culet * .6, 1.2},
      {.02, 0, .05, 0, .012, culet * .55, 1.35}};
  const auto guard = c.saved();
  c.translate(0, kStoneY);
  for (const Facet& f : kFacets) {
    c.poly({{f.x0 * s, f.y0}, {f.x1 * s, f.y1}, {f.x2 * s, f.y2}});
    c.fill(mix(mix(mix(light.ambient, Color(0x20242c), .4), tint, .35), mix(mix(light.key, kWhite, .7), tint, .25),
               std::min(1.0, f.t * .78)));
  }
  c.poly({{.012 * s, 0}, {.030 * s, 0}, {0, culet}});
  c.fill(Color(0x7fb6ff, .45));
  c.poly({{-.052 * s, 0}, {-.040 * s, 0}, {0, culet}});
  c.fill(Color(0xffc48a, .45));
  c.poly({{-w, 0}, {-table, crown}, {table, crown}, {w, 0}, {0, culet}});
  c.stroke(alpha(kWhite, .55), .0028);
  c.move_to(-w, 0);
  c.line_to(w, 0);
  c.stroke(alpha(kWhite, .5), .0025);
}

void sparkle(Canvas& c, double x, double y, double r, double opacity) {
  c.paint(rad(x, y, 0, r * .8, soft(kWhite, opacity * .8)));
  for (const double turn : {0.0, kPi / 2}) {
    const auto guard = c.saved();
    c.translate(x, y);
    c.rotate(turn);
    c.poly({{-r, 0}, {0, -r * .045}, {r, 0}, {0, r * .045}});
    c.fill(alpha(kWhite, opacity));
  }
}

}  // namespace

void draw_jewellery(Canvas& c, const Light& light, const ProductLook& look) {
  const bool white_metal = look.material == Material::steel;
  const Color metal_colour = white_metal ? Color(0xdfe3e6) : Color(0xe3bf83);
  const Color tint =
      look.colour_named && chroma(look.albedo) > .2 && look.material != Material::gold ? look.albedo : kWhite;
  block(c, look, light);
  c.ell(0, -.226, .10, .012);
  c.fill(alpha(kBlack, .38));
  band(c, metal_colour, light);
  prongs(c, metal_colour, light);
  stone(c, tint, light);
  sparkle(c, .058 * light.side, kStoneY - .052, .085, .95);
  sparkle(c, -.10 * light.side, kStoneY + .004, .035, .6);
}

}  // namespace vidgen::local
