// SPDX-License-Identifier: Apache-2.0
#include "local/titles/raster.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace vidgen::local::titles {
namespace {

struct Rect {
  int left = 0, top = 0, right = 0, bottom = 0;
};

bool painted(const unsigned char* row, int from, int to) {
  return std::any_of(row + 4 * from, row + 4 * to, [](unsigned char v) { return v != 0; });
}

bool painted_column(const unsigned char* data, int stride, int column, const Rect& r) {
  for (int y = r.top; y < r.bottom; ++y)
    if (painted(data + static_cast<std::ptrdiff_t>(y) * stride, column, column + 1)) return true;
  return false;
}

Rect ink_rect(const unsigned char* data, int stride, int width, int height) {
  Rect r{0, 0, width, height};
  while (r.top < r.bottom && !painted(data + static_cast<std::ptrdiff_t>(r.top) * stride, 0, width)) ++r.top;
  while (r.bottom > r.top && !painted(data + static_cast<std::ptrdiff_t>(r.bottom - 1) * stride, 0, width)) --r.bottom;
  while (r.left < r.right && !painted_column(data, stride, r.left, r)) ++r.left;
  while (r.right > r.left && !painted_column(data, stride, r.right - 1, r)) --r.right;
  return r;
}

// Cairo's ARGB32 is BGRA in memory on the little-endian machines that the library runs on.
std::shared_ptr<const Bitmap> copy_of(const unsigned char* data, int stride, const Rect& r) {
  auto bitmap = std::make_shared<Bitmap>();
  bitmap->width = r.right - r.left;
  bitmap->height = r.bottom - r.top;
  bitmap->stride = bitmap->width * 4;
  bitmap->pixels.resize(static_cast<std::size_t>(bitmap->stride) * static_cast<std::size_t>(bitmap->height));
  for (int y = 0; y < bitmap->height; ++y)
    std::memcpy(bitmap->pixels.data() + static_cast<std::ptrdiff_t>(y) * bitmap->stride,
                data + static_cast<std::ptrdiff_t>(r.top + y) * stride + 4 * r.left,
                static_cast<std::size_t>(bitmap->stride));
  return bitmap;
}

}  // namespace

void set_colour(cairo_t* cairo, Rgb c, double alpha) {
  cairo_set_source_rgba(cairo, c.r, c.g, c.b, alpha);
}

Extents ink_of(const SetLine& set) {
  const Extents& ink = set.line.ink;
  return {set.x + ink.left * set.size, set.y + ink.top * set.size, set.x + ink.right * set.size,
          set.y + ink.bottom * set.size};
}

Placed draw_cropped(const Extents& box, const std::function<void(cairo_t*)>& draw) {
  Placed placed;
  const int left = static_cast<int>(std::floor(box.left)) - 1, top = static_cast<int>(std::floor(box.top)) - 1;
  const int width = static_cast<int>(std::ceil(box.right)) + 1 - left;
  const int height = static_cast<int>(std::ceil(box.bottom)) + 1 - top;
  if (width <= 2 || height <= 2 || width > 32000 || height > 32000) return placed;
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  cairo_t* cairo = cairo_create(surface);
  cairo_translate(cairo, -left, -top);
  draw(cairo);
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  if (const unsigned char* data = cairo_image_surface_get_data(surface)) {
    const int stride = cairo_image_surface_get_stride(surface);
    const Rect ink = ink_rect(data, stride, width, height);
    if (ink.right > ink.left) placed = {copy_of(data, stride, ink), left + ink.left, top + ink.top};
  }
  cairo_surface_destroy(surface);
  return placed;
}

Placed draw_line(const SetLine& set, double extra) {
  Extents box = ink_of(set);
  const double reach = std::abs(extra) * static_cast<double>(set.line.clusters.size()) * set.size;
  box.left -= reach;
  box.right += reach;
  return draw_cropped(box, [&](cairo_t* cairo) {
    cairo_translate(cairo, set.x, set.y);
    cairo_scale(cairo, set.size, set.size);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_BEST);
    cairo_set_tolerance(cairo, 0.05);
    trace(cairo, set.line, extra);
    set_colour(cairo, set.colour, set.alpha);
    cairo_fill(cairo);
  });
}

}  // namespace vidgen::local::titles
