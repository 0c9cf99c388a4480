// SPDX-License-Identifier: Apache-2.0
// From above: a folded map outdoors, plain paper in the studio and on the stage.
#include <algorithm>
#include <cmath>
#include <memory>

#include "local/settings/flat.hpp"
#include "local/settings/flat_items.hpp"
#include "local/settings/nature.hpp"
#include "local/settings/setting.hpp"
#include "local/settings/studio.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

// ---- the map

struct MapFields {
  Field solid, tone, lines, water, wood;
};

MapFields draw_map(std::uint64_t seed) {
  constexpr int kWidth = 760, kHeight = 360;
  const Field n = fbm(kWidth, kHeight, 3.2, 1.7, 4, .45, seed);
  MapFields m{Field(kWidth, kHeight, 1), Field(kWidth, kHeight), Field(kWidth, kHeight), Field(kWidth, kHeight),
              Field(kWidth, kHeight)};
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) {
      const double v = n.at(x, y) * 5.2, level = std::round(v);
      const double gx = (n.at(std::min(x + 1, kWidth - 1), y) - n.at(std::max(x - 1, 0), y)) * 2.6;
      const double gy = (n.at(x, std::min(y + 1, kHeight - 1)) - n.at(x, std::max(y - 1, 0))) * 2.6;
      const double steep = std::hypot(gx, gy) + 1e-4;
      const bool main_line = static_cast<int>(level) % 4 == 0;
      m.tone.at(x, y) = static_cast<float>(.5 + .16 * n.at(x, y));
      m.lines.at(x, y) =
          static_cast<float>(std::clamp(1 - std::abs(v - level) / steep / 1.1, 0.0, 1.0) * .62 * (main_line ? 1 : .55));
      m.water.at(x, y) = static_cast<float>(std::clamp((-n.at(x, y) - 1.15) * 9, 0.0, 1.0) * .8);
      m.wood.at(x, y) = static_cast<float>(std::clamp((n.at(x, y) - .7) * 4, 0.0, 1.0) * .28);
    }
  return m;
}

void paint_map(Canvas& canvas, const Flat& f) {
  const MapFields m = draw_map(12);
  const double w = std::max(2.6, f.c.aspect * 1.4), h = w / 2 > 1.3 ? w / 2 : 1.32;
  const auto put = [&](const Surface& s) { canvas.put(s, -w / 2, -h / 2, w, h); };
  put(tinted(m.solid, m.tone, Color(0xe8dcc0), Color(0xcfc39c)));
  put(texture(m.lines, Color(0x9a6f48)));
  put(texture(m.water, Color(0x8fb6c2)));
  put(texture(m.wood, Color(0x8ea06a)));
  canvas.smooth({{-1.2, .42}, {-.8, .22}, {-.5, .28}, {-.25, .05}, {.1, .02}, {.35, -.2}, {.7, -.16}, {1.2, -.42}});
  canvas.dash(.022, .014);
  canvas.stroke(Color(0xc2452d), .007);
  canvas.dash(0, 0);
  for (double x : {-.866, -.433, .0, .433, .866}) {  // folds
    canvas.rect(x - .05, -1, .05, 2);
    canvas.fill(lin(x - .05, 0, x, 0, {{0, Color(0x3a2a18, 0)}, {1, Color(0x3a2a18, .20)}}));
    canvas.rect(x, -1, .05, 2);
    canvas.fill(lin(x, 0, x + .05, 0, {{0, Color(1, 1, 1, .32)}, {1, Color(1, 1, 1, 0)}}));
  }
  hour_light(canvas, f);
}

void compass(Canvas& c) {
  c.ell(0, 0, .105, .105);
  c.fill(lin(-.1, -.1, .1, .1, {{0, Color(0xf3d79a)}, {.5, Color(0xb98a45)}, {1, Color(0x6d4a20)}}));
  c.ell(0, 0, .088, .088);
  c.fill(rad(-.02, -.03, 0, .13, {{0, Color(0xfbf6e8)}, {1, Color(0xd9cdb0)}}));
  for (int i = 0; i < 24; ++i) {
    const double a = i * .2617993878, r = i % 6 == 0 ? .068 : .076;
    c.move_to(.083 * std::cos(a), .083 * std::sin(a));
    c.line_to(r * std::cos(a), r * std::sin(a));
    c.stroke(Color(0x3a3028, .8), i % 6 == 0 ? .004 : .002);
  }
  c.rotate(.7);
  c.poly({{0, -.066}, {.012, 0}, {-.012, 0}});
  c.fill(Color(0xc2402d));
  c.poly({{0, .066}, {.012, 0}, {-.012, 0}});
  c.fill(Color(0x2b3440));
  c.ell(0, 0, .007, .007);
  c.fill(Color(0xd8b46a));
}

void map_items(Canvas& canvas, const Flat& f, const Subject& subject) {
  lay_subject(canvas, f, subject);
  const double away = f.c.side >= 0 ? -1 : 1;
  const bool tall = f.c.format == Format::tall;
  {
    const auto saved = canvas.saved();
    canvas.translate(tall ? .15 * away : .52 * away, tall ? -.40 : -.24);
    with_shadow(canvas, .13, -f.side * .016, .020, .008, .6, f.shadow, compass);
  }
  if (tall) return;
  const auto saved = canvas.saved();
  canvas.translate(.66 * away, .10);
  canvas.rotate(-.9 * away);
  with_shadow(canvas, .25, -f.side * .010, .014, .006, .5, f.shadow, flat_pencil);
}

void leaf_shadow(Canvas& canvas, const Flat& f) {
  Rng rng(3);
  for (int i = 0; i < 9; ++i) {
    const double x = f.side * (.42 * f.c.aspect + .18 * rng.normal()), y = -.42 + .14 * rng.normal();
    const auto saved = canvas.saved();
    canvas.translate(x, y);
    canvas.rotate(rng.uniform(0, 6));
    canvas.ell(0, 0, .16, .05);
    canvas.fill(Color(0x1a1420, .30));
  }
}

// ---- paper

void paper(Canvas& canvas, const Flat& f, Color lit, Color far) {
  fill_all(canvas, lin(f.side * .9, -.5, -f.side * .9, .5,
                       {{0, mix(lit, kWhite, lum(lit) > .5 ? .25 : .06)}, {.45, lit}, {1, far}}));
  canvas.ell(f.c.side * .13 * f.c.aspect, f.c.format == Format::tall ? -.12 : 0, .47, .47);
  canvas.fill(lin(f.side * .5, -.4, -f.side * .5, .4,
                  {{0, mix(lit, kWhite, lum(lit) > .5 ? .45 : .08)}, {1, mix(lit, far, .35)}}));
}

void paper_bars(Canvas& canvas, const Flat& f) {
  for (int i = 0; i < 4; ++i) {
    const double x = f.side * (.95 - .34 * i);
    canvas.poly({{x, -.7}, {x - f.side * .17, -.7}, {x - f.side * .95, .7}, {x - f.side * .78, .7}});
    canvas.fill(Color(0xfff4dd, f.light.ambient.g > .4 ? .16 : .06));
  }
}

Scene on_paper(const Composition& c, const Subject& subject, Color lit, Color far) {
  Light light;
  light.key = Color(0xfff3e0);
  light.fill = mix(lit, kWhite, .3);
  light.ambient = mix(mix(lit, far, .5), Color(0x2c313c), .3);
  light.sky = mix(lit, kWhite, .5);
  light.ground = far;
  const FlatPtr f = make_flat(c, light, mix(far, kBlack, .75));
  Scene scene = flat_scene();
  scene.finish.vignette = .16;
  scene.layers.emplace_back("paper", 1, [f, lit, far](Canvas& canvas) { paper(canvas, *f, lit, far); });
  scene.layers.emplace_back(
      "window bars", 1, [f](Canvas& canvas) { paper_bars(canvas, *f); }, .014, Blend::screen);
  scene.layers.back().bakes = true;
  scene.layers.emplace_back("items", 1.09, [f, subject](Canvas& canvas) { lay_subject(canvas, *f, subject); });
  return scene;
}

}  // namespace

Scene map_above(const Composition& c, const Subject& subject) {
  const FlatPtr f = make_outdoor_flat(c, Land::mountain);
  Scene scene = outdoor_flat_scene(*f);
  scene.layers.emplace_back("map", 1, [f](Canvas& canvas) { paint_map(canvas, *f); });
  scene.layers.emplace_back("items", kFlatItems, [f, subject](Canvas& canvas) { map_items(canvas, *f, subject); });
  scene.layers.emplace_back(
      "leaf shadow", 1.2, [f](Canvas& canvas) { leaf_shadow(canvas, *f); }, .016);
  return scene;
}

Scene studio_above(const Composition& c, const Subject& subject) {
  const Backdrop paper = studio_backdrop(c, &subject, false);
  return on_paper(c, subject, paper.ground, mix(paper.ground, paper.shadow, .8));
}

Scene studio_dark_above(const Composition& c, const Subject& subject) {
  const Backdrop paper = studio_backdrop(c, &subject, true);
  return on_paper(c, subject, mix(paper.ground, paper.shadow, .15), paper.shadow);
}

Scene stage_dark_above(const Composition& c, const Subject& subject) {
  return on_paper(c, subject, Color(0x2a2758), Color(0x0c0d24));
}

Scene stage_above(const Composition& c, const Subject& subject) {
  if (is_dark_hour(c)) return stage_dark_above(c, subject);
  return on_paper(c, subject, Color(0xeceaf6), Color(0xc3c4dc));
}

}  // namespace vidgen::local
