// SPDX-License-Identifier: Apache-2.0
// An open laptop, seen from the front.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .62, kHeight = .80, kFoot = -.085, kDeck = .74, kBezel = .03;

struct Wallpaper {
  Color deep, mid, pale;
};

Wallpaper wallpaper(const ProductLook& look) {
  if (!look.accent_named) return {Color(0x0f1b3c), Color(0x3f6df0), Color(0x9fe0ff)};
  return {mix(look.accent, Color(0x0b0e20), .72), look.accent, mix(look.accent, kWhite, .55)};
}

void screen(Canvas& c, const Wallpaper& w, const Light& light) {
  const auto guard = c.saved();
  c.rrect(-kHalf + kBezel, kFoot - kHeight + kBezel, 2 * (kHalf - kBezel), kHeight - 2 * kBezel - .02, .008);
  c.clip();
  c.paint(lin(-kHalf, kFoot - kHeight, kHalf, 0, {{0, w.deep}, {.6, w.mid}, {1, w.pale}}));
  c.paint(rad(.35, -.12, 0, .6, soft(w.pale, .8, 8, 1.5)));
  c.paint(rad(-.4, -.22, 0, .5, soft(w.mid, .8, 8, 1.5)));
  c.paint(rad(.1, -.87, 0, .45, soft(w.deep, .9, 8, 1.5)));
  for (int i = 0; i < 6; ++i) {
    c.begin();
    c.move_to(-kHalf, -.27 - .07 * i);
    c.curve_to(-.2, -.57 - .06 * i, .15, -.04 - .1 * i, kHalf, -.44 - .05 * i);
    c.line_to(kHalf, 0);
    c.line_to(-kHalf, 0);
    c.close();
    c.fill(lin(0, -.75, 0, -.1, {{0, alpha(kWhite, .075)}, {1, alpha(kWhite, .02)}}));
  }
  const double s = light.side;
  c.poly({{s * kHalf, -1}, {s * kHalf, -.3}, {s * .1, -1}});
  c.fill(lin(s * kHalf, -.8, s * .2, -.5, {{0, alpha(kWhite, .16)}, {1, alpha(kWhite, .02)}}));
}

void lid(Canvas& c, Color albedo, const ProductLook& look, const Light& light) {
  const double top = kFoot - kHeight;
  c.rrect(-kHalf, top, 2 * kHalf, kHeight + .01, .03);
  const Path shell = c.path();
  c.fill(profile(-kHalf, kHalf, albedo, {{0, .7}, {.5, .6}, {1, 1.2}}, light));
  rim(c, shell, light, -kHalf, kHalf, .004, .8, .5);
  c.rrect(-kHalf + .006, top + .006, 2 * kHalf - .012, kHeight - .008, .026);
  c.fill(Color(0x0a0b0e));
  c.ell(0, top + .018, .0045, .0045);
  c.fill(Color(0x1d2740));
  if (look.brand.empty()) return;
  TextStyle style("Inter", 500, .021);
  style.align = Align::center;
  draw_text(c, look.brand, 0, kFoot - .014, fit_text(look.brand, style, .6, .03), alpha(kWhite, .55));
}

void deck(Canvas& c, Color albedo, const Wallpaper& w, const Light& light) {
  c.poly({{-kHalf, kFoot + .004}, {kHalf, kFoot + .004}, {kDeck, -.026}, {-kDeck, -.026}});
  const Path top = c.path();
  c.fill(shaded_down(kFoot, -.026, albedo, {{0, .35}, {.3, .7}, {1, 1.05}}, light));
  // Hinge, keys in perspective, touch pad.
  c.rect(-kHalf * .8, kFoot - .004, kHalf * 1.6, .010);
  c.fill(Color(0x121317));
  for (int row = 0; row < 4; ++row) {
    const double y0 = kFoot + .012 + .0075 * row, grow = 1 + .045 * row;
    for (int i = 0; i < 26; ++i) {
      const double x = (-.50 + .0385 * i) * grow;
      c.rrect(x, y0, .033 * grow, .0055, .0015);
      c.fill(Color(0x191b1f));
    }
  }
  c.poly({{-.16, kFoot + .0445}, {.16, kFoot + .0445}, {.165, -.029}, {-.165, -.029}});
  c.fill(alpha(kBlack, .12));
  const auto guard = c.saved();
  c.add(top);
  c.clip();
  c.paint(lin(0, kFoot, 0, -.02, {{0, alpha(mix(w.mid, kWhite, .3), .42)}, {1, alpha(w.mid, .04)}}));
}

void front(Canvas& c, Color albedo, const Light& light) {
  c.rrect(-kDeck, -.027, 2 * kDeck, .027, .013);
  c.fill(profile(-kDeck, kDeck, albedo, {{0, .5}, {.05, .3}, {.3, .5}, {.7, .9}, {.9, 1.3}, {1, .5}}, light));
  c.rect(-kDeck + .01, -.027, 2 * kDeck - .02, .003);
  c.fill(alpha(kWhite, .45));
  c.rrect(-kDeck + .006, -.010, 2 * kDeck - .012, .010, .005);
  c.fill(alpha(kBlack, .25));
  c.rrect(-.1, -.027, .2, .011, .006);
  c.fill(alpha(kBlack, .30));
}

}  // namespace

void draw_laptop(Canvas& c, const Light& light, const ProductLook& look) {
  const Color albedo = look.body(Color(0xc3c8cd));
  const Wallpaper w = wallpaper(look);
  lid(c, albedo, look, light);
  screen(c, w, light);
  deck(c, albedo, w, light);
  front(c, albedo, light);
}

}  // namespace vidgen::local
