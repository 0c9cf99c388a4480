// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "local/settings/nature.hpp"
#include "local/settings/studio.hpp"

namespace vidgen::local {
namespace {

struct Recipe {
  std::string_view look;
  bool dark;
  StudioParts parts;
};
constexpr Recipe kRecipes[] = {
    {"luxury", false, {StudioWindow::slats, StudioPlinth::round, false}},
    {"minimal", false, {StudioWindow::none, StudioPlinth::round, false}},
    {"lifestyle", false, {StudioWindow::panes, StudioPlinth::block, false}},
    {"", false, {StudioWindow::panes, StudioPlinth::round, false}},
    {"minimal", true, {StudioWindow::slats, StudioPlinth::block, false}},
    {"", true, {StudioWindow::none, StudioPlinth::round, true}},
};

void panes(Canvas& canvas, const Studio& s) {
  const double lean = .25 * s.c.sun_side, low = s.c.closing ? .75 : s.floor + .10;
  for (int i = 0; i < 6; ++i) {
    const double x = -.70 + .30 * i + s.c.x * .6 + .05 * std::sin(s.c.variant * 2.0);
    canvas.poly({{x, -.75}, {x + .17, -.75}, {x - lean + .17, low}, {x - lean, low}});
    canvas.fill(lin(
        0, -.6, 0, low,
        {{0, Color(0xfff4dd, 0)}, {.4, Color(0xfff4dd, .34)}, {.9, Color(0xfff4dd, .22)}, {1, Color(0xfff4dd, 0)}}));
  }
}

// A blind: narrow bands that lean.
void slats(Canvas& canvas, const Studio& s) {
  const double lean = .16 * s.c.sun_side, strength = s.dark ? .20 : .30;
  const double middle = s.c.x * .5 + s.c.sun_side * .22;
  for (int i = 0; i < 9; ++i) {
    const double y = -.46 + .066 * i, fade = 1 - .06 * i;
    canvas.poly({{middle - .42, y - lean},
                 {middle + .42, y + lean},
                 {middle + .42, y + lean + .034},
                 {middle - .42, y - lean + .034}});
    const Color light = alpha(Color(0xfff0d8), strength * fade);
    canvas.fill(lin(middle - .42, 0, middle + .42, 0,
                    {{0, alpha(light, 0)}, {.18, light}, {.82, light}, {1, alpha(light, 0)}}));
  }
}

void under_plinth(Canvas& canvas, const Studio& s, double w, double h) {
  const auto saved = canvas.saved();
  const double r = w * 1.35;
  canvas.translate(-s.c.sun_side * .08, h + .02);
  canvas.scale(1, .06 / r);
  canvas.ell(0, 0, r, r);
  canvas.fill(rad(0, 0, 0, r, {{0, Color(0, 0, 0, .4)}, {1, Color(0, 0, 0, 0)}}));
}

void round_plinth(Canvas& canvas, const Studio& s, double w, double h) {
  const auto saved = canvas.saved();
  canvas.translate(s.c.x, s.c.foot);
  under_plinth(canvas, s, w, h);
  canvas.begin();
  canvas.move_to(-w, 0);
  canvas.line_to(-w, h);
  canvas.arc_back(0, h, w, w * .14, 3.14159265358979, 0);
  canvas.line_to(w, 0);
  canvas.close();
  canvas.fill(profile(-w, w, mix(s.ground, kWhite, .25), {{0, .2}, {.1, .3}, {.5, .55}, {.8, 1.0}, {1, .75}}, s.light));
  canvas.ell(0, 0, w, w * .14);
  canvas.fill(profile(-w, w, mix(s.ground, kWhite, .35), {{0, .6}, {.5, .85}, {1, 1.15}}, s.light));
}

// A cut stone: its front lit by the key, its top brighter, one side seen.
void block_plinth(Canvas& canvas, const Studio& s, double w, double h) {
  const auto saved = canvas.saved();
  canvas.translate(s.c.x, s.c.foot);
  under_plinth(canvas, s, w, h);
  const double back = w * .16, in = w * .07;
  const Color stone = mix(s.ground, kWhite, .28);
  canvas.rect(-w, back, 2 * w, h);
  canvas.fill(profile(-w, w, stone, {{0, .30}, {.5, .55}, {1, .82}}, s.light));
  canvas.poly({{-w, back}, {w, back}, {w - in, -back}, {-w + in, -back}});
  canvas.fill(profile(-w, w, mix(s.ground, kWhite, .38), {{0, .62}, {.5, .88}, {1, 1.15}}, s.light));
  canvas.rect(-w, back, 2 * w, .004);
  canvas.fill(alpha(kWhite, s.dark ? .18 : .45));
}

}  // namespace

StudioParts studio_parts(std::string_view look, bool dark, std::uint64_t seed) {
  const auto fits = [&](const Recipe& r) { return r.dark == dark && (r.look.empty() || r.look == look); };
  StudioParts parts = std::find_if(std::begin(kRecipes), std::end(kRecipes), fits)->parts;
  if (seed / 3 % 2 == 1) parts.plinth = parts.plinth == StudioPlinth::round ? StudioPlinth::block : StudioPlinth::round;
  if (seed / 6 % 3 == 2 && parts.window != StudioWindow::none)
    parts.window = parts.window == StudioWindow::panes ? StudioWindow::slats : StudioWindow::panes;
  return parts;
}

StudioParts studio_parts(const Composition& c, bool dark, bool own_plinth) {
  StudioParts parts = studio_parts(c.look, dark, c.seed);
  const bool third = c.variant % 3 == 1;
  if (c.closing && !dark) parts.window = StudioWindow::panes;
  if (third && !c.closing) parts.window = StudioWindow::none;
  const bool words_there = c.format == Format::tall && c.words != Words::none;
  if (own_plinth || words_there || !(c.frame == Frame::low || (c.frame == Frame::medium && third))) parts.plinth = StudioPlinth::none;
  return parts;
}

void paint_cyclorama(Canvas& canvas, const Studio& s) {
  const double x = s.c.x + s.c.sun_side * .22;
  fill_all(canvas, rad(x, -.16, 0, 1.25,
                       {{0, mix(s.ground, kWhite, s.dark ? .10 : .25)},
                        {.30, s.ground},
                        {.7, mix(s.ground, s.shadow, .75)},
                        {1, s.shadow}}));
  const double top = s.floor - .10;
  canvas.rect(-3, top, 6, 2);
  canvas.fill(lin(0, top, 0, .5,
                  {{0, alpha(s.shadow, 0)},
                   {.22, alpha(mix(s.shadow, kBlack, .06), .42)},
                   {.42, alpha(mix(s.ground, s.shadow, .4), .55)},
                   {1, alpha(mix(s.ground, s.shadow, .75), .75)}}));
}

void paint_window_bars(Canvas& canvas, const Studio& s) {
  if (s.parts.window == StudioWindow::panes) panes(canvas, s);
  if (s.parts.window == StudioWindow::slats) slats(canvas, s);
}

void paint_floor_pool(Canvas& canvas, const Studio& s) {
  const auto saved = canvas.saved();
  canvas.translate(s.c.x, s.c.foot);
  canvas.scale(1, .22);
  canvas.rect(-3, -3, 6, 6);
  canvas.fill(rad(s.c.sun_side * .06, .05, 0, .95, soft(mix(s.ground, kWhite, .5), s.dark ? .28 : .5, 10, 1.9)));
}

void paint_beam(Canvas& canvas, const Studio& s) {
  const double x = s.c.x, d = s.c.sun_side;
  canvas.poly({{x + d * .62, -.8}, {x + d * .9, -.8}, {x + .55, .55}, {x - .55, .55}});
  canvas.fill(lin(0, -.6, 0, .4, {{0, Color(1, 1, 1, .20)}, {.7, Color(1, 1, 1, .05)}, {1, Color(1, 1, 1, 0)}}));
}

void paint_plinth(Canvas& canvas, const Studio& s, double half, double height) {
  if (s.parts.plinth == StudioPlinth::round) round_plinth(canvas, s, half, height);
  if (s.parts.plinth == StudioPlinth::block) block_plinth(canvas, s, half, height);
}

}  // namespace vidgen::local
