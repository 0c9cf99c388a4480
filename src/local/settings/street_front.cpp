// SPDX-License-Identifier: Apache-2.0
#include "local/settings/street_front.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/noise.hpp"

namespace vidgen::local {
namespace {

// Where one house ends and the next begins.
constexpr double kDepths[] = {.66, 1.0, 1.42, 2.0, 2.8, 3.9, 5.4, 7.6, 11, 16};
constexpr std::uint32_t kAwnings[] = {0xb5443a, 0x3f6a5a, 0xd9a441, 0x35506e, 0xe8dcc6};
constexpr double kShop = -.10, kSign = -.20, kAwningDrop = .10;

struct House {
  const Street& s;
  double way;     // -1 the left row, +1 the right
  double z0, z1;  // near and far end
  double roof;    // height of its top, negative
  double lit;     // how much of the key it sees
  Color wall;
  double air(double z) const { return std::clamp((z - .9) / 9, 0.0, 1.0); }
  Point at(double z, double h, double out = 0) const { return s.at(way * (s.half - out), z, h); }
  double z(double u) const { return z0 + (z1 - z0) * u; }
};

// A rectangle of the wall between shares of its length and two heights.
void panel(Canvas& canvas, const House& h, double u0, double u1, double top, double foot, Color near, Color far) {
  const double a = h.z(u0), b = h.z(u1);
  const Point p0 = h.at(a, top), p1 = h.at(b, top);
  canvas.poly({p0, p1, h.at(b, foot), h.at(a, foot)});
  canvas.fill(lin(p0.x, 0, p1.x, 0, {{0, near}, {1, far}}));
}

Color in_air(const House& h, Color color, double z) {
  return mix(color, h.s.look.haze, .72 * std::pow(h.air(z), .8));
}

void wall(Canvas& canvas, const House& h) {
  const Color lit = mix(mul(h.wall, mix(h.s.look.light.ambient, h.s.look.light.key, h.lit)), h.wall, .45);
  panel(canvas, h, 0, 1, h.roof, h.s.ground * 1.4, in_air(h, lit, h.z0), in_air(h, lit, h.z1));
  if (h.z0 > 2.2) return;
  for (double y = h.roof; y < h.s.ground; y += .028) {  // courses of brick, told by tone
    const Point a = h.at(h.z0, y), b = h.at(h.z1, y);
    canvas.move_to(a.x, a.y);
    canvas.line_to(b.x, b.y);
    canvas.stroke(alpha(h.s.look.dark, .10), .003);
  }
}

void cornice(Canvas& canvas, const House& h, double y, double thick) {
  const Color edge = mix(h.wall, h.s.look.light.key, .25 + .35 * h.lit);
  panel(canvas, h, 0, 1, y, y + thick, in_air(h, edge, h.z0), in_air(h, edge, h.z1));
  panel(canvas, h, 0, 1, y + thick, y + thick * 2.2, alpha(h.s.look.dark, .30), alpha(h.s.look.dark, .12));
}

Color pane(const House& h, Rng& rng) {
  constexpr std::uint32_t kLit[] = {0xffd79a, 0xffc27a, 0xffe6b8};
  const bool on = h.s.look.lit && rng.uniform() < .45;
  const Color glass = h.s.look.lit ? mix(h.s.look.sky[1].color, h.s.look.dark, .45)
                                   : mix(Color(0x3c5064), h.s.look.sky[1].color, .22 + .4 * h.lit);
  return on ? Color(kLit[rng.below(3)]) : glass;
}

void upper_windows(Canvas& canvas, const House& h, Rng& rng) {
  const int columns = 3;
  const Color frame = mix(h.wall, h.s.look.lit ? h.s.look.dark : Color(0xf4efe4), .6);
  for (double y = -.36; y - .17 > h.roof + .05; y -= .29)
    for (int i = 0; i < columns; ++i) {
      const double u = (i + .24) / columns, v = (i + .78) / columns;
      const Color glass = pane(h, rng);
      panel(canvas, h, u - .025, v + .025, y - .185, y + .015, in_air(h, frame, h.z0), in_air(h, frame, h.z1));
      panel(canvas, h, u, v, y - .17, y, in_air(h, mix(glass, kWhite, .10), h.z0), in_air(h, glass, h.z1));
      panel(canvas, h, (u + v) / 2 - .010, (u + v) / 2 + .010, y - .17, y, in_air(h, frame, h.z0),
            in_air(h, frame, h.z1));
    }
}

void shop(Canvas& canvas, const House& h, Rng& rng) {
  const Street& s = h.s;
  const double sill = s.ground * .80;
  const Color tone(kAwnings[rng.below(5)]);
  const Color paint =
      s.look.lit ? mul(tone, Color(0x7a7890)) : mul(tone, mix(s.look.light.ambient, kWhite, .35 + .5 * h.lit));
  const Color inside = s.look.lit ? Color(0xf2b872) : mix(Color(0x4a4440), s.look.sky[1].color, .18 + .2 * h.lit);
  const Color deep = s.look.lit ? Color(0xb86a3a) : mix(inside, s.look.dark, .35);
  panel(canvas, h, .03, .97, kSign, s.ground * 1.4, in_air(h, mix(paint, s.look.dark, .35), h.z0),
        in_air(h, mix(paint, s.look.dark, .35), h.z1));
  for (const auto& [u0, u1] : {std::pair{.07, .34}, {.37, .63}, {.80, .94}}) {
    const double foot = u0 > .7 ? s.ground * 1.4 : sill;
    panel(canvas, h, u0, u1, kShop + .02, foot, in_air(h, inside, h.z0), in_air(h, deep, h.z1));
    for (int i = 0; i < 4 && u0 < .7; ++i) {  // goods in the window
      const double u = u0 + (u1 - u0) * (.12 + .22 * i), top = sill - (.05 + .09 * rng.uniform());
      const Color good = mix(Color(kAwnings[rng.below(5)]), s.look.lit ? s.look.dark : inside, s.look.lit ? .6 : .35);
      panel(canvas, h, u, u + (u1 - u0) * .14, top, sill, in_air(h, good, h.z0), in_air(h, good, h.z1));
    }
  }
  panel(canvas, h, .03, .97, kSign, kShop, in_air(h, paint, h.z0), in_air(h, paint, h.z1));
  if (rng.uniform() < .3) return;
  // An awning over the way.
  const double out = s.half * .13;
  const Point a = h.at(h.z(.05), kShop), b = h.at(h.z(.66), kShop);
  const Point c = h.at(h.z(.66), kShop + kAwningDrop, out), d = h.at(h.z(.05), kShop + kAwningDrop, out);
  canvas.poly({a, b, c, d});
  const Color lit = mix(paint, s.look.lit ? Color(0xffb070) : kWhite, s.look.lit ? .22 : .12 + .22 * h.lit);
  canvas.fill(lin(d.x, 0, c.x, 0, {{0, in_air(h, lit, h.z0)}, {1, in_air(h, lit, h.z1)}}));
  canvas.poly({d, c, {c.x, c.y + .018 / h.z(.66)}, {d.x, d.y + .018 / h.z(.05)}});
  canvas.fill(in_air(h, mix(paint, s.look.dark, .25), h.z0));
}

void house(Canvas& canvas, const House& h, Rng& rng) {
  wall(canvas, h);
  upper_windows(canvas, h, rng);
  cornice(canvas, h, h.roof, .035);
  cornice(canvas, h, kSign - .06, .022);
  shop(canvas, h, rng);
}

}  // namespace

void paint_fronts(Canvas& canvas, const Street& s) {
  const int n = static_cast<int>(std::size(kDepths)) - 1;
  for (int i = n - 1; i >= 0; --i)
    for (int way : {-1, 1}) {
      Rng rng(mix_seed(s.seed, static_cast<std::uint64_t>(i * 2 + (way + 1) / 2)));
      // The row that the key does not come from is the one it falls on.
      const double lit = way == s.c.sun_side ? .18 : .85;
      const double roof = -(.82 + .5 * rng.uniform()) * (s.c.format == Format::tall ? 1.25 : 1);
      const House h{
          s, static_cast<double>(way), kDepths[i], kDepths[i + 1], roof, lit, s.look.wall[(i + (way > 0 ? 1 : 0)) % 3]};
      house(canvas, h, rng);
    }
}

void paint_street_end(Canvas& canvas, const Street& s) {
  TowerPlane p;
  p.base = 0;
  p.low = .05;
  p.high = .17;
  p.narrow = .03;
  p.broad = .07;
  p.cell = .006;
  p.strength = .4;
  p.top = mix(s.look.tower[0], s.look.haze, .35);
  p.foot = s.look.foot[0];
  p.edge = s.look.glow;
  p.lit = s.look.lit;
  p.side = s.c.sun_side;
  p.seed = 6;
  const auto saved = canvas.saved();
  canvas.translate(s.vanish, s.horizon + .01);
  paint_towers(canvas, p);
}

void paint_kerbs(Canvas& canvas, const Street& s) {
  for (int way : {-1, 1}) {
    const double in = way * s.half, kerb = way * s.half * .72;
    const Color walk = s.look.lit ? mix(s.look.ground, s.look.haze, .10) : mix(s.look.ground, kWhite, .14);
    const Point far = s.at(in, 40, s.ground), far_kerb = s.at(kerb, 40, s.ground);
    canvas.poly({s.at(in * 1.6, .5, s.ground), far, far_kerb, s.at(kerb, .5, s.ground)});
    canvas.fill(lin(0, s.horizon, 0, s.horizon + s.ground * 1.2,
                    {{0, alpha(mix(walk, s.look.haze, .4), .5)},
                     {.5, alpha(walk, .7)},
                     {1, alpha(mix(walk, s.look.dark, .3), .75)}}));
    canvas.poly({far_kerb, s.at(kerb, .5, s.ground), s.at(kerb * .975, .5, s.ground), s.at(kerb * .975, 40, s.ground)});
    canvas.fill(
        lin(0, s.horizon, 0, .5,
            {{0, alpha(s.look.light.key, .10)}, {1, alpha(mix(walk, s.look.light.key, .3), s.look.lit ? .25 : .5)}}));
    canvas.poly({s.at(kerb * .975, 40, s.ground), s.at(kerb * .975, .5, s.ground), s.at(kerb * .94, .5, s.ground),
                 s.at(kerb * .94, 40, s.ground)});
    canvas.fill(alpha(s.look.dark, .35));
  }
}

}  // namespace vidgen::local
