// SPDX-License-Identifier: Apache-2.0
// What outdoor settings are painted of: sky, sun, clouds, ridges, mist, conifers, rocks, grass. World units; `lit` is
// the side of the key, +1 right. Functions over the caller's canvas; fixed by their seeds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "local/paint/canvas.hpp"
#include "local/paint/noise.hpp"

namespace vidgen::local {

// Far enough left and right for any lens and pan.
inline constexpr double kWorldLeft = -1.7, kWorldRight = 1.7;

void fill_all(Canvas& canvas, const Source& source);  // all that can be seen
void paint_sky(Canvas& canvas, const Stops& stops, double top, double bottom);
void paint_sun(Canvas& canvas, double x, double y, Color core, Color glow, double strength = 1, bool disc = true);
// Over the horizon, fewer towards it.
void paint_stars(Canvas& canvas, double horizon, double strength, std::uint64_t seed);
void paint_moon(Canvas& canvas, double x, double y, Color core, Color halo, double strength = 1, bool disc = true);
void paint_rays(Canvas& canvas, double x, double y, Color color, double strength, std::uint64_t seed);

struct CloudField {
  double top, bottom, cover, strength;
  Color lit, shadow;
  double sun_x, sun_y;
  std::uint64_t seed;
};
void paint_clouds(Canvas& canvas, const CloudField& clouds);
// A strip of haze, `height` thick about y.
void paint_mist(Canvas& canvas, double y, double height, Color color, double strength, std::uint64_t seed);

struct Peak {
  double x, height, width;
};
struct Ridge {
  double base = 0, rise = .1, frequency = 2;
  std::uint64_t seed = 1;
  Color top, foot, lit;
  double relief = .4;  // strength of the light on the slopes
  double sun_x = .3;
  double depth = .35;  // of the colour's run from crest to foot
  int side = 1;
  std::vector<Peak> peaks;
  bool snow = false;
  Color snow_color;
  double edge = .5;  // light along the crest
};
// The crest's height at equal steps over the world.
std::vector<Point> ridge_crest(const Ridge& ridge);
void paint_ridge(Canvas& canvas, const Ridge& ridge);

void paint_conifer(Canvas& canvas, double x, double y, double height, Color color, Color lit, int side, Rng& rng,
                   int tiers);
void paint_rock(Canvas& canvas, double x, double y, double half_width, double height, Color top, Color front,
                Color dark, Color lit, int side, std::uint64_t seed);
void paint_grass(Canvas& canvas, double y, double height, Color color, Color lit, int blades, std::uint64_t seed,
                 double lean, double left = kWorldLeft, double right = kWorldRight);
double interpolate(std::span<const Point> line, double x);

}  // namespace vidgen::local
