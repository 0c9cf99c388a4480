// SPDX-License-Identifier: Apache-2.0
// A city bicycle from the side, facing right.
#include <algorithm>
#include <cmath>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

constexpr double kWheel = .335;
constexpr Point kRear{-.52, -kWheel}, kFront{.52, -kWheel}, kCrank{-.06, -.29}, kSeat{-.215, -.74}, kHead{.345, -.735},
    kFork{.375, -.63};

// A tube: strokes from wide and dark to narrow and bright, moved towards the light from above.
void tube(Canvas& c, const Path& line, Color color, double width, const Light& light) {
  constexpr int kSteps = 7;
  for (int i = 0; i < kSteps; ++i) {
    const double u = static_cast<double>(i) / (kSteps - 1);
    const auto guard = c.saved();
    c.round_caps();
    c.translate(width * .10 * u * light.side, -width * .20 * u);
    c.begin();
    c.add(line);
    c.stroke(shade(color, .22 + 1.0 * u * u, light), width * (1 - .82 * u));
  }
}

Path line(Canvas& c, Point a, Point b) {
  c.begin();
  c.move_to(a.x, a.y);
  c.line_to(b.x, b.y);
  return c.take_path();
}

void wheel(Canvas& c, Point hub, Color wall, const Light& light) {
  const double to_light = light.side > 0 ? -.8 : kPi + .8;
  for (int i = 0; i < 28; ++i) {
    const double a = 2 * kPi * i / 28, skew = (i % 2 != 0 ? 1 : -1) * .22,
                 glint = std::max(0.0, std::cos(2 * (a - to_light)));
    c.move_to(hub.x + std::cos(a + skew) * .022, hub.y + std::sin(a + skew) * .022);
    c.line_to(hub.x + std::cos(a) * (kWheel - .03), hub.y + std::sin(a) * (kWheel - .03));
    c.stroke(alpha(shade(Color(0xcdd2d6), .45 + .9 * glint, light), .85), .0036);
  }
  c.ell(hub.x, hub.y, kWheel - .013, kWheel - .013);
  c.stroke(Color(0x131417), .026);
  c.ell(hub.x, hub.y, kWheel - .010, kWheel - .010);
  c.stroke(lin(hub.x - kWheel * light.side, hub.y + kWheel, hub.x + kWheel * light.side, hub.y - kWheel,
               {{0, alpha(kWhite, .02)}, {.6, alpha(kWhite, .06)}, {1, alpha(mix(light.rim, kWhite, .3), .55)}}),
           .007);
  c.ell(hub.x, hub.y, kWheel - .030, kWheel - .030);
  c.stroke(shade(wall, .75, light), .009);
  c.ell(hub.x, hub.y, kWheel - .038, kWheel - .038);
  c.stroke(lin(hub.x - kWheel * light.side, hub.y + kWheel, hub.x + kWheel * light.side, hub.y - kWheel,
               {{0, shade(Color(0xc9ced4), .35, light)}, {1, shade(kWhite, 1.2, light)}}),
           .010);
  c.ell(hub.x, hub.y, .026, .026);
  c.fill(rad(hub.x, hub.y, 0, .028, {{0, shade(Color(0xd4d8dc), 1.2, light)}, {1, shade(Color(0x8a8f96), .4, light)}}));
}

void mudguard(Canvas& c, Point hub, double from, double to, Color color, const Light& light) {
  c.begin();
  c.arc(hub.x, hub.y, kWheel + .022, kWheel + .022, from, to);
  tube(c, c.take_path(), color, .018, light);
}

void frame(Canvas& c, Color color, const Light& light) {
  tube(c, line(c, kSeat, kRear), color, .018, light);
  tube(c, line(c, kCrank, kRear), color, .020, light);
  tube(c, line(c, kHead, kFork), color, .038, light);
  c.begin();
  c.move_to(kFork.x, kFork.y);
  c.curve_to(.41, -.50, .455, -.38, kFront.x, kFront.y);
  tube(c, c.take_path(), color, .026, light);
  tube(c, line(c, {kSeat.x + .012, kSeat.y + .035}, {kHead.x + .006, kHead.y + .030}), color, .032, light);
  tube(c, line(c, kCrank, {kFork.x - .012, kFork.y - .010}), color, .036, light);
  tube(c, line(c, kCrank, {kSeat.x - .008, kSeat.y - .02}), color, .032, light);
}

void drive(Canvas& c, const Light& light) {
  const Color steel(0xb9bec4);
  c.move_to(kCrank.x, kCrank.y - .084);
  c.line_to(kRear.x, kRear.y - .036);
  c.move_to(kCrank.x, kCrank.y + .084);
  c.line_to(kRear.x, kRear.y + .036);
  c.stroke(Color(0x26282c), .008);
  c.ell(kRear.x, kRear.y, .038, .038);
  c.stroke(Color(0x3a3d42), .012);
  c.ell(kCrank.x, kCrank.y, .082, .082);
  c.stroke(lin(kCrank.x - .08 * light.side, -.2, kCrank.x + .08 * light.side, -.38,
               {{0, shade(steel, .4, light)}, {1, shade(steel, 1.3, light)}}),
           .012);
  for (int i = 0; i < 5; ++i) {
    const double a = .4 + i * 2 * kPi / 5;
    c.move_to(kCrank.x, kCrank.y);
    c.line_to(kCrank.x + std::cos(a) * .078, kCrank.y + std::sin(a) * .078);
    c.stroke(shade(steel, .7, light), .010);
  }
  tube(c, line(c, kCrank, {kCrank.x + .125, kCrank.y + .105}), steel, .020, light);
  c.rrect(kCrank.x + .075, kCrank.y + .098, .105, .026, .010);
  c.fill(Color(0x1a1b1e));
}

void saddle(Canvas& c, Color leather, const Light& light) {
  tube(c, line(c, {kSeat.x - .006, kSeat.y - .01}, {kSeat.x - .030, kSeat.y - .115}), Color(0xc9ced4), .022, light);
  c.begin();
  c.smooth({{-.40, -.885},
            {-.385, -.915},
            {-.31, -.910},
            {-.20, -.892},
            {-.105, -.888},
            {-.085, -.872},
            {-.12, -.858},
            {-.22, -.850},
            {-.31, -.828},
            {-.38, -.835}},
           true);
  const Path shape = c.path();
  c.fill(shaded_down(-.92, -.83, leather, {{0, 1.1}, {.4, .7}, {1, .2}}, light));
  rim(c, shape, light, -.40, -.085, .006, .8, .3);
}

void bars(Canvas& c, Color leather, const Light& light) {
  tube(c, line(c, kHead, {.325, -.845}), Color(0xc9ced4), .024, light);
  c.begin();
  c.move_to(.325, -.845);
  c.curve_to(.40, -.862, .44, -.880, .435, -.915);
  c.curve_to(.425, -.955, .35, -.945, .255, -.915);
  tube(c, c.take_path(), Color(0xc9ced4), .020, light);
  c.begin();
  c.move_to(.335, -.940);
  c.line_to(.235, -.908);
  tube(c, c.take_path(), leather, .030, light);
}

// A headlamp under the bars, and the name along the lower tube.
void lamp_and_name(Canvas& c, const ProductLook& look, Color color, const Light& light) {
  tube(c, line(c, {.350, -.720}, {.395, -.742}), Color(0x8a8f96), .014, light);
  c.rrect(.385, -.775, .075, .062, .022);
  c.fill(profile(.385, .46, Color(0xd4d8dc), kSteel, light));
  c.ell(.458, -.744, .012, .028);
  c.fill(Color(0xfff3cf));
  if (look.brand.empty()) return;
  const auto guard = c.saved();
  c.translate((kCrank.x + kFork.x) / 2, (kCrank.y + kFork.y) / 2);
  c.rotate(std::atan2(kFork.y - kCrank.y, kFork.x - kCrank.x));
  TextStyle style("Inter", 700, .028);
  style.tracking = .10;
  style.align = Align::center;
  draw_text(c, look.brand, 0, .009, fit_text(look.brand, style, .30, .028), ink_on(color));
}

}  // namespace

void draw_bicycle(Canvas& c, const Light& light, const ProductLook& look) {
  const Color color = look.body(Color(0x2f6f73)), leather = look.second(Color(0x9a5a30));
  for (const Point hub : {kRear, kFront}) wheel(c, hub, Color(0xd8c7a9), light);
  mudguard(c, kRear, kPi * 1.02, kPi * 1.62, color, light);
  mudguard(c, kFront, kPi * 1.22, kPi * 1.80, color, light);
  frame(c, color, light);
  drive(c, light);
  saddle(c, leather, light);
  bars(c, leather, light);
  lamp_and_name(c, look, color, light);
}

}  // namespace vidgen::local
