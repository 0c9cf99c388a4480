// SPDX-License-Identifier: Apache-2.0
// Ridges: a crest line, and under it relief that the key lights from one side.
#include <algorithm>
#include <cmath>

#include "local/settings/nature.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

constexpr int kCrestPoints = 1020;
// Columns and rows of the relief: half a pixel's worth each, and only where the camera looks.
struct Grid {
  int columns, rows, first, last;
};

Grid grid_for(Canvas& canvas) {
  double x0, y0, x1, y1;
  cairo_clip_extents(canvas.get(), &x0, &y0, &x1, &y1);
  const double width = kWorldRight - kWorldLeft;
  Grid g{};
  g.columns = static_cast<int>(std::clamp(width * pixels_per_unit(canvas) * .37, 240.0, 1200.0));
  g.rows = g.columns / 4;
  const auto column = [&](double x) { return static_cast<int>((x - kWorldLeft) / width * (g.columns - 1)); };
  g.first = std::clamp(column(x0) - 3, 1, g.columns - 2);
  g.last = std::clamp(column(x1) + 4, g.first, g.columns - 2);
  return g;
}

double smoothstep(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

// The relief's height field, sheared sideways below the crest so that gullies fan out.
Field relief_field(const Ridge& r, std::span<const Point> crest, double top, double height, const Grid& g) {
  const double width = kWorldRight - kWorldLeft;
  Field out(g.columns, g.rows);
  std::vector<Lattice> octaves;
  for (std::uint64_t k = 0; k < 4; ++k) octaves.emplace_back(r.seed * 31 + 70 + k);
  const Lattice warp(r.seed + 3);
  for (int x = g.first - 1; x <= g.last + 1; ++x) {
    const double wx = kWorldLeft + width * x / (g.columns - 1);
    const double ridge_y = interpolate(crest, wx), fan = std::sin(wx * 7.3 + static_cast<double>(r.seed));
    for (int y = 0; y < g.rows; ++y) {
      const double depth = top + height * y / (g.rows - 1) - ridge_y;
      if (depth < -.01 || depth > r.depth * .7) continue;
      const double w = warp.at(static_cast<float>(wx * r.frequency * 1.6), static_cast<float>(depth * 8));
      const double sx = wx + depth * 1.08 * fan + w * .04 * std::clamp(depth * 6, 0.0, 1.0);
      double sum = 0, gain = 1, fx = r.frequency * 2.4, fy = r.frequency * 1.25;
      for (const Lattice& o : octaves) {
        sum += gain * (1 - 1.5 * std::abs(o.at(static_cast<float>(sx * fx), static_cast<float>(depth * fy))));
        gain *= .52;
        fx *= 2;
        fy *= 2;
      }
      out.at(x, y) = static_cast<float>(sum);
    }
  }
  return out;
}

struct Slopes {
  Field lit, dark, snow, snow_light;
};

Slopes measure_slopes(const Ridge& r, std::span<const Point> crest, const Field& relief, double top, double height,
                      const Grid& g) {
  const double width = kWorldRight - kWorldLeft, per_unit = g.columns / width;
  const Field blank(g.columns, g.rows);
  Slopes s{blank, blank, blank, blank};
  const Lattice ragged(r.seed + 5);
  for (int x = g.first; x <= g.last; ++x) {
    const double wx = kWorldLeft + width * x / (g.columns - 1), ridge_y = interpolate(crest, wx);
    const double crest_slope = (interpolate(crest, wx + .006) - interpolate(crest, wx - .006)) / .012;
    const double near_sun = .35 + .65 * std::exp(-std::pow((wx - r.sun_x) / .75, 2));
    const double line = r.rise * .55 - (ridge_y - top) * .62;
    for (int y = 0; y < g.rows; ++y) {
      const double depth = top + height * y / (g.rows - 1) - ridge_y;
      if (depth < -.004 || depth > r.depth * .62) continue;
      const double gradient = (relief.at(x + 1, y) - relief.at(x - 1, y)) / 2 * per_unit;
      const double facing = -(gradient * .085 * r.rise / .12 * .55 - crest_slope * 1.15) * r.side;
      const double fade = std::pow(std::clamp(1 - depth / (r.depth * .62), 0.0, 1.0), 1.25);
      const double lit = smoothstep(facing * 1.15);
      s.lit.at(x, y) = static_cast<float>(lit * fade * r.relief * near_sun * 1.35);
      s.dark.at(x, y) = static_cast<float>(smoothstep(-facing * .9) * fade * .42);
      if (!r.snow) continue;
      const double edge = .03 * ragged.at(static_cast<float>(wx * 14), static_cast<float>(depth * 40)) +
                          .018 * ragged.at(static_cast<float>(wx * 37), static_cast<float>(depth * 90));
      const double cover = std::clamp((line + edge - depth) * 60, 0.0, 1.0);
      s.snow.at(x, y) = static_cast<float>(cover * std::clamp(.5 + .7 * (relief.at(x, y) + .1), 0.0, 1.0) * .92);
      s.snow_light.at(x, y) = static_cast<float>(std::clamp(.25 + lit * .9, 0.0, 1.0));
    }
  }
  return s;
}

void paint_relief(Canvas& canvas, const Ridge& r, std::span<const Point> crest, double top) {
  const double height = r.depth * 1.25 + .02, y0 = top - .01, width = kWorldRight - kWorldLeft;
  const Grid g = grid_for(canvas);
  const Field relief = relief_field(r, crest, y0, height, g);
  const Slopes s = measure_slopes(r, crest, relief, y0, height, g);
  canvas.put(texture(s.dark, mix(r.top, Color(0x0a1030), .4)), kWorldLeft, y0, width, height);
  canvas.put(texture(s.lit, r.lit), kWorldLeft, y0, width, height);
  if (r.snow)
    canvas.put(tinted(s.snow, s.snow_light, mix(r.snow_color, r.top, .5), r.snow_color), kWorldLeft, y0, width, height);
}

}  // namespace

std::vector<Point> ridge_crest(const Ridge& r) {
  std::vector<double> xs;
  for (int i = 0; i < kCrestPoints; ++i) xs.push_back(kWorldLeft + (kWorldRight - kWorldLeft) * i / (kCrestPoints - 1));
  const std::vector<double> n = noise_line(xs, r.frequency, 7, r.seed, .54);
  const std::vector<double> sway = noise_line(xs, 5, 3, r.seed + 4), rough = noise_line(xs, 9, 4, r.seed + 6, .6);
  std::vector<Point> out;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    double y = r.base - r.rise * (n[i] * .6 + .4);
    for (const Peak& p : r.peaks) {
      const double near = std::max(0.0, 1 - std::abs(xs[i] - p.x + .05 * sway[i]) / p.width);
      y -= p.height * std::pow(near, 1.25) * (1 + .1 * rough[i]);
    }
    out.push_back({xs[i], y});
  }
  return out;
}

void paint_ridge(Canvas& canvas, const Ridge& r) {
  const std::vector<Point> crest = ridge_crest(r);
  double top = 1;
  for (const Point& p : crest) top = std::min(top, p.y);
  std::vector<Point> body{{kWorldLeft, 2}};
  body.insert(body.end(), crest.begin(), crest.end());
  body.push_back({kWorldRight, 2});
  {
    const auto saved = canvas.saved();
    canvas.poly(body);
    canvas.clip(true);
    canvas.fill(lin(0, top, 0, r.base + r.depth, {{0, r.top}, {.55, mix(r.top, r.foot, .65)}, {1, r.foot}}));
    if (r.relief > 0) paint_relief(canvas, r, crest, top);
  }
  canvas.begin();
  if (r.edge <= 0) return;
  canvas.poly(crest, false);
  canvas.stroke(
      lin(r.sun_x - .9, 0, r.sun_x + .9, 0, {{0, alpha(r.lit, 0)}, {.5, alpha(r.lit, r.edge)}, {1, alpha(r.lit, 0)}}),
      .0022);
}

}  // namespace vidgen::local
