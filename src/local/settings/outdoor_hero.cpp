// SPDX-License-Identifier: Apache-2.0
#include "local/settings/outdoor_hero.hpp"

namespace vidgen::local {
namespace {

void spot(Canvas& canvas, double x, double y, double r, Color color, double strength) {
  canvas.rect(x - r, y - r, 2 * r, 2 * r);
  canvas.fill(rad(x, y, 0, r, soft(color, strength, 10, 2.2)));
}

}  // namespace

void paint_headlights(Canvas& canvas, const Subject& subject, const Composition& c) {
  if (!subject.is("car") || c.frame == Frame::macro) return;
  const auto saved = canvas.saved();
  canvas.translate(c.x, c.foot);
  canvas.scale(subject.unit(c.height, c.max_width));
  canvas.op(CAIRO_OPERATOR_SCREEN);
  spot(canvas, .93, -.30, .55, Color(0xffe9c4), .9);
  spot(canvas, .93, -.30, .16, kWhite, 1);
  spot(canvas, -.97, -.335, .35, Color(0xff3a30), .8);
  canvas.poly({{.95, -.32}, {3.2, -.30}, {3.2, .12}, {.95, -.26}});
  canvas.fill(lin(.95, 0, 3.0, 0, {{0, Color(0xffe9c4, .42)}, {.4, Color(0xffe9c4, .12)}, {1, Color(0xffe9c4, 0)}}));
  canvas.translate(1.7, .02);
  canvas.scale(1, .10);
  spot(canvas, 0, 0, 1, Color(0xffe2b8), .6);
}

void stand_outdoors(Canvas& canvas, const Subject& subject, const Composition& c, const Light& light, Color dark,
                    bool wet) {
  Placement at;
  at.x = c.x;
  at.y = c.foot;
  at.unit = subject.unit(c.height, c.max_width);
  at.contact = .8;
  at.cast = wet ? .2 : .5;
  at.flatten = wet ? .10 : .14;
  at.reflection = wet ? .42 : 0;
  at.shadow = dark;
  if (c.frame == Frame::macro) {
    at.x -= subject.macro_x() * at.unit;
    at.y = .04 - subject.macro_y() * at.unit;
    at.detail = true;
  }
  subject.stand(canvas, light, at);
}

void pool_under(Canvas& canvas, const Composition& c, Color color, double strength) {
  if (c.frame == Frame::macro) return;
  const auto saved = canvas.saved();
  canvas.translate(c.x, c.foot);
  canvas.scale(1, .2);
  canvas.rect(-3, -3, 6, 6);
  canvas.fill(rad(0, 0, 0, .7, soft(color, strength, 8, 2)));
}

}  // namespace vidgen::local
