// SPDX-License-Identifier: Apache-2.0
// Food, by what the prompt calls it: a drink in a glass, something packed in its pouch, something built of layers on a
// plate, and a bowl for the rest.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

enum class Serving { bowl, glass, pouch, burger, cake };

struct Word {
  std::string_view part;  // of the folded name
  Serving serving;
  std::uint32_t rgb;  // of the drink, or of the cream
};

// Read from the top. Words of the languages that prompts are written in.
constexpr Word kWords[] = {
    {"lemonade", Serving::glass, 0xf2dc83}, {"limonad", Serving::glass, 0xf2dc83}, {"iced", Serving::glass, 0x8a5a38},
    {"juice", Serving::glass, 0xf0a03c},    {"saft", Serving::glass, 0xf0a03c},    {"zumo", Serving::glass, 0xf0a03c},
    {"jus", Serving::glass, 0xf0a03c},      {"smoothie", Serving::glass, 0xd8698c}, {"milk", Serving::glass, 0xf4efe6},
    {"\u30b8\u30e5\u30fc\u30b9", Serving::glass, 0xf0a03c},
    {"bean", Serving::pouch, 0},            {"granola", Serving::pouch, 0},        {"chocolat", Serving::pouch, 0},
    {"schokolade", Serving::pouch, 0},      {"chip", Serving::pouch, 0},           {"snack", Serving::pouch, 0},
    {"dog food", Serving::pouch, 0},        {"protein", Serving::pouch, 0},        {"tea", Serving::pouch, 0},
    {"coffee", Serving::pouch, 0},          {"kaffee", Serving::pouch, 0},         {"matcha", Serving::pouch, 0},
    {"candy", Serving::pouch, 0},           {"sauce", Serving::pouch, 0},          {"\u62b9\u8336", Serving::pouch, 0},
    {"burger", Serving::burger, 0},         {"sandwich", Serving::burger, 0},      {"cake", Serving::cake, 0xf3e2d2},
    {"kuchen", Serving::cake, 0xf3e2d2},    {"gateau", Serving::cake, 0xf3e2d2},   {"tarta", Serving::cake, 0xf3e2d2},
    {"pastel", Serving::cake, 0xf3e2d2},    {"\u30b1\u30fc\u30ad", Serving::cake, 0xf3e2d2},
};

const Word* word_in(std::string_view name) {
  const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                   [&](const Word& w) { return name.find(w.part) != name.npos; });
  return found == std::end(kWords) ? nullptr : found;
}

// ---- bowl

constexpr double kRim = .56, kTilt = .30, kRimY = -.50, kBowlFoot = .20;

Path bowl_side(Canvas& c) {
  c.begin();
  c.move_to(-kRim, kRimY);
  c.curve_to(-kRim * .98, -.26, -.40, -.07, -kBowlFoot, -.035);
  c.curve_to(-kBowlFoot, .012, kBowlFoot, .012, kBowlFoot, -.035);
  c.curve_to(.40, -.07, kRim * .98, -.26, kRim, kRimY);
  c.arc(0, kRimY, kRim, kRim * kTilt, 0, kPi);
  c.close();
  return c.take_path();
}

void berry(Canvas& c, double x, double y, double r, Color color, const Light& light) {
  c.ell(x + .004 * -light.side, y + r * .75, r * 1.05, r * .55);
  c.fill(alpha(kBlack, .28));
  c.ell(x, y, r, r * .94);
  c.fill(rad(x, y, 0, r * 1.1,
             {{0, shade(color, 1.05, light)}, {.55, shade(color, .62, light)}, {1, shade(color, .22, light)}},
             x + light.side * r * .4, y - r * .5));
  c.ell(x + light.side * r * .34, y - r * .40, r * .20, r * .14);
  c.fill(alpha(kWhite, .75));
}

// Oats first, leaves and berries on top of them, from the far edge to the near one.
void filling(Canvas& c, const Light& light) {
  c.ell(0, kRimY - .012, kRim * .90, kRim * kTilt * .92);
  c.fill(profile(-kRim, kRim, Color(0xa9783f), {{0, .34}, {.5, .5}, {1, .72}}, light));
  constexpr std::array<Color, 4> kOats = {Color(0xd9ae6c), Color(0xc48f4c), Color(0xe7c88e), Color(0xa97338)};
  Rng rng(31);
  std::vector<std::array<double, 3>> oats;
  for (int i = 0; i < 300; ++i) {
    const double a = rng.uniform(0, 2 * kPi), u = std::sqrt(rng.uniform());
    const double heap = (1 - u * u) * .085;
    const double y = kRimY + .012 + std::sin(a) * u * kRim * .86 * kTilt - heap;
    oats.push_back({y, std::cos(a) * u * kRim * .86, rng.uniform()});
  }
  std::sort(oats.begin(), oats.end());
  for (const auto& [y, x, pick] : oats) {
    const auto guard = c.saved();
    c.translate(x, y);
    c.rotate(pick * 9);
    c.ell(0, .006, .036, .022);
    c.fill(alpha(kBlack, .22));
    c.ell(0, 0, .036, .021);
    const Color oat = kOats[static_cast<std::size_t>(pick * 3.99)];
    c.fill(shade(oat, .55 + .40 * (.5 + light.side * x / kRim * .5) + .1 * pick, light));
  }
  struct Berry {
    double x, y, r;
    std::uint32_t rgb;
  };
  constexpr Berry kBerries[] = {
      {-.20, -.60, .050, 0x3b4a86},  {.06, -.63, .058, 0xb3273a},   {.27, -.575, .047, 0x3b4a86},
      {-.05, -.545, .050, 0x424f8c}, {-.31, -.535, .045, 0xb3273a}, {.16, -.525, .056, 0xc23145},
      {.36, -.515, .040, 0x38467f},  {-.16, -.495, .055, 0xb92c40}, {.05, -.475, .044, 0x3d4b88}};
  for (const Berry& b : kBerries) berry(c, b.x, b.y, b.r, Color(b.rgb), light);
  for (const double turn : {-.5, .35}) {  // two leaves of mint
    const auto guard = c.saved();
    c.translate(.19 + turn * .09, -.605);
    c.rotate(turn - .3);
    c.begin();
    c.move_to(-.085, .01);
    c.curve_to(-.04, -.055, .05, -.05, .095, -.005);
    c.curve_to(.05, .04, -.04, .045, -.085, .01);
    c.close();
    const Path leaf = c.take_path();
    drop_shadow(c, leaf, 0, .008, .4, .008);
    c.begin();
    c.add(leaf);
    c.fill(lin(-.08, .03, .09, -.04,
               {{0, shade(Color(0x4f8a4c), .45, light)}, {1, shade(Color(0x7fb765), 1.0, light)}}));
    c.begin();
    c.move_to(-.075, .008);
    c.curve_to(-.02, -.008, .04, -.008, .085, -.004);
    c.stroke(alpha(kWhite, .35), .0035);
  }
}

void bowl(Canvas& c, Color glaze, const Light& light) {
  const Path side = bowl_side(c);
  c.add(side);
  c.fill(profile(-kRim, kRim, glaze, kCeramic, light));
  vertical_shade(c, side, kRimY, 0, light, .06, .42);
  rim(c, side, light, -kRim, kRim, .010, .5, .3);
  c.ell(0, kRimY, kRim, kRim * kTilt);
  c.fill(profile(-kRim, kRim, glaze, {{0, .9}, {.5, .86}, {1, .55}}, light));
  c.ell(0, kRimY + .006, kRim * .955, kRim * kTilt * .93);
  c.fill(profile(-kRim, kRim, glaze, {{0, .62}, {.5, .40}, {1, .22}}, light));
  {
    const auto guard = c.saved();
    c.begin();  // all above the near lip
    c.move_to(-2, -2);
    c.line_to(2, -2);
    c.line_to(2, kRimY);
    c.line_to(kRim * .955, kRimY);
    c.arc(0, kRimY + .006, kRim * .955, kRim * kTilt * .93, 0, kPi);
    c.line_to(-2, kRimY);
    c.close();
    c.clip();
    filling(c, light);
  }
  c.begin();
  c.arc(0, kRimY, kRim * .985, kRim * kTilt * .975, .06, kPi - .06);
  const double x = kRim * light.side;
  c.stroke(lin(-x, 0, x, 0,
               {{0, alpha(kWhite, .06)}, {.5, alpha(kWhite, .30)}, {.86, alpha(kWhite, .9)}, {1, alpha(kWhite, .2)}}),
           .009);
}

// ---- glass

constexpr double kGlassTop = -.80, kWide = .235, kNarrow = .175;

Path tumbler(Canvas& c, double inset, double top, double foot) {
  const auto half = [&](double y) { return kNarrow + (kWide - kNarrow) * (y / kGlassTop) - inset; };
  c.begin();
  c.move_to(-half(top), top);
  c.line_to(-half(foot), foot);
  c.arc_back(0, foot, half(foot), .030, kPi, 0);
  c.line_to(half(top), top);
  c.arc_back(0, top, half(top), .042, 0, -kPi);
  c.close();
  return c.take_path();
}

void ice(Canvas& c, double x, double y, double turn) {
  const auto guard = c.saved();
  c.translate(x, y);
  c.rotate(turn);
  c.rrect(-.062, -.062, .124, .124, .022);
  c.fill(lin(-.06, .06, .06, -.06, {{0, alpha(kWhite, .10)}, {1, alpha(kWhite, .42)}}), true);
  c.stroke(alpha(kWhite, .55), .004);
}

void glass(Canvas& c, Color drink, const Light& light) {
  const double side = light.side;
  const Path outer = tumbler(c, 0, kGlassTop, -.02), inner = tumbler(c, .017, -.66, -.075);
  c.add(outer);
  c.fill(profile(-kWide, kWide, kWhite, {{0, .5}, {.5, .8}, {1, 1}}, light), false);
  {
    const auto guard = c.saved();
    c.add(inner);
    c.clip(true);
    c.fill(profile(-kWide, kWide, drink, {{0, .55}, {.12, .42}, {.45, .72}, {.78, 1.1}, {.92, .85}, {1, .6}}, light));
    ice(c, -.07, -.575, .3);
    ice(c, .075, -.53, -.4);
    ice(c, -.01, -.43, .9);
    c.paint(lin(0, -.30, 0, -.04, {{0, alpha(drink, 0)}, {1, alpha(shade(drink, .45, light), .55)}}));
    c.paint(rad(-side * .09, -.10, 0, .16, soft(mix(drink, kWhite, .6), .6, 8, 1.8)));
  }
  c.ell(0, -.66, kNarrow + .027, .037);
  c.fill(shade(mix(drink, kWhite, .25), .95, light));
  const double x = kWide * side;
  c.begin();  // a straw
  c.move_to(-.03, -.60);
  c.line_to(.10 * side, -.965);
  c.stroke(lin(-.02, 0, .02, 0, {{0, Color(0xc8473c)}, {.5, Color(0xf08a78)}, {1, Color(0xb23a31)}}), .026);
  const auto inside = c.saved();
  c.begin();
  c.add(outer);
  c.clip();
  for (const double at : {.90, .64}) {
    c.rrect(std::min(x * at, x * (at - .12)), -.74, .12 * kWide, .62, .01);
    c.fill(lin(0, -.74, 0, -.1, {{0, alpha(kWhite, at > .8 ? .70 : .28)}, {1, alpha(kWhite, .12)}}));
  }
  droplets(c, -.17, .17, -.60, -.10, 26, .004, .011, 61, light);
  c.add(outer);
  c.stroke(alpha(kWhite, .45), .010);
  c.ell(0, kGlassTop, kWide, .042);
  c.stroke(lin(-x, 0, x, 0, {{0, alpha(kWhite, .35)}, {1, alpha(kWhite, .95)}}), .007);
}

// ---- on a plate

void plate(Canvas& c, Color glaze, const Light& light) {
  c.ell(0, -.075, .60, .085);
  c.fill(profile(-.6, .6, glaze, {{0, .35}, {.5, .55}, {1, .75}}, light));
  c.ell(0, -.095, .60, .085);
  c.fill(profile(-.6, .6, glaze, {{0, .55}, {.4, .78}, {.8, 1.08}, {1, .8}}, light));
  c.ell(0, -.098, .43, .055);
  c.fill(profile(-.43, .43, glaze, {{0, .72}, {.5, .70}, {1, .58}}, light));
}

struct Layer {
  double top, foot, half;  // of a round slab
  std::uint32_t rgb;
  double wave;  // of its lower edge
};

void slab(Canvas& c, const Layer& l, const Light& light) {
  const double curve = l.half * .10;
  c.begin();
  c.move_to(-l.half, l.top);
  c.curve_to(-l.half - .02, l.top + (l.foot - l.top) * .3, -l.half - .02, l.foot - .02, -l.half * .97, l.foot);
  constexpr int kWaves = 14;
  for (int i = 1; i <= kWaves; ++i) {
    const double u = static_cast<double>(i) / kWaves, x = -l.half * .97 + 2 * l.half * .97 * u;
    const double y = l.foot + curve * std::sin(u * kPi) + (i < kWaves && i % 2 == 1 ? l.wave : 0);
    const double back = l.half * .97 / kWaves;
    c.curve_to(x - back * 1.3, y, x - back * .7, y, x, y);
  }
  c.curve_to(l.half + .02, l.foot - .02, l.half + .02, l.top + (l.foot - l.top) * .3, l.half, l.top);
  c.arc(0, l.top, l.half, curve, 0, -kPi);
  c.close();
  const Path shape = c.take_path();
  c.add(shape);
  c.fill(profile(-l.half, l.half, Color(l.rgb), kMatte, light));
  grain(c, shape, -l.half - .02, l.top - .05, 2 * l.half + .04, l.foot - l.top + .15, .05, 71, 300);
  vertical_shade(c, shape, l.top, l.foot + curve, light, .10, .40);
  rim(c, shape, light, -l.half, l.half, .008, .5, .1);
}

void dome(Canvas& c, Color crust, double y, double half, const Light& light) {
  c.begin();
  c.move_to(-half, y);
  c.curve_to(-half * 1.04, y - .34, -half * .5, -.80, 0, -.80);
  c.curve_to(half * .5, -.80, half * 1.04, y - .34, half, y);
  c.curve_to(half * .8, y + .06, -half * .8, y + .06, -half, y);
  c.close();
  const Path shape = c.take_path();
  c.add(shape);
  c.fill(rad(0, -.5, 0, half * 1.25,
             {{0, shade(crust, 1.14, light)}, {.45, shade(crust, .78, light)}, {1, shade(crust, .22, light)}},
             light.side * half * .4, -.68));
  vertical_shade(c, shape, -.8, y, light, .05, .25);
  rim(c, shape, light, -half, half, .010, .6, .15);
  Rng rng(9);
  for (int i = 0; i < 34; ++i) {  // sesame
    const double a = rng.uniform(-.95, .95), b = rng.uniform(.05, .62);
    const auto guard = c.saved();
    c.translate(a * half * .75 * std::sqrt(1 - b * .5), -.785 + b * .24 + a * a * .10);
    c.rotate(rng.uniform(-.8, .8));
    c.ell(0, .004, .015, .009);
    c.fill(alpha(kBlack, .25));
    c.ell(0, 0, .014, .008);
    c.fill(shade(Color(0xf4e3bd), .8 + .3 * light.side * a, light));
  }
}

void burger(Canvas& c, const Light& light) {
  constexpr Layer kLayers[] = {{-.20, -.115, .40, 0xc98b48, 0}, {-.27, -.185, .43, 0x6da24a, .022},
                               {-.37, -.255, .41, 0x5a3422, 0}, {-.415, -.345, .42, 0xf0b540, .05},
                               {-.46, -.390, .39, 0xb93b30, 0}, {-.48, -.430, .42, 0x78ab52, .020}};
  for (const Layer& l : kLayers) slab(c, l, light);
  dome(c, Color(0xcf8d46), -.455, .41, light);
}

void cake(Canvas& c, Color cream, const Light& light) {
  const auto rgb = [](Color v) {
    return static_cast<std::uint32_t>(v.r * 255) << 16 | static_cast<std::uint32_t>(v.g * 255) << 8 |
           static_cast<std::uint32_t>(v.b * 255);
  };
  const Layer layers[] = {{-.25, -.115, .36, 0x9a6236, 0}, {-.30, -.235, .37, rgb(cream), .012},
                          {-.43, -.285, .36, 0xa56b3c, 0}, {-.48, -.415, .37, rgb(cream), .012},
                          {-.60, -.465, .36, 0x9a6236, 0}, {-.65, -.575, .375, rgb(cream), .055}};
  for (const Layer& l : layers) slab(c, l, light);
  c.ell(0, -.65, .375, .0375);
  c.fill(profile(-.375, .375, cream, {{0, .6}, {.5, .85}, {.85, 1.1}, {1, .9}}, light));
  for (const double x : {-.2, .2, .0, -.1, .1}) berry(c, x, -.69 + std::abs(x) * .05, .052, Color(0xb3273a), light);
}

}  // namespace

void draw_food(Canvas& c, const Light& light, const ProductLook& look) {
  const Word* word = word_in(look.name);
  const Serving serving = word == nullptr ? Serving::bowl : word->serving;
  if (serving == Serving::pouch) {
    const auto guard = c.saved();
    c.scale(.80);
    return draw_pouch(c, light, look);
  }
  if (serving == Serving::glass) return glass(c, look.body(Color(word->rgb)), light);
  const Color glaze = serving == Serving::bowl ? look.body(Color(0x4a6f8a)) : Color(0xf1ece4);
  if (serving == Serving::bowl) return bowl(c, glaze, light);
  plate(c, glaze, light);
  if (serving == Serving::burger) return burger(c, light);
  cake(c, look.body(Color(word->rgb)), light);
}

}  // namespace vidgen::local
