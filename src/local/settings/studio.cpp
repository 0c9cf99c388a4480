// SPDX-License-Identifier: Apache-2.0
// A photographer's studio: a seamless ground, light or dark, with window bars of light, a plinth or a beam.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/nature.hpp"
#include "local/settings/photo_tint.hpp"
#include "local/settings/studio.hpp"

namespace vidgen::local {
namespace {

struct Sweep {
  unsigned ground, shadow;
};
// Backdrops go with the film, not with the beat: one room, one paper.
constexpr Sweep kBlue{0xb9cfe0, 0x7f9db8}, kStone{0xe9e4dc, 0xb9b0a4}, kSage{0xdfe4de, 0xa9b4aa},
    kBlush{0xefcfc6, 0xcf9d93}, kCream{0xf1e3cb, 0xcdb48f}, kLilac{0xdcdcf0, 0xa3a5c8}, kLeaf{0xcfd8bf, 0x93a282};
// A warm product wants a cool ground, a cool one a warm ground; what has a trade has the trade's colour.
struct Paper {
  std::string_view category;
  Sweep sweep;
};
constexpr Paper kPapers[] = {
    {"bottle", kStone},     {"mug", kCream},    {"phone", kLilac},    {"laptop", kBlue},  {"headphones", kBlue},
    {"watch", kBlue},       {"camera", kSage},  {"speaker", kCream},  {"lamp", kCream},   {"lipstick", kBlush},
    {"jar", kBlush},        {"perfume", kCream}, {"jewellery", kBlush}, {"sneaker", kBlue}, {"backpack", kLeaf},
    {"bag", kSage},         {"plant", kLeaf},   {"bicycle", kStone},  {"chair", kSage},   {"sofa", kCream},
    {"book", kSage},        {"food", kCream},   {"pouch", kCream},    {"toy", kLilac},    {"drink_can", kBlue},
    {"game_controller", kLilac}, {"car", kBlue},
};
constexpr Sweep kDark[] = {{0x4a4d57, 0x0f1013}, {0x3a4560, 0x0e1220}};

Sweep backdrop(const Composition& c, const Subject* subject, bool dark) {
  if (c.time == "warm") return {0xf3e6d2, 0xd8bd99};
  if (dark) return kDark[c.look == "minimal" ? 1 : 0];
  if (c.look == "pop") return {0xffd447, 0xf0a83a};
  if (c.look == "luxury") return kBlush;
  for (const Paper& paper : kPapers)
    if (subject && subject->is(paper.category)) return paper.sweep;
  return c.look == "lifestyle" ? kSage : kStone;
}

}  // namespace

Backdrop studio_backdrop(const Composition& c, const Subject* subject, bool dark) {
  const Sweep sweep = backdrop(c, subject, dark);
  return {tinted(Color(sweep.ground), c.ground_hue), tinted(Color(sweep.shadow), c.ground_hue)};
}

namespace {

StudioPtr make_studio(const Composition& c, const Subject* subject, bool dark) {
  auto s = std::make_shared<Studio>();
  const Backdrop paper = studio_backdrop(c, subject, dark);
  s->c = c;
  s->ground = paper.ground;
  s->shadow = paper.shadow;
  s->dark = dark;
  s->parts = studio_parts(c, dark, subject && subject->on_plinth());
  // An empty room needs no small figure to show its size.
  if (c.frame == Frame::wide && c.format != Format::tall) s->c.height *= 1.45, s->c.max_width *= 1.6;
  s->floor = std::min(c.table + .02, c.foot - .06);
  s->light.side = c.sun_side;
  s->light.key = Color(0xfff3e0);
  s->light.fill = mix(s->ground, kWhite, .3);
  s->light.ambient = mix(mix(s->ground, s->shadow, .5), Color(0x2c313c), .35);
  s->light.rim = mix(Color(0xfff4e4), s->ground, .15);
  s->light.sky = mix(s->ground, kWhite, .5);
  s->light.ground = s->shadow;
  s->light.elevation = .5;
  if (subject) s->unit = subject->unit(s->c.height, s->c.max_width);
  return s;
}

void hero(Canvas& canvas, const Studio& s, const Subject& subject) {
  Placement at;
  at.x = s.c.x;
  at.y = s.c.foot;
  at.unit = s.unit;
  at.contact = .55;
  const bool raised = s.parts.plinth != StudioPlinth::none;
  at.reflection = raised ? .12 : .22;
  at.cast = raised ? 0 : .36;
  at.flatten = .14;
  at.shadow = mix(s.shadow, kBlack, .75);
  if (s.c.frame == Frame::macro) {
    at.x -= subject.macro_x() * at.unit;
    at.y = .04 - subject.macro_y() * at.unit;
    at.detail = true;
  } else if (raised) {
    paint_plinth(canvas, s, std::max(s.c.format == Format::tall ? .16 : .26, .62 * subject.width() * s.unit), .16);
  }
  subject.stand(canvas, s.light, at);
}

Scene studio(const Composition& c, const Subject& subject, bool dark) {
  const StudioPtr s = make_studio(c, &subject, dark);
  Scene scene;
  scene.finish.grade.contrast = 1.03;
  scene.finish.vignette = c.closing ? .12 : dark ? .30 : .22;
  scene.finish.bloom = c.closing ? .08 : dark ? .26 : .14;
  scene.finish.threshold = dark ? .62 : .80;
  auto& layers = scene.layers;
  layers.emplace_back("cyclorama", .12, [s](Canvas& canvas) { paint_cyclorama(canvas, *s); });
  if (s->parts.window != StudioWindow::none)
    layers.emplace_back(
        "window bars", .2, [s](Canvas& canvas) { paint_window_bars(canvas, *s); }, .014, Blend::screen);
  if (c.hero)
    layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) {
      if (s->c.frame != Frame::macro) paint_floor_pool(canvas, *s);
      hero(canvas, *s, subject);
    });
  if (s->parts.beam)
    layers.emplace_back(
        "beam", .7, [s](Canvas& canvas) { paint_beam(canvas, *s); }, .03, Blend::screen);
  scene.dust.count = c.closing ? 0 : 22;
  scene.dust.color = mix(s->light.key, s->ground, .3);
  scene.dust.strength = dark ? .5 : .35;
  scene.dust.seed = 12;
  return scene;
}

Scene quiet(const Composition& composition, const Subject& subject, bool dark) {
  Composition c = composition;
  c.hero = false;
  c.closing = true;
  c.table = c.foot = .9;
  c.x = 0;
  return studio(c, subject, dark);
}

}  // namespace

Scene studio_scene(const Composition& c, const Subject& s) {
  return studio(c, s, false);
}
Scene studio_dark_scene(const Composition& c, const Subject& s) {
  return studio(c, s, true);
}
Scene studio_quiet(const Composition& c, const Subject& s) {
  return quiet(c, s, false);
}
Scene studio_dark_quiet(const Composition& c, const Subject& s) {
  return quiet(c, s, true);
}

}  // namespace vidgen::local
