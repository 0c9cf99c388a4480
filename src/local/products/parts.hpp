// SPDX-License-Identifier: Apache-2.0
// What several products share: surfaces by material, engraved brands, woven grain, drops of water. Product units.
// Functions over the caller's canvas; no state, no errors.
#pragma once

#include "local/paint/noise.hpp"
#include "local/paint/text.hpp"
#include "local/products/product.hpp"

namespace vidgen::local {

inline constexpr double kPi = 3.14159265358979323846;

// The gradient of a round body of this material over [x0, x1].
Pattern material_pattern(double x0, double x1, Material material, Color albedo, const Light& light);
// The same light as seen by a part drawn mirrored (side -1) or not (+1).
Light mirrored(const Light& light, int side);
Pattern shaded_down(double y0, double y1, Color albedo, std::initializer_list<ProfileStop> stops, const Light& light);

// Fills a turned body from y0 (upper) to y1: `unit` is a gradient over [-1, 1] that is stretched to the half width at
// each height, so that reflections follow the contour. The outline clips it.
void lathe(Canvas& canvas, const Path& outline, double y0, double y1, double (*half_width)(double),
           const Pattern& unit);
// The lines of a brush across metal, inside the outline.
void brushed(Canvas& canvas, const Path& outline, double x, double y, double w, double h, double opacity,
             std::uint64_t seed);

// Fine grain inside the outline: cloth at `dots` about 400 a unit, leather finer.
void grain(Canvas& canvas, const Path& outline, double x, double y, double w, double h, double opacity,
           std::uint64_t seed, double dots = 320);
// A soft dark shape below and beside a part that lies on another.
void drop_shadow(Canvas& canvas, const Path& outline, double dx, double dy, double opacity, double spread = .012);

// A line of light or dark with soft edges along the path, `width` wide in all; inside the caller's clip.
void soft_line(Canvas& canvas, const Path& line, Color color, double opacity, double width);

// The mark of a brand: an abstract sign, the same for the same name. `size` is its height; stroked with `color`.
void brand_mark(Canvas& canvas, double x, double y, double size, std::string_view name, Color color);
// Mark above name, sunk into or printed on a surface of colour `under`; (x, y) is the centre of the group. Long
// names are set smaller until they fit `max_width`. Without a brand only the mark.
void brand_print(Canvas& canvas, const ProductLook& look, double x, double y, double max_width, double mark,
                 double letters, Color under, const Light& light);
// Ink that reads on a surface of this colour.
Color ink_on(Color under);

// Condensed water on the clipped surface: `count` drops of radius low..high in a box.
void droplets(Canvas& canvas, double x0, double x1, double y0, double y1, int count, double low, double high,
              std::uint64_t seed, const Light& light);

// Type on a small face: as few lines as make it largest, wrapped by words.
struct FittedText {
  std::string text;  // with '\n'
  TextStyle style;
  TextBox box;
};
FittedText fit_words(std::string_view words, const TextStyle& style, double max_width, double max_height,
                     int max_lines);

}  // namespace vidgen::local
