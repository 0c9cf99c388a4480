// SPDX-License-Identifier: Apache-2.0
// The night sky: stars and the moon.
#include <algorithm>
#include <cmath>

#include "local/settings/nature.hpp"

namespace vidgen::local {
namespace {

void glow(Canvas& canvas, double x, double y, double radius, const Stops& stops) {
  canvas.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  canvas.fill(rad(x, y, 0, radius, stops));
}

}  // namespace

void paint_stars(Canvas& canvas, double horizon, double strength, std::uint64_t seed) {
  constexpr int kStars = 420;
  constexpr double kReach = .95;  // above the horizon; thin air near it swallows them
  Rng rng(seed);
  for (int i = 0; i < kStars; ++i) {
    const double x = rng.uniform(kWorldLeft, kWorldRight), u = rng.uniform(), tone = rng.uniform();
    const double y = horizon - .06 - kReach * u, big = std::pow(rng.uniform(), 7);
    const double k = strength * std::min(1.0, u * 2.6) * (.22 + .5 * rng.uniform() + .5 * big);
    const double q = .0009 + .0016 * big;
    const Color color = tone < .25 ? Color(0xffe6c8) : tone < .6 ? Color(0xcfdcff) : kWhite;
    if (big > .62) glow(canvas, x, y, q * 5, soft(color, .28 * strength, 6, 2.2));
    canvas.ell(x, y, q, q);
    canvas.fill(alpha(color, std::min(1.0, k)));
  }
}

void paint_moon(Canvas& canvas, double x, double y, Color core, Color halo, double strength, bool disc) {
  constexpr double kRadius = .036;
  canvas.op(CAIRO_OPERATOR_SCREEN);
  glow(canvas, x, y, .62, soft(halo, .55 * strength, 10, 2.4));
  glow(canvas, x, y, .22, soft(mix(halo, core, .5), .7 * strength, 10, 2.2));
  canvas.op(CAIRO_OPERATOR_OVER);
  if (!disc) return;
  const auto saved = canvas.saved();
  canvas.ell(x, y, kRadius, kRadius);
  canvas.clip(true);
  canvas.fill(rad(x - .01, y - .012, 0, kRadius * 1.5, {{0, kWhite}, {.6, core}, {1, mix(core, halo, .45)}}));
  struct Sea {
    double x, y, r;
  };
  constexpr Sea kSeas[] = {{-.38, -.25, .62}, {.02, -.45, .5}, {.32, -.05, .48}, {-.12, .15, .45}, {.5, .42, .3}};
  for (const Sea& sea : kSeas)  // soft, or it looks like bubbles
    glow(canvas, x + sea.x * kRadius, y + sea.y * kRadius, sea.r * kRadius, soft(mix(core, halo, .9), .42, 6, 1.2));
}

}  // namespace vidgen::local
