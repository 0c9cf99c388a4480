// SPDX-License-Identifier: Apache-2.0
#include "local/products/place.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/blur.hpp"

namespace vidgen::local {
namespace {

// A product in a picture of its own for its shadow and reflection, with room round it: `px` pixels a unit, the foot at
// (foot_x, foot_y).
struct Sprite {
  Surface picture;
  double px = 1, foot_x = 0, foot_y = 0, half_width = .5, height = 1;
};

constexpr double kSideRoom = .08, kTopRoom = .06, kFootRoom = .12;  // product units

Sprite make_sprite(double px, double width, double height) {
  Sprite s;
  s.px = px;
  s.half_width = width / 2;
  s.height = height;
  s.foot_x = std::ceil((width / 2 + kSideRoom) * px);
  s.foot_y = std::ceil((height + kTopRoom) * px);
  s.picture = Surface(static_cast<int>(2 * s.foot_x), static_cast<int>(s.foot_y + std::ceil(kFootRoom * px)));
  return s;
}

Sprite paint_product(double px, const ProductRow& row, const ProductLook& look, const Light& light) {
  Sprite s = make_sprite(px, row.width, row.height);
  if (!s.picture.ok()) return s;
  Canvas c(s.picture);
  c.translate(s.foot_x, s.foot_y);
  c.scale(px);
  row.draw(c, light, look);
  return s;
}

// A surface of the sprite's shape in one colour, fading along y from `near` at the foot to 0 at the top.
Surface silhouette(const Sprite& s, Color color) {
  Surface out(s.picture.width(), s.picture.height());
  Canvas c(out);
  cairo_set_source_rgb(c.get(), color.r, color.g, color.b);
  cairo_mask_surface(c.get(), s.picture.get(), 0, 0);
  c.op(CAIRO_OPERATOR_DEST_IN);
  c.paint(lin(0, s.foot_y, 0, s.foot_y - s.height * s.px,
              {{0, alpha(kBlack, 1)}, {.35, alpha(kBlack, .55)}, {1, alpha(kBlack, 0)}}));
  return out;
}

void draw_sprite(Canvas& c, const Surface& picture, const Sprite& s, double opacity,
                 cairo_filter_t filter = CAIRO_FILTER_BILINEAR) {
  c.scale(1 / s.px);
  cairo_set_source_surface(c.get(), picture.get(), -s.foot_x, -s.foot_y);
  cairo_pattern_set_filter(cairo_get_source(c.get()), filter);
  cairo_paint_with_alpha(c.get(), opacity);
}

// Laid on the ground, away from the key and a little towards the camera.
void cast_shadow(Canvas& c, const Sprite& s, const Light& light, const Placement& p) {
  Surface shadow = silhouette(s, p.shadow);
  if (!shadow.ok()) return;
  blur(shadow, s.px * .018);
  const auto guard = c.saved();
  c.translate(p.x, p.y - .004 * p.unit);
  c.scale(p.unit);
  c.transform(1, 0, light.side * (1.3 - light.elevation), -p.flatten, 0, 0);
  draw_sprite(c, shadow, s, p.cast);
}

void reflection(Canvas& c, const Sprite& s, const Placement& p) {
  const int depth = static_cast<int>(std::ceil(s.px * .36));
  Surface mirror(s.picture.width(), depth);
  if (!mirror.ok()) return;
  {
    Canvas m(mirror);
    {
      const auto guard = m.saved();
      m.translate(0, s.foot_y);
      m.scale(1, -1);
      m.put(s.picture, 0, 0);
    }
    m.op(CAIRO_OPERATOR_DEST_IN);
    m.paint(lin(0, 0, 0, s.px * .34, {{0, alpha(kBlack, .9)}, {.4, alpha(kBlack, .35)}, {1, alpha(kBlack, 0)}}));
  }
  blur(mirror, s.px * .010, BlurEdge::extend);
  const auto guard = c.saved();
  c.translate(p.x, p.y);
  c.scale(p.unit / s.px);
  c.begin();
  c.rect(-s.foot_x, 0, 2 * s.foot_x, depth);
  c.clip();
  c.put(mirror, -s.foot_x, 0, p.reflection);
}

void contact_shadow(Canvas& c, const Sprite& s, const Light& light, const Placement& p) {
  const double half = s.half_width * p.unit;
  const auto guard = c.saved();
  c.translate(p.x, p.y);
  c.scale(1, .16 * std::min(1.0, .45 * p.unit / half));
  c.paint(rad(-light.side * half * .1, 0, 0, half * 1.75,
              {{0, alpha(p.shadow, p.contact)},
               {.45, alpha(p.shadow, p.contact * .7)},
               {.62, alpha(p.shadow, p.contact * .32)},
               {.8, alpha(p.shadow, p.contact * .1)},
               {1, alpha(p.shadow, 0)}}));
}

// What the product does to the ground, from a sprite that may be smaller than the product: all of it is blurred.
void mark_ground(Canvas& c, const Sprite& s, const Light& light, const Placement& p) {
  if (!s.picture.ok()) return;
  if (p.cast > 0) cast_shadow(c, s, light, p);
  if (p.reflection > 0) reflection(c, s, p);
  if (p.contact > 0) contact_shadow(c, s, light, p);
}

// The canvas as the product sees it: foot at the origin, one unit high.
void stand(Canvas& c, const Placement& p) {
  c.translate(p.x, p.y);
  c.rotate(p.rotation);
  c.scale(p.unit);
}

// Pixels a product unit.
double scale_of(const Canvas& c, const Placement& p) {
  return pixels_per_unit(c) * p.unit;
}

// In a macro the ground lies below the frame.
bool ground_shows(const Canvas& c, const Placement& p) {
  double x0, y0, x1, y1;
  cairo_clip_extents(c.get(), &x0, &y0, &x1, &y1);
  return p.y - .25 * p.unit < y1 && p.y + .5 * p.unit > y0;
}

// Too small to be seen; Cairo's filters cannot shrink that far either.
bool invisible(const Canvas& c, const Placement& p) {
  return scale_of(c, p) < 3;
}

// Light along the silhouette's lit edge: its shape without the shape moved away from the key, softened.
Surface lit_edge(const Sprite& s, const Surface& shape, const Light& light) {
  constexpr double kWidth = .012;  // of the height
  Surface edge(shape.width(), shape.height());
  Canvas c(edge);
  cairo_set_source_rgb(c.get(), light.rim.r, light.rim.g, light.rim.b);
  cairo_mask_surface(c.get(), shape.get(), 0, 0);
  c.op(CAIRO_OPERATOR_DEST_OUT);
  c.put(shape, -light.side * kWidth * s.px, .35 * kWidth * s.px);
  edge.changed();
  blur(edge, .3 * kWidth * s.px);
  return edge;
}

// The scene's light on a photographed thing: ambient multiplied in, a weak rim from the lit side.
void light_cutout(Sprite& s, const Light& light) {
  constexpr double kAmbient = .15, kRim = .40;
  const Surface shape = s.picture.clone();
  const Surface edge = lit_edge(s, shape, light);
  Canvas c(s.picture);
  c.op(CAIRO_OPERATOR_MULTIPLY);
  c.paint(alpha(light.ambient, kAmbient));
  c.op(CAIRO_OPERATOR_DEST_IN);  // multiplying painted where there is nothing, too
  c.put(shape, 0, 0);
  c.op(CAIRO_OPERATOR_ATOP);
  c.put(edge, 0, 0, kRim);
}

}  // namespace

void place(Canvas& canvas, const ProductRow& row, const ProductLook& look, const Light& light, const Placement& p) {
  if (invisible(canvas, p)) return;
  if (row.glow != nullptr) {
    const auto guard = canvas.saved();
    canvas.translate(p.x, p.y);
    canvas.scale(p.unit);
    row.glow(canvas, light, look);
  }
  const bool ground = p.cast > 0 || p.reflection > 0 || p.contact > 0;
  if (ground && ground_shows(canvas, p)) {
    const double px = std::clamp(scale_of(canvas, p) / 2, 24.0, 360.0);
    mark_ground(canvas, paint_product(px, row, look, light), light, p);
  }
  const auto guard = canvas.saved();
  stand(canvas, p);
  row.draw(canvas, light, look);
  if (p.detail) draw_macro_detail(canvas, row, light, look);
}

void place_cutout(Canvas& canvas, const Surface& cutout, const Light& light, const Placement& p) {
  if (!cutout.ok() || invisible(canvas, p)) return;
  const double aspect = static_cast<double>(cutout.width()) / cutout.height();
  Sprite s = make_sprite(std::clamp(scale_of(canvas, p), 24.0, 2400.0), aspect, 1);
  if (!s.picture.ok()) return;
  {
    Canvas c(s.picture);
    c.translate(s.foot_x - aspect / 2 * s.px, s.foot_y - s.px);
    c.scale(s.px / cutout.height());
    cairo_set_source_surface(c.get(), cutout.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(c.get()), CAIRO_FILTER_GOOD);  // large photographs become small things
    cairo_paint(c.get());
  }
  light_cutout(s, light);
  s.picture.changed();
  if (ground_shows(canvas, p)) mark_ground(canvas, s, light, p);
  const auto guard = canvas.saved();
  stand(canvas, p);
  draw_sprite(canvas, s.picture, s, 1, CAIRO_FILTER_GOOD);
}

}  // namespace vidgen::local
