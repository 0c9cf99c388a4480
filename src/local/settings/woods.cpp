// SPDX-License-Identifier: Apache-2.0
#include "local/settings/woods.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

// Half the trunk's width at a height `u` of it: roots flare, the rest hardly tapers.
double girth(const Trunk& t, double u) {
  return t.half * (1 + 1.1 * std::exp(-u * 34) + .25 * std::exp(-u * 9) - .22 * u);
}

void bark(Canvas& canvas, const Trunk& t, double top, const TrunkColors& c, int side, Rng& rng) {
  const double tall = t.foot - top;
  const int lines = static_cast<int>(10 + t.half * 420);
  for (int i = 0; i < lines; ++i) {
    const double u = rng.uniform(0, .95), v = rng.uniform(-1, 1), length = tall * rng.uniform(.05, .16);
    const double y = t.foot - u * tall, x = t.x + t.lean * u + v * girth(t, u) * .92;
    const double lit = .5 + .5 * v * side;
    canvas.begin();
    canvas.move_to(x, y);
    canvas.curve_to(x + t.half * .10 * rng.normal(), y - length * .35, x + t.half * .10 * rng.normal(), y - length * .7,
                    x + t.lean * length / tall, y - length);
    canvas.stroke(
        alpha(rng.uniform() < .75 ? mix(c.dark, kBlack, .3) : mix(c.bark, c.lit, .55 * lit), .16 + .22 * rng.uniform()),
        t.half * rng.uniform(.05, .15));
  }
}

void paint_clump(Canvas& canvas, const Foliage& f, Point at, double size, double glow, Rng& rng) {
  constexpr int kLeaves = 44;
  {
    const auto saved = canvas.saved();
    canvas.translate(at.x, at.y);
    canvas.scale(size * 1.5, size);
    canvas.rect(-1, -1, 2, 2);
    canvas.fill(rad(0, 0, 0, 1, soft(mix(f.dark, f.lit, .12 + .4 * glow), .9, 6, 1.1)));
  }
  for (int i = 0; i < kLeaves; ++i) {
    const double a = rng.uniform(0, 6.2832), q = std::sqrt(rng.uniform()), leaf = size * rng.uniform(.07, .15);
    const double lx = std::cos(a) * q, ly = std::sin(a) * q;
    const double t = std::clamp(.24 + .26 * lx * f.side - .24 * ly + .6 * glow + .12 * rng.normal(), 0.0, 1.0);
    const auto saved = canvas.saved();
    canvas.translate(at.x + lx * size * 1.35, at.y + ly * size * .85);
    canvas.rotate(.5 + .7 * rng.normal());
    canvas.ell(0, 0, leaf, leaf * .45);
    canvas.fill(mix(f.dark, f.lit, t));
  }
}

}  // namespace

void paint_trunk(Canvas& canvas, const Trunk& t, double top, const TrunkColors& c, int side, Rng& rng) {
  constexpr double kHeights[] = {0, .012, .03, .06, .11, .2, .4, .7, 1};
  const double tall = t.foot - top, wobble = t.half * .12;
  std::vector<Point> outline, right;
  for (double u : kHeights) {
    const double x = t.x + t.lean * u, g = girth(t, u);
    outline.push_back({x - g + wobble * rng.normal() * u, t.foot - u * tall});
    right.push_back({x + g + wobble * rng.normal() * u, t.foot - u * tall});
  }
  outline.insert(outline.end(), right.rbegin(), right.rend());
  const double a = t.x - t.half * 1.15 * side + t.lean * .3, b = t.x + t.half * 1.15 * side + t.lean * .3;
  const auto saved = canvas.saved();
  canvas.poly(outline);
  canvas.clip(true);
  canvas.fill(lin(a, 0, b, 0,
                  {{0, mix(c.dark, c.bark, .25)},
                   {.12, c.dark},
                   {.55, mix(c.dark, c.bark, .7)},
                   {.80, c.bark},
                   {.93, mix(c.bark, c.lit, .7)},
                   {1, mix(c.bark, c.lit, .9)}}));
  if (c.bark_lines) bark(canvas, t, top, c, side, rng);
  if (c.fade <= 0) return;
  canvas.rect(t.x - 4 * t.half - .2, top, 8 * t.half + .4, tall + .1);
  canvas.fill(lin(0, t.foot - tall * .45, 0, t.foot, {{0, alpha(c.air, 0)}, {1, alpha(c.air, c.fade)}}));
}

void paint_foliage(Canvas& canvas, const Foliage& f) {
  Rng rng(f.seed);
  for (int i = 0; i < f.clumps; ++i) {
    const double u = std::pow(rng.uniform(), 1.9), x = rng.uniform(kWorldLeft, kWorldRight);
    const double y = f.top + (f.bottom - f.top) * u, size = f.size * rng.uniform(.6, 1.4) * (1 - .35 * u);
    Rng own(mix_seed(f.seed, static_cast<std::uint64_t>(i)));
    const double away = std::hypot(x - f.light_x, y - f.light_y);
    if (away < .05 + size) continue;
    paint_clump(canvas, f, {x, y}, size, std::exp(-away * away / .16), own);
  }
}

void paint_bush(Canvas& canvas, double x, double y, double half, double height, Color dark, Color lit, int side,
                Rng& rng) {
  constexpr int kLeaves = 70;
  canvas.ell(x, y - height * .28, half * .95, height * .45);
  canvas.fill(dark);
  for (int i = 0; i < kLeaves; ++i) {
    const double a = rng.uniform(0, 6.2832), q = std::sqrt(rng.uniform());
    const double lx = std::cos(a) * q, ly = std::sin(a) * q, size = half * rng.uniform(.07, .15);
    const double t = std::clamp(.30 + .35 * lx * side - .40 * ly + .12 * rng.normal(), 0.0, 1.0);
    const auto saved = canvas.saved();
    canvas.translate(x + lx * half, y - height * .42 + ly * height * .5);
    canvas.rotate(rng.uniform(0, 3.1416));
    canvas.ell(0, 0, size, size * .42);
    canvas.fill(mix(dark, lit, t));
  }
}

void paint_fern(Canvas& canvas, double x, double y, double height, Color dark, Color lit, int side, Rng& rng) {
  constexpr int kFronds = 9, kPinnae = 16;
  for (int f = 0; f < kFronds; ++f) {
    const double spread = -1 + 2.0 * f / (kFronds - 1) + .10 * rng.normal(), tall = height * rng.uniform(.7, 1.05);
    const double reach = spread * tall * .85, droop = std::abs(spread) * tall * .45;
    const double t = std::clamp(.52 + .40 * spread * side, .12, 1.0) * rng.uniform(.8, 1.1);
    const Color leaf = mix(dark, lit, t);
    const auto at = [&](double u) {
      return Point{x + reach * std::pow(u, 1.15), y - tall * std::sin(u * 1.75) * .98 + droop * u * u};
    };
    for (int i = 2; i < kPinnae; ++i) {
      const double u = static_cast<double>(i) / kPinnae;
      const Point p = at(u), q = at(u + .03);
      const double dx = q.x - p.x, dy = q.y - p.y, n = std::hypot(dx, dy) + 1e-9;
      const double length = tall * .21 * std::sin(.25 + u * 2.75);
      for (int way = -1; way <= 1; way += 2) {
        const double fx = (dx / n * .55 - way * dy / n) * length, fy = (dy / n * .55 + way * dx / n) * length;
        canvas.poly({p,
                     {p.x + fx * .5 + dx / n * tall * .020, p.y + fy * .5 + dy / n * tall * .020},
                     {p.x + fx, p.y + fy},
                     {p.x + fx * .5 - dx / n * tall * .012, p.y + fy * .5 - dy / n * tall * .012}});
        canvas.fill(way * side > 0 ? mix(leaf, lit, .22) : mix(leaf, dark, .25));
      }
    }
  }
}

void paint_shafts(Canvas& canvas, double x, double y, double ground, Color color, double strength, int side,
                  std::uint64_t seed) {
  constexpr int kShafts = 9;
  Rng rng(seed);
  const double top = y - .35;
  for (int i = 0; i < kShafts; ++i) {
    const double slant = -side * (.14 + .12 * i + .05 * rng.normal()), wide = rng.uniform(.035, .11);
    const double k = strength * rng.uniform(.5, 1), from = x + side * (.16 - .05 * i);
    const double low = ground + rng.uniform(-.02, .10);
    canvas.poly({{from - wide * .25, top},
                 {from + wide * .25, top},
                 {from + slant * 1.6 + wide * 1.5, low},
                 {from + slant * 1.6 - wide * 1.5, low}});
    canvas.fill(
        lin(0, top, 0, low,
            {{0, alpha(color, k)}, {.45, alpha(color, k * .7)}, {.8, alpha(color, k * .3)}, {1, alpha(color, 0)}}));
  }
}

}  // namespace vidgen::local
