// SPDX-License-Identifier: Apache-2.0
// A phone, seen from the front, with a calm lock screen.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .245, kHeight = 1.0, kCorner = .062, kInset = .019;

struct Wallpaper {
  Color deep, mid, warm;
};

// A named colour re-tints the wallpaper: its deep tone, itself, and a warm neighbour.
Wallpaper wallpaper(const ProductLook& look) {
  const Color tint = look.accent_named ? look.accent : look.albedo;
  const bool coloured = look.accent_named || (look.colour_named && chroma(tint) > .25);
  if (!coloured) return {Color(0x1c2450), Color(0x6a4df0), Color(0xff8f6b)};
  return {mix(tint, Color(0x0b0e20), .7), tint, mix(tint, Color(0xffc39a), .75)};
}

void frame(Canvas& c, Color band, const Light& light) {
  c.rrect(-kHalf, -kHeight, 2 * kHalf, kHeight, kCorner);
  c.fill(
      profile(-kHalf, kHalf, band, {{0, .9}, {.02, .3}, {.05, .6}, {.5, .5}, {.95, .9}, {.98, 1.6}, {1, .6}}, light));
  c.rrect(-kHalf + .007, -kHeight + .007, 2 * kHalf - .014, kHeight - .014, kCorner - .006);
  c.fill(Color(0x07080b));
  // The keys on both edges.
  for (const double y : {-.80, -.70}) {
    c.rrect(-kHalf - .004, y, .006, .07, .002);
    c.fill(shade(band, light.side < 0 ? .9 : .35, light));
  }
  c.rrect(kHalf - .002, -.74, .006, .11, .002);
  c.fill(shade(band, light.side > 0 ? 1.0 : .35, light));
}

void screen_light(Canvas& c, const Wallpaper& w) {
  const auto whole = [&c](const Pattern& pattern) { c.paint(pattern); };
  whole(lin(-kHalf, -kHeight, kHalf * .6, 0, {{0, w.deep}, {.55, w.mid}, {1, w.warm}}));
  whole(rad(.16, -.18, 0, .42, soft(w.warm, .95, 8, 1.6)));
  whole(rad(-.2, -.5, 0, .36, soft(w.mid, .9, 8, 1.6)));
  whole(rad(.2, -.85, 0, .3, soft(mix(w.mid, kWhite, .2), .55, 8, 1.6)));
}

void clock(Canvas& c) {
  TextStyle day("Inter", 500, .026), time("Inter Display", 300, .128);
  day.align = time.align = Align::center;
  draw_text(c, "Tuesday 4 March", 0, -.862, day, alpha(kWhite, .85));
  time.tracking = -.02;
  draw_text(c, "9:41", 0, -.752, time, kWhite);
}

// A notification: icon, one line of type and one quieter line. The name on the first is the product's.
void card(Canvas& c, double y, std::string_view title, std::string_view line, const Wallpaper& w) {
  c.rrect(-kHalf + .045, y, 2 * kHalf - .09, .1, .028);
  c.fill(alpha(kWhite, .20), true);
  c.stroke(lin(0, y, 0, y + .1, {{0, alpha(kWhite, .35)}, {1, alpha(kWhite, .04)}}), .0016);
  c.rrect(-kHalf + .062, y + .022, .056, .056, .016);
  c.fill(lin(0, y, 0, y + .07, {{0, kWhite}, {1, mix(w.warm, kWhite, .5)}}));
  const double room = 2 * kHalf - .135 - .055;
  draw_text(c, title, -kHalf + .135, y + .045, fit_text(title, TextStyle("Inter", 600, .0235), room, .05), kWhite);
  draw_text(c, line, -kHalf + .135, y + .076, fit_text(line, TextStyle("Inter", 400, .02), room, .05),
            alpha(kWhite, .78));
}

void glare(Canvas& c, const Light& light) {
  const double s = light.side;
  c.poly({{s * kHalf, -kHeight}, {s * kHalf, -kHeight * .35}, {-s * kHalf * .05, -kHeight}});
  c.fill(lin(s * kHalf, -kHeight, 0, -kHeight * .5, {{0, alpha(kWhite, .20)}, {1, alpha(kWhite, .03)}}));
}

}  // namespace

void draw_phone(Canvas& c, const Light& light, const ProductLook& look) {
  const Wallpaper w = wallpaper(look);
  frame(c, look.body(Color(0x8d9299)), light);
  {
    const auto guard = c.saved();
    c.rrect(-kHalf + kInset, -kHeight + kInset, 2 * (kHalf - kInset), kHeight - 2 * kInset, kCorner - .018);
    c.clip();
    screen_light(c, w);
    clock(c);
    card(c, -.33, look.brand.empty() ? "Everything is in sync" : look.brand,
         look.brand.empty() ? "3 devices nearby" : "Everything is in sync", w);
    card(c, -.215, "Focus until 11:00", "Only calls from family", w);
    c.rrect(-.055, -.047, .11, .008, .004);
    c.fill(alpha(kWhite, .9));
    c.rrect(-.05, -kHeight + .04, .1, .027, .0135);
    c.fill(Color(0x050507));
    c.ell(.033, -kHeight + .0535, .006, .006);
    c.fill(Color(0x141a2c));
    glare(c, light);
  }
  const double x = kHalf * light.side;
  c.rrect(-kHalf + .0025, -kHeight + .0025, 2 * kHalf - .005, kHeight - .005, kCorner);
  c.stroke(lin(-x, 0, x, -kHeight * .5,
               {{0, alpha(kWhite, .18)}, {.7, alpha(kWhite, .1)}, {1, alpha(mix(light.rim, kWhite, .5), .95)}}),
           .004);
}

void detail_phone(Canvas& c, const Light& light, const ProductLook&) {
  const auto guard = c.saved();
  c.rrect(-kHalf + kInset, -kHeight + kInset, 2 * (kHalf - kInset), kHeight - 2 * kInset, kCorner - .018);
  c.clip();
  const double s = light.side;  // a second, softer band of light on the glass
  c.poly({{s * kHalf, -.28}, {s * kHalf, -.18}, {-s * kHalf * .9, -kHeight}, {-s * kHalf * .55, -kHeight}});
  c.fill(lin(s * kHalf, -.3, -s * kHalf, -kHeight,
             {{0, alpha(kWhite, 0)}, {.5, alpha(kWhite, .10)}, {1, alpha(kWhite, .02)}}));
}

}  // namespace vidgen::local
