// SPDX-License-Identifier: Apache-2.0
#include "local/settings/steam.hpp"

#include <cmath>
#include <vector>

namespace vidgen::local {
namespace {

constexpr int kPoints = 7;

void strand(Canvas& canvas, const Placement& cup, Color color, int k, double seconds) {
  const double h = cup.unit, base = cup.y - h * .80;
  std::vector<Point> line;
  for (int i = 0; i <= kPoints; ++i) {
    const double u = static_cast<double>(i) / kPoints;
    const double sway = std::sin(u * 5 + k * 2.1 - seconds * 1.5) + .5 * std::sin(u * 9 + k - seconds * 2.3);
    line.push_back({cup.x - .03 * h + (k - 1) * .13 * h + sway * .04 * h * (.3 + u), base - u * h * (.85 + .1 * k)});
  }
  const double breath = .8 + .2 * std::sin(seconds * .8 + k * 1.9);
  struct Stroke {
    double width, opacity;
  };
  for (const Stroke& s : {Stroke{.16, .07}, Stroke{.10, .09}, Stroke{.05, .10}}) {
    const double a = s.opacity * breath;
    canvas.smooth(line);
    canvas.stroke(lin(0, base, 0, base - .95 * h,
                      {{0, alpha(color, 0)}, {.2, alpha(color, a * 1.3)}, {.6, alpha(color, a)}, {1, alpha(color, 0)}}),
                  s.width * h);
  }
}

}  // namespace

Layer steam_layer(const Placement& cup, Color color) {
  Layer layer("steam", 1, nullptr, .016, Blend::screen);
  const double h = cup.unit;
  layer.area = {cup.x - .55 * h, cup.y - 2.05 * h, cup.x + .50 * h, cup.y - .72 * h};
  layer.coarse = .5;
  layer.live = [cup, color](Canvas& canvas, double seconds) {
    canvas.round_caps();
    for (int k = 0; k < 3; ++k) strand(canvas, cup, color, k, seconds);
  };
  return layer;
}

}  // namespace vidgen::local
