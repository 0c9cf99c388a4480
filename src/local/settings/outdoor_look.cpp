// SPDX-License-Identifier: Apache-2.0
#include "local/settings/outdoor_look.hpp"

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
  p.hour = Hour::sunrise;
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
  p.hour = Hour::golden;
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
  p.sun_rise = .17;
  return p;
}

OutdoorLook midday() {
  OutdoorLook p;
  p.hour = Hour::midday;
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
  p.sun_strength = .7;
  p.sun_rise = .34;
  return p;
}

OutdoorLook dusk() {
  OutdoorLook p;
  p.hour = Hour::dusk;
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
  p.sun_rise = .05;
  p.stars = .35;
  return p;
}

// The moon and the stars light the land, a lantern the subject.
OutdoorLook night() {
  OutdoorLook p;
  p.hour = Hour::night;
  p.sky = {{0, Color(0x060a1f)},
           {.38, Color(0x0f1b44)},
           {.66, Color(0x213a70)},
           {.86, Color(0x3f5f96)},
           {1, Color(0x6a86b0)}};
  p.sun = Color(0xeef2ff);
  p.glow = Color(0x6f8fd8);
  p.far[0] = Color(0x42578a);
  p.far[1] = Color(0x2c3d68);
  p.far[2] = Color(0x1c2a4d);
  p.haze = Color(0x587299);
  p.forest = Color(0x101a33);
  p.near = Color(0x0a1022);
  p.ground = Color(0x161f38);
  p.trail = Color(0x46557c);
  p.lit = Color(0xa9c0f0);
  p.light = light_of(0xffcf98, 0x6f8fd0, 0x27325c, 0xbcd0ff, 0x5a74b8, 0x3a2c2a, .25);
  p.grade = grade_of(0x0c1434, 0xd8e2ff, .10);
  p.vignette = .22;
  p.sun_strength = .55;
  p.sun_rise = .25;
  p.stars = 1;
  return p;
}

OutdoorLook of_hour(Hour hour) {
  switch (hour) {
    case Hour::golden:
      return golden();
    case Hour::midday:
      return midday();
    case Hour::dusk:
      return dusk();
    case Hour::night:
      return night();
    default:
      return sunrise();
  }
}

// The dusty air over sand keeps less blue, and the ground throws its own colour back.
void over_desert(OutdoorLook& p) {
  p.light.ground = mix(p.light.ground, Color(0xb0703c), p.night() ? .2 : .6);
  if (p.hour == Hour::golden) {
    p.sky = {{0, Color(0x4a7fa8)}, {.45, Color(0xa9c3c4)}, {.72, Color(0xf6d7a2)}, {1, Color(0xffc880)}};
    p.haze = Color(0xfbd49c);
    p.light = light_of(0xffe0a8, 0x9fb4d8, 0x7a5a55, 0xfff0c4, 0xc9d4e2, 0xb0703c, .2);
    p.grade = grade_of(0x3a2030, 0xffe0a0, .10);
  }
  if (p.hour == Hour::midday) {
    p.sky = {{0, Color(0x3b83b8)}, {.5, Color(0x86bcd4)}, {.8, Color(0xe2e3d2)}, {1, Color(0xf5e5c2)}};
    p.haze = Color(0xf0e0c0);
    p.grade = grade_of(0x3a3038, 0xfff0d0, .08);
  }
}

void over_beach(OutdoorLook& p) {
  p.light.ground = mix(p.light.ground, Color(0xe2c698), p.night() ? .15 : .5);
  if (p.hour != Hour::midday) return;
  p.sky = {{0, Color(0x2f8fc4)}, {.5, Color(0x8fd0e6)}, {.85, Color(0xdff3ee)}, {1, Color(0xfff3d9)}};
  p.light = light_of(0xfff4da, 0xbfe4f2, 0x7796a8, 0xffffff, 0xcdeaf6, 0xe2c698, .6);
  p.grade = grade_of(0x1e4a5c, 0xfff3d8, .08);
}

// Leaves filter what reaches the ground.
void under_trees(OutdoorLook& p) {
  p.light.ground = mix(p.light.ground, Color(0x4f5a30), .45);
  p.light.fill = mix(p.light.fill, Color(0x8fae86), p.night() ? 0 : .35);
  if (p.hour == Hour::midday) p.sun_rise = .30;
  if (p.hour == Hour::dusk) p.sun_rise = .10;
}

}  // namespace

Hour hour_of(std::string_view time, Land land) {
  const auto has = [time](std::string_view part) { return time.find(part) != time.npos; };
  if (has("night") || has("moon") || has("star")) return Hour::night;
  if (has("dusk") || has("evening") || has("twilight")) return Hour::dusk;
  if (has("sunrise") || has("dawn") || has("morning") || has("break")) return Hour::sunrise;
  if (has("golden") || has("sunset") || has("afternoon")) return Hour::golden;
  if (has("noon") || has("day")) return Hour::midday;
  constexpr Hour kBest[] = {Hour::sunrise, Hour::golden, Hour::midday, Hour::golden};
  return kBest[static_cast<std::size_t>(land)];
}

OutdoorLook outdoor_look(std::string_view time, Land land) {
  OutdoorLook look = of_hour(hour_of(time, land));
  if (land == Land::desert) over_desert(look);
  if (land == Land::beach) over_beach(look);
  if (land == Land::forest) under_trees(look);
  return look;
}

}  // namespace vidgen::local
