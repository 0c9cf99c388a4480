// SPDX-License-Identifier: Apache-2.0
#include "local/settings/quiet.hpp"

#include "local/settings/nature.hpp"

namespace vidgen::local {

Composition blurred_composition(Composition c) {
  c.hero = false;
  c.closing = true;
  c.frame = Frame::wide;
  c.lens = 1;
  c.softness = 9;
  return c;
}

Scene veiled(Scene scene, Color dark) {
  scene.dust.count = 0;
  scene.finish.bloom = .12;
  scene.layers.emplace_back("dark", 0, [dark](Canvas& canvas) {
    fill_all(canvas, alpha(dark, .52));
    fill_all(canvas, rad(0, 0, 0, .95, soft(dark, .34, 16, 1.6)));
  });
  scene.layers.back().coarse = .25;
  return scene;
}

}  // namespace vidgen::local
