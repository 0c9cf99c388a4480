// SPDX-License-Identifier: Apache-2.0
// The forest's floor: moss with patches of light, a path that winds away, leaves, ferns.
#include <algorithm>
#include <cmath>

#include "local/settings/forest.hpp"

namespace vidgen::local {
namespace {

struct PathPoint {
  double y, x, half;
};

// From the trees to the frame's foot, away from the subject.
std::vector<PathPoint> path(const OutdoorPlace& s, double top) {
  const double d = s.c.side >= 0 ? -1 : 1, deep = .62 - top;
  return {{top - .004, .10 * d, .010},       {top + deep * .07, .03 * d, .020}, {top + deep * .17, .13 * d, .040},
          {top + deep * .34, .20 * d, .075}, {top + deep * .62, .10 * d, .15},  {top + deep * 1.1, .02 * d, .27}};
}

double along(const std::vector<PathPoint>& line, double y, double PathPoint::*what) {
  if (y <= line.front().y) return line.front().*what;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (y > line[i].y) continue;
    double t = (y - line[i - 1].y) / (line[i].y - line[i - 1].y);
    t = what == &PathPoint::x ? t * t * (3 - 2 * t) : t;
    return line[i - 1].*what + (line[i].*what - line[i - 1].*what) * t;
  }
  return line.back().*what;
}

void paint_path(Canvas& canvas, const OutdoorPlace& s, double top) {
  const ForestColors& f = forest_colors(s);
  const std::vector<PathPoint> line = path(s, top);
  Rng rng(s.seed + 51);
  std::vector<Point> left, right;
  for (int i = 0; i <= 60; ++i) {
    const double y = top - .004 + (.66 - top) * i / 60, x = along(line, y, &PathPoint::x);
    const double half = along(line, y, &PathPoint::half), rough = half * .10;
    left.push_back({x - half + rough * rng.normal(), y});
    right.push_back({x + half + rough * rng.normal(), y});
  }
  left.insert(left.end(), right.rbegin(), right.rend());
  const auto saved = canvas.saved();
  canvas.poly(left);
  canvas.clip(true);
  canvas.fill(
      lin(0, top, 0, .55, {{0, mix(f.path, s.look.haze, .55)}, {.3, f.path}, {1, mix(f.path, f.moss_dark, .62)}}));
  for (int i = 0; i < 420; ++i) {
    const double u = std::pow(rng.uniform(), .7), y = top + (.62 - top) * u, size = (.002 + .010 * u) * rng.uniform();
    canvas.ell(along(line, y, &PathPoint::x) + along(line, y, &PathPoint::half) * rng.uniform(-1, 1), y, size * 1.7,
               size * .5);
    canvas.fill(alpha(rng.uniform() < .6 ? f.moss_dark : mix(f.path, s.look.lit, .5), .30));
  }
}

// Moss in cushions, darker and larger towards the viewer.
void cushions(Canvas& canvas, const OutdoorPlace& s, double top) {
  const ForestColors& f = forest_colors(s);
  const std::vector<PathPoint> line = path(s, top);
  Rng rng(s.seed + 40);
  for (int i = 0; i < 1500; ++i) {
    const double u = std::pow(rng.uniform(), 1.2), y = top + .006 + (.60 - top) * u, x = rng.uniform(-1.6, 1.6);
    const double w = (.006 + .034 * u) * rng.uniform(.4, 1.3), tone = rng.uniform();
    if (std::abs(x - along(line, y, &PathPoint::x)) < along(line, y, &PathPoint::half) + w * .6) continue;
    const double lit = std::exp(-std::pow((x - s.sun_x) / .8, 2)) * (1 - .6 * u);
    canvas.ell(x, y, w, w * .24);
    canvas.fill(alpha(mix(f.moss_dark, mix(f.moss, s.look.lit, .25 * lit), tone * (.35 + .6 * lit)), .34));
  }
}

void patches_of_light(Canvas& canvas, const OutdoorPlace& s, double top) {
  const ForestColors& f = forest_colors(s);
  Rng rng(s.seed + 44);
  for (int i = 0; i < 26; ++i) {
    const double u = rng.uniform(.03, .62), y = top + (.60 - top) * u, w = (.04 + .16 * u) * rng.uniform(.4, 1.2);
    const double x = s.sun_x - s.side * (.1 + .5 * u) + .30 * rng.normal();
    const auto saved = canvas.saved();
    canvas.translate(x, y);
    canvas.scale(w, w * .17);
    canvas.rect(-1, -1, 2, 2);
    canvas.fill(rad(0, 0, 0, 1, soft(mix(f.moss, s.look.lit, .65), s.look.night() ? .30 : .55, 6, 1.3)));
  }
}

void grass(Canvas& canvas, const OutdoorPlace& s, double top) {
  const ForestColors& f = forest_colors(s);
  const std::vector<PathPoint> line = path(s, top);
  Rng rng(s.seed + 2);
  for (int i = 0; i < 1500; ++i) {
    const double u = std::pow(rng.uniform(), .8), y = top + (.60 - top) * u, x = rng.uniform(-1.6, 1.6);
    const double h = (.006 + .045 * u) * rng.uniform(.5, 1), dx = h * .35 * rng.normal(), k = rng.uniform();
    if (std::abs(x - along(line, y, &PathPoint::x)) < along(line, y, &PathPoint::half) * 1.02) continue;
    const double lit = std::max(0.0, 1 - std::abs(x - s.sun_x));
    canvas.poly({{x - .001 - .0018 * u, y}, {x + dx, y - h}, {x + .001 + .0018 * u, y}});
    canvas.fill(mix(f.moss_dark, mix(f.moss, s.look.lit, .35), .15 + .6 * k * lit));
  }
}

void ferns(Canvas& canvas, const OutdoorPlace& s, double top) {
  const ForestColors& f = forest_colors(s);
  const std::vector<PathPoint> line = path(s, top);
  Rng rng(s.seed + 60);
  struct Spot {
    double u, x;
  };
  std::vector<Spot> spots;
  for (int i = 0; i < 30; ++i) {
    const double x = rng.uniform(-1.5, 1.5), u = .04 + .5 * std::pow(rng.uniform(), 1.4);
    spots.push_back({u, x});
  }
  std::sort(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) { return a.u < b.u; });
  for (const Spot& spot : spots) {
    const double y = top + (.60 - top) * spot.u, h = .035 + .15 * spot.u;
    if (std::abs(spot.x - along(line, y, &PathPoint::x)) < along(line, y, &PathPoint::half) + h * .8) continue;
    paint_fern(canvas, spot.x, y, h, f.leaf_dark, mix(f.leaf, s.look.lit, .15), s.side, rng);
  }
}

}  // namespace

void paint_forest_floor(Canvas& canvas, const OutdoorPlace& s) {
  const ForestColors& f = forest_colors(s);
  const double top = forest_ground(s, .34);
  std::vector<double> xs;
  for (int i = 0; i < 200; ++i) xs.push_back(kWorldLeft + (kWorldRight - kWorldLeft) * i / 199);
  const std::vector<double> n = noise_line(xs, 1.8, 4, s.seed + 13, .5, false);
  std::vector<Point> outline{{kWorldLeft, 2}};
  for (std::size_t i = 0; i < xs.size(); ++i) outline.push_back({xs[i], top + .010 * n[i]});
  outline.push_back({kWorldRight, 2});
  {
    const auto saved = canvas.saved();
    canvas.poly(outline);
    canvas.clip(true);
    canvas.fill(lin(0, top, 0, top + .34,
                    {{0, mix(mix(f.moss, f.moss_dark, .35), s.look.haze, .30)},
                     {.3, mix(f.moss, f.moss_dark, .55)},
                     {1, mix(f.moss_dark, kBlack, .28)}}));
    cushions(canvas, s, top);
    if (s.c.frame != Frame::macro) {
      paint_path(canvas, s, top);
      patches_of_light(canvas, s, top);
      grass(canvas, s, top);
    }
  }
  canvas.begin();
  if (s.c.frame != Frame::macro) ferns(canvas, s, top);
}

}  // namespace vidgen::local
