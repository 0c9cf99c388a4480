// SPDX-License-Identifier: Apache-2.0
// The drawing kit: colours, surfaces, paths, gradients and a canvas, thin owners over Cairo.
// It knows nothing of products, scenes or frames. Colours are sRGB in [0, 1], not premultiplied; surfaces are
// premultiplied BGRA (CAIRO_FORMAT_ARGB32). Lengths are user units of the canvas. Surfaces, paths and patterns own
// their Cairo object; a Canvas borrows its surface, which must outlive it. One thread at a time per object.
// Drawing cannot fail but for memory; `Surface::create` reports that.
#pragma once

#include <cairo.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/error.hpp"

namespace vidgen::local {

struct Color {
  constexpr Color() = default;
  constexpr Color(double red, double green, double blue, double opacity = 1) : r(red), g(green), b(blue), a(opacity) {}
  // From 0xRRGGBB.
  constexpr explicit Color(std::uint32_t rgb, double opacity = 1)
      : r(((rgb >> 16) & 255) / 255.0), g(((rgb >> 8) & 255) / 255.0), b((rgb & 255) / 255.0), a(opacity) {}
  double r = 0, g = 0, b = 0, a = 1;
  constexpr bool operator==(const Color&) const = default;
};

inline constexpr Color kWhite{0xffffff};
inline constexpr Color kBlack{0x000000};

// "#rrggbb" or "#rrggbbaa", with or without the sign; nothing else.
std::optional<Color> parse_color(std::string_view text);
Color mix(Color from, Color to, double t);  // t = 0 gives `from`
Color mul(Color a, Color b);                // a filter: keeps a's opacity
Color alpha(Color color, double opacity);
double lum(Color color);     // 0 black to 1 white
double chroma(Color color);  // 0 grey to 1 a primary

struct Point {
  double x = 0, y = 0;
};

struct GradientStop {
  double position;
  Color color;
};
using Stops = std::vector<GradientStop>;
// A soft falloff a*(1-u)^k as stops: a radial gradient of them has no visible edge.
Stops soft(Color color, double opacity, int steps = 8, double k = 2.2);

template <auto Free>
struct CairoFree {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using SurfaceHandle = std::unique_ptr<cairo_surface_t, CairoFree<cairo_surface_destroy>>;
using ContextHandle = std::unique_ptr<cairo_t, CairoFree<cairo_destroy>>;
using PatternHandle = std::unique_ptr<cairo_pattern_t, CairoFree<cairo_pattern_destroy>>;
using PathHandle = std::unique_ptr<cairo_path_t, CairoFree<cairo_path_destroy>>;

// A picture in memory. Move-only; sizes are at least 1 x 1.
class Surface {
 public:
  Surface() = default;
  Surface(int width, int height);  // clear; on lack of memory an empty one whose ok() is false
  static Result<Surface> create(int width, int height);
  bool ok() const;
  explicit operator bool() const { return ok(); }
  int width() const;
  int height() const;
  int stride() const;      // in bytes
  std::uint8_t* pixels();  // ready for reading and writing; call changed() after writing
  const std::uint8_t* pixels() const;
  void changed();
  Surface clone() const;
  cairo_surface_t* get() const { return handle_.get(); }

 private:
  SurfaceHandle handle_;
};

class Path {
 public:
  Path() = default;
  explicit Path(cairo_path_t* path) : handle_(path) {}
  cairo_path_t* get() const { return handle_.get(); }

 private:
  PathHandle handle_;
};

class Pattern {
 public:
  Pattern() = default;
  explicit Pattern(cairo_pattern_t* pattern) : handle_(pattern) {}
  cairo_pattern_t* get() const { return handle_.get(); }

 private:
  PatternHandle handle_;
};

Pattern lin(double x0, double y0, double x1, double y1, std::span<const GradientStop> stops);
Pattern lin(double x0, double y0, double x1, double y1, std::initializer_list<GradientStop> stops);
// From radius r0 at (fx, fy) to r1 at (x, y); the focus is the centre unless given.
Pattern rad(double x, double y, double r0, double r1, std::span<const GradientStop> stops);
Pattern rad(double x, double y, double r0, double r1, std::initializer_list<GradientStop> stops);
Pattern rad(double x, double y, double r0, double r1, std::initializer_list<GradientStop> stops, double fx, double fy);

// What is filled or stroked with: a colour or a pattern. Borrows the pattern until the call returns.
class Source {
 public:
  Source(Color color) : color_(color) {}                       // NOLINT: meant to convert
  Source(const Pattern& pattern) : pattern_(pattern.get()) {}  // NOLINT: meant to convert
  void set(cairo_t* cr) const;

 private:
  Color color_;
  cairo_pattern_t* pattern_ = nullptr;
};

// A Cairo context with short words. The path-building words append to the current path; fill and stroke use it up
// unless `keep`.
class Canvas {
 public:
  explicit Canvas(Surface& surface);

  // Restores transform, clip and line style when it goes out of scope.
  class Saved {
   public:
    explicit Saved(cairo_t* cr) : cr_(cr) { cairo_save(cr); }
    ~Saved() { cairo_restore(cr_); }
    Saved(const Saved&) = delete;
    Saved& operator=(const Saved&) = delete;

   private:
    cairo_t* cr_;
  };
  [[nodiscard]] Saved saved() { return Saved(get()); }

  void translate(double x, double y) { cairo_translate(get(), x, y); }
  void scale(double x, double y) { cairo_scale(get(), x, y); }
  void scale(double k) { cairo_scale(get(), k, k); }
  void rotate(double radians) { cairo_rotate(get(), radians); }
  void transform(double xx, double yx, double xy, double yy, double x0, double y0);

  void begin() { cairo_new_path(get()); }
  void move_to(double x, double y) { cairo_move_to(get(), x, y); }
  void line_to(double x, double y) { cairo_line_to(get(), x, y); }
  void curve_to(double x1, double y1, double x2, double y2, double x, double y) {
    cairo_curve_to(get(), x1, y1, x2, y2, x, y);
  }
  void close() { cairo_close_path(get()); }
  // The arc of an ellipse, joined to the current path; angles in radians, clockwise on the screen from +x.
  void arc(double x, double y, double rx, double ry, double a0, double a1);
  void arc_back(double x, double y, double rx, double ry, double a0, double a1);
  void rect(double x, double y, double w, double h) { cairo_rectangle(get(), x, y, w, h); }
  void ell(double x, double y, double rx, double ry);
  void rrect(double x, double y, double w, double h, double r);
  void poly(std::span<const Point> points, bool closed = true);
  void poly(std::initializer_list<Point> points, bool closed = true);
  // A curve through the points. Tension above 0.5 overshoots at corners.
  void smooth(std::span<const Point> points, bool closed = false, double tension = .5);
  void smooth(std::initializer_list<Point> points, bool closed = false, double tension = .5);
  void add(const Path& path) { cairo_append_path(get(), path.get()); }
  Path path() const { return Path(cairo_copy_path(get())); }
  Path take_path();  // path(), and the canvas begins a new one

  void fill(const Source& source, bool keep = false);
  void stroke(const Source& source, double width, bool keep = false);
  void clip(bool keep = false);
  void round_caps(bool on = true);
  void round_joins(bool on = true);
  void dash(double on, double off);  // 0, 0: solid again
  void op(cairo_operator_t value) { cairo_set_operator(get(), value); }
  void paint(const Source& source, double opacity = 1);  // all that the clip lets through
  // Draws a surface with its top left corner at (x, y), one pixel a user unit, bilinear.
  void put(const Surface& surface, double x, double y, double opacity = 1);
  // Draws a surface into a rectangle, bilinear, its edge pixels going on outside.
  void put(const Surface& surface, double x, double y, double w, double h, double opacity = 1);

  cairo_t* get() const { return context_.get(); }

 private:
  ContextHandle context_;
};

// Width of the picture of one user unit in pixels, under the canvas's present transform.
double pixels_per_unit(const Canvas& canvas);

// PNG, for tools and tests.
Result<void> write_png(const Surface& surface, const std::string& path);

}  // namespace vidgen::local
