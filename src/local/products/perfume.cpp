// SPDX-License-Identifier: Apache-2.0
// A flask of perfume: thick glass, coloured content, a dark cap on a gold collar.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .27, kHeight = .62, kWall = .036, kLevel = kHeight * .80;

Path flask(Canvas& c) {
  c.rrect(-kHalf, -kHeight, 2 * kHalf, kHeight, .045);
  return c.take_path();
}

void content(Canvas& c, Color liquid, const Light& light) {
  const double s = light.side, x = kHalf * s;
  c.rrect(-kHalf + kWall, -kLevel, 2 * (kHalf - kWall), kLevel - .075, .028);
  const Path shape = c.path();
  c.fill(lin(-x, -kHeight, x, 0,
             {{0, shade(liquid, .30, light)},
              {.35, shade(liquid, .62, light)},
              {.7, shade(mix(liquid, kWhite, .12), 1.02, light)},
              {1, shade(mix(liquid, kWhite, .3), 1.15, light)}}));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  // Darker at the walls, where one looks through more of it.
  c.paint(lin(-kHalf + kWall, 0, kHalf - kWall, 0,
              {{0, alpha(mix(liquid, kBlack, .6), .45)},
               {.10, alpha(kBlack, 0)},
               {.90, alpha(kBlack, 0)},
               {1, alpha(mix(liquid, kBlack, .6), .35)}}));
  c.paint(lin(0, -.18, 0, -.07, {{0, alpha(mix(liquid, kBlack, .5), 0)}, {1, alpha(mix(liquid, kBlack, .5), .4)}}));
}

void surface_line(Canvas& c, Color liquid, const Light& light) {
  const double x = kHalf * light.side;
  c.ell(0, -kLevel + .004, kHalf - kWall, .012);
  c.fill(lin(-x, 0, x, 0, {{0, alpha(mix(liquid, kBlack, .3), .6)}, {1, alpha(kWhite, .75)}}));
}

// Light that went through the flask and gathers in its shadow side.
void caustic(Canvas& c, Color liquid, const Light& light) {
  const auto guard = c.saved();
  c.translate(-light.side * kHalf * .45, -.125);
  c.scale(1, .55);
  c.paint(rad(0, 0, 0, kHalf * .5, soft(mix(liquid, kWhite, .55), .75)));
}

void bars(Canvas& c, const Light& light) {
  struct Bar {
    double from, to, opacity;
  };
  static constexpr Bar kBars[] = {{.86, .94, .95}, {.70, .74, .4}, {-.93, -.88, .55}};
  for (const Bar& b : kBars) {
    const double xa = b.from * kHalf * light.side, xb = b.to * kHalf * light.side;
    c.rrect(std::min(xa, xb), -kHeight + .05, std::abs(xb - xa), kHeight - .1, .01);
    c.fill(
        lin(0, -kHeight, 0, 0,
            {{0, alpha(kWhite, b.opacity)}, {.6, alpha(kWhite, b.opacity * .5)}, {1, alpha(kWhite, b.opacity * .8)}}));
  }
}

void glass(Canvas& c, const Path& shape, Color liquid, const Light& light) {
  const double x = kHalf * light.side;
  c.begin();
  c.add(shape);
  c.fill(
      lin(-x, 0, x, 0, {{0, alpha(mix(liquid, kWhite, .55), .75)}, {.5, alpha(kWhite, .45)}, {1, alpha(kWhite, .8)}}));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  content(c, liquid, light);
  surface_line(c, liquid, light);
  caustic(c, liquid, light);
  bars(c, light);
  // The thick foot: a bright line over a dark one.
  c.rect(-kHalf + kWall, -.072, 2 * (kHalf - kWall), .006);
  c.fill(alpha(kWhite, .55));
  c.add(shape);
  c.stroke(alpha(mix(liquid, kBlack, .7), .30), .010);
}

void label(Canvas& c, const ProductLook& look, const Light& light) {
  c.rrect(-.105, -.405, .21, .21, .006);
  const Path paper = c.take_path();
  drop_shadow(c, paper, -.003 * light.side, .004, .25, .01);
  c.begin();
  c.add(paper);
  c.fill(profile(-.105, .105, Color(0xfbf6ee), {{0, .75}, {.6, .95}, {1, 1.0}}, light));
  const Color ink(0x33261c);
  c.rrect(-.096, -.396, .192, .192, .004);
  c.stroke(alpha(ink, .25), .0018);
  if (look.brand.empty()) return brand_mark(c, 0, -.30, .07, look.brand, ink);
  TextStyle style("EB Garamond", 500, .064);
  style.align = Align::center;
  style.line_height = 1.0;
  const FittedText text = fit_words(look.brand, style, .165, .12, 2);
  draw_text(c, text.text, 0, -.30 - text.box.top - text.box.height / 2, text.style, ink);
}

void cap(Canvas& c, Color color, const Light& light) {
  c.rrect(-.075, -kHeight - .05, .15, .055, .006);
  c.fill(profile(-.075, .075, kGoldAlbedo, kGold, light));
  c.rect(-.075, -kHeight - .05, .15, .016);
  c.fill(lin(0, -kHeight - .05, 0, -kHeight - .034, {{0, alpha(kBlack, .5)}, {1, alpha(kBlack, 0)}}));
  c.rrect(-.115, -kHeight - .29, .23, .245, .018);
  const Path shape = c.path();
  c.fill(profile(-.115, .115, color, kSatin, light));
  vertical_shade(c, shape, -kHeight - .29, -kHeight - .045, light, .22, .25);
  rim(c, shape, light, -.115, .115, .01, 1, .7);
}

}  // namespace

void draw_perfume(Canvas& c, const Light& light, const ProductLook& look) {
  const Color liquid = look.body(Color(0xd98e5b));
  const Path shape = flask(c);
  glass(c, shape, liquid, light);
  rim(c, shape, light, -kHalf, kHalf, .010, .9, .9);
  label(c, look, light);
  cap(c, look.second(look.material == Material::gold ? kGoldAlbedo : Color(0x1b1b1f)), light);
}

}  // namespace vidgen::local
