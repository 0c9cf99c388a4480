// SPDX-License-Identifier: Apache-2.0
#include "local/settings/city_look.hpp"

#include <utility>

namespace vidgen::local {
namespace {

struct LightRow {
  std::uint32_t key, fill, ambient, rim, sky, ground;
  double elevation;
};

Light light_of(const LightRow& row) {
  Light l;
  l.key = Color(row.key);
  l.fill = Color(row.fill);
  l.ambient = Color(row.ambient);
  l.rim = Color(row.rim);
  l.sky = Color(row.sky);
  l.ground = Color(row.ground);
  l.elevation = row.elevation;
  return l;
}

void set(Color (&to)[3], std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  to[0] = Color(a);
  to[1] = Color(b);
  to[2] = Color(c);
}

void grade(CityLook& look, std::uint32_t shadow, std::uint32_t light, double amount) {
  look.grade.shadow = Color(shadow);
  look.grade.light = Color(light);
  look.grade.amount = amount;
}

CityLook night() {
  CityLook p;
  p.lit = true;
  p.sky = {{0, Color(0x18225a)},
           {.35, Color(0x2a2c6e)},
           {.60, Color(0x553278)},
           {.80, Color(0xa14a7c)},
           {1, Color(0xff9a72)}};
  p.glow = Color(0xff8a66);
  set(p.tower, 0x5a4488, 0x2a2560, 0x0d1030);
  set(p.foot, 0xd76f7e, 0x5c3a74, 0x191a40);
  p.haze = Color(0xd96c74);
  set(p.wall, 0x3a2638, 0x2c2a48, 0x24263c);
  p.ground = Color(0x12142e);
  p.ground_far = Color(0x2a1f4a);
  p.dark = Color(0x02030c);
  p.veil = Color(0x0c0f2a);
  p.light = light_of({0xffd0a0, 0x5fb4ff, 0x2b3563, 0xff9ad0, 0x4f6fc9, 0x1b2038, .3});
  grade(p, 0x14184a, 0xffc89a, .08);
  p.vignette = .22;
  p.bloom = .40;
  p.threshold = .55;
  return p;
}

CityLook dusk() {
  CityLook p = night();
  p.sky = {{0, Color(0x232c5e)},
           {.35, Color(0x54467e)},
           {.60, Color(0x9a5c80)},
           {.80, Color(0xe07a6a)},
           {1, Color(0xffb27a)}};
  p.glow = Color(0xffa066);
  set(p.tower, 0x7b5a88, 0x463a66, 0x211f40);
  set(p.foot, 0xe08a7a, 0x7e5274, 0x332a4c);
  p.haze = Color(0xe0857a);
  set(p.wall, 0x5a3c42, 0x4a4460, 0x3c3c50);
  p.ground = Color(0x1a1a30);
  p.ground_far = Color(0x4a3450);
  p.dark = Color(0x0c0c1c);
  p.veil = Color(0x1c1638);
  p.light = light_of({0xffb489, 0x6f78b8, 0x3d3a66, 0xffa884, 0x7f74b4, 0x5a3848, .2});
  p.bloom = .30;
  p.threshold = .62;
  return p;
}

CityLook day() {
  CityLook p;
  p.sky = {{0, Color(0x4f8fc4)}, {.45, Color(0x9cc8e4)}, {.8, Color(0xdcecf2)}, {1, Color(0xf3f1e6)}};
  p.glow = Color(0xfff6dc);
  set(p.tower, 0xa9c2d4, 0x7f9db4, 0x5c7a92);
  set(p.foot, 0xdde8ec, 0xc4d4dc, 0xa4b8c4);
  p.haze = Color(0xe6eef0);
  set(p.wall, 0xa86a50, 0xd2c2aa, 0x9aa0a2);
  p.ground = Color(0xb4aea4);
  p.ground_far = Color(0xd8d6ce);
  p.dark = Color(0x2a3038);
  p.veil = Color(0x0f2c44);
  p.light = light_of({0xfff4da, 0xbfdcf2, 0x73879a, 0xffffff, 0xcde2f2, 0xa8a298, .5});
  grade(p, 0x24384c, 0xfff0d0, .07);
  return p;
}

CityLook golden() {
  CityLook p = day();
  p.sky = {{0, Color(0x5a86ac)}, {.4, Color(0xa8bcc0)}, {.7, Color(0xf0d6a6)}, {1, Color(0xffdf9e)}};
  p.glow = Color(0xffd080);
  set(p.tower, 0xc2ae9c, 0x97897f, 0x6a6468);
  set(p.foot, 0xf4dcae, 0xe2c498, 0xb89c80);
  p.haze = Color(0xf4dca8);
  set(p.wall, 0xa05e40, 0xcfae82, 0x948878);
  p.ground = Color(0x9a8468);
  p.ground_far = Color(0xd8bc8c);
  p.dark = Color(0x2a2226);
  p.veil = Color(0x40261c);
  p.light = light_of({0xffe3ae, 0x9db6c9, 0x5f646c, 0xffdf9a, 0xb5cbd8, 0x8a6b40, .3});
  grade(p, 0x243444, 0xffe0a4, .10);
  return p;
}

}  // namespace

CityLook city_look(std::string_view time, std::string_view usual) {
  struct Row {
    std::string_view word;
    CityLook (*look)();
  };
  constexpr Row kRows[] = {{"night", night},    {"dusk", dusk},  {"evening", dusk},   {"golden", golden},
                           {"sunrise", golden}, {"midday", day}, {"morning", golden}, {"day", day}};
  for (const std::string_view wanted : {time, usual})
    for (const Row& row : kRows)
      if (wanted.find(row.word) != wanted.npos) return row.look();
  return day();
}

}  // namespace vidgen::local
