// SPDX-License-Identifier: Apache-2.0
// The forest's floor from above: moss, fallen leaves, a fern in the corner, flecks of light.
#include <cmath>

#include "local/settings/flat.hpp"
#include "local/settings/texture.hpp"
#include "local/settings/woods.hpp"

namespace vidgen::local {
namespace {

void moss(Canvas& canvas, const Flat& f) {
  constexpr int kWidth = 900, kHeight = 540;
  const Field fur = fbm(kWidth, kHeight, 26, 16, 4, .72, 30), broad = fbm(kWidth, kHeight, 4, 2.4, 4, .55, 31);
  const Field solid(kWidth, kHeight, 1);
  Field t(kWidth, kHeight);
  for (int y = 1; y + 1 < kHeight; ++y)
    for (int x = 1; x + 1 < kWidth; ++x) {
      const float slope = (fur.at(x - f.side, y) - fur.at(x + f.side, y)) + fur.at(x, y + 1) - fur.at(x, y - 1);
      t.at(x, y) = .42f + .13f * broad.at(x, y) + .07f * fur.at(x, y) + .20f * slope;
    }
  canvas.put(tinted(solid, t, Color(0x222f16), Color(0x9aad48)), -1.5, -.9, 3.0, 1.8);
  Rng rng(33);
  for (int i = 0; i < 2600; ++i) {  // its shoots
    const double x = rng.uniform(-1.45, 1.45), y = rng.uniform(-.85, .85), q = rng.uniform(.005, .013);
    const double a = rng.uniform(0, 6.2832);
    canvas.move_to(x, y);
    canvas.line_to(x + q * std::cos(a), y + q * std::sin(a));
    canvas.stroke(alpha(mix(Color(0x3a4c20), Color(0xb4c458), rng.uniform()), .55), .0022);
  }
}

void leaf(Canvas& c, double size, Color body, int side) {
  c.begin();
  c.move_to(-size, 0);
  c.curve_to(-size * .5, -size * .62, size * .5, -size * .55, size, 0);
  c.curve_to(size * .5, size * .55, -size * .5, size * .62, -size, 0);
  c.close();
  c.fill(lin(0, -size * .5 * side, 0, size * .5 * side,
             {{0, mix(body, kWhite, .22)}, {.5, body}, {1, mix(body, kBlack, .35)}}));
  c.move_to(-size * 1.25, 0);
  c.line_to(size * .9, 0);
  c.stroke(alpha(mix(body, kBlack, .5), .8), size * .05);
  for (int i = -2; i < 3; ++i) {
    c.move_to(i * size * .28, 0);
    c.line_to(i * size * .28 + size * .25, -size * .34 * (1 - std::abs(i) * .18));
    c.move_to(i * size * .28, 0);
    c.line_to(i * size * .28 + size * .25, size * .34 * (1 - std::abs(i) * .18));
    c.stroke(alpha(mix(body, kBlack, .4), .6), size * .028);
  }
}

void leaves(Canvas& canvas, const Flat& f, double spread, int count, std::uint64_t seed) {
  constexpr Color kTones[] = {Color(0xb8752e), Color(0x8a4a24), Color(0xc8983c), Color(0x7a6a34)};
  const double away = f.c.side >= 0 ? -1 : 1, tall = f.c.format == Format::tall ? 1 : 0;
  Rng rng(seed);
  for (int i = 0; i < count; ++i) {
    const double x = away * (tall > 0 ? .12 : .58) + spread * rng.normal(),
                 y = (tall > 0 ? -.40 : -.05) + spread * .9 * rng.normal();
    const double turn = rng.uniform(0, 6.28), size = rng.uniform(.028, .058);
    const Color tone = mul(kTones[rng.below(4)], hour_filter(f));
    const auto saved = canvas.saved();
    canvas.translate(x, y);
    with_shadow(canvas, size * 1.5, -f.side * .008, .010, .004, .5, f.shadow, [&](Canvas& c) {
      const auto inner = c.saved();
      c.rotate(turn);
      leaf(c, size, tone, f.side);
    });
  }
}

void forest_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  leaves(canvas, f, .26, 13, 71);
  lay_subject(canvas, f, subject);
  const double away = f.c.side >= 0 ? -1 : 1, edge = f.c.aspect / 2;
  Rng rng(44);
  const auto saved = canvas.saved();
  canvas.translate(away * (edge + .03), .56);
  canvas.rotate(-away * .85);
  with_shadow(canvas, .5, -f.side * .02, .02, .010, .5, f.shadow, [&](Canvas& c) {
    paint_fern(c, 0, 0, .42, mul(Color(0x24421f), hour_filter(f)), mul(Color(0x86aa44), hour_filter(f)), f.side, rng);
  });
}

// Light that comes through leaves: small flecks in drifts.
void dapples(Canvas& canvas, const Flat& f) {
  Rng rng(7);
  for (int i = 0; i < 9; ++i) {
    const double cx = f.side * .3 + .55 * rng.normal(), cy = .32 * rng.normal();
    for (int k = 0; k < 7; ++k) {
      const double q = rng.uniform(.012, .055);
      canvas.ell(cx + .09 * rng.normal(), cy + .06 * rng.normal(), q, q * rng.uniform(.5, .9));
      canvas.fill(alpha(f.look.lit, f.look.night() ? .05 : .20));
    }
  }
}

}  // namespace

Scene forest_above(const Composition& c, const Subject& subject) {
  const FlatPtr f = make_outdoor_flat(c, Land::forest);
  Scene scene = outdoor_flat_scene(*f);
  scene.layers.emplace_back("moss", 1, [f](Canvas& canvas) {
    moss(canvas, *f);
    hour_light(canvas, *f);
  });
  scene.layers.emplace_back(
      "dapples", 1, [f](Canvas& canvas) { dapples(canvas, *f); }, .014, Blend::screen);
  scene.layers.back().bakes = true;
  scene.layers.emplace_back("items", kFlatItems, [f, subject](Canvas& canvas) { forest_items(canvas, *f, subject); });
  return scene;
}

}  // namespace vidgen::local
