// SPDX-License-Identifier: Apache-2.0
// A toy: painted wooden blocks, stacked by somebody small.
#include <array>

#include "local/products/parts.hpp"
#include "local/products/rows.hpp"

namespace vidgen::local {
namespace {

struct Box {
  double x, y, w, h;
};

constexpr Box kLong{-.50, -.455, 1.0, .115}, kCube{-.52, -.34, .34, .34}, kArch{-.13, -.34, .65, .34},
    kUpper{.08, -.755, .30, .30}, kDrum{-.37, -.735, .29, .28};
constexpr double kArchRadius = .185, kArchX = .195;

// Long lines of the wood show through the paint.
void wood(Canvas& c, const Path& shape, const Box& b, std::uint64_t seed) {
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  Rng rng(seed);
  for (int i = 0; i < 16; ++i) {
    const double y = b.y + b.h * rng.uniform(), bend = rng.uniform(-.012, .012);
    c.begin();
    c.move_to(b.x, y);
    c.curve_to(b.x + b.w * .3, y + bend, b.x + b.w * .7, y - bend, b.x + b.w, y + bend * .5);
    c.stroke(alpha(i % 3 == 0 ? kWhite : kBlack, rng.uniform(.025, .07)), rng.uniform(.0015, .004));
  }
}

// One block: a face that falls off from the light, a bright upper edge, a dark foot.
void block(Canvas& c, const Path& shape, const Box& b, Color paint, const Light& light, std::uint64_t seed) {
  const double far = light.side > 0 ? b.x : b.x + b.w, near = light.side > 0 ? b.x + b.w : b.x;
  c.add(shape);
  c.fill(lin(far, b.y + b.h, near, b.y,
             {{0, shade(paint, .30, light)}, {.45, shade(paint, .62, light)}, {1, shade(paint, 1.02, light)}}));
  wood(c, shape, b, seed);
  const auto guard = c.saved();
  c.add(shape);
  c.clip();
  c.paint(lin(0, b.y, 0, b.y + b.h,
              {{0, alpha(light.sky, .20)},
               {.16, alpha(light.sky, 0)},
               {.7, alpha(kBlack, 0)},
               {1, alpha(kBlack, .26)}}));
  rim(c, shape, light, b.x, b.x + b.w, .010, .8, .2);
}

// What stands on a block darkens it just below.
void pressed(Canvas& c, double x0, double x1, double y) {
  const double middle = (x0 + x1) / 2, half = (x1 - x0) / 2 + .02;
  const auto guard = c.saved();
  c.rect(x0 - .02, y, 2 * half, .05);
  c.clip();
  c.translate(middle, y);
  c.scale(half, .036);
  c.paint(rad(0, 0, .72, 1, {{0, alpha(kBlack, .40)}, {.5, alpha(kBlack, .16)}, {1, alpha(kBlack, 0)}}));
}

Path rounded(Canvas& c, const Box& b) {
  c.rrect(b.x, b.y, b.w, b.h, .022);
  return c.take_path();
}

Path arch(Canvas& c) {
  const Box& b = kArch;
  c.begin();
  c.move_to(b.x, b.y + .02);
  c.curve_to(b.x, b.y + .006, b.x + .006, b.y, b.x + .02, b.y);
  c.line_to(b.x + b.w - .02, b.y);
  c.curve_to(b.x + b.w - .006, b.y, b.x + b.w, b.y + .006, b.x + b.w, b.y + .02);
  c.line_to(b.x + b.w, 0);
  c.line_to(kArchX + kArchRadius, 0);
  c.arc_back(kArchX, 0, kArchRadius, kArchRadius, 0, -kPi);
  c.line_to(b.x, 0);
  c.close();
  return c.take_path();
}

// The inside of the arch: its thickness, seen a little from the left, and shade behind.
void under_arch(Canvas& c, Color paint, const Light& light) {
  c.begin();
  c.arc(kArchX, 0, kArchRadius, kArchRadius, -kPi, 0);
  c.close();
  const Path hole = c.take_path();
  c.add(hole);
  c.fill(lin(0, -kArchRadius, 0, 0, {{0, shade(paint, .16, light)}, {1, alpha(shade(paint, .22, light), .55)}}));
  const auto guard = c.saved();
  c.add(hole);
  c.clip();
  c.begin();
  c.arc(kArchX, 0, kArchRadius, kArchRadius, -kPi, 0);
  c.stroke(lin(kArchX - kArchRadius, 0, kArchX + kArchRadius, 0,
               {{0, shade(paint, light.side > 0 ? .75 : .3, light)},
                {.5, shade(paint, .24, light)},
                {1, shade(paint, light.side > 0 ? .3 : .75, light)}}),
           .055);
}

void roof(Canvas& c, Color paint, const Light& light) {
  c.begin();
  c.move_to(.035, -.762);
  c.curve_to(.02, -.772, .03, -.785, .045, -.80);
  c.line_to(.205, -.985);
  c.curve_to(.22, -1.0, .24, -1.0, .255, -.985);
  c.line_to(.415, -.80);
  c.curve_to(.43, -.785, .44, -.772, .425, -.762);
  c.curve_to(.42, -.755, .04, -.755, .035, -.762);
  c.close();
  block(c, c.take_path(), {.03, -1.0, .40, .245}, paint, light, 17);
}

void dome(Canvas& c, Color paint, const Light& light) {
  const double x = kDrum.x + kDrum.w / 2, r = .125, y = kDrum.y;
  c.begin();
  c.arc(x, y, r, r, -kPi, 0);
  c.close();
  const Path shape = c.take_path();
  c.add(shape);
  c.fill(rad(x, y - r * .3, 0, r * 1.25,
             {{0, shade(paint, 1.12, light)}, {.55, shade(paint, .66, light)}, {1, shade(paint, .28, light)}},
             x + light.side * r * .45, y - r * .6));
  rim(c, shape, light, x - r, x + r, .008, .7, .2);
}

}  // namespace

void draw_toy(Canvas& c, const Light& light, const ProductLook& look) {
  const bool bare = look.material == Material::wood && !look.colour_named;
  const Color beech(0xd9b183), first = look.body(bare ? beech : Color(0xff6b57));
  const std::array<Color, 4> paints =
      bare ? std::array<Color, 4>{Color(0xc99a67), Color(0xe6c79c), Color(0xb98553), Color(0xdcb78a)}
           : std::array<Color, 4>{look.second(Color(0x3fb6b2)), Color(0xffd447), Color(0x4f6fc4), beech};
  under_arch(c, paints[0], light);
  block(c, arch(c), kArch, paints[0], light, 11);
  block(c, rounded(c, kCube), kCube, first, light, 12);
  pressed(c, kLong.x, kCube.x + kCube.w, kCube.y);
  pressed(c, kArch.x, kLong.x + kLong.w, kArch.y);
  block(c, rounded(c, kLong), kLong, paints[3], light, 13);
  pressed(c, kUpper.x, kUpper.x + kUpper.w, kLong.y);
  pressed(c, kDrum.x, kDrum.x + kDrum.w, kLong.y);
  block(c, rounded(c, kUpper), kUpper, paints[1], light, 14);
  c.rrect(kDrum.x, kDrum.y, kDrum.w, kDrum.h, .012);
  const Path drum = c.take_path();
  c.add(drum);
  c.fill(profile(kDrum.x, kDrum.x + kDrum.w, paints[2], kMatte, light));
  wood(c, drum, kDrum, 15);
  rim(c, drum, light, kDrum.x, kDrum.x + kDrum.w, .009, .7, .2);
  dome(c, first, light);
  roof(c, first, light);
  pressed(c, kUpper.x, kUpper.x + kUpper.w, -.757);
  brand_print(c, look, kCube.x + kCube.w / 2, -.175, .26, .10, .045, first, light);
}

}  // namespace vidgen::local
