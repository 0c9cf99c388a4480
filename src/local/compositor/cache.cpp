// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/cache.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "local/paint/blur.hpp"

namespace vidgen::local {
namespace {

constexpr double kMargin = .012;     // of a unit, round what the camera sees
constexpr double kSameDepth = .065;  // layers closer than this move together
constexpr double kKeptSigma = 2.0;   // a blur is painted so coarsely that this many pixels of sigma remain

struct Picture {
  Surface surface;
  double x0, y0, density;
};

double usual_density(int frame_height) {
  return frame_height * kCacheScale;
}

double density_of(const Layer& layer, int frame_height) {
  double d = usual_density(frame_height) * layer.coarse;
  while (layer.blur * d >= 2 * kKeptSigma) d /= 2;
  return d;
}

Picture blank(const Box& box, double density) {
  Picture out;
  out.density = density;
  out.x0 = std::floor(box.x0 * density) / density;
  out.y0 = std::floor(box.y0 * density) / density;
  out.surface = Surface(static_cast<int>(std::ceil((box.x1 - out.x0) * density)) + 1,
                        static_cast<int>(std::ceil((box.y1 - out.y0) * density)) + 1);
  return out;
}

void look_at(Canvas& canvas, const Picture& picture) {
  canvas.scale(picture.density);
  canvas.translate(-picture.x0, -picture.y0);
}

// The smallest rectangle of pixels that holds everything painted.
struct Bounds {
  int x0, y0, x1, y1;
  bool empty() const { return x1 <= x0 || y1 <= y0; }
};

RowSpan measure_row(const std::uint8_t* row, int width) {
  const auto opacity = [row](int x) { return row[x * 4 + 3]; };
  RowSpan s;
  while (s.first < width && opacity(s.first) == 0) ++s.first;
  s.last = width;
  while (s.last > s.first && opacity(s.last - 1) == 0) --s.last;
  int run = 0;
  for (int x = s.first; x <= s.last; ++x) {
    if (x < s.last && opacity(x) == 255) {
      ++run;
      continue;
    }
    if (run > s.solid_last - s.solid_first) s.solid_first = x - run, s.solid_last = x;
    run = 0;
  }
  return s;
}

Bounds bounds_of(const Surface& surface) {
  Bounds b{surface.width(), surface.height(), 0, 0};
  for (int y = 0; y < surface.height(); ++y) {
    const RowSpan s =
        measure_row(surface.pixels() + static_cast<std::ptrdiff_t>(y) * surface.stride(), surface.width());
    if (s.last <= s.first) continue;
    b.x0 = std::min(b.x0, s.first);
    b.x1 = std::max(b.x1, s.last);
    b.y0 = std::min(b.y0, y);
    b.y1 = y + 1;
  }
  return b;
}

// Cuts a picture down to its paint. A clear edge of one pixel stays where the paint ends inside, so that sampling
// fades out; where the paint reaches the picture's border it goes on unseen and needs none.
void crop(Picture& picture, int margin) {
  Bounds b = bounds_of(picture.surface);
  if (b.empty()) b = {0, 0, 1, 1};
  const int w = picture.surface.width(), h = picture.surface.height();
  b = {std::max(0, b.x0 - margin), std::max(0, b.y0 - margin), std::min(w, b.x1 + margin), std::min(h, b.y1 + margin)};
  if (b.x0 == 0 && b.y0 == 0 && b.x1 == w && b.y1 == h) return;
  Surface cut(b.x1 - b.x0, b.y1 - b.y0);
  std::uint8_t* to = cut.pixels();
  const std::uint8_t* from = picture.surface.pixels();
  for (int y = b.y0; y < b.y1; ++y)
    std::memcpy(to + static_cast<std::ptrdiff_t>(y - b.y0) * cut.stride(),
                from + static_cast<std::ptrdiff_t>(y) * picture.surface.stride() + b.x0 * 4,
                static_cast<std::size_t>(cut.width()) * 4);
  cut.changed();
  picture.surface = std::move(cut);
  picture.x0 += b.x0 / picture.density;
  picture.y0 += b.y0 / picture.density;
}

Picture paint_layer(const Layer& layer, const Box& box, double density) {
  Picture picture = blank(box, density);
  Canvas canvas(picture.surface);
  look_at(canvas, picture);
  layer.draw(canvas);
  picture.surface.changed();
  const double sigma = layer.blur * density;
  if (sigma >= .3) {
    crop(picture, static_cast<int>(std::ceil(3.2 * sigma)));
    blur(picture.surface, sigma, BlurEdge::extend);
  }
  return picture;
}

void lay(const Picture& from, Blend blend, Picture& onto) {
  Canvas canvas(onto.surface);
  look_at(canvas, onto);
  canvas.translate(from.x0, from.y0);
  canvas.scale(1 / from.density);
  if (blend == Blend::screen) canvas.op(CAIRO_OPERATOR_SCREEN);
  if (blend == Blend::add) canvas.op(CAIRO_OPERATOR_ADD);
  canvas.put(from.surface, 0, 0);
  onto.surface.changed();
}

Plate finished(Picture picture, const Layer& layer) {
  Plate plate;
  plate.name = layer.name;
  plate.p = layer.p;
  plate.blend = layer.blend;
  const double x0 = picture.x0, y0 = picture.y0, density = picture.density;
  plate.cache = Cache(std::move(picture.surface), x0, y0, density);
  return plate;
}

}  // namespace

Cache::Cache(Surface surface, double x0, double y0, double density)
    : surface_(std::move(surface)), x0_(x0), y0_(y0), density_(density) {
  if (!surface_.ok() || surface_.width() < 2 || surface_.height() < 2) return;
  rows_.reserve(static_cast<std::size_t>(surface_.height()));
  for (int y = 0; y < surface_.height(); ++y) rows_.push_back(measure_row(row(y), surface_.width()));
}

Box visible(std::span<const View> views, double p, double aspect) {
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const View& view : views) {
    const Framing at = framing(view, p);
    const double half_w = aspect / 2 / at.scale, half_h = .5 / at.scale;
    box.x0 = std::min(box.x0, at.shift_x - half_w);
    box.x1 = std::max(box.x1, at.shift_x + half_w);
    box.y0 = std::min(box.y0, at.shift_y - half_h);
    box.y1 = std::max(box.y1, at.shift_y + half_h);
  }
  return {box.x0 - kMargin, box.y0 - kMargin, box.x1 + kMargin, box.y1 + kMargin};
}

std::size_t group_length(std::span<const Layer> layers) {
  std::size_t n = 1;
  const Layer& base = layers[0];
  if (base.live || base.blend != Blend::over) return n;
  while (n < layers.size()) {
    const Layer& next = layers[n];
    const bool near = std::abs(next.p - base.p) <= kSameDepth;
    if (next.live || !near || (next.blend != Blend::over && !next.bakes)) break;
    ++n;
  }
  return n;
}

Plate paint_plate(std::span<const Layer> group, std::span<const View> views, double aspect, int frame_height,
                  const Grade& grade) {
  const Box box = visible(views, group[0].p, aspect);
  double density = 0;
  for (const Layer& layer : group) density = std::max(density, density_of(layer, frame_height));
  Picture all = paint_layer(group[0], box, density_of(group[0], frame_height));
  if (group.size() > 1) {
    Picture whole = blank(box, density);
    lay(all, Blend::over, whole);
    for (const Layer& layer : group.subspan(1))
      lay(paint_layer(layer, box, density_of(layer, frame_height)), layer.blend, whole);
    all = std::move(whole);
  }
  crop(all, 1);
  if (group[0].blend == Blend::over) apply(grade, all.surface);
  return finished(std::move(all), group[0]);
}

Plate paint_live(const Layer& layer, double seconds, int frame_height) {
  const double density = density_of(layer, frame_height);
  Picture picture = blank(layer.area, density);
  Canvas canvas(picture.surface);
  look_at(canvas, picture);
  layer.live(canvas, seconds);
  picture.surface.changed();
  blur(picture.surface, layer.blur * density, BlurEdge::clear);
  return finished(std::move(picture), layer);
}

}  // namespace vidgen::local
