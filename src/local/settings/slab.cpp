// SPDX-License-Identifier: Apache-2.0
// The slab of rock that carries the subject outdoors.
#include <algorithm>
#include <cmath>

#include "local/settings/outdoors.hpp"

namespace vidgen::local {
namespace {

constexpr double kPi = 3.14159265358979323846;

struct Slab {
  double x, y, half;
  std::vector<Point> top, front, bottom;
};

// Where the rock meets the ground: the curve of its top, moved down.
double slab_base(const Slab& slab, double x) {
  const double u = std::clamp((x - slab.x) / (slab.half * 1.12), -1.0, 1.0);
  return slab.y + slab.half * (kSlabHeight - .155 + .155 * std::sqrt(1 - u * u));
}

Slab make_slab(double x, double foot, double half) {
  constexpr int kPoints = 34;
  Rng rng(31);
  Slab s{x, foot, half, {}, {}, {}};
  for (int i = 0; i < kPoints; ++i) {
    const double t = 2 * kPi * i / kPoints;
    const double q = rng.uniform(.97, 1.03) * (1 + .09 * std::sin(t * 2 + 1.1) + .06 * std::sin(t * 3 + .4));
    s.top.push_back({x + std::cos(t) * half * q, foot + .012 + std::sin(t) * half * .155 * q});
  }
  for (const Point& p : s.top)
    if (p.y >= foot + .010) s.front.push_back(p);
  std::sort(s.front.begin(), s.front.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
  for (const Point& p : s.front)
    s.bottom.push_back({p.x + rng.uniform(-.008, .008), slab_base(s, p.x) + half * rng.uniform(-.025, .02)});
  return s;
}

void slab_front(Canvas& canvas, const Slab& slab, const OutdoorPlace& s, const RockColors& l) {
  const double a = slab.x - slab.half * s.side, b = slab.x + slab.half * s.side;
  std::vector<Point> face = slab.front;
  face.insert(face.end(), slab.bottom.rbegin(), slab.bottom.rend());
  const auto saved = canvas.saved();
  canvas.poly(face);
  canvas.clip(true);
  canvas.fill(lin(a, 0, b, 0,
                  {{0, mix(l.dark, kBlack, .35)}, {.55, mix(l.dark, l.front, .55)}, {1, mix(l.front, l.top, .75)}}));
  Rng rng(32);
  for (std::size_t i = 0; i + 1 < slab.front.size(); ++i) {
    const Point p = slab.front[i], q = slab.front[i + 1];
    if (rng.uniform() > .62) continue;
    canvas.poly({p,
                 q,
                 {q.x + rng.uniform(-.03, .03), q.y + slab.half * rng.uniform(.15, .5)},
                 {p.x + rng.uniform(-.02, .02), p.y + slab.half * rng.uniform(.1, .4)}});
    canvas.fill(alpha(rng.uniform() < .5 ? l.dark : mix(l.top, l.lit, .7), .13));
  }
  // Strata, and the dark where the rock meets the ground.
  for (int i = 0; i < 5; ++i) {
    const double y = slab.y + slab.half * (.06 + .055 * i);
    canvas.smooth({{slab.x - slab.half * 1.3, y},
                   {slab.x - slab.half * .4, y + .03 * slab.half},
                   {slab.x + slab.half * .5, y - .01},
                   {slab.x + slab.half * 1.3, y + .02 * slab.half}});
    canvas.stroke(alpha(l.dark, .16), .004 * slab.half / .3);
  }
  canvas.rect(slab.x - 2 * slab.half, slab.y, 4 * slab.half, 2 * slab.half);
  canvas.fill(lin(0, slab.y + slab.half * .06, 0, slab.y + slab.half * .36,
                  {{0, alpha(l.dark, 0)}, {1, alpha(mix(l.dark, kBlack, .3), .7)}}));
}

void slab_top(Canvas& canvas, const Slab& slab, const OutdoorPlace& s, const RockColors& l) {
  const double a = slab.x - slab.half * s.side, b = slab.x + slab.half * s.side;
  {
    const auto saved = canvas.saved();
    canvas.poly(slab.top);
    canvas.clip(true);
    canvas.fill(lin(a, 0, b, 0,
                    {{0, mix(l.front, l.dark, .25)},
                     {.45, mix(l.front, l.top, .55)},
                     {.8, mix(l.top, l.lit, .45)},
                     {1, mix(l.top, l.lit, .70)}}));
    Rng rng(33);
    for (int i = 0; i < 90; ++i) {
      const double x = slab.x + slab.half * rng.uniform(-1, 1),
                   y = slab.y + .012 + slab.half * .155 * rng.uniform(-1, 1);
      const double q = (.003 + .024 * std::pow(rng.uniform(), 2)) * slab.half / .3, w = rng.uniform(.5, 1.4);
      canvas.poly({{x - q * w, y + q * .05},
                   {x - q * rng.uniform(.1, .6), y - q * .2},
                   {x + q * rng.uniform(.1, .6), y - q * .16},
                   {x + q * w, y - q * .02},
                   {x + q * rng.uniform(0, .5), y + q * .2}});
      canvas.fill(alpha(rng.uniform() < .55 ? l.dark : l.lit, .13));
    }
  }
  canvas.begin();
  canvas.poly(slab.front, false);
  canvas.stroke(
      lin(a, 0, b, 0, {{0, alpha(l.lit, .08)}, {.5, alpha(l.lit, .35)}, {1, alpha(mix(l.lit, kWhite, .3), .95)}}),
      .0045);
}

// Grass grows where the rock meets the ground, not along a ruler.
void grass_at_foot(Canvas& canvas, const Slab& slab, const RockColors& l) {
  constexpr int kClumps = 46;
  Rng rng(34);
  for (int i = 0; i < kClumps; ++i) {
    const double x = slab.x + slab.half * rng.uniform(-1.22, 1.22), spread = slab.half * rng.uniform(.02, .07);
    const double y = slab_base(slab, x) + slab.half * rng.uniform(-.01, .05);
    paint_grass(canvas, y, slab.half * rng.uniform(.05, .17), l.blade, l.tip, rng.below(5) + 2,
                100 + static_cast<std::uint64_t>(i), .15, x - spread, x + spread);
  }
}

void ground_shadow(Canvas& canvas, const Slab& slab, const OutdoorPlace& s, const RockColors& l) {
  const Color dark = mix(l.dark, kBlack, .5);
  const auto saved = canvas.saved();
  canvas.translate(slab.x - s.side * .14 * slab.half, slab.y + .30 * slab.half);
  canvas.scale(1, .17);
  canvas.rect(-3, -9, 6, 18);
  canvas.fill(rad(0, 0, 0, slab.half * 1.55, {{0, alpha(dark, .75)}, {.6, alpha(dark, .4)}, {1, alpha(dark, 0)}}));
}

// Moss over the top and a little over its front edge: a short fur, lit where it faces the key.
void overgrow(Canvas& canvas, const Slab& slab, const OutdoorPlace& s, const RockColors& l) {
  const Color shade = mix(l.moss_color, l.dark, .55), light = mix(l.moss_color, l.lit, .30);
  const double a = slab.x - slab.half * s.side, b = slab.x + slab.half * s.side;
  canvas.poly(slab.top);
  canvas.fill(lin(a, 0, b, 0, {{0, alpha(shade, .9)}, {.6, alpha(l.moss_color, .8)}, {1, alpha(light, .55)}}));
  Rng rng(37);
  const auto hair = [&](double x, double y, double down, double tone) {
    const double t = .5 + .5 * (x - slab.x) / slab.half * s.side, lean = slab.half * .008 * rng.normal();
    canvas.move_to(x, y);
    canvas.line_to(x + lean, y + down);
    canvas.stroke(alpha(mix(shade, light, std::clamp(tone * (.3 + .7 * t), 0.0, 1.0)), .8), slab.half * .006);
  };
  canvas.round_caps();
  for (int i = 0; i < 2600 * l.moss; ++i) {
    const double t = rng.uniform(0, 2 * kPi), q = std::sqrt(rng.uniform());
    hair(slab.x + std::cos(t) * slab.half * q, slab.y + .012 + std::sin(t) * slab.half * .152 * q,
         -slab.half * rng.uniform(.006, .018), rng.uniform());
  }
  for (std::size_t i = 0; i + 1 < slab.front.size(); ++i)
    for (int k = 0; k < 40; ++k) {
      const Point &p = slab.front[i], &q = slab.front[i + 1];
      const double u = rng.uniform(), long_one = std::pow(rng.uniform(), 3);
      hair(p.x + (q.x - p.x) * u, p.y + (q.y - p.y) * u - slab.half * .006, slab.half * (.016 + .06 * long_one),
           .8 * rng.uniform());
    }
  canvas.round_caps(false);
}

// On the rock's lit end; beside it where the subject leaves no room.
void lantern_on(Canvas& canvas, const Slab& slab, const OutdoorPlace& s, double subject_half) {
  const double tall = slab.half * .26, clear = subject_half + tall * .45;
  const double away = std::max(slab.half * .62, clear);
  const double x = lantern_x(s, away, tall);
  paint_lantern(canvas, s, x, away > slab.half * .86 ? slab_base(slab, x) : slab.y - slab.half * .02, tall);
}

}  // namespace

double slab_half(const Composition& c, const Subject& subject) {
  const double unit = subject.unit(c.height, c.max_width);
  return std::max((c.frame == Frame::low ? .80 : .715) * subject.height() * unit, .80 * subject.width() * unit);
}

void paint_on_slab(Canvas& canvas, const OutdoorPlace& s, const Subject& subject, const RockColors& rock) {
  const Slab slab = make_slab(s.c.x, s.c.foot, slab_half(s.c, subject));
  Placement at = hero_placement(s, subject);
  at.shadow = mix(rock.dark, kBlack, .4);
  ground_shadow(canvas, slab, s, rock);
  slab_front(canvas, slab, s, rock);
  slab_top(canvas, slab, s, rock);
  if (rock.moss > 0) overgrow(canvas, slab, s, rock);
  if (s.look.night()) lantern_on(canvas, slab, s, subject.width() * at.unit / 2);
  subject.stand(canvas, s.light, at);
  grass_at_foot(canvas, slab, rock);
}

}  // namespace vidgen::local
