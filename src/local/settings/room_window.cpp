// SPDX-License-Identifier: Apache-2.0
// The wall and its window.
#include <algorithm>
#include <cmath>

#include "local/settings/bokeh.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/room_parts.hpp"

namespace vidgen::local {
namespace {

void garden(Canvas& canvas, const Box& w) {
  fill_all(canvas, lin(0, w.y0, 0, w.y1, {{0, Color(0xfffaf0)}, {.5, Color(0xfff1cc)}, {1, Color(0xf7dfa0)}}));
  Rng rng(6);
  constexpr unsigned kLeaves[] = {0x9fae6a, 0xc9c17c, 0x7f9460, 0xe9d08a};
  for (int i = 0; i < 60; ++i) {
    const double x = rng.uniform(w.x0, w.x1), y = w.y1 - w.height() * std::pow(rng.uniform(), 1.6) * .75;
    const double q = rng.uniform(.02, .075);
    const Color leaf(kLeaves[rng.below(4)]);
    canvas.ell(x, y, q, q);
    canvas.fill(
        rad(x, y, 0, q, {{0, alpha(leaf, .55)}, {.8, alpha(Color(0xb7b873), .4)}, {1, alpha(Color(0xb7b873), 0)}}));
  }
  fill_all(canvas, rad(w.x0 + w.width() * .4, w.y0 + .1, 0, .9, soft(Color(0xfffdf6), 1, 8, .8)));
}

// Roofs against the last light, a few lamps far away.
void blue_hour(Canvas& canvas, const Box& w) {
  fill_all(canvas, lin(0, w.y0, 0, w.y1,
                       {{0, Color(0x1d2c58)}, {.5, Color(0x3f5a94)}, {.78, Color(0x8a82a8)}, {1, Color(0xd99a78)}}));
  Rng rng(9);
  for (double x = w.x0; x < w.x1;) {
    const double wide = rng.uniform(.04, .10), h = w.height() * rng.uniform(.12, .34);
    canvas.rect(x, w.y1 - h, wide, h);
    canvas.fill(lin(0, w.y1 - h, 0, w.y1, {{0, Color(0x2a3560)}, {1, Color(0x4a4468)}}));
    x += wide;
  }
  constexpr std::uint32_t kLamps[] = {0xffc27a, 0xffe0a8, 0xff9f6a};
  std::vector<Disc> lights;
  for (int i = 0; i < 16; ++i)
    lights.push_back({rng.uniform(w.x0, w.x1), w.y1 - w.height() * rng.uniform(.03, .30), rng.uniform(.010, .022),
                      rng.uniform(.4, 1), Color(kLamps[rng.below(3)])});
  paint_bokeh(canvas, lights, .85);
}

void outside(Canvas& canvas, const Room& r) {
  const Box& w = r.window;
  const auto saved = canvas.saved();
  canvas.rect(w.x0, w.y0, w.width(), w.height());
  canvas.clip();
  if (r.evening)
    blue_hour(canvas, w);
  else
    garden(canvas, w);
}

}  // namespace

void paint_wall(Canvas& canvas, const Room& r) {
  const double lit = r.evening ? 1.1 : -1;
  fill_all(canvas, lin(lit, 0, .1 - lit, .1, {{0, mix(r.wall, Color(0xfff0d0), .25)}, {.4, r.wall}, {1, r.wall_far}}));
}

void paint_tiles(Canvas& canvas) {
  for (int i = -15; i < 16; ++i)
    for (int j = 0; j < 9; ++j) {
      const double x = i * .115 + (j % 2 ? .0575 : 0), y = -.42 + j * .062;
      double n = std::sin(i * 12.9 + j * 78.2) * 43758.5;
      n -= std::floor(n);
      canvas.rrect(x, y, .111, .058, .006);
      canvas.fill(alpha(mix(Color(0xbccdc2), Color(0x5d766c), .15 + .45 * n + .35 * std::max(0.0, x)), .62));
    }
}

void paint_window(Canvas& canvas, const Room& r) {
  const Box& w = r.window;
  outside(canvas, r);
  canvas.rect(w.x0, w.y0, w.width(), w.height());
  canvas.stroke(r.frame, .026);
  for (int k : {1, 2}) {
    canvas.move_to(w.x0 + w.width() * k / 3, w.y0);
    canvas.line_to(w.x0 + w.width() * k / 3, w.y1);
    canvas.stroke(r.frame, .013);
  }
  canvas.move_to(w.x0, w.y0 + w.height() * .34);
  canvas.line_to(w.x1, w.y0 + w.height() * .34);
  canvas.stroke(r.frame, .013);
  canvas.rrect(w.x0 - .05, w.y1 + .006, w.width() + .10, .03, .004);
  canvas.fill(
      lin(0, w.y1, 0, w.y1 + .03, {{0, mix(r.frame, Color(r.evening ? 0x8fa0d0 : 0xffe9c4), .6)}, {1, r.frame}}));
  paint_sill_plant(canvas, w.x0 + .16 * w.width() / .56, w.y1, .05, 50);
  paint_sill_plant(canvas, w.x1 - .14 * w.width() / .56, w.y1, .04, 40);
}

void paint_window_glow(Canvas& canvas, const Room& r) {
  const Box& w = r.window;
  const Color light(r.evening ? 0x5a78c0 : 0xffd592);
  fill_all(canvas, rad((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2, 0, r.evening ? .8 : 1.15,
                       soft(light, r.evening ? .30 : .42, 10, 2.6)));
}

void paint_curtain(Canvas& canvas, const Room& r, double left, double right, double top, double bottom) {
  constexpr int kFolds = 6;
  const Color cloth = mix(r.wall, Color(r.evening ? 0x6a6480 : 0xfbf3e4), .78);
  const double step = (right - left) / kFolds;
  for (int i = 0; i < kFolds; ++i) {
    const double x = left + i * step;
    canvas.rect(x, top, step + .001, bottom - top);
    canvas.fill(
        lin(x, 0, x + step, 0,
            {{0, mix(cloth, r.dark, .28)}, {.4, mix(cloth, kWhite, .14)}, {.75, cloth}, {1, mix(cloth, r.dark, .3)}}));
  }
}

}  // namespace vidgen::local
