// SPDX-License-Identifier: Apache-2.0
// Over-ear headphones, standing on their cups.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kRadius = .40, kCentre = -.40, kStretch = 1.10;

struct Colors {
  Color shell, pad, trim;
};

// The band is an arc; the canvas is stretched for the path only, so the stroke keeps its width.
void band_path(Canvas& c, double radius, double from = kPi * 1.04, double to = kPi * 1.96) {
  c.begin();
  c.arc(0, kCentre, radius, radius * kStretch, from, to);
}

void band(Canvas& c, const Colors& colors, const Light& light) {
  band_path(c, kRadius - .03);
  c.stroke(profile(-kRadius, kRadius, colors.pad, kMatte, light), .052);
  band_path(c, kRadius);
  c.stroke(profile(-kRadius, kRadius, colors.shell,
                   {{0, .3},
                    {.04, .7},
                    {.12, .2},
                    {.35, .25},
                    {.55, .5},
                    {.72, 1.05},
                    {.80, .6},
                    {.92, .9},
                    {.97, 1.5},
                    {1, .5}},
                   light),
           .045);
  // The rounding of the band: darker below, a soft light above.
  band_path(c, kRadius - .014);
  c.stroke(alpha(kBlack, .22), .016);
  const double x = kRadius * light.side;
  for (int i = 0; i < 4; ++i) {
    band_path(c, kRadius + .010 + .003 * i);
    c.stroke(lin(-x, 0, x, 0,
                 {{0, alpha(light.fill, .16)},
                  {.4, alpha(light.rim, .10)},
                  {.7, alpha(light.rim, .22)},
                  {1, alpha(light.rim, .42)}}),
             .013 - .003 * i);
  }
  // The seam of the pad.
  band_path(c, kRadius - .0245, kPi * 1.10, kPi * 1.90);
  c.dash(.010, .007);
  c.stroke(alpha(mix(colors.pad, kWhite, .5), .30), .003);
  c.dash(0, 0);
}

void pad(Canvas& c, const Colors& colors, const Light& light, bool lit) {
  c.ell(-.075, 0, .085, .178);
  const Path shape = c.path();
  if (lit) {
    c.fill(profile(-.16, 0, colors.pad, {{0, .2}, {.3, .3}, {.6, .55}, {1, .3}}, light));
  } else {
    c.fill(profile(-.16, 0, colors.pad, {{0, .5}, {.2, .25}, {.6, .2}, {1, .1}}, light));
  }
  rim(c, shape, light, -.16, .01, .01, .5);
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  for (int k = 0; k < 3; ++k) {
    c.ell(-.095 + .02 * k, 0, .078, .170 - .006 * k);
    c.stroke(alpha(kBlack, .25), .004);
    c.ell(-.098 + .02 * k, 0, .078, .170 - .006 * k);
    c.stroke(alpha(kWhite, .05), .003);
  }
}

void cup(Canvas& c, const Colors& colors, const Light& light, bool lit, const ProductLook& look) {
  const double s = light.side;
  c.ell(0, 0, .112, .190);
  const Path shell = c.path();
  c.fill(profile(-.112, .112, colors.shell, kSatin, light));
  vertical_shade(c, shell, -.19, .19, light, .12, .35);
  rim(c, shell, light, -.112, .112, .014, 1, .8);
  c.ell(.022, 0, .075, .135);
  c.fill(lin(-.05 * s, -.13, .08 * s, .13,
             {{0, shade(colors.shell, .62, light)},
              {.5, shade(colors.shell, .35, light)},
              {1, shade(colors.shell, .2, light)}}),
         true);
  c.stroke(lin(-.07 * s, -.1, .09 * s, .1,
               {{0, shade(colors.trim, .4, light)},
                {.4, shade(colors.trim, 1.3, light)},
                {.6, shade(colors.trim, .6, light)},
                {1, shade(colors.trim, 1.1, light)}}),
           .007);
  {
    const auto guard = c.saved();
    c.translate(.04 * s + .01, -.06);
    c.scale(1, 1.6);
    c.paint(rad(0, 0, 0, .034, soft(light.key, lit ? .5 : .15)));
  }
  const auto guard = c.saved();
  c.translate(.022, .02);
  c.scale(.62, 1);
  brand_mark(c, 0, 0, .052, look.brand, alpha(mix(colors.trim, kWhite, .2), .75));
}

void side(Canvas& c, int s, const Colors& colors, const Light& light, const ProductLook& look) {
  const auto guard = c.saved();
  c.translate(s * kRadius, kCentre);
  c.scale(s, 1);
  const Light own = mirrored(light, s);
  const bool lit = s == light.side;
  c.rrect(-.018, -.06, .036, .17, .012);
  c.fill(profile(-.018, .018, Color(0xc9ccd0), kSteel, own));
  c.rect(-.018, -.06, .036, .03);
  c.fill(lin(0, -.06, 0, -.03, {{0, alpha(kBlack, .6)}, {1, alpha(kBlack, 0)}}));
  c.translate(0, .20);
  c.rotate(.10);
  pad(c, colors, own, lit);
  cup(c, colors, own, lit, look);
}

}  // namespace

void draw_headphones(Canvas& c, const Light& light, const ProductLook& look) {
  const Color shell = look.body(Color(0x2a2d33));
  const Colors colors{
      shell, look.colour_named && lum(shell) > .35 ? mix(shell, Color(0x6a5a4c), .45) : mix(shell, Color(0x101115), .7),
      look.second(lum(shell) > .5 ? Color(0xb9906a) : Color(0xc9a27a))};
  band(c, colors, light);
  for (const int s : {-1, 1}) side(c, s, colors, light, look);
}

}  // namespace vidgen::local
