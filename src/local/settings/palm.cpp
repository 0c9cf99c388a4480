// SPDX-License-Identifier: Apache-2.0
// A palm's crown in the corner of the frame.
#include <cmath>

#include "local/settings/sea.hpp"

namespace vidgen::local {
namespace {

constexpr int kLeaflets = 30;

struct Frond {
  double x, y, ex, ey, arch;
  Point at(double u) const { return {x + (ex - x) * u, y + (ey - y) * u - arch * std::sin(u * 2.7)}; }
};

// Leaflets hang to both sides of the stem, longest in its middle, and droop at the tip.
void paint_frond(Canvas& canvas, const Frond& f, double reach, Color dark, Color lit, Rng& rng) {
  for (int side = -1; side <= 1; side += 2)
    for (int i = 2; i < kLeaflets; ++i) {
      const double u = static_cast<double>(i) / kLeaflets;
      const Point p = f.at(u), q = f.at(std::min(1.0, u + .03));
      const double dx = q.x - p.x, dy = q.y - p.y, n = std::hypot(dx, dy) + 1e-9;
      const double length = reach * .22 * std::sin(.35 + u * 2.5) * rng.uniform(.85, 1.1);
      // Forwards and outwards, and down by their weight.
      const double fx = dx / n * .62 - side * dy / n * .75, fy = dy / n * .62 + side * dx / n * .75 + .42;
      const Point tip{p.x + fx * length, p.y + fy * length};
      const double wx = dx / n * reach * .012, wy = dy / n * reach * .012;
      canvas.begin();
      canvas.move_to(p.x - wx, p.y - wy);
      canvas.curve_to(p.x + fx * length * .4 - wx, p.y + fy * length * .25 - wy, tip.x - wx, tip.y - length * .15,
                      tip.x, tip.y);
      canvas.curve_to(p.x + fx * length * .5 + wx, p.y + fy * length * .4 + wy, p.x + wx * 2, p.y + wy * 2, p.x + wx,
                      p.y + wy);
      canvas.close();
      canvas.fill(mix(dark, lit, (side < 0 ? .55 : .15) * rng.uniform(.3, 1)));
    }
  canvas.begin();
  canvas.move_to(f.x, f.y);
  for (int i = 1; i <= 16; ++i) canvas.line_to(f.at(i / 16.0).x, f.at(i / 16.0).y);
  canvas.stroke(mix(dark, lit, .5), reach * .010);
}

}  // namespace

void paint_fronds(Canvas& canvas, double x, double y, double reach, double way, Color dark, Color green, Color lit,
                  std::uint64_t seed) {
  constexpr int kFronds = 6;
  Rng rng(seed);
  for (int i = 0; i < kFronds; ++i) {
    const double a = .16 + 1.45 * i / (kFronds - 1) + .08 * rng.normal(), r = reach * rng.uniform(.78, 1.05);
    Frond f{x, y, x - way * std::cos(a) * r, y + std::sin(a) * r * .78, reach * .14};
    const double t = rng.uniform();
    paint_frond(canvas, f, reach, mix(dark, green, .35 * t), mix(green, lit, .3 + .4 * t), rng);
  }
}

}  // namespace vidgen::local
