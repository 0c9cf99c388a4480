// SPDX-License-Identifier: Apache-2.0
// An idea: no thing, so an abstract form. A lit sphere above its own ring, with paths round it.
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kY = -.52, kR = .30;

struct Tints {
  Color deep, mid, warm;
};

Tints tints(const ProductLook& look) {
  if (!look.colour_named) return {Color(0x3b5bff), Color(0x8a6bff), Color(0xff9b7a)};
  return {mix(look.albedo, Color(0x0b0e30), .45), look.albedo, look.second(mix(look.albedo, Color(0xffc39a), .7))};
}

// Half of a path round the sphere: the far half is drawn before it, the near half after.
void orbit(Canvas& c, double rx, double ry, double turn, bool near, const Tints& t) {
  const auto guard = c.saved();
  c.translate(0, kY);
  c.rotate(turn);
  c.begin();
  c.arc(0, 0, rx, ry, near ? 0 : kPi, near ? kPi : 2 * kPi);
  const double middle = near ? .95 : .22;  // both halves end alike, so that no joint shows
  c.stroke(lin(-rx, 0, rx, 0,
               {{0, alpha(t.warm, .40)}, {.5, alpha(mix(t.mid, kWhite, .45), middle)}, {1, alpha(t.warm, .40)}}),
           .0075);
}

void body(Canvas& c, const Tints& t, const Light& light) {
  const double d = light.side;
  c.ell(0, kY, kR, kR);
  const Path shape = c.path();
  const auto guard = c.saved();
  c.clip(true);
  const Color edge = mix(t.deep, Color(0x05061a), .35);
  c.fill(rad(0, kY, 0, kR, {{0, mix(t.mid, kWhite, .25)}, {.5, t.mid}, {.84, t.deep}, {1, edge}},
             d * kR * .42, kY - kR * .48));
  c.paint(rad(-d * kR * .55, kY + kR * .75, 0, kR * 1.15, soft(t.warm, 1, 10, 1.5)));
  c.paint(rad(d * kR * .46, kY - kR * .52, 0, kR * .75, soft(kWhite, .85, 10, 1.9)));
  c.add(shape);
  c.stroke(lin(-kR * d, kY + kR, kR * d, kY - kR,
               {{0, alpha(mix(t.warm, kWhite, .6), .9)},
                {.35, alpha(kWhite, 0)},
                {.7, alpha(kWhite, 0)},
                {1, alpha(kWhite, .8)}}),
           .012);
}

// On the path (rx, ry, turn), at this angle of it.
void satellite(Canvas& c, double rx, double ry, double turn, double angle, double r, Color color, const Light& light) {
  const double u = rx * std::cos(angle), v = ry * std::sin(angle);
  const double x = u * std::cos(turn) - v * std::sin(turn), y = kY + u * std::sin(turn) + v * std::cos(turn);
  c.ell(x, y, r, r);
  c.fill(rad(x, y, 0, r, {{0, mix(color, kWhite, .6)}, {.6, color}, {1, mix(color, kBlack, .3)}},
             x + light.side * r * .4, y - r * .4));
}

// A shallow bowl of light on the ground: what holds the form up.
void foot(Canvas& c, const Tints& t) {
  for (int k = 0; k < 3; ++k) {
    const double r = .20 + .085 * k;
    c.ell(0, -.035, r, r * .16);
    const double near = 1.0 / (k + 1);
    c.stroke(lin(-r, 0, r, 0,
                 {{0, alpha(t.deep, .1)}, {.5, alpha(mix(t.mid, kWhite, .3), .75 * near)}, {1, alpha(t.warm, .6 * near)}}),
             .006);
  }
  c.ell(0, -.035, .20, .032);
  c.fill(rad(0, -.035, 0, .20, soft(mix(t.mid, kWhite, .4), .55, 8, 1.8)));
}

}  // namespace

void glow_idea(Canvas& c, const Light&, const ProductLook& look) {
  const Tints t = tints(look);
  c.ell(0, kY, 1.0, 1.0);
  c.fill(rad(0, kY, 0, 1.0, soft(mix(t.mid, t.warm, .35), .38, 10, 2.2)));
}

void draw_idea(Canvas& c, const Light& light, const ProductLook& look) {
  const Tints t = tints(look);
  foot(c, t);
  orbit(c, .47, .135, -.34, false, t);
  orbit(c, .40, .23, .62, false, t);
  body(c, t, light);
  orbit(c, .40, .23, .62, true, t);
  orbit(c, .47, .135, -.34, true, t);
  satellite(c, .47, .135, -.34, .22, .030, t.warm, light);
  satellite(c, .40, .23, .62, 2.6, .020, mix(t.mid, kWhite, .4), light);
}

}  // namespace vidgen::local
