// SPDX-License-Identifier: Apache-2.0
// A lipstick, open: case, gold collar, bullet with its cut face.
#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kHalf = .115;

struct Tube {
  double top, bottom, half, tilt;
};

void tube(Canvas& c, const Tube& t, Color albedo, Profile stops, const Light& light) {
  c.begin();
  c.move_to(-t.half, t.top);
  c.line_to(-t.half, t.bottom);
  c.arc_back(0, t.bottom, t.half, t.tilt, kPi, 0);
  c.line_to(t.half, t.top);
  c.arc_back(0, t.top, t.half, t.tilt, 0, kPi);
  c.close();
  const Path shape = c.path();
  c.fill(profile(-t.half, t.half, albedo, stops, light));
  vertical_shade(c, shape, t.top, t.bottom + t.tilt, light, .05, .3);
  rim(c, shape, light, -t.half, t.half, .008, .8, .6);
  c.ell(0, t.top, t.half, t.tilt);
  c.fill(profile(-t.half, t.half, mix(albedo, kWhite, .12), {{0, .5}, {.5, .7}, {1, 1.1}}, light));
  c.begin();
  c.arc(0, t.top, t.half, t.tilt, .05, kPi - .05);
  c.stroke(alpha(mix(light.rim, kWhite, .3), .35), .0025);
}

// The dark that a narrower part throws where it leaves a wider one.
void root(Canvas& c, double y, double half, double tilt) {
  c.ell(0, y, half, tilt);
  c.fill(alpha(kBlack, .45));
}

void bullet(Canvas& c, Color color, const Light& light) {
  const double b = kHalf * .70;
  root(c, -.60, b * 1.06, .017);
  c.begin();
  c.move_to(-b, -.60);
  c.line_to(-b, -.73);
  c.curve_to(-b, -.80, -b * .3, -.965, b * .55, -.99);
  c.curve_to(b, -.99, b, -.92, b, -.86);
  c.line_to(b, -.60);
  c.arc(0, -.60, b, .015, 0, kPi);
  c.close();
  const Path shape = c.path();
  c.fill(profile(-b, b, color, kSatin, light));
  rim(c, shape, light, -b, b, .008, .8);
  c.begin();
  c.move_to(-b * .92, -.745);
  c.curve_to(-b * .75, -.83, -b * .1, -.962, b * .6, -.978);
  c.curve_to(b * .92, -.968, b * .8, -.885, b * .5, -.825);
  c.curve_to(b * .1, -.75, -b * .5, -.70, -b * .92, -.745);
  c.close();
  const Path face = c.path();
  c.fill(lin(-b, -.72, b, -.97, {{0, shade(color, .85, light)}, {1, shade(mix(color, kWhite, .25), 1.2, light)}}),
         true);
  c.stroke(alpha(mix(color, kWhite, .6), .5), .0025);
  const auto guard = c.saved();
  c.add(face);
  c.clip();
  c.paint(rad(b * .2 * light.side, -.90, 0, .09, soft(mix(light.key, kWhite, .6), .45)));
}

}  // namespace

void draw_lipstick(Canvas& c, const Light& light, const ProductLook& look) {
  const Color lacquer = look.second(Color(0x15151a));
  tube(c, {-.36, -.018, kHalf, .02}, lacquer, kSatin, light);
  root(c, -.36, kHalf * .96, .019);
  tube(c, {-.405, -.358, kHalf * .93, .02}, kGoldAlbedo, kGold, light);
  root(c, -.405, kHalf * .84, .018);
  tube(c, {-.60, -.402, kHalf * .80, .016}, kGoldAlbedo, kGold, light);
  for (const double y : {-.43, -.438}) {
    c.begin();
    c.arc(0, y, kHalf * .80, .016, 0, kPi);
    c.stroke(y < -.435 ? alpha(kWhite, .35) : alpha(kBlack, .35), .003);
  }
  bullet(c, look.body(Color(0xb3202f)), light);
  if (look.brand.empty()) return brand_mark(c, -.02 * light.side, -.19, .05, look.brand, alpha(kGoldAlbedo, .9));
  TextStyle style("Inter", 600, .030);
  style.tracking = .12;
  style.align = Align::center;
  const FittedText name = fit_words(look.brand, style, kHalf * 1.5, .12, 3);
  draw_text(c, name.text, 0, -.19 - name.box.top - name.box.height / 2, name.style,
            alpha(lum(lacquer) > .4 ? Color(0x33261c) : kGoldAlbedo, .92));
}

}  // namespace vidgen::local
