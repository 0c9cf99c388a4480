// SPDX-License-Identifier: Apache-2.0
#include "local/settings/nature.hpp"

#include <algorithm>
#include <cmath>

#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

constexpr double kPi = 3.14159265358979323846;

void glow_disc(Canvas& canvas, double x, double y, double radius, const Stops& stops) {
  canvas.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  canvas.fill(rad(x, y, 0, radius, stops));
}

}  // namespace

void fill_all(Canvas& canvas, const Source& source) {
  double x0, y0, x1, y1;
  cairo_clip_extents(canvas.get(), &x0, &y0, &x1, &y1);
  canvas.rect(x0, y0, x1 - x0, y1 - y0);
  canvas.fill(source);
}

double interpolate(std::span<const Point> line, double x) {
  if (x <= line.front().x) return line.front().y;
  if (x >= line.back().x) return line.back().y;
  const auto next = std::upper_bound(line.begin(), line.end(), x, [](double v, const Point& p) { return v < p.x; });
  const Point &a = *(next - 1), &b = *next;
  return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
}

void paint_sky(Canvas& canvas, const Stops& stops, double top, double bottom) {
  fill_all(canvas, lin(0, top, 0, bottom, stops));
}

void paint_sun(Canvas& canvas, double x, double y, Color core, Color glow, double strength, bool disc) {
  canvas.op(CAIRO_OPERATOR_SCREEN);
  glow_disc(canvas, x, y, .75, soft(glow, .55 * strength, 10, 2.4));
  glow_disc(canvas, x, y, .32, soft(mix(glow, core, .5), .7 * strength, 10, 2.2));
  glow_disc(canvas, x, y, .11, soft(core, .9 * strength, 10, 1.7));
  canvas.op(CAIRO_OPERATOR_OVER);
  if (!disc) return;
  canvas.ell(x, y, .035, .035);
  canvas.fill(rad(x, y, .029, .035, {{0, mix(core, kWhite, .7)}, {1, alpha(core, 0)}}));
}

void paint_rays(Canvas& canvas, double x, double y, Color color, double strength, std::uint64_t seed) {
  constexpr int kWedges = 18;
  constexpr double kReach = 1.9;
  Rng rng(seed);
  for (int i = 0; i < kWedges; ++i) {
    const double a = rng.uniform(.15, 2.95), half = rng.uniform(.012, .07), k = rng.uniform(.3, 1) * strength;
    canvas.poly({{x, y},
                 {x + kReach * std::cos(a - half), y + kReach * std::sin(a - half)},
                 {x + kReach * std::cos(a + half), y + kReach * std::sin(a + half)}});
    canvas.fill(rad(x, y, 0, kReach * .8, {{0, alpha(color, k)}, {.4, alpha(color, k * .5)}, {1, alpha(color, 0)}}));
  }
}

void paint_clouds(Canvas& canvas, const CloudField& c) {
  constexpr int kHeight = 176;
  const double across = kWorldRight - kWorldLeft;
  const int width = static_cast<int>(kHeight * across / (c.bottom - c.top) * .55);
  const Field n = fbm(width, kHeight, 5.5, 7, 5, .55, c.seed);
  Field opacity(width, kHeight), light(width, kHeight);
  for (int y = 0; y < kHeight; ++y) {
    const double envelope = std::pow(std::sin(kPi * y / (kHeight - 1.0)), .7) * c.strength;
    const double wy = c.top + (c.bottom - c.top) * y / kHeight - c.sun_y;
    for (int x = 0; x < width; ++x) {
      const double a = std::clamp((n.at(x, y) - c.cover) * 1.1, 0.0, 1.0);
      opacity.at(x, y) = static_cast<float>(a * a * (3 - 2 * a) * envelope);
      const double above = n.at(x, std::max(0, y - 3)), wx = kWorldLeft + across * x / width - c.sun_x;
      const double near_sun = std::exp(-(wx * wx + wy * wy) / .35);
      const double edge = std::clamp(.5 + (n.at(x, y) - above) * 1.6, 0.0, 1.0);
      light.at(x, y) = static_cast<float>(std::clamp(edge * .55 + near_sun * .65, 0.0, 1.0));
    }
  }
  canvas.put(tinted(opacity, light, c.shadow, c.lit), kWorldLeft, c.top, across, c.bottom - c.top);
}

void paint_mist(Canvas& canvas, double y, double height, Color color, double strength, std::uint64_t seed) {
  constexpr int kWidth = 420, kHeight = 72;
  const Field n = fbm(kWidth, kHeight, 4, 2.2, 4, .5, seed);
  Field opacity(kWidth, kHeight);
  for (int j = 0; j < kHeight; ++j) {
    const double profile = std::pow(std::sin(kPi * j / (kHeight - 1.0)), 1.4) * strength;
    for (int i = 0; i < kWidth; ++i)
      opacity.at(i, j) = static_cast<float>(std::clamp(.55 + .35 * n.at(i, j), 0.0, 1.0) * profile);
  }
  canvas.put(texture(opacity, color), kWorldLeft, y - height / 2, kWorldRight - kWorldLeft, height);
}

void paint_conifer(Canvas& canvas, double x, double y, double height, Color color, Color lit, int side, Rng& rng,
                   int tiers) {
  const double w = height * rng.uniform(.17, .23);
  std::vector<Point> left, right{{x, y - height}};
  for (int i = 0; i < tiers; ++i) {
    const double u = (i + .6) / tiers, yy = y - height + height * .96 * u;
    const double reach = w * std::pow(u, .85) * rng.uniform(.8, 1.12), other = reach * rng.uniform(.9, 1.1);
    left.push_back({x - reach, yy + height * .022});
    left.push_back({x - reach * .52, yy - height * .004});
    right.push_back({x + other, yy + height * .022});
    right.push_back({x + reach * .52, yy - height * .004});
  }
  right.push_back({x + w * .12, y});
  right.push_back({x - w * .12, y});
  right.insert(right.end(), left.rbegin(), left.rend());
  canvas.poly(right);
  const double a = x - w * side, b = x + w * side;
  canvas.fill(lin(a, 0, b, 0, {{0, color}, {.5, color}, {.82, mix(color, lit, .35)}, {1, mix(color, lit, .8)}}));
}

void paint_rock(Canvas& canvas, double x, double y, double w, double h, Color top, Color front, Color dark, Color lit,
                int side, std::uint64_t seed) {
  constexpr int kPoints = 11;
  Rng rng(seed);
  std::vector<Point> crest, middle;
  for (int i = 0; i < kPoints; ++i) {
    const double arch = std::pow(std::sin(kPi * (i + .35) / (kPoints - .3)), .42);
    crest.push_back({x - w + 2 * w * i / (kPoints - 1), y - h * arch * rng.uniform(.86, 1.04)});
    middle.push_back({crest.back().x, crest.back().y + h * rng.uniform(.2, .36)});
  }
  std::vector<Point> outline{{x - w * 1.03, y}};
  outline.insert(outline.end(), crest.begin(), crest.end());
  outline.push_back({x + w * 1.03, y});
  const double a = x - w * side, b = x + w * side;
  {
    const auto saved = canvas.saved();
    canvas.poly(outline);
    canvas.clip(true);
    canvas.fill(lin(a, 0, b, 0, {{0, dark}, {.55, mix(front, dark, .35)}, {1, front}}));
    for (std::size_t i = 0; i + 1 < crest.size(); ++i) {
      double t = (static_cast<double>(i) + .5) / (kPoints - 1);
      if (side < 0) t = 1 - t;
      canvas.poly({crest[i], crest[i + 1], middle[i + 1], middle[i]});
      canvas.fill(mix(mix(top, front, .5), top, .25 + .75 * t * rng.uniform(.7, 1)));
    }
    canvas.rect(x - 2 * w, y - h * .35, 4 * w, h * .4);
    canvas.fill(lin(0, y - h * .35, 0, y, {{0, alpha(dark, 0)}, {1, alpha(dark, .75)}}));
  }
  canvas.begin();
  canvas.poly(crest, false);
  canvas.stroke(lin(a, 0, b, 0, {{0, alpha(lit, 0)}, {.4, alpha(lit, .25)}, {1, alpha(lit, .95)}}), .004);
}

void paint_grass(Canvas& canvas, double y, double height, Color color, Color lit, int blades, std::uint64_t seed,
                 double lean, double left, double right) {
  Rng rng(seed);
  for (int i = 0; i < blades; ++i) {
    const double x = rng.uniform(left, right);
    const double h = height * rng.uniform(.35, 1) * (.6 + .4 * std::sin(x * 5 + static_cast<double>(seed % 7)));
    const double w = h * .035 + .0012, dx = h * (lean + .28 * rng.normal()), t = rng.uniform();
    canvas.begin();
    canvas.move_to(x - w, y);
    canvas.curve_to(x - w * .5, y - h * .5, x + dx * .5, y - h * .8, x + dx, y - h);
    canvas.curve_to(x + dx * .5 + w, y - h * .75, x + w * 1.2, y - h * .5, x + w, y);
    canvas.close();
    canvas.fill(lin(0, y - h, 0, y, {{0, mix(color, lit, .35 + .6 * t)}, {1, color}}));
  }
}

}  // namespace vidgen::local
