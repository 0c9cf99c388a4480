// SPDX-License-Identifier: Apache-2.0
#include "local/settings/mountain_look.hpp"

namespace vidgen::local {
namespace {

Light light_of(unsigned key, unsigned fill, unsigned ambient, unsigned rim, unsigned sky, unsigned ground,
               double elevation) {
  Light l;
  l.key = Color(key);
  l.fill = Color(fill);
  l.ambient = Color(ambient);
  l.rim = Color(rim);
  l.sky = Color(sky);
  l.ground = Color(ground);
  l.elevation = elevation;
  return l;
}

Grade grade_of(unsigned shadow, unsigned light, double amount) {
  Grade g;
  g.shadow = Color(shadow);
  g.light = Color(light);
  g.amount = amount;
  return g;
}

OutdoorLook sunrise() {
  OutdoorLook p;
  p.time = "sunrise";
  p.sky = {{0, Color(0x24365f)},   {.28, Color(0x56648f)}, {.50, Color(0xc58a86)},
           {.66, Color(0xf4b07a)}, {.80, Color(0xffdca0)}, {1, Color(0xffe9c2)}};
  p.sun = Color(0xfff0c8);
  p.glow = Color(0xff9d55);
  p.far[0] = Color(0xa98796);
  p.far[1] = Color(0x7d6a86);
  p.far[2] = Color(0x58557a);
  p.haze = Color(0xf2b98c);
  p.forest = Color(0x2a3350);
  p.near = Color(0x1c2338);
  p.ground = Color(0x3a3440);
  p.trail = Color(0xb98a68);
  p.lit = Color(0xffc27e);
  p.light = light_of(0xffd9a6, 0x7d90c4, 0x4a5377, 0xffcf8f, 0x9fb0dc, 0x7a5746, .15);
  p.grade = grade_of(0x1d2b4a, 0xffd9a0, .12);
  return p;
}

OutdoorLook golden() {
  OutdoorLook p;
  p.time = "golden";
  p.sky = {{0, Color(0x3d6f9e)},
           {.4, Color(0x8fb4c4)},
           {.65, Color(0xf0d9a8)},
           {.85, Color(0xffe4a6)},
           {1, Color(0xffd894)}};
  p.sun = Color(0xfff4cf);
  p.glow = Color(0xffb44d);
  p.far[0] = Color(0xa9b3b4);
  p.far[1] = Color(0x7f9595);
  p.far[2] = Color(0x5b7775);
  p.haze = Color(0xf1dcae);
  p.forest = Color(0x2f4a43);
  p.near = Color(0x223730);
  p.ground = Color(0x4c4a30);
  p.trail = Color(0xc9a671);
  p.lit = Color(0xffd98a);
  p.light = light_of(0xffe3ae, 0x9db6c9, 0x55646c, 0xffdf9a, 0xb5cbd8, 0x8a6b40, .3);
  p.grade = grade_of(0x1f3540, 0xffe2a0, .10);
  return p;
}

OutdoorLook midday() {
  OutdoorLook p;
  p.time = "midday";
  p.sky = {{0, Color(0x2f74b4)}, {.45, Color(0x6fb0dc)}, {.75, Color(0xc2dfea)}, {1, Color(0xe9f0ea)}};
  p.sun = Color(0xfffcea);
  p.glow = Color(0xffeeb0);
  p.far[0] = Color(0x9fb4c6);
  p.far[1] = Color(0x7c97a6);
  p.far[2] = Color(0x54737a);
  p.haze = Color(0xcfe0e4);
  p.forest = Color(0x2c4a44);
  p.near = Color(0x203a30);
  p.ground = Color(0x56643f);
  p.trail = Color(0xc9b48c);
  p.lit = Color(0xfff0c8);
  p.light = light_of(0xfff4da, 0xbfe4f2, 0x6f8a98, 0xffffff, 0xcdeaf6, 0x8f8a60, .6);
  p.grade = grade_of(0x24384a, 0xfff0d0, .08);
  p.vignette = .26;
  p.sun_strength = .6;
  return p;
}

OutdoorLook dusk() {
  OutdoorLook p;
  p.time = "dusk";
  p.sky = {{0, Color(0x141a3c)},   {.35, Color(0x3a2f63)}, {.58, Color(0x8a4a78)},
           {.75, Color(0xe07a6a)}, {.9, Color(0xffb27a)},  {1, Color(0xffc78f)}};
  p.sun = Color(0xffd9a8);
  p.glow = Color(0xff6f4f);
  p.far[0] = Color(0x7b4f78);
  p.far[1] = Color(0x523b68);
  p.far[2] = Color(0x352c55);
  p.haze = Color(0xd77a72);
  p.forest = Color(0x1d1b3a);
  p.near = Color(0x131229);
  p.ground = Color(0x241e36);
  p.trail = Color(0x7a5365);
  p.lit = Color(0xff9d7a);
  p.light = light_of(0xffb489, 0x6f78b8, 0x3d3a66, 0xffa884, 0x7f74b4, 0x5a3848, .1);
  p.grade = grade_of(0x1a1a40, 0xffc090, .10);
  return p;
}

}  // namespace

OutdoorLook outdoor_look(std::string_view time) {
  const auto has = [time](std::string_view part) { return time.find(part) != time.npos; };
  if (has("dusk") || has("night") || has("evening") || has("twilight")) return dusk();
  if (has("midday") || has("noon") || has("day")) return midday();
  if (has("golden") || has("sunset") || has("afternoon")) return golden();
  return sunrise();
}

}  // namespace vidgen::local
