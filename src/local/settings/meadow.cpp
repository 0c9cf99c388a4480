// SPDX-License-Identifier: Apache-2.0
// The meadow before the mountains.
#include <algorithm>
#include <cmath>

#include "local/settings/outdoors.hpp"

namespace vidgen::local {
namespace {

struct TrailPoint {
  double x, y, half;
};

std::vector<TrailPoint> trail_points(double gy) {
  return {{.10, gy - .005, .012}, {.16, gy + .03, .03}, {.10, gy + .075, .055},
          {.16, gy + .15, .11},   {.38, gy + .30, .22}, {.50, gy + .5, .36}};
}

void paint_trail(Canvas& canvas, const OutdoorPlace& s, double gy) {
  const std::vector<TrailPoint> line = trail_points(gy);
  std::vector<Point> left;
  for (const TrailPoint& t : line) left.push_back({t.x - t.half, t.y});
  canvas.smooth(left);
  canvas.line_to(line.back().x + line.back().half, line.back().y);
  for (std::size_t i = line.size() - 1; i > 0; --i) {
    const Point a{line[i].x + line[i].half, line[i].y}, b{line[i - 1].x + line[i - 1].half, line[i - 1].y};
    canvas.curve_to(a.x, a.y - (a.y - b.y) * .4, b.x, b.y + (a.y - b.y) * .4, b.x, b.y);
  }
  canvas.close();
  const auto saved = canvas.saved();
  canvas.clip(true);
  const OutdoorLook& l = s.look;
  canvas.fill(lin(0, gy, 0, gy + .45, {{0, mix(l.trail, l.lit, .5)}, {.35, l.trail}, {1, mix(l.trail, l.near, .6)}}));
  Rng rng(3);
  for (int i = 0; i < 260; ++i) {
    const double u = std::pow(rng.uniform(), .6), size = .002 + .012 * u * rng.uniform();
    canvas.ell(rng.uniform(-.4, 1), gy + .5 * u, size * 1.6, size * .5);
    canvas.fill(alpha(rng.uniform() < .6 ? l.near : l.lit, .25));
  }
  canvas.begin();
}

void paint_tufts(Canvas& canvas, const OutdoorPlace& s, double gy) {
  std::vector<Point> middle, half;
  for (const TrailPoint& t : trail_points(gy)) {
    middle.push_back({t.y, t.x});
    half.push_back({t.y, t.half});
  }
  const OutdoorLook& l = s.look;
  const Color base = mix(l.near, l.ground, .4);
  Rng rng(s.seed + 2);
  for (int i = 0; i < 1900; ++i) {
    const double u = std::pow(rng.uniform(), .8), y = gy + .5 * u, x = rng.uniform(kWorldLeft, kWorldRight);
    const double h = .007 + .055 * u * rng.uniform(.5, 1), dx = h * (.1 + .3 * rng.normal()), k = rng.uniform();
    if (std::abs(x - interpolate(middle, y)) < interpolate(half, y) * 1.02) continue;
    canvas.poly({{x - .001 - .002 * u, y}, {x + dx, y - h}, {x + .001 + .002 * u, y}});
    canvas.fill(mix(base, l.lit, .12 + .4 * k * std::max(0.0, 1 - std::abs(x - s.sun_x))));
  }
}

void ground_body(Canvas& canvas, const OutdoorPlace& s, double gy) {
  const OutdoorLook& l = s.look;
  std::vector<double> xs;
  for (int i = 0; i < 200; ++i) xs.push_back(kWorldLeft + (kWorldRight - kWorldLeft) * i / 199);
  const std::vector<double> n = noise_line(xs, 1.5, 4, s.seed + 13, .5, false);
  std::vector<Point> outline{{kWorldLeft, 2}};
  for (std::size_t i = 0; i < xs.size(); ++i) outline.push_back({xs[i], gy + .018 * n[i]});
  outline.push_back({kWorldRight, 2});
  canvas.poly(outline);
  canvas.clip(true);
  canvas.fill(
      lin(0, gy, 0, gy + .36, {{0, mix(l.ground, l.haze, .30)}, {.3, l.ground}, {1, mix(l.near, kBlack, .25)}}));
  canvas.rect(-3, gy - .05, 6, 2);
  canvas.fill(rad(s.sun_x * .8, gy, 0, .8, soft(l.lit, .42, 8, 2)));
  Rng rng(s.seed + 40);
  for (int i = 0; i < 70; ++i) {
    const double u = std::pow(rng.uniform(), 1.3), y = gy + .012 + .42 * u, x = rng.uniform(-1.4, 1.4);
    const double w = (.05 + .30 * u) * rng.uniform(.5, 1.2);
    const Color tone = rng.uniform() < .45 ? l.lit : l.near;
    canvas.ell(x, y, w, .006 + .020 * u);
    canvas.fill(alpha(tone, .10 + .10 * rng.uniform()));
  }
}

}  // namespace

void paint_meadow(Canvas& canvas, const OutdoorPlace& s) {
  const double gy = s.horizon + kMeadow;
  {
    const auto saved = canvas.saved();
    ground_body(canvas, s, gy);
    if (s.c.frame != Frame::macro) {
      paint_trail(canvas, s, gy);
      paint_tufts(canvas, s, gy);
    }
  }
  canvas.begin();
  const OutdoorLook& l = s.look;
  struct Spot {
    double x, y, w, h;
    std::uint64_t seed;
  };
  constexpr Spot kRocks[] = {{-.62, .09, .06, .035, 4},
                             {.52, .08, .05, .03, 6},
                             {-.26, .05, .03, .018, 7},
                             {.78, .16, .10, .06, 8},
                             {.36, .045, .02, .012, 9}};
  for (const Spot& r : kRocks)
    paint_rock(canvas, r.x, gy + r.y, r.w, r.h, mix(l.trail, l.lit, .35), mix(l.ground, l.trail, .4), l.near, l.lit,
               s.side, r.seed);
}

}  // namespace vidgen::local
