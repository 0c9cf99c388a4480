// SPDX-License-Identifier: Apache-2.0
#include "local/paint/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidgen::local {
namespace {

void add_stops(cairo_pattern_t* pattern, std::span<const GradientStop> stops) {
  for (const GradientStop& s : stops) {
    cairo_pattern_add_color_stop_rgba(pattern, s.position, s.color.r, s.color.g, s.color.b, s.color.a);
  }
}

std::span<const GradientStop> as_span(std::initializer_list<GradientStop> list) {
  return {list.begin(), list.size()};
}

}  // namespace

Surface::Surface(int width, int height)
    : handle_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, std::max(1, width), std::max(1, height))) {
  if (!ok()) handle_.reset();
}

Result<Surface> Surface::create(int width, int height) {
  Surface surface(width, height);
  if (!surface.ok()) {
    return Error{Errc::invalid_argument, "no memory for a picture of " + std::to_string(width) + " x " +
                                             std::to_string(height) + " pixels; ask for a smaller size"};
  }
  return surface;
}

bool Surface::ok() const {
  return handle_ && cairo_surface_status(handle_.get()) == CAIRO_STATUS_SUCCESS;
}
int Surface::width() const {
  return handle_ ? cairo_image_surface_get_width(handle_.get()) : 0;
}
int Surface::height() const {
  return handle_ ? cairo_image_surface_get_height(handle_.get()) : 0;
}
int Surface::stride() const {
  return handle_ ? cairo_image_surface_get_stride(handle_.get()) : 0;
}

std::uint8_t* Surface::pixels() {
  if (!handle_) return nullptr;
  cairo_surface_flush(handle_.get());
  return cairo_image_surface_get_data(handle_.get());
}

const std::uint8_t* Surface::pixels() const {
  if (!handle_) return nullptr;
  cairo_surface_flush(handle_.get());
  return cairo_image_surface_get_data(handle_.get());
}

void Surface::changed() {
  if (handle_) cairo_surface_mark_dirty(handle_.get());
}

Surface Surface::clone() const {
  Surface copy(width(), height());
  if (!ok() || !copy.ok()) return copy;
  std::copy_n(pixels(), static_cast<std::size_t>(stride()) * static_cast<std::size_t>(height()), copy.pixels());
  copy.changed();
  return copy;
}

Pattern lin(double x0, double y0, double x1, double y1, std::span<const GradientStop> stops) {
  Pattern pattern(cairo_pattern_create_linear(x0, y0, x1, y1));
  add_stops(pattern.get(), stops);
  return pattern;
}

Pattern lin(double x0, double y0, double x1, double y1, std::initializer_list<GradientStop> stops) {
  return lin(x0, y0, x1, y1, as_span(stops));
}

Pattern rad(double x, double y, double r0, double r1, std::span<const GradientStop> stops) {
  Pattern pattern(cairo_pattern_create_radial(x, y, r0, x, y, r1));
  add_stops(pattern.get(), stops);
  return pattern;
}

Pattern rad(double x, double y, double r0, double r1, std::initializer_list<GradientStop> stops) {
  return rad(x, y, r0, r1, as_span(stops));
}

Pattern rad(double x, double y, double r0, double r1, std::initializer_list<GradientStop> stops, double fx, double fy) {
  Pattern pattern(cairo_pattern_create_radial(fx, fy, r0, x, y, r1));
  add_stops(pattern.get(), as_span(stops));
  return pattern;
}

void Source::set(cairo_t* cr) const {
  if (pattern_ != nullptr) {
    cairo_set_source(cr, pattern_);
  } else {
    cairo_set_source_rgba(cr, color_.r, color_.g, color_.b, color_.a);
  }
}

Canvas::Canvas(Surface& surface) : context_(cairo_create(surface.get())) {}

void Canvas::transform(double xx, double yx, double xy, double yy, double x0, double y0) {
  cairo_matrix_t matrix;
  cairo_matrix_init(&matrix, xx, yx, xy, yy, x0, y0);
  cairo_transform(get(), &matrix);
}

void Canvas::arc(double x, double y, double rx, double ry, double a0, double a1) {
  const Saved guard = saved();
  translate(x, y);
  scale(std::max(rx, 1e-6), std::max(ry, 1e-6));
  cairo_arc(get(), 0, 0, 1, a0, a1);
}

void Canvas::arc_back(double x, double y, double rx, double ry, double a0, double a1) {
  const Saved guard = saved();
  translate(x, y);
  scale(std::max(rx, 1e-6), std::max(ry, 1e-6));
  cairo_arc_negative(get(), 0, 0, 1, a0, a1);
}

void Canvas::ell(double x, double y, double rx, double ry) {
  cairo_new_sub_path(get());
  arc(x, y, rx, ry, 0, 2 * std::numbers::pi);
  close();
}

void Canvas::rrect(double x, double y, double w, double h, double r) {
  constexpr double kPi = std::numbers::pi;
  r = std::min({r, w / 2, h / 2});
  cairo_new_sub_path(get());
  cairo_arc(get(), x + w - r, y + r, r, -kPi / 2, 0);
  cairo_arc(get(), x + w - r, y + h - r, r, 0, kPi / 2);
  cairo_arc(get(), x + r, y + h - r, r, kPi / 2, kPi);
  cairo_arc(get(), x + r, y + r, r, kPi, 1.5 * kPi);
  close();
}

void Canvas::poly(std::span<const Point> points, bool closed) {
  cairo_new_sub_path(get());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i == 0) {
      move_to(points[i].x, points[i].y);
    } else {
      line_to(points[i].x, points[i].y);
    }
  }
  if (closed) close();
}

void Canvas::poly(std::initializer_list<Point> points, bool closed) {
  poly(std::span<const Point>(points.begin(), points.size()), closed);
}

void Canvas::smooth(std::span<const Point> points, bool closed, double tension) {
  const std::size_t n = points.size();
  if (n < 2) return;
  const double k = tension / 3;
  cairo_new_sub_path(get());
  move_to(points[0].x, points[0].y);
  for (std::size_t i = 0; i < (closed ? n : n - 1); ++i) {
    const Point p1 = points[i], p2 = points[(i + 1) % n];
    const Point p0 = closed || i > 0 ? points[(i + n - 1) % n] : p1;
    const Point p3 = closed || i + 2 < n ? points[(i + 2) % n] : p2;
    curve_to(p1.x + (p2.x - p0.x) * k, p1.y + (p2.y - p0.y) * k, p2.x - (p3.x - p1.x) * k, p2.y - (p3.y - p1.y) * k,
             p2.x, p2.y);
  }
  if (closed) close();
}

void Canvas::smooth(std::initializer_list<Point> points, bool closed, double tension) {
  smooth(std::span<const Point>(points.begin(), points.size()), closed, tension);
}

Path Canvas::take_path() {
  Path result = path();
  begin();
  return result;
}

void Canvas::fill(const Source& source, bool keep) {
  source.set(get());
  keep ? cairo_fill_preserve(get()) : cairo_fill(get());
}

void Canvas::stroke(const Source& source, double width, bool keep) {
  source.set(get());
  cairo_set_line_width(get(), width);
  keep ? cairo_stroke_preserve(get()) : cairo_stroke(get());
}

void Canvas::clip(bool keep) {
  keep ? cairo_clip_preserve(get()) : cairo_clip(get());
}

void Canvas::round_caps(bool on) {
  cairo_set_line_cap(get(), on ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
}
void Canvas::round_joins(bool on) {
  cairo_set_line_join(get(), on ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
}

void Canvas::dash(double on, double off) {
  const double lengths[] = {on, off};
  cairo_set_dash(get(), lengths, on > 0 ? 2 : 0, 0);
}

void Canvas::paint(const Source& source, double opacity) {
  source.set(get());
  cairo_paint_with_alpha(get(), opacity);
}

void Canvas::put(const Surface& surface, double x, double y, double opacity) {
  cairo_set_source_surface(get(), surface.get(), x, y);
  cairo_pattern_set_filter(cairo_get_source(get()), CAIRO_FILTER_BILINEAR);
  cairo_paint_with_alpha(get(), opacity);
}

void Canvas::put(const Surface& surface, double x, double y, double w, double h, double opacity) {
  const Saved guard = saved();
  translate(x, y);
  scale(w / surface.width(), h / surface.height());
  begin();
  rect(0, 0, surface.width(), surface.height());
  clip();
  cairo_set_source_surface(get(), surface.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(get()), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(get()), CAIRO_EXTEND_PAD);
  cairo_paint_with_alpha(get(), opacity);
}

double pixels_per_unit(const Canvas& canvas) {
  double dx = 1, dy = 0;
  cairo_user_to_device_distance(canvas.get(), &dx, &dy);
  return std::hypot(dx, dy);
}

Result<void> write_png(const Surface& surface, const std::string& path) {
  const cairo_status_t status = cairo_surface_write_to_png(surface.get(), path.c_str());
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return Error{Errc::io, "cannot write " + path + " (" + cairo_status_to_string(status) + "); check the folder"};
}

}  // namespace vidgen::local
