// SPDX-License-Identifier: Apache-2.0
// A running shoe, seen from its outer side, toe to the right.
#include <algorithm>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

struct Colors {
  Color knit, sole, accent, dark;
};

Colors colors_of(const ProductLook& look) {
  Colors c{Color(0xe9e6df), Color(0xf7f5f0), Color(0xe2582c), Color(0x2d3340)};
  if (!look.colour_named) return c;
  c.knit = look.albedo;
  const bool deep = lum(look.albedo) < .22;
  // A strong colour is its own accent on a pale sole; a neutral one keeps the signal colour.
  c.accent =
      look.second(chroma(look.albedo) > .3 ? mix(look.albedo, deep ? kWhite : kBlack, deep ? .35 : .35) : c.accent);
  c.dark = mix(look.albedo, Color(0x14161c), .78);
  return c;
}

Path upper(Canvas& c) {
  c.begin();
  c.smooth({{-.765, -.16}, {-.795, -.34}, {-.775, -.50},  {-.760, -.625}, {-.700, -.655}, {-.625, -.575},
            {-.52, -.530}, {-.42, -.548}, {-.345, -.620}, {-.285, -.690}, {-.215, -.675}, {-.10, -.575},
            {.06, -.465},  {.24, -.385},  {.44, -.340},   {.60, -.315},   {.72, -.285},   {.795, -.225},
            {.805, -.165}, {.70, -.12},   {.3, -.09},     {-.3, -.10},    {-.68, -.13}},
           true);
  return c.take_path();
}

// Knit: cloth grain all over, and breathing holes that fade out towards the heel.
void knit(Canvas& c, const Path& shape, const Colors& colors) {
  grain(c, shape, -.82, -.72, 1.66, .64, .07, 17, 260);
  const double ink = lum(colors.knit) > .25 ? .20 : .38;
  for (int i = 0; i < 52; ++i) {
    for (int j = 0; j < 19; ++j) {
      const double x = -.40 + i * .024 + (j % 2 != 0 ? .012 : 0);
      const double y = -.48 + j * .019 + .055 * std::max(0.0, x - .1);
      const double a = ink * std::clamp((x + .36) / .40, 0.0, 1.0);
      c.ell(x, y, .0046, .0034);
      c.fill(alpha(kBlack, a));
      c.ell(x, y + .0050, .0040, .0014);
      c.fill(alpha(kWhite, a * .6));
    }
  }
}

// Light on the round of the toe and the ankle, and the creases where the foot bends.
void volume(Canvas& c, const Light& light) {
  struct Glow {
    double x, y, rx, ry, strength;
  };
  const double s = light.side;
  const Glow glows[] = {{.50 + .10 * s, -.285, .26, .085, .34}, {-.60 + .08 * s, -.50, .17, .12, .26}};
  for (const Glow& g : glows) {
    const auto guard = c.saved();
    c.translate(g.x, g.y);
    c.scale(1, g.ry / g.rx);
    c.paint(rad(0, 0, 0, g.rx, soft(mix(light.key, kWhite, .3), g.strength * (g.x * s > 0 ? 1 : .5))));
  }
  const auto guard = c.saved();
  c.round_caps();
  for (int i = 0; i < 3; ++i) {
    for (int k = 0; k < 5; ++k) {
      const double x = .27 + .075 * i, w = .020 - .004 * k;
      c.begin();
      c.move_to(x, -.365 + .016 * i);
      c.curve_to(x + .015, -.33, x + .012, -.30, x - .012 - .01 * i, -.265);
      c.stroke(alpha(kBlack, .022), w);
    }
  }
}

void across(Canvas& c, const Light& light) {
  const double x = .78 * light.side;
  c.paint(lin(-x, 0, x, 0,
              {{0, alpha(light.ambient, .50)},
               {.45, alpha(light.ambient, .06)},
               {.75, alpha(light.key, 0)},
               {1, alpha(light.key, .28)}}));
}

// A sewn-on panel: a shadow under its edge, its own light, a seam.
void panel(Canvas& c, const Pattern& face, double seam) {
  const Path shape = c.path();
  drop_shadow(c, shape, 0, .005, .30, .012);
  c.begin();
  c.add(shape);
  c.fill(face);
  c.add(shape);
  c.stroke(alpha(kBlack, seam), .004);
}

void toe_guard(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.smooth({{.50, -.05}, {.47, -.17}, {.54, -.262}, {.66, -.300}, {.9, -.30}, {.9, -.02}}, true);
  panel(c, shaded_down(-.30, -.10, mix(colors.knit, kWhite, .35), {{0, 1.08}, {.4, .8}, {1, .36}}, light), .16);
}

// Two blades that hold the middle of the foot.
void blades(Canvas& c, const Colors& colors, const Light& light) {
  struct Blade {
    double x0, x1, width;
    Color color;
  };
  const Blade rows[] = {{-.46, .10, .085, colors.dark}, {-.34, .215, .055, colors.accent}};
  for (const Blade& b : rows) {
    c.begin();
    c.move_to(b.x0, -.08);
    c.curve_to(b.x0 + .18, -.14, b.x1 - .14, -.30, b.x1, -.415);
    c.line_to(b.x1 + b.width, -.385);
    c.curve_to(b.x1 - .02, -.25, b.x0 + .30, -.11, b.x0 + b.width * 2, -.07);
    c.close();
    panel(c, shaded_down(-.42, -.08, b.color, {{0, 1.05}, {.35, .78}, {1, .40}}, light), .18);
  }
}

void heel(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.smooth({{-.9, -.50}, {-.70, -.505}, {-.585, -.41}, {-.535, -.26}, {-.50, -.06}, {-.9, -.02}}, true);
  panel(c, shaded_down(-.5, -.08, colors.accent, {{0, 1.0}, {.45, .72}, {1, .32}}, light), .22);
  c.dash(.014, .010);
  c.move_to(-.70, -.483);
  c.curve_to(-.60, -.43, -.56, -.33, -.525, -.10);
  c.stroke(alpha(kWhite, .55), .0038);
  c.dash(0, 0);
  c.rrect(-.79, -.645, .05, .13, .02);
  c.fill(shade(colors.dark, .8, light));
}

void eyestay(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.move_to(-.315, -.745);
  c.line_to(.240, -.415);
  c.curve_to(.262, -.365, .225, -.318, .165, -.318);
  c.curve_to(-.05, -.40, -.26, -.51, -.385, -.63);
  c.close();
  panel(c, shaded_down(-.7, -.3, mix(colors.knit, kWhite, .2), {{0, 1.10}, {1, .66}}, light), .18);
  c.dash(.012, .009);
  c.begin();
  c.move_to(-.345, -.612);
  c.curve_to(-.23, -.51, -.04, -.41, .165, -.334);
  c.stroke(alpha(lum(colors.knit) > .3 ? kBlack : kWhite, .28), .0032);
  c.dash(0, 0);
}

Point eyelet(int i) {
  return {-.272 + .395 * i / 5, -.588 + .222 * i / 5};
}

// The laces go from the eyelets up over the edge to the other side.
void laces(Canvas& c, const Light& light) {
  const auto guard = c.saved();
  for (int i = 0; i < 6; ++i) {
    const Point p = eyelet(i);
    const double reach = i < 3 ? .088 : .083;
    const double tx = p.x + .52 * reach, ty = p.y - .86 * reach;
    c.round_caps();
    c.begin();
    c.move_to(p.x, p.y);
    c.curve_to(p.x + .012, p.y - .030, tx - .022, ty + .020, tx, ty);
    const Path lace = c.take_path();
    struct Pass {
      double dx, dy, width;
      Color color;
    };
    const double t = 1.05 - .1 * i / 5;
    const Pass passes[] = {{.003, .008, .026, alpha(kBlack, .16)},
                           {.002, .004, .023, alpha(kBlack, .22)},
                           {0, 0, .0195, shade(kWhite, t * .74, light)},
                           {.0008 * light.side, -.0008, .0165, shade(kWhite, t * .92, light)},
                           {.0016 * light.side, -.0014, .0105, shade(kWhite, t, light)}};
    for (const Pass& pass : passes) {
      const auto moved = c.saved();
      c.translate(pass.dx, pass.dy);
      c.add(lace);
      c.stroke(pass.color, pass.width);
    }
  }
}

// The bow: two loops and two ends that lie on the tongue.
void bow(Canvas& c, const Light& light) {
  const auto guard = c.saved();
  c.round_caps();
  c.round_joins();
  c.translate(-.214, -.640);
  c.rotate(.42);
  c.scale(.62);
  c.begin();
  c.move_to(0, 0);
  c.curve_to(-.05, -.055, -.125, -.035, -.118, .012);
  c.curve_to(-.112, .050, -.045, .035, 0, 0);
  c.curve_to(.030, -.050, .095, -.045, .092, -.008);
  c.curve_to(.088, .028, .035, .022, 0, 0);
  c.move_to(0, 0);
  c.curve_to(-.025, .045, -.040, .075, -.072, .098);
  c.move_to(0, 0);
  c.curve_to(.020, .040, .022, .070, .040, .100);
  const Path loops = c.take_path();
  struct Pass {
    double dx, dy, width;
    Color color;
  };
  const Pass passes[] = {{.002, .009, .020, alpha(kBlack, .18)},
                         {.001, .005, .017, alpha(kBlack, .22)},
                         {0, 0, .0150, shade(kWhite, .72, light)},
                         {.0006 * light.side, -.0010, .0120, shade(kWhite, .92, light)},
                         {.0012 * light.side, -.0018, .0070, shade(kWhite, 1.06, light)}};
  for (const Pass& pass : passes) {
    const auto moved = c.saved();
    c.translate(pass.dx, pass.dy);
    c.add(loops);
    c.stroke(pass.color, pass.width);
  }
  c.ell(0, 0, .014, .012);
  c.fill(shade(kWhite, .85, light));
}

void lining(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.smooth({{-.715, -.628},
            {-.690, -.648},
            {-.625, -.577},
            {-.52, -.532},
            {-.42, -.550},
            {-.345, -.622},
            {-.395, -.530},
            {-.50, -.480},
            {-.62, -.505}},
           true);
  c.fill(shaded_down(-.64, -.48, colors.dark, {{0, .55}, {1, .15}}, light));
  // The padded edge of the near side.
  const auto guard = c.saved();
  c.round_caps();
  for (int k = 0; k < 5; ++k) {
    c.begin();
    c.smooth({{-.705, -.610}, {-.665, -.545}, {-.62, -.505}, {-.50, -.478}, {-.40, -.525}, {-.352, -.605}});
    c.stroke(shade(mix(colors.knit, colors.dark, .15), .50 + .11 * k, light), .018 - .0033 * k);
    c.translate(0, -.0012);
  }
}

Path midsole(Canvas& c) {
  c.begin();
  c.smooth({{-.805, -.175}, {-.76, -.222}, {-.60, -.208}, {-.30, -.158}, {0, -.132},     {.34, -.128}, {.60, -.148},
            {.74, -.175},   {.815, -.198}, {.850, -.180}, {.848, -.135}, {.79, -.085},   {.68, -.040}, {.50, -.012},
            {.25, 0},       {-.25, 0},     {-.55, 0},     {-.70, -.012}, {-.775, -.060}, {-.812, -.12}},
           true);
  return c.take_path();
}

void grooves(Canvas& c) {
  for (int k = 0; k < 3; ++k) {
    for (const bool light_line : {false, true}) {
      const double y = light_line ? .0045 : 0;
      c.begin();
      c.move_to(-.80, -.155 + .035 * k + y);
      c.curve_to(-.5, -.155 + .038 * k + y, -.25, -.10 + .025 * k + y, .05, -.075 + .018 * k + y);
      c.stroke(lin(-.3, 0, .05, 0,
                   {{0, alpha(light_line ? kWhite : kBlack, light_line ? .25 : .13)}, {1, alpha(kBlack, 0)}}),
               .005);
    }
  }
}

// The rubber under the foam; it follows the sole up at the toe.
void outsole(Canvas& c, const Colors& colors, const Light& light) {
  c.begin();
  c.smooth({{-.90, -.075},
            {-.775, -.058},
            {-.70, -.046},
            {-.55, -.036},
            {-.25, -.034},
            {.25, -.034},
            {.50, -.047},
            {.68, -.078},
            {.79, -.125},
            {.86, -.172},
            {.95, -.16},
            {.95, .05},
            {-.90, .05}},
           true);
  const Path rubber = c.path();
  c.fill(shaded_down(-.17, 0, colors.accent, {{0, 1.0}, {.7, .70}, {1, .30}}, light));
  c.add(rubber);
  c.stroke(alpha(kBlack, .22), .004);
  const auto guard = c.saved();
  c.add(rubber);
  c.clip();
  for (int i = 0; i < 34; ++i) {
    const double x = -.80 + i * .048, lift = x > .45 ? (x - .45) * (x - .45) * .9 : 0;
    c.move_to(x, -.022 - lift);
    c.line_to(x + .008, .012 - lift);
    c.stroke(alpha(kBlack, .30), .010);
  }
}

void sole(Canvas& c, const Colors& colors, const Light& light) {
  const Path shape = midsole(c);
  c.add(shape);
  c.fill(shaded_down(-.22, 0, colors.sole, {{0, 1.15}, {.30, .92}, {.70, .55}, {1, .30}}, light));
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  const double x = .8 * light.side;
  c.paint(
      lin(-x, 0, x, 0, {{0, alpha(light.ambient, .42)}, {.5, alpha(light.ambient, 0)}, {1, alpha(light.key, .25)}}));
  grooves(c);
  outsole(c, colors, light);
  // The lit upper edge of the foam.
  c.add(shape);
  c.stroke(lin(0, -.225, 0, -.14, {{0, alpha(kWhite, .75)}, {1, alpha(kWhite, 0)}}), .012);
}

void top_light(Canvas& c, const Path& shape, const Light& light) {
  rim(c, shape, light, -.79, .79, .014, .7, .4);
  const auto guard = c.saved();
  c.begin();
  c.add(shape);
  c.clip();
  c.add(shape);
  c.stroke(lin(0, -.72, 0, -.24, {{0, alpha(light.rim, .85)}, {1, alpha(light.rim, 0)}}), .026);
}

}  // namespace

void draw_sneaker(Canvas& c, const Light& light, const ProductLook& look) {
  const Colors colors = colors_of(look);
  const Path shape = upper(c);
  c.add(shape);
  c.fill(shaded_down(-.7, -.10, colors.knit, {{0, 1.06}, {.35, .80}, {.72, .46}, {1, .20}}, light));
  {
    const auto guard = c.saved();
    c.add(shape);
    c.clip();
    knit(c, shape, colors);
    across(c, light);
    volume(c, light);
    toe_guard(c, colors, light);
    blades(c, colors, light);
    heel(c, colors, light);
    eyestay(c, colors, light);
    for (int i = 0; i < 6; ++i) {
      const Point p = eyelet(i);
      c.ell(p.x, p.y, .010, .010);
      c.fill(shade(colors.dark, .5, light), true);
      c.stroke(alpha(kWhite, .4), .003);
    }
    // The foam throws a shadow line up the upper.
    c.paint(lin(0, -.25, 0, -.12, {{0, alpha(kBlack, 0)}, {1, alpha(kBlack, .28)}}));
  }
  top_light(c, shape, light);
  lining(c, colors, light);
  laces(c, light);
  bow(c, light);
  sole(c, colors, light);
  if (!look.brand.empty()) {
    TextStyle style("Inter", 700, .05);
    style.tracking = .04;
    style.align = Align::center;
    const FittedText name = fit_words(look.brand, style, .17, .14, 4);
    draw_text(c, name.text, -.655, -.285 - name.box.top - name.box.height / 2, name.style, ink_on(colors.accent));
  }
}

}  // namespace vidgen::local
