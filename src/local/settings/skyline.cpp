// SPDX-License-Identifier: Apache-2.0
#include "local/settings/skyline.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/noise.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

constexpr double kLeft = -2.1, kRight = 2.1;
constexpr std::uint32_t kWindows[] = {0xffe2a8, 0xffc27a, 0xffd79a, 0xffb06a, 0x9fd0ff};
constexpr std::uint32_t kStreaks[] = {0xffb066, 0xff6fa0, 0x6fb8ff, 0xffd79a, 0xb48aff};

struct Tower {
  double x, y, w, h;
};

// Steps, a hut with an antenna, a slanted roof or none.
void roof(Canvas& canvas, const TowerPlane& p, const Tower& t, Rng& rng) {
  const int kind = rng.below(6);
  if (kind == 0) {
    canvas.rect(t.x + t.w * .18, t.y - t.h * .10, t.w * .64, t.h * .11);
    canvas.rect(t.x + t.w * .34, t.y - t.h * .18, t.w * .32, t.h * .09);
  } else if (kind == 1) {
    canvas.rect(t.x + t.w * .3, t.y - .02, t.w * .4, .03);
    canvas.rect(t.x + t.w * .49, t.y - .075, .003, .06);
  } else if (kind == 2 && t.w < .11) {
    canvas.poly({{t.x, t.y + .002}, {t.x, t.y - t.w * .30}, {t.x + t.w, t.y + .002}});
  } else {
    return;
  }
  canvas.fill(p.top);
}

void body(Canvas& canvas, const TowerPlane& p, const Tower& t) {
  canvas.rect(t.x, t.y, t.w, t.h + .7);
  canvas.fill(lin(0, t.y, 0, p.base, {{0, p.top}, {1, p.foot}}));
  // The side that looks at the glow.
  const double x = p.side > 0 ? t.x + t.w * .72 : t.x;
  canvas.rect(x, t.y, t.w * .28, t.h);
  canvas.fill(lin(0, t.y, 0, p.base, {{0, alpha(p.edge, p.shine)}, {1, alpha(p.edge, p.shine * .3)}}));
}

// How a tower is lit: rows of an office, clusters of flats, or hardly at all.
void lights(Canvas& canvas, const TowerPlane& p, const Tower& t, Rng& rng) {
  const Lattice cluster(rng.next());
  const bool office = rng.uniform() < .3;
  const double level = rng.uniform(-.15, .85), s = p.cell;
  for (double y = t.y + s * 1.8; y < p.base; y += s * 1.7)
    for (double x = t.x + s * .8; x < t.x + t.w - s * .9; x += s * 1.25) {
      const double n = office ? cluster.at(3.1f, static_cast<float>(y / s * .45)) +
                                    .5 * cluster.at(static_cast<float>(x / s * .3), 7.f)
                              : cluster.at(static_cast<float>(x / s * .33), static_cast<float>(y / s * .24));
      const double chance = rng.uniform(), tone = rng.uniform(.3, 1);
      const int colour = rng.below(office ? 5 : 4);
      if (n < level || chance > .86) continue;
      canvas.rect(x, y, s * .66, s * .82);
      canvas.fill(alpha(Color(kWindows[colour]), p.strength * tone));
    }
}

// By day: floors and glass that shows the sky.
void glazing(Canvas& canvas, const TowerPlane& p, const Tower& t, Rng& rng) {
  const bool glass = rng.uniform() < .45;
  const double s = p.cell * (glass ? 1.2 : 1);
  if (glass) {
    canvas.rect(t.x, t.y, t.w, t.h);
    canvas.fill(lin(t.x, t.y, t.x + t.w, t.y + t.h * .8,
                    {{0, alpha(p.edge, .30)}, {.45, alpha(p.edge, .05)}, {1, alpha(p.edge, .22)}}));
  }
  const Color dark = alpha(mix(p.top, Color(0x1c2c3c), .55), .30 * p.strength);
  for (double y = t.y + s * 1.6; y < p.base; y += s * 1.7) {
    if (glass) {
      canvas.rect(t.x, y, t.w, s * .28);
      canvas.fill(dark);
      continue;
    }
    for (double x = t.x + s * .8; x < t.x + t.w - s * .9; x += s * 1.35) {
      canvas.rect(x, y, s * .7, s * .9);
      canvas.fill(alpha(dark, dark.a * rng.uniform(.6, 1.4)));
    }
  }
}

}  // namespace

void paint_towers(Canvas& canvas, const TowerPlane& p) {
  Rng rng(p.seed);
  const auto saved = canvas.saved();
  canvas.translate(p.shift, 0);
  for (double x = kLeft; x < kRight;) {
    const double w = rng.uniform(p.narrow, p.broad);
    // High ones stand in groups.
    const double group = .55 + .45 * std::sin(x * 4.3 + static_cast<double>(p.seed));
    const double h = p.low + (p.high - p.low) * rng.uniform(.15, 1) * (.35 + .65 * group);
    const Tower t{x, p.base - h, w, h};
    roof(canvas, p, t, rng);
    body(canvas, p, t);
    if (p.lit)
      lights(canvas, p, t, rng);
    else
      glazing(canvas, p, t, rng);
    x += w + (rng.uniform() < .2 ? rng.uniform(.005, .03) : -.002);
  }
}

void paint_streaks(Canvas& canvas, const Streaks& s) {
  Rng rng(s.seed);
  for (int i = 0; i < s.count; ++i) {
    const double x = rng.uniform(-1.7, 1.7), y = s.top + rng.uniform(-.04, .16) * s.reach;
    const double h = s.reach * rng.uniform(.25, 1), w = rng.uniform(.003, .011);
    const Color tone(kStreaks[rng.below(5)]);
    const double k = s.strength * rng.uniform(.35, 1);
    canvas.rect(x - w, y, 2 * w, h);
    canvas.fill(lin(0, y, 0, y + h,
                    {{0, alpha(tone, 0)},
                     {.14, alpha(tone, k)},
                     {.3, alpha(tone, k * .62)},
                     {.6, alpha(tone, k * .22)},
                     {1, alpha(tone, 0)}}));
  }
}

void paint_pavement(Canvas& canvas, const Pavement& g) {
  canvas.rect(-3, g.top, 6, 3);
  canvas.fill(lin(0, g.top, 0, .54, {{0, g.far}, {.35, mix(g.far, g.near, .7)}, {1, mix(g.near, g.dark, .45)}}));
  Rng rng(g.seed);
  const double deep = std::max(.1, .55 - g.top);
  for (int i = 0; i < 80; ++i) {
    const double u = std::pow(rng.uniform(), 1.2), y = g.top + .008 + deep * u, x = rng.uniform(-1.6, 1.6);
    const double w = (.05 + .34 * u) * rng.uniform(.5, 1.2), k = rng.uniform(.04, .11);
    const bool bright = rng.uniform() < .45;
    canvas.ell(x, y, w, .003 + .016 * u);
    // Bright patches on wet ground would read as discs lying on it.
    canvas.fill(alpha(bright ? g.lit : g.dark, !g.wet ? k * (bright ? 1 : .5) : bright ? 0 : k * .7));
  }
  if (!g.wet) return;
  for (int i = 0; i < 60; ++i) {  // ripples cut the reflections
    const double y = g.top + .015 + deep * std::pow(rng.uniform(), .8);
    canvas.rect(rng.uniform(-1.7, 1.5), y, rng.uniform(.05, .25), .0022);
    canvas.fill(alpha(g.dark, .35));
  }
}

}  // namespace vidgen::local
