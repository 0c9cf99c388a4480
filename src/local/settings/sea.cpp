// SPDX-License-Identifier: Apache-2.0
#include "local/settings/sea.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::local {
namespace {

constexpr double kWide = kWorldRight - kWorldLeft;

// Lines of swell, thin and close at the skyline, long and far apart at the shore.
void swell(Canvas& canvas, const SeaColors& sea, double horizon, double depth, std::uint64_t seed) {
  Rng rng(seed + 2);
  for (int i = 0; i < 620; ++i) {
    const double u = std::pow(rng.uniform(), 1.6), y = horizon + .003 + depth * .98 * u;
    const double w = (.008 + .075 * u) * rng.uniform(.4, 1.4), h = .0007 + .0026 * u;
    const Color tone = rng.uniform() < .46 ? mix(sea.near, sea.foam, .35) : sea.dark;
    canvas.ell(rng.uniform(kWorldLeft, kWorldRight), y, w, h);
    canvas.fill(alpha(tone, .10 + .16 * rng.uniform()));
  }
}

// The light's road on the water: it widens towards the viewer and breaks up.
void glints(Canvas& canvas, const SeaColors& sea, double horizon, double depth, double sun_x, std::uint64_t seed) {
  Rng rng(seed + 3);
  for (int i = 0; i < 420; ++i) {
    const double u = std::pow(rng.uniform(), 1.25), spread = .035 + .16 * u;
    const double x = sun_x + spread * rng.normal(), y = horizon + .003 + depth * .92 * u;
    const double near = std::exp(-std::pow((x - sun_x) / (spread * 1.6), 2));
    const double w = (.004 + .020 * u) * rng.uniform(.4, 1.3);
    canvas.ell(x, y, w, .0007 + .0016 * u);
    canvas.fill(alpha(sea.glint, std::min(.95, (.25 + .65 * rng.uniform()) * near)));
  }
}

// A ragged strip between two heights that follow the shore.
void strip(Canvas& canvas, double shore, double from, double to, std::uint64_t seed, const Source& source,
           double ragged = 0) {
  constexpr int kPoints = 240;
  Rng rng(seed + 17);
  std::vector<Point> outline;
  for (int i = 0; i <= kPoints; ++i) {
    const double x = kWorldLeft + kWide * i / kPoints;
    outline.push_back({x, shore_at(shore, x, seed) + from + ragged * rng.normal()});
  }
  for (int i = kPoints; i >= 0; --i) {
    const double x = kWorldLeft + kWide * i / kPoints;
    outline.push_back({x, shore_at(shore, x, seed) + to + ragged * .5 * rng.normal()});
  }
  canvas.poly(outline);
  canvas.fill(source);
}

// Foam left behind by the wave: a net of bubbles that thins out seawards.
void lace(Canvas& canvas, const SeaColors& sea, double shore, double back, int count, std::uint64_t seed) {
  Rng rng(seed + 19);
  for (int i = 0; i < count; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), u = std::pow(rng.uniform(), 1.8);
    const double w = rng.uniform(.006, .030) * (1 - .5 * u);
    canvas.ell(x, shore_at(shore, x, seed) - back * u, w, w * .16);
    canvas.stroke(alpha(sea.foam, (.75 - .6 * u) * rng.uniform(.5, 1)), .0017);
  }
}

}  // namespace

void paint_sea(Canvas& canvas, const SeaColors& sea, double horizon, double shore, double sun_x, std::uint64_t seed) {
  const double depth = shore - horizon;
  canvas.rect(kWorldLeft, horizon, kWide, depth + .09);
  canvas.fill(lin(0, horizon, 0, shore + .01, {{0, sea.far}, {.34, sea.middle}, {.74, sea.near}, {1, sea.edge}}));
  swell(canvas, sea, horizon, depth, seed);
  glints(canvas, sea, horizon, depth, sun_x, seed);
  canvas.rect(kWorldLeft, horizon - .0015, kWide, .004);  // the skyline's haze
  canvas.fill(alpha(sea.foam, .22));
}

double shore_at(double shore, double x, std::uint64_t seed) {
  const double phase = .7 * static_cast<double>(seed);
  return shore + .022 * std::sin(x * 2.1 + .6 + phase) + .008 * std::sin(x * 5.3 + 2 * phase) +
         .003 * std::sin(x * 13.7 + phase);
}

void paint_shore(Canvas& canvas, const SeaColors& sea, const SandColors& sand, Color sky, double shore,
                 std::uint64_t seed) {
  strip(canvas, shore, -.002, 2, seed, mix(sand.mid, sand.shade, .3));
  // A breaker behind: its back is dark, its lip white.
  strip(canvas, shore - .052, -.008, .003, seed + 1, alpha(sea.dark, .45), .0010);
  strip(canvas, shore - .050, -.002, .008, seed + 1, alpha(sea.foam, .85), .0016);
  lace(canvas, sea, shore - .006, .050, 170, seed);
  // Wet sand shows the sky; it dries away from the water.
  const Color wet = mix(mix(sand.shade, sand.mid, .35), sky, .30);
  strip(canvas, shore, .004, .056, seed,
        lin(0, shore - .02, 0, shore + .075, {{0, mix(wet, sky, .25)}, {.6, wet}, {1, alpha(sand.mid, .6)}}));
  strip(canvas, shore, .004, .011, seed, alpha(mix(sand.deep, sea.dark, .3), .40), .0006);
  strip(canvas, shore, -.010, .005, seed, alpha(sea.foam, .96), .0012);
  lace(canvas, sea, shore + .004, .014, 260, seed);
}

void paint_shell(Canvas& canvas, double x, double y, double size, double turn, Color lit, Color shade) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  canvas.scale(size, size * .62);
  canvas.rotate(turn);
  constexpr int kRibs = 9;
  std::vector<Point> fan{{0, .62}};
  for (int i = 0; i <= kRibs * 2; ++i) {
    const double a = 3.45 + (5.97 - 3.45) * i / (kRibs * 2), r = i % 2 == 0 ? .97 : 1.06;
    fan.push_back({std::cos(a) * r, .35 + std::sin(a) * r * 1.2});
  }
  canvas.poly(fan);
  canvas.fill(rad(0, .5, 0, 1.7, {{0, shade}, {.45, mix(lit, shade, .3)}, {1, lit}}));
  for (int i = 1; i < kRibs; ++i) {
    const double a = 3.45 + (5.97 - 3.45) * i / kRibs;
    canvas.move_to(0, .55);
    canvas.line_to(std::cos(a) * .9, .35 + std::sin(a) * 1.1);
    canvas.stroke(alpha(shade, .55), .05);
  }
}

}  // namespace vidgen::local
