// SPDX-License-Identifier: Apache-2.0
#include "local/titles/marks.hpp"

#include <cmath>
#include <string>

#include "local/titles/raster.hpp"

namespace vidgen::local::titles {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kLine = 0.085;

void stroke(cairo_t* c, Rgb colour, double width = kLine) {
  set_colour(c, colour);
  cairo_set_line_width(c, width);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke(c);
}

void disc(cairo_t* c, double x, double y, double r, Rgb colour) {
  cairo_new_path(c);
  cairo_arc(c, x, y, r, 0, 2 * kPi);
  set_colour(c, colour);
  cairo_fill(c);
}

void ring(cairo_t* c, Rgb ink, Rgb accent) {
  cairo_arc(c, 0, 0, 0.42, 0, 2 * kPi);
  stroke(c, ink, 0.095);
  disc(c, 0.145, -0.145, 0.15, accent);
}

void peaks(cairo_t* c, Rgb ink, Rgb) {
  cairo_move_to(c, -0.55, 0.30);
  cairo_line_to(c, -0.16, -0.36);
  cairo_line_to(c, 0.05, 0.0);
  cairo_line_to(c, 0.19, -0.22);
  cairo_line_to(c, 0.55, 0.30);
  stroke(c, ink, 0.095);
}

void cup(cairo_t* c, Rgb ink, Rgb) {
  cairo_move_to(c, -0.38, -0.36);
  cairo_line_to(c, 0.28, -0.36);
  cairo_curve_to(c, 0.28, 0.32, -0.38, 0.32, -0.38, -0.36);
  cairo_close_path(c);
  stroke(c, ink);
  cairo_arc(c, 0.29, -0.16, 0.15, -kPi / 2, kPi * 0.56);
  stroke(c, ink);
  cairo_move_to(c, -0.44, 0.36);
  cairo_line_to(c, 0.34, 0.36);
  stroke(c, ink);
}

void bars(cairo_t* c, Rgb ink, Rgb accent) {
  constexpr double kHeights[] = {0.14, 0.30, 0.42, 0.22, 0.10};
  for (int i = 0; i < 5; ++i) {
    const double x = (i - 2) * 0.2;
    cairo_move_to(c, x, -kHeights[i]);
    cairo_line_to(c, x, kHeights[i]);
    stroke(c, i == 2 ? accent : ink, 0.095);
  }
}

void drop(cairo_t* c, Rgb ink, Rgb accent) {
  cairo_move_to(c, 0, -0.46);
  cairo_curve_to(c, 0.10, -0.24, 0.32, -0.08, 0.32, 0.14);
  cairo_arc(c, 0, 0.14, 0.32, 0, kPi);
  cairo_curve_to(c, -0.32, -0.08, -0.10, -0.24, 0, -0.46);
  cairo_close_path(c);
  stroke(c, ink, 0.075);
  cairo_arc(c, 0, 0.14, 0.16, kPi * 0.08, kPi * 0.5);
  stroke(c, accent, 0.06);
}

void strides(cairo_t* c, Rgb ink, Rgb accent) {
  for (int i = 0; i < 3; ++i) {
    const double x = -0.36 + i * 0.26;
    cairo_move_to(c, x, 0.34);
    cairo_line_to(c, x + 0.24, -0.34);
    stroke(c, i == 2 ? accent : ink, 0.12);
  }
}

void sunrise(cairo_t* c, Rgb ink, Rgb accent) {
  cairo_arc(c, 0, 0.18, 0.26, kPi, 2 * kPi);
  stroke(c, ink);
  cairo_move_to(c, -0.48, 0.34);
  cairo_line_to(c, 0.48, 0.34);
  stroke(c, ink);
  for (int i = 0; i < 5; ++i) {
    const double angle = kPi * (1.1 + 0.2 * i);
    cairo_move_to(c, 0.40 * std::cos(angle), 0.18 + 0.40 * std::sin(angle));
    cairo_line_to(c, 0.52 * std::cos(angle), 0.18 + 0.52 * std::sin(angle));
    stroke(c, accent, 0.07);
  }
}

void road(cairo_t* c, Rgb ink, Rgb accent) {
  cairo_move_to(c, -0.40, 0.36);
  cairo_line_to(c, -0.11, -0.36);
  stroke(c, ink);
  cairo_move_to(c, 0.40, 0.36);
  cairo_line_to(c, 0.11, -0.36);
  stroke(c, ink);
  cairo_move_to(c, 0, 0.34);
  cairo_line_to(c, 0, 0.12);
  cairo_move_to(c, 0, -0.08);
  cairo_line_to(c, 0, -0.22);
  stroke(c, accent, 0.07);
}

void leaf(cairo_t* c, Rgb ink, Rgb accent) {
  cairo_move_to(c, -0.32, 0.32);
  cairo_curve_to(c, -0.46, -0.24, -0.02, -0.44, 0.40, -0.40);
  cairo_curve_to(c, 0.44, 0.04, 0.24, 0.44, -0.32, 0.32);
  cairo_close_path(c);
  stroke(c, ink, 0.08);
  cairo_move_to(c, -0.42, 0.42);
  cairo_line_to(c, 0.12, -0.12);
  stroke(c, accent, 0.07);
}

constexpr Mark kMarks[] = {
    {" bottle backpack outdoor tent jacket ", 0.600, -0.41, 0.35, peaks},
    {" mug coffee tea food restaurant cafe ", 0.485, -0.41, 0.41, cup},
    {" headphones speaker music audio podcast ", 0.450, -0.47, 0.47, bars},
    {" lipstick perfume cosmetic cosmetics jar skincare beauty ", 0.360, -0.50, 0.50, drop},
    {" sneaker shoe sport fitness ", 0.460, -0.40, 0.40, strides},
    {" lamp home furniture chair energy ", 0.550, -0.38, 0.39, sunrise},
    {" car bike travel ", 0.445, -0.41, 0.41, road},
    {" book box pouch carton health plant eco ", 0.460, -0.44, 0.46, leaf},
    {" phone laptop watch service software app product ", 0.470, -0.47, 0.47, ring},
};

}  // namespace

const Mark* find_mark(std::string_view category) {
  if (category.empty()) return nullptr;
  const std::string key = " " + std::string(category) + " ";
  for (const Mark& mark : kMarks)
    if (mark.categories.find(key) != std::string_view::npos) return &mark;
  return &kMarks[sizeof(kMarks) / sizeof(kMarks[0]) - 1];
}

const Mark* mark_rows(int& count) {
  count = static_cast<int>(sizeof(kMarks) / sizeof(kMarks[0]));
  return kMarks;
}

}  // namespace vidgen::local::titles
