// SPDX-License-Identifier: Apache-2.0
// The table of a room or its floor, the light that falls on it, and the subject.
#include <algorithm>
#include <cmath>

#include "local/settings/nature.hpp"
#include "local/settings/room.hpp"
#include "local/settings/texture.hpp"

namespace vidgen::local {
namespace {

void window_patches(Canvas& canvas, const Room& r) {
  canvas.scale(-r.side, 1);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j) {
      const double x = -1.05 + .44 * i, y = r.c.table + .045 + .145 * j, k = .42 * j;
      canvas.poly({{x + k, y}, {x + .38 + k, y}, {x + .74 + k, y + .12}, {x + k + .36, y + .12}});
      canvas.fill(Color(0xffe3ae, .50 - .09 * i - .06 * j));
    }
}

// A lamp beyond the frame's edge: a warm pool, wide and flat.
void lamp_pool(Canvas& canvas, const Room& r) {
  canvas.translate(r.side * .34 * r.c.aspect, r.c.table + .16);
  canvas.scale(1, .34);
  canvas.rect(-3, -3, 6, 6);
  canvas.fill(rad(0, 0, 0, 1.0, soft(Color(0xffb866), .55, 10, 1.8)));
}

void saucer(Canvas& canvas, double unit, const Room& r) {
  const Light& l = r.light;
  const double w = unit * .74;
  const auto saved = canvas.saved();
  canvas.translate(r.c.x, r.c.foot + .005 * unit);
  {
    const auto shadow = canvas.saved();
    canvas.translate(-l.side * .13 * unit, .085 * unit);
    canvas.scale(w * 1.12, w * .26);
    canvas.rect(-1, -1, 2, 2);
    canvas.fill(rad(
        0, 0, 0, 1,
        {{0, Color(0x1a0d06, .75)}, {.78, Color(0x1a0d06, .55)}, {.9, Color(0x1a0d06, .2)}, {1, Color(0x1a0d06, 0)}}));
  }
  canvas.ell(0, .03 * unit, w, w * .215);
  canvas.fill(profile(-w, w, Color(0xd8c9b1), {{0, .2}, {.3, .45}, {.7, .9}, {1, 1.1}}, l));
  canvas.ell(0, 0, w, w * .21);
  canvas.fill(profile(-w, w, Color(0xf6eee2), {{0, .5}, {.3, .7}, {.7, 1.0}, {1, 1.25}}, l));
  canvas.ell(0, -.002, w * .72, w * .145);
  canvas.fill(profile(-w, w, Color(0xe6d8c2), {{0, .9}, {.4, .7}, {.7, .55}, {1, .5}}, l));
  canvas.ell(0, .004, w * .70, w * .135);
  canvas.fill(profile(-w, w, Color(0xefe4d3), {{0, .4}, {.5, .65}, {1, 1.0}}, l));
}

void table_edge(Canvas& canvas, const Room& r) {
  canvas.rect(-3, r.c.table, 6, .006);
  const Color lit(r.evening ? 0xffc888 : 0xffe6bd);
  canvas.fill(lin(-r.side * .9, 0, r.side * .9, 0, {{0, alpha(lit, r.evening ? .08 : .55)}, {1, alpha(lit, .55)}}));
}

}  // namespace

void room_table(Canvas& canvas, const Room& r) {
  const double top = r.c.table;
  const auto saved = canvas.saved();
  canvas.rect(-3, top, 6, 2);
  canvas.clip();
  const double x0 = -1.9 + .13 * std::sin(r.c.variant * 1.7);
  // Broader planks when the camera is nearer.
  paint_wood(canvas, x0 * r.c.lens, top, 3.8 * r.c.lens, .62 * r.c.lens, r.wood_dark, r.wood_light, 4);
  const double sheen = r.evening ? .22 : .55;
  fill_all(canvas, lin(0, top, 0, .56,
                       {{0, alpha(mix(r.wood_light, Color(0xfff0d0), .55), sheen)},
                        {.25, alpha(r.wood_light, .12)},
                        {.6, Color(0, 0, 0, .05)},
                        {1, Color(0x1a0d06, .55)}}));
  if (r.evening)  // the table's far side lies in the blue of the window
    fill_all(canvas, lin(r.side * .9, 0, -r.side * .9, 0, {{0, Color(0x10142a, 0)}, {1, Color(0x10142a, .62)}}));
}

void room_floor(Canvas& canvas, const Room& r) {
  room_table(canvas, r);
  if (!r.c.hero) return;
  // A rug under the subject.
  const auto saved = canvas.saved();
  canvas.translate(r.c.x, r.c.foot + .015);
  canvas.scale(1, .17);
  const double w = std::max(.45, r.c.max_width * .62);
  canvas.ell(0, 0, w, w);
  const Color wool = mix(mix(r.wall, r.wood_dark, .35), Color(0xe6dac6), r.evening ? .2 : .35);
  canvas.fill(
      lin(-r.side * w, 0, r.side * w, 0, {{0, mix(wool, r.dark, .55)}, {.6, wool}, {1, mix(wool, kWhite, .15)}}));
  for (double k : {.95, .91, .60}) {
    canvas.ell(0, 0, w * k, w * k);
    canvas.stroke(alpha(r.dark, .20), .010);
  }
}

void table_light(Canvas& canvas, const Room& r) {
  const auto saved = canvas.saved();
  canvas.rect(-3, r.c.table, 6, 2);
  canvas.clip();
  if (r.evening)
    lamp_pool(canvas, r);
  else
    window_patches(canvas, r);
}

Placement room_place(const Room& r, const Subject& subject) {
  const Composition& c = r.c;
  Placement at;
  at.x = c.x;
  at.y = c.foot;
  // A saucer is wider than its cup.
  const double share = subject.is("mug") && c.frame != Frame::macro ? .70 : 1;
  at.unit = subject.unit(c.height, c.max_width * share);
  at.contact = .55;
  at.cast = .42;
  at.flatten = .16;
  at.shadow = Color(0x1a0d06);
  if (c.frame != Frame::macro) return at;
  at.x -= subject.macro_x() * at.unit;
  at.y = .06 - subject.macro_y() * at.unit;
  at.detail = true;
  return at;
}

void room_hero(Canvas& canvas, const Room& r, const Subject& subject, bool floor) {
  if (!floor) table_edge(canvas, r);
  const Placement at = room_place(r, subject);
  if (subject.is("mug") && r.c.frame != Frame::macro) saucer(canvas, at.unit, r);
  subject.stand(canvas, r.light, at);
}

}  // namespace vidgen::local
