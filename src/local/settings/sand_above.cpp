// SPDX-License-Identifier: Apache-2.0
// Sand from above: rippled by the wind with stones on it, or with the water's edge and shells.
#include <algorithm>
#include <cmath>
#include <functional>

#include "local/settings/flat.hpp"
#include "local/settings/sea.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

constexpr SandColors kDesertSand{Color(0xf0c488), Color(0xe2aa68), Color(0xa8703f), Color(0x5a3424), Color(0xfff1cf)};
constexpr SandColors kBeachSand{Color(0xf6e8ca), Color(0xe9d3aa), Color(0xbf9f72), Color(0x6f5236), Color(0xfffaea)};

// Ripples the wind made, lit from one side; `pitch` lines a unit.
void wind_ripples(Canvas& canvas, const SandColors& sand, double pitch, double strength, int side, std::uint64_t seed) {
  constexpr int kWidth = 960, kHeight = 560;
  constexpr double kLeft = -1.5, kTop = -.9, kAcross = 3.0, kDown = 1.8;
  const Lattice bend(seed), fork(seed + 1), patch(seed + 2);
  Field light(kWidth, kHeight), dark(kWidth, kHeight);
  for (int j = 0; j < kHeight; ++j)
    for (int i = 0; i < kWidth; ++i) {
      const double x = kLeft + kAcross * i / kWidth, y = kTop + kDown * j / kHeight;
      const auto fx = static_cast<float>(x), fy = static_cast<float>(y);
      const double b = bend.at(fx * 1.4f, fy * 2.2f) * .055 + fork.at(fx * 4, fy * 7) * .014;
      const double phase = (y + .32 * x * side + b) * pitch * 6.2832;
      const double wave = .8 * std::cos(phase) + .5 * std::cos(2 * phase + 1.1);  // one flank steeper than the other
      const double k = strength * std::clamp(.65 + .35 * patch.at(fx * 1.7f, fy * 1.7f), .1, 1.0);
      light.at(i, j) = static_cast<float>(std::max(0.0, wave) * k * .8);
      dark.at(i, j) = static_cast<float>(std::max(0.0, -wave) * k);
    }
  canvas.put(texture(dark, sand.shade), kLeft, kTop, kAcross, kDown);
  canvas.put(texture(light, sand.crest), kLeft, kTop, kAcross, kDown);
}

void sand_ground(Canvas& canvas, const SandColors& sand, double pitch, double strength, int side) {
  constexpr int kWidth = 300, kHeight = 180;
  const Field n = fbm(kWidth, kHeight, 4, 2.5, 4, .5, 8), solid(kWidth, kHeight, 1);
  Field t = n;
  for (float& v : t.values) v = .5f + .25f * v;
  canvas.put(tinted(solid, t, mix(sand.mid, sand.shade, .10), mix(sand.mid, sand.lit, .5)), -1.5, -.9, 3.0, 1.8);
  wind_ripples(canvas, sand, pitch, strength, side, 5);
  Rng rng(12);
  for (int i = 0; i < 900; ++i) {
    const double x = rng.uniform(-1.4, 1.4), y = rng.uniform(-.8, .8), q = rng.uniform(.0008, .0022);
    canvas.ell(x, y, q, q);
    canvas.fill(alpha(rng.uniform() < .6 ? sand.deep : sand.crest, .30));
  }
}

void stone(Canvas& canvas, const Flat& f, double x, double y, double size, Color body, std::uint64_t seed) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  with_shadow(canvas, size * 1.5, -f.side * size * .8, size * .55, size * .14, .55, f.shadow, [&](Canvas& c) {
    Rng rng(seed);
    std::vector<Point> outline;
    for (int i = 0; i < 9; ++i) {
      const double a = 6.2832 * i / 9, r = size * rng.uniform(.78, 1.1);
      outline.push_back({std::cos(a) * r * 1.25, std::sin(a) * r * .85});
    }
    c.smooth(outline, true);
    c.fill(lin(f.side * size, -size, -f.side * size, size,
               {{0, mix(body, kWhite, .45)}, {.4, body}, {1, mix(body, kBlack, .55)}}));
  });
}

void scatter_stones(Canvas& canvas, const Flat& f, Color body, int count, double size) {
  const double away = f.c.side >= 0 ? -1 : 1, tall = f.c.format == Format::tall ? 1 : 0;
  Rng rng(static_cast<std::uint64_t>(f.c.variant % 4 + 21));
  for (int i = 0; i < count; ++i) {
    const double spread = i < 3 ? .07 : .22;
    const double x = tall > 0 ? .20 * away + .10 * rng.normal() : .60 * away + spread * rng.normal();
    const double y = (tall > 0 ? -.42 : -.28) + .5 * spread * rng.normal();
    stone(canvas, f, x, y, size * rng.uniform(.4, i < 3 ? 1.3 : .8), mix(body, kBlack, .25 * rng.uniform()),
          40 + static_cast<std::uint64_t>(i));
  }
}

// ---- the beach

// The net of foam and light on shallow water, thinning out with depth below `edge`.
void foam_net(Canvas& canvas, const std::function<double(double)>& edge) {
  constexpr int kWidth = 700, kHeight = 300;
  constexpr double kLeft = -1.7, kAcross = 3.4, kTop = -.8, kDown = .95;
  const Lattice coarse(91), fine(92), warp(93);
  Field net(kWidth, kHeight);
  for (int j = 0; j < kHeight; ++j)
    for (int i = 0; i < kWidth; ++i) {
      const double x = kLeft + kAcross * i / kWidth, y = kTop + kDown * j / kHeight, depth = edge(x) - y;
      if (depth < 0) continue;
      const double bend = .05 * warp.at(static_cast<float>(x * 6), static_cast<float>(y * 6));
      const auto fx = static_cast<float>(x + bend), fy = static_cast<float>(y * 1.4 - bend);
      const double web = 1 - std::abs(coarse.at(fx * 11, fy * 11)) * 4.5,
                   small = 1 - std::abs(fine.at(fx * 24, fy * 24)) * 4;
      const double near = std::exp(-depth / .16);
      net.at(i, j) = static_cast<float>(std::clamp(web, 0.0, 1.0) * (.18 + .5 * near) +
                                        std::clamp(small, 0.0, 1.0) * .6 * near * near);
    }
  canvas.put(texture(net, kWhite), kLeft, kTop, kAcross, kDown);
}

// Where the water ends: a diagonal across the corner on the free side.
void water_edge(Canvas& canvas, const Flat& f) {
  const SeaColors sea{Color(0x3fa8b8), Color(0x5fbec0), Color(0x8fd6c8), Color(0xc9ecd9),
                      Color(0x1f6f93), kWhite,          kWhite};
  const auto saved = canvas.saved();
  const double away = f.c.side >= 0 ? -1 : 1;
  canvas.scale(away, 1);
  if (f.c.format == Format::tall) {
    canvas.translate(.14, .36);
    canvas.rotate(-.18);
  } else {
    canvas.translate(.80 * std::min(1.0, f.c.aspect / 1.7), .14);
    canvas.rotate(-.62);
  }
  // Below the line y = .2 lies water; the strip painters know it as the shore upside down.
  canvas.scale(1, -1);
  canvas.translate(0, .24);
  const auto edge = [](double x) { return shore_at(0, x * 1.4, 3); };
  const auto band = [&](double from, double to, const Source& source) {
    std::vector<Point> outline;
    for (int i = 0; i <= 160; ++i) outline.push_back({-2 + i / 40.0, edge(-2 + i / 40.0) + from});
    for (int i = 160; i >= 0; --i) outline.push_back({-2 + i / 40.0, edge(-2 + i / 40.0) + to});
    canvas.poly(outline);
    canvas.fill(source);
  };
  const Color wet = mix(kBeachSand.shade, Color(0x9ab8b8), .22);
  band(.0, .13, lin(0, 0, 0, .13, {{0, wet}, {.6, alpha(wet, .75)}, {1, alpha(wet, 0)}}));
  band(-2, .0, lin(0, 0, 0, -.7, {{0, alpha(sea.edge, .78)}, {.18, alpha(sea.near, .92)}, {1, sea.far}}));
  foam_net(canvas, edge);
  band(-.012, .004, alpha(kWhite, .95));
  band(.004, .010, alpha(kBeachSand.deep, .30));
}

void beach_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  lay_subject(canvas, f, subject);
  const double way = f.c.side >= 0 ? 1 : -1, tall = f.c.format == Format::tall ? 1 : 0;
  struct Shell {
    double x, y, size, turn;
  };
  constexpr Shell kShells[] = {{.66, .30, .036, .5}, {.74, .36, .024, -.7}, {.58, .39, .020, 1.2}};
  for (const Shell& s : kShells) {
    const auto saved = canvas.saved();
    canvas.translate(way * (tall > 0 ? .48 - s.x : s.x * std::min(1.0, f.c.aspect / 1.7)), tall > 0 ? s.y - .76 : s.y);
    with_shadow(canvas, s.size * 1.6, -f.side * .010, .012, .004, .5, f.shadow, [&](Canvas& c) {
      c.scale(1, 1.5);
      paint_shell(c, 0, 0, s.size, s.turn, mul(Color(0xfff2e0), hour_filter(f)), mul(Color(0xd9a88a), hour_filter(f)));
    });
  }
}

// Drawn whole and then thinned, so that leaflets over leaflets are no darker.
void palm_shadow(Canvas& canvas, const Flat& f) {
  const Color dark(0x1a1420);
  cairo_push_group(canvas.get());
  paint_fronds(canvas, f.side * (f.c.aspect / 2 + .02), -.56, .62, f.side, dark, dark, dark, 4);
  cairo_pop_group_to_source(canvas.get());
  cairo_paint_with_alpha(canvas.get(), f.look.night() ? .2 : .34);
}

}  // namespace

Scene desert_above(const Composition& c, const Subject& subject) {
  const FlatPtr f = make_outdoor_flat(c, Land::desert);
  Scene scene = outdoor_flat_scene(*f);
  scene.layers.emplace_back("sand", 1, [f](Canvas& canvas) {
    sand_ground(canvas, kDesertSand, 24, .36, f->side);
    scatter_stones(canvas, *f, Color(0x9a6a50), 7, .030);
    hour_light(canvas, *f);
  });
  scene.layers.emplace_back("items", kFlatItems, [f, subject](Canvas& canvas) { lay_subject(canvas, *f, subject); });
  return scene;
}

Scene beach_above(const Composition& c, const Subject& subject) {
  const FlatPtr f = make_outdoor_flat(c, Land::beach);
  Scene scene = outdoor_flat_scene(*f);
  scene.layers.emplace_back("sand", 1, [f](Canvas& canvas) {
    sand_ground(canvas, kBeachSand, 16, .13, f->side);
    water_edge(canvas, *f);
    hour_light(canvas, *f);
  });
  scene.layers.emplace_back("items", kFlatItems, [f, subject](Canvas& canvas) { beach_items(canvas, *f, subject); });
  scene.layers.emplace_back(
      "palm shadow", 1.2, [f](Canvas& canvas) { palm_shadow(canvas, *f); }, .012);
  return scene;
}

}  // namespace vidgen::local
