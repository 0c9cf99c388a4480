// SPDX-License-Identifier: Apache-2.0
#include "local/settings/dune.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

constexpr int kSteps = 420;

double rise(const DunePeak& p, double x) {
  const double d = x >= p.x ? (x - p.x) / p.windward : (p.x - x) / p.lee;
  return d >= 1 ? 0 : p.height * std::pow(1 - d, x >= p.x ? 1.55 : 1.2);
}

// The crest comes down towards the viewer in an S: one side of it is lit, the other not.
std::vector<Point> spine(const Dune& d, const DunePeak& p) {
  constexpr int kPoints = 22;
  const double y0 = dune_crest(d, p.x), drop = std::min(p.height * 1.7, d.fall * .8);
  std::vector<Point> out;
  for (int i = 0; i <= kPoints; ++i) {
    const double u = static_cast<double>(i) / kPoints;
    const double sway = -.075 * std::sin(u * 6.2) * (1 - .3 * u) - .20 * u - .12 * u * u;
    out.push_back({p.x + p.lee * sway, y0 + drop * u});
  }
  return out;
}

// Where the lee side of a peak meets the ground or the next dune.
double lee_end(const Dune& d, const DunePeak& p) {
  double x = p.x;
  while (x > p.x - p.lee * .97) {
    x -= .004;
    for (const DunePeak& other : d.peaks)
      if (&other != &p && rise(other, x) > rise(p, x)) return x;
  }
  return x;
}

void lee_face(Canvas& canvas, const Dune& d, const DunePeak& p) {
  const std::vector<Point> edge = spine(d, p);
  const double end = lee_end(d, p), end_y = dune_crest(d, end);
  std::vector<Point> face;
  for (double x = end; x < p.x; x += .006) face.push_back({x, dune_crest(d, x)});
  face.insert(face.end(), edge.begin(), edge.end());
  const Point last = edge.back();
  for (int i = 1; i < 14; ++i) {  // the foot of the slip face
    const double u = i / 14.0;
    face.push_back({last.x + (end - last.x) * u,
                    last.y + (end_y - last.y) * std::pow(u, .9) - p.height * .20 * std::sin(u * 3.14159265)});
  }
  const double top = dune_crest(d, p.x);
  canvas.poly(face);
  const auto saved = canvas.saved();
  canvas.clip(true);
  canvas.fill(lin(0, top, 0, last.y,
                  {{0, d.sand.deep},
                   {.35, mix(d.sand.deep, d.sand.shade, .45)},
                   {.7, alpha(d.sand.shade, .6)},
                   {1, alpha(d.sand.shade, 0)}}));
  // The far end turns into the sand before it, without an edge.
  const Color sand = mix(d.sand.lit, d.sand.mid, .35);
  canvas.rect(end, top - 1, p.x - end, 2);
  canvas.fill(lin(end, 0, p.x - p.lee * .2, 0, {{0, sand}, {.25, alpha(sand, .8)}, {1, alpha(sand, 0)}}));
  canvas.begin();
}

// Sand catches the light just behind the crest.
void windward_light(Canvas& canvas, const Dune& d, const DunePeak& p) {
  std::vector<Point> strip = spine(d, p);
  const double wide = p.windward * .75;
  const std::vector<Point> edge = strip;
  for (auto it = edge.rbegin(); it != edge.rend(); ++it) strip.push_back({it->x + wide, it->y + p.height * .5});
  const double top = dune_crest(d, p.x);
  const Color glow = mix(d.sand.lit, d.sand.crest, .45);
  canvas.poly(strip);
  canvas.fill(lin(p.x - .1 * p.lee, top, p.x + wide, top + p.height * .3,
                  {{0, alpha(glow, .8)}, {.35, alpha(glow, .4)}, {1, alpha(glow, 0)}}));
  canvas.smooth(edge);
  canvas.stroke(lin(0, top, 0, edge.back().y,
                    {{0, alpha(d.sand.crest, .95)}, {.6, alpha(d.sand.crest, .5)}, {1, alpha(d.sand.crest, 0)}}),
                .0026);
}

void ground_tones(Canvas& canvas, const Dune& d) {
  Rng rng(d.seed + 60);
  for (int i = 0; i < 60; ++i) {
    const double u = rng.uniform(), w = (.08 + .3 * u) * rng.uniform(.5, 1.2);
    canvas.ell(rng.uniform(kWorldLeft, kWorldRight), d.base + .01 + .42 * u, w, .004 + .016 * u);
    canvas.fill(alpha(rng.uniform() < .5 ? d.sand.lit : d.sand.shade, .06 + .07 * rng.uniform()));
  }
}

}  // namespace

double dune_crest(const Dune& d, double x) {
  double high = 0;
  for (const DunePeak& p : d.peaks) high = std::max(high, rise(p, x));
  return d.base - high - .010 * std::sin(x * 2.3 + static_cast<double>(d.seed)) -
         .005 * std::sin(x * 5.9 + 2.0 * static_cast<double>(d.seed));
}

void paint_dune(Canvas& canvas, const Dune& d) {
  std::vector<Point> crest;
  double top = 1;
  for (int i = 0; i <= kSteps; ++i) {
    const double x = kWorldLeft + (kWorldRight - kWorldLeft) * i / kSteps;
    crest.push_back({x, dune_crest(d, x)});
    top = std::min(top, crest.back().y);
  }
  for (const DunePeak& p : d.peaks) crest.push_back({p.x, dune_crest(d, p.x)});  // no step may blunt a peak
  std::sort(crest.begin(), crest.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
  std::vector<Point> body{{kWorldLeft, 2}};
  body.insert(body.end(), crest.begin(), crest.end());
  body.push_back({kWorldRight, 2});
  {
    const auto saved = canvas.saved();
    canvas.poly(body);
    canvas.clip(true);
    canvas.fill(lin(0, top, 0, d.base + d.fall, {{0, d.sand.lit}, {.4, mix(d.sand.lit, d.sand.mid, .7)}, {1, d.foot}}));
    ground_tones(canvas, d);
    for (const DunePeak& p : d.peaks) {
      windward_light(canvas, d, p);
      lee_face(canvas, d, p);
    }
  }
  canvas.begin();
  canvas.poly(crest, false);
  canvas.stroke(alpha(d.sand.crest, .5), .0022);
}

void paint_butte(Canvas& canvas, const Butte& b, double base, Color rock, Color lit, Color foot, std::uint64_t seed) {
  Rng rng(mix_seed(seed, 7));
  const double slope = b.spire ? .25 : .55, cliff = base - b.height * .45;
  std::vector<Point> top{{b.x - b.half * (1 + slope), base}, {b.x - b.half * 1.08, cliff}};
  const int steps = b.spire ? 5 : 12;
  for (int i = 0; i <= steps; ++i) {
    const double u = -1 + 2.0 * i / steps;
    const double edge = std::abs(u) > .85 ? rng.uniform(.05, .12) : rng.uniform(0, .03);
    top.push_back({b.x + b.half * u * .97, base - b.height * (1 - edge)});
  }
  top.push_back({b.x + b.half * 1.08, cliff});
  top.push_back({b.x + b.half * (1 + slope), base});
  const auto saved = canvas.saved();
  canvas.poly(top);
  canvas.clip(true);
  canvas.fill(
      lin(b.x - b.half, 0, b.x + b.half, 0,
          {{0, mix(rock, Color(0x2a1a30), .22)}, {.45, rock}, {.8, mix(rock, lit, .4)}, {1, mix(rock, lit, .6)}}));
  for (int i = 0; i < (b.spire ? 5 : 16); ++i) {  // clefts: a dark side and a lit one
    const double x = b.x + b.half * rng.uniform(-1, 1), w = b.half * rng.uniform(.02, .09), y = base - b.height;
    canvas.poly({{x, y}, {x + w, y}, {x + w * 1.6, cliff + b.height * .1}, {x - w * .5, cliff + b.height * .1}});
    canvas.fill(alpha(rng.uniform() < .55 ? mix(rock, Color(0x2a1a30), .5) : lit, .25));
  }
  for (int i = 0; i < 2; ++i) {  // strata
    canvas.rect(b.x - 2 * b.half, base - b.height * rng.uniform(.45, .95), 4 * b.half,
                b.height * rng.uniform(.02, .05));
    canvas.fill(alpha(mix(rock, Color(0x2a1a30), .35), .16));
  }
  canvas.rect(b.x - 3 * b.half, base - b.height, 6 * b.half, b.height * 1.1);
  canvas.fill(
      lin(0, base - b.height * .8, 0, base, {{0, alpha(foot, 0)}, {.6, alpha(foot, .45)}, {1, alpha(foot, .95)}}));
}

}  // namespace vidgen::local
