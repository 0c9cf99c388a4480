// SPDX-License-Identifier: Apache-2.0
// Mountains at sunrise, golden hour, midday or dusk: three ridges with mist between, conifers, a meadow with a trail,
// and a slab of rock for the subject.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/mountain_look.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/setting.hpp"

namespace vidgen::local {
namespace {

constexpr double kPi = 3.14159265358979323846;

// All that the layers' painters share. Immutable while they run.
struct Place {
  OutdoorLook look;
  Composition c;
  double horizon;       // hy: of the scene behind the lens
  double sun_x, sun_y;  // behind the lens
  int side;             // of the key
  std::uint64_t seed;
  Light light;
};
using PlacePtr = std::shared_ptr<const Place>;

// Half the slab's width: it carries the subject and looks as heavy as it.
double slab_half(const Composition& c, const Subject& subject) {
  const double unit = subject.unit(c.height, c.max_width);
  return std::max((c.frame == Frame::low ? .80 : .715) * subject.height() * unit, .80 * subject.width() * unit);
}

constexpr double kMeadow = .26;      // the meadow begins this far below the horizon
constexpr double kSlabHeight = .36;  // of its half width, from the top's middle to the ground

PlacePtr make_place(const Composition& c, const Subject& subject) {
  auto place = std::make_shared<Place>();
  place->look = outdoor_look(c.time);
  place->c = c;
  place->horizon = c.skyline / c.lens;
  // A rock whose foot can be seen stands in the meadow, not above it.
  const double base = c.foot + kSlabHeight * slab_half(c, subject);
  if (c.frame != Frame::macro && c.frame != Frame::low && base < .53)
    place->horizon = std::min(place->horizon, (c.foot - .005) / c.lens - kMeadow);
  place->side = c.sun_side;
  const double reach = c.frame == Frame::low      ? .15
                       : c.format == Format::tall ? .10
                       : c.frame == Frame::close  ? .30
                                                  : .36;
  place->sun_x = c.sun_side * reach / c.lens;
  place->sun_y = place->horizon - (c.frame == Frame::low ? .235 : c.format == Format::tall ? .16 : .125);
  place->seed = static_cast<std::uint64_t>(c.variant % 4) * 2;
  place->light = place->look.light;
  place->light.side = c.sun_side;
  return place;
}

// A background layer: painted through the lens.
Layer far_layer(const char* name, double p, double sigma, const PlacePtr& place,
                std::function<void(Canvas&, const Place&)> draw, Blend blend = Blend::over) {
  const double lens = place->c.lens;
  auto painter = [place, lens, draw = std::move(draw)](Canvas& canvas) {
    const auto saved = canvas.saved();
    canvas.scale(lens);
    draw(canvas, *place);
  };
  return Layer(name, p, std::move(painter), sigma * place->c.softness, blend);
}

void sky(Canvas& canvas, const Place& s) {
  paint_sky(canvas, s.look.sky, s.horizon - .62, s.horizon + .12);
}

void clouds(Canvas& canvas, const Place& s) {
  const OutdoorLook& l = s.look;
  CloudField f;
  f.top = s.horizon - .56;
  f.bottom = s.horizon + .02;
  f.cover = .35;
  f.strength = .8;
  f.lit = mix(l.sun, l.glow, .25);
  f.shadow = mix(l.sky[1].color, l.haze, .25);
  f.sun_x = s.sun_x;
  f.sun_y = s.sun_y;
  f.seed = s.seed + 11;
  paint_clouds(canvas, f);
}

Ridge far_ridge(const Place& s) {
  const double pk = s.c.peaks;
  Ridge r;
  r.base = s.horizon + .03;
  r.rise = .13;
  r.frequency = 1.5;
  r.seed = s.seed + 5;
  r.top = s.look.far[0];
  r.foot = s.look.haze;
  r.relief = .42;
  r.peaks = {{-.42 + pk, .15, .42}, {.14 + pk, .07, .3}, {.95 + pk * .6, .12, .45}, {-1.1 + pk, .10, .4}};
  r.snow = true;
  r.snow_color = mix(Color(0xfff3e2), s.look.haze, .25);
  return r;
}

Ridge middle_ridge(const Place& s) {
  const double pk = s.c.peaks * 1.3;
  Ridge r;
  r.base = s.horizon + .085;
  r.rise = .10;
  r.frequency = 2;
  r.seed = s.seed + 9;
  r.top = s.look.far[1];
  r.foot = mix(s.look.haze, s.look.far[1], .25);
  r.relief = .34;
  r.peaks = {{.72 + pk, .10, .35}, {-.95 + pk, .10, .4}};
  return r;
}

Ridge near_ridge(const Place& s) {
  Ridge r;
  r.base = s.horizon + .16;
  r.rise = .075;
  r.frequency = 2.6;
  r.seed = s.seed + 3;
  r.top = s.look.far[2];
  r.foot = mix(s.look.haze, s.look.far[2], .4);
  r.relief = .22;
  r.edge = 0;
  return r;
}

void lit_ridge(Canvas& canvas, Ridge r, const Place& s) {
  r.lit = s.look.lit;
  r.side = s.side;
  r.sun_x = s.sun_x;
  paint_ridge(canvas, r);
}

void wooded_ridge(Canvas& canvas, const Place& s) {
  const Ridge r = near_ridge(s);
  lit_ridge(canvas, r, s);
  const std::vector<Point> crest = ridge_crest(r);
  Rng rng(s.seed + 33);
  const Color color = mix(s.look.far[2], s.look.forest, .4);
  for (int i = 0; i < 440; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), h = rng.uniform(.022, .05);
    paint_conifer(canvas, x, interpolate(crest, x) + .004, h, color, s.look.lit, s.side, rng, 8);
  }
}

void forest(Canvas& canvas, const Place& s) {
  Rng rng(s.seed + 21);
  std::vector<double> xs;
  for (int i = 0; i < 200; ++i) xs.push_back(kWorldLeft + (kWorldRight - kWorldLeft) * i / 199);
  const std::vector<double> n = noise_line(xs, 1.2, 3, s.seed + 8, .5, false);
  std::vector<Point> floor;
  for (std::size_t i = 0; i < xs.size(); ++i)
    floor.push_back({xs[i], s.horizon + .235 + .03 * n[i] - .055 * std::pow(std::abs(xs[i]), 1.6)});
  for (int i = 0; i < 165; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), drop = rng.uniform(-.005, .02);
    const double h = rng.uniform(.07, .17) * (1 + .5 * std::min(1.0, std::abs(x)));
    const Color color = mix(s.look.forest, s.look.haze, .12 * rng.uniform());
    if (std::abs(x - .12) < .17) continue;  // where the trail goes
    paint_conifer(canvas, x, interpolate(floor, x) + drop + .02, h, color, s.look.lit, s.side, rng, 11);
  }
  floor.insert(floor.begin(), {kWorldLeft, 2});
  floor.push_back({kWorldRight, 2});
  canvas.poly(floor);
  canvas.fill(
      lin(0, s.horizon + .2, 0, s.horizon + .42, {{0, mix(s.look.forest, s.look.haze, .22)}, {1, s.look.near}}));
}

struct TrailPoint {
  double x, y, half;
};

std::vector<TrailPoint> trail_points(double gy) {
  return {{.10, gy - .005, .012}, {.16, gy + .03, .03}, {.10, gy + .075, .055},
          {.16, gy + .15, .11},   {.38, gy + .30, .22}, {.50, gy + .5, .36}};
}

void paint_trail(Canvas& canvas, const Place& s, double gy) {
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

void paint_tufts(Canvas& canvas, const Place& s, double gy) {
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

void ground_body(Canvas& canvas, const Place& s, double gy) {
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

void ground(Canvas& canvas, const Place& s) {
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

// ---- the slab

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

void slab_front(Canvas& canvas, const Slab& slab, const Place& s) {
  const OutdoorLook& l = s.look;
  const double a = slab.x - slab.half * s.side, b = slab.x + slab.half * s.side;
  std::vector<Point> face = slab.front;
  face.insert(face.end(), slab.bottom.rbegin(), slab.bottom.rend());
  const auto saved = canvas.saved();
  canvas.poly(face);
  canvas.clip(true);
  canvas.fill(
      lin(a, 0, b, 0,
          {{0, mix(l.near, kBlack, .35)}, {.55, mix(l.near, l.ground, .55)}, {1, mix(l.ground, l.trail, .75)}}));
  Rng rng(32);
  for (std::size_t i = 0; i + 1 < slab.front.size(); ++i) {
    const Point p = slab.front[i], q = slab.front[i + 1];
    if (rng.uniform() > .62) continue;
    canvas.poly({p,
                 q,
                 {q.x + rng.uniform(-.03, .03), q.y + slab.half * rng.uniform(.15, .5)},
                 {p.x + rng.uniform(-.02, .02), p.y + slab.half * rng.uniform(.1, .4)}});
    canvas.fill(alpha(rng.uniform() < .5 ? l.near : mix(l.trail, l.lit, .7), .13));
  }
  // Strata, and the dark where the rock meets the ground.
  for (int i = 0; i < 5; ++i) {
    const double y = slab.y + slab.half * (.06 + .055 * i);
    canvas.smooth({{slab.x - slab.half * 1.3, y},
                   {slab.x - slab.half * .4, y + .03 * slab.half},
                   {slab.x + slab.half * .5, y - .01},
                   {slab.x + slab.half * 1.3, y + .02 * slab.half}});
    canvas.stroke(alpha(l.near, .16), .004 * slab.half / .3);
  }
  canvas.rect(slab.x - 2 * slab.half, slab.y, 4 * slab.half, 2 * slab.half);
  canvas.fill(lin(0, slab.y + slab.half * .06, 0, slab.y + slab.half * .36,
                  {{0, alpha(l.near, 0)}, {1, alpha(mix(l.near, kBlack, .3), .7)}}));
}

void slab_top(Canvas& canvas, const Slab& slab, const Place& s) {
  const OutdoorLook& l = s.look;
  const double a = slab.x - slab.half * s.side, b = slab.x + slab.half * s.side;
  {
    const auto saved = canvas.saved();
    canvas.poly(slab.top);
    canvas.clip(true);
    canvas.fill(lin(a, 0, b, 0,
                    {{0, mix(l.ground, l.near, .25)},
                     {.45, mix(l.ground, l.trail, .55)},
                     {.8, mix(l.trail, l.lit, .45)},
                     {1, mix(l.trail, l.lit, .70)}}));
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
      canvas.fill(alpha(rng.uniform() < .55 ? l.near : l.lit, .13));
    }
  }
  canvas.begin();
  canvas.poly(slab.front, false);
  canvas.stroke(
      lin(a, 0, b, 0, {{0, alpha(l.lit, .08)}, {.5, alpha(l.lit, .35)}, {1, alpha(mix(l.lit, kWhite, .3), .95)}}),
      .0045);
}

// Grass grows where the rock meets the ground, not along a ruler.
void grass_at_foot(Canvas& canvas, const Slab& slab, const Place& s) {
  const Color blade = mix(s.look.near, kBlack, .2), tip = mix(s.look.lit, s.look.ground, .25);
  constexpr int kClumps = 46;
  Rng rng(34);
  for (int i = 0; i < kClumps; ++i) {
    const double x = slab.x + slab.half * rng.uniform(-1.22, 1.22), spread = slab.half * rng.uniform(.02, .07);
    const double y = slab_base(slab, x) + slab.half * rng.uniform(-.01, .05);
    paint_grass(canvas, y, slab.half * rng.uniform(.05, .17), blade, tip, rng.below(5) + 2,
                100 + static_cast<std::uint64_t>(i), .15, x - spread, x + spread);
  }
}

void ground_shadow(Canvas& canvas, const Slab& slab, const Place& s) {
  const Color dark = mix(s.look.near, kBlack, .5);
  const auto saved = canvas.saved();
  canvas.translate(slab.x - s.side * .14 * slab.half, slab.y + .30 * slab.half);
  canvas.scale(1, .17);
  canvas.rect(-3, -9, 6, 18);
  canvas.fill(rad(0, 0, 0, slab.half * 1.55, {{0, alpha(dark, .75)}, {.6, alpha(dark, .4)}, {1, alpha(dark, 0)}}));
}

void hero(Canvas& canvas, const Place& s, const Subject& subject) {
  const Composition& c = s.c;
  Placement at;
  at.x = c.x;
  at.y = c.foot;
  at.unit = subject.unit(c.height, c.max_width);
  if (c.frame == Frame::macro) {  // the detail on the third line, half way down
    at.x -= subject.macro_x() * at.unit;
    at.y = .04 - subject.macro_y() * at.unit;
    at.contact = at.cast = 0;
    at.detail = true;
    return subject.stand(canvas, s.light, at);
  }
  const Slab slab = make_slab(c.x, c.foot, slab_half(c, subject));
  ground_shadow(canvas, slab, s);
  slab_front(canvas, slab, s);
  slab_top(canvas, slab, s);
  at.contact = .8;
  at.cast = .6;
  at.flatten = .10;
  at.shadow = mix(s.look.near, kBlack, .4);
  subject.stand(canvas, s.light, at);
  grass_at_foot(canvas, slab, s);
}

void foreground(Canvas& canvas, const Place& s) {
  const OutdoorLook& l = s.look;
  paint_grass(canvas, .60, .21, mix(l.near, kBlack, .45), mix(l.lit, l.near, .45), 230, s.seed + 9, .15);
}

void bokeh(Canvas& canvas, const Place& s) {
  Rng rng(s.seed + 77);
  const Color tones[] = {s.look.lit, s.look.glow, s.look.sun};
  for (int i = 0; i < 20; ++i) {
    const double x = rng.uniform(-1, 1), y = rng.uniform(-.45, .5), q = rng.uniform(.02, .075),
                 k = .32 * rng.uniform(.3, 1);
    const Color tone = tones[rng.below(3)];
    canvas.ell(x, y, q, q);
    canvas.fill(rad(x, y, 0, q,
                    {{0, alpha(tone, k * .65)},
                     {.8, alpha(tone, k * .72)},
                     {.91, alpha(mix(tone, kWhite, .12), k * .85)},
                     {1, alpha(tone, 0)}}));
  }
}

void add_background(Scene& scene, const PlacePtr& s) {
  const auto mist = [&](double p, double drop, double height, double strength, std::uint64_t seed) {
    scene.layers.push_back(far_layer("mist", p, 0, s, [=](Canvas& canvas, const Place& at) {
      paint_mist(canvas, at.horizon + drop, height, at.look.haze, strength, at.seed + seed);
    }));
    scene.layers.back().coarse = .5;
  };
  scene.layers.push_back(far_layer("sky", 0, 0, s, sky));
  scene.layers.push_back(far_layer("clouds", .015, .002, s, clouds));
  scene.layers.push_back(far_layer(
      "sun", .01, 0, s,
      [](Canvas& canvas, const Place& at) {
        paint_sun(canvas, at.sun_x, at.sun_y, at.look.sun, at.look.glow,
                  (at.c.closing ? .55 : 1) * at.look.sun_strength, !at.c.closing);
      },
      Blend::screen));
  scene.layers.back().bakes = true;
  scene.layers.push_back(
      far_layer("far ridge", .05, .001, s, [](Canvas& c, const Place& at) { lit_ridge(c, far_ridge(at), at); }));
  mist(.07, .02, .16, .75, 1);
  scene.layers.push_back(
      far_layer("middle ridge", .10, .0015, s, [](Canvas& c, const Place& at) { lit_ridge(c, middle_ridge(at), at); }));
  mist(.13, .11, .13, .6, 2);
  scene.layers.push_back(far_layer("near ridge", .18, .002, s, wooded_ridge));
  mist(.24, .19, .12, .5, 4);
  scene.layers.push_back(far_layer("forest", .34, .003, s, forest));
  mist(.40, .26, .09, .32, 6);
  scene.layers.push_back(far_layer("ground", .62, .004, s, ground));
}

}  // namespace

Scene mountain_scene(const Composition& c, const Subject& subject) {
  const PlacePtr s = make_place(c, subject);
  Scene scene;
  scene.finish.grade = s->look.grade;
  scene.finish.vignette = s->look.vignette;
  add_background(scene, s);
  if (c.frame == Frame::macro) {
    Layer lights = far_layer("bokeh", .3, .003, s, bokeh, Blend::screen);
    scene.layers.push_back(std::move(lights));
  }
  if (c.hero) scene.layers.emplace_back("hero", 1, [s, subject](Canvas& canvas) { hero(canvas, *s, subject); });
  Layer rays = far_layer(
      "rays", .03, 0, s,
      [](Canvas& canvas, const Place& at) { paint_rays(canvas, at.sun_x, at.sun_y, at.look.lit, .13, at.seed + 3); },
      Blend::screen);
  rays.blur = .012;
  scene.layers.push_back(std::move(rays));
  if (c.frame != Frame::macro && !c.closing)
    scene.layers.emplace_back(
        "foreground", 1.7, [s](Canvas& canvas) { foreground(canvas, *s); }, .010);
  scene.dust.count = 46;
  scene.dust.p = 1.15;
  scene.dust.color = mix(s->look.sun, kWhite, .3);
  scene.dust.strength = .8;
  scene.dust.seed = s->seed + 4;
  return scene;
}

// The same place out of focus, under dark.
Scene mountain_quiet(const Composition& composition, const Subject& subject) {
  Composition c = composition;
  c.hero = false;
  c.frame = Frame::wide;
  c.lens = 1;
  c.skyline = .10;
  c.softness = 10;
  c.closing = true;
  Scene scene = mountain_scene(c, subject);
  scene.dust.count = 0;
  scene.finish.bloom = .15;
  const Color dark = mix(outdoor_look(c.time).light.ambient, Color(0x0d1220), .85);
  scene.layers.emplace_back("dark", 0, [dark](Canvas& canvas) {
    fill_all(canvas, alpha(dark, .46));
    fill_all(canvas, rad(0, 0, 0, .55, soft(dark, .3, 8, 1.2)));
  });
  return scene;
}

}  // namespace vidgen::local
