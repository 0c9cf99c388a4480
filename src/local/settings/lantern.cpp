// SPDX-License-Identifier: Apache-2.0
// The practical light of a night outdoors.
#include <cmath>

#include "local/settings/outdoors.hpp"

namespace vidgen::local {
namespace {

constexpr Color kFlame{0xfff0c8}, kWarm{0xffb765}, kMetal{0x1c1a20};

void body(Canvas& c, int side) {
  const auto metal = [side](double half) {
    return lin(-half, 0, half, 0, {{0, kMetal}, {.5 + .2 * side, Color(0x6a5a4c)}, {1, kMetal}});
  };
  c.arc(0, -.86, .17, .20, 3.3, 6.1);  // the handle
  c.stroke(kMetal, .022);
  c.rrect(-.20, -.70, .40, .54, .05);
  c.fill(rad(0, -.42, 0, .36, {{0, kWhite}, {.3, kFlame}, {.75, kWarm}, {1, Color(0xc87a38)}}));
  for (double x : {-.205, .185}) {
    c.rect(x, -.70, .02, .54);
    c.fill(kMetal);
  }
  c.poly({{-.24, -.68}, {-.13, -.86}, {.13, -.86}, {.24, -.68}});
  c.fill(metal(.24));
  c.rrect(-.25, -.17, .50, .17, .03);
  c.fill(metal(.25));
}

}  // namespace

double lantern_x(const OutdoorPlace& s, double away, double height) {
  const double x = s.c.x + s.side * away, half = s.c.aspect / 2;
  return std::abs(x) < half / 1.08 - height * .3 ? x : s.side * (half + height * .8);
}

void paint_lantern(Canvas& canvas, const OutdoorPlace& s, double x, double y, double height) {
  const auto saved = canvas.saved();
  canvas.translate(x, y);
  canvas.scale(height);
  {  // light on the ground round it
    const auto flat = canvas.saved();
    canvas.scale(1, .17);
    canvas.rect(-6, -6, 12, 12);
    canvas.fill(rad(0, 0, 0, 5, soft(kWarm, .62, 10, 2.2)));
    canvas.rect(-.7, -.7, 1.4, 1.4);
    canvas.fill(rad(0, .1, 0, .7, soft(kBlack, .7, 6, 1.6)));
  }
  canvas.rect(-4, -4.4, 8, 8);
  canvas.fill(rad(0, -.42, 0, 4, soft(kWarm, .42, 10, 2.6)));
  body(canvas, s.side);
  canvas.rect(-1.2, -1.62, 2.4, 2.4);
  canvas.fill(rad(0, -.42, 0, 1.2, soft(kFlame, .5, 8, 2.2)));
}

}  // namespace vidgen::local
