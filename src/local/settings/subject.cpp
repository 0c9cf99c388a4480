// SPDX-License-Identifier: Apache-2.0
#include "local/settings/subject.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "local/paint/blur.hpp"

namespace vidgen::local {

namespace {

// Transparent margins belong to no subject: it would hover above its shadow.
Photo without_margins(const Photo& photo) {
  constexpr std::uint8_t kSeen = 24;
  int left = photo.width, right = -1, top = photo.height, bottom = -1;
  for (int y = 0; y < photo.height; ++y)
    for (int x = 0; x < photo.width; ++x) {
      if (photo.bgra_premultiplied[(static_cast<std::size_t>(y) * photo.width + x) * 4 + 3] < kSeen) continue;
      left = std::min(left, x), right = std::max(right, x);
      top = std::min(top, y), bottom = std::max(bottom, y);
    }
  if (right < left) return photo;
  Photo out;
  out.width = right - left + 1;
  out.height = bottom - top + 1;
  const auto row = static_cast<std::size_t>(out.width) * 4;
  out.bgra_premultiplied.resize(row * out.height);
  for (int y = 0; y < out.height; ++y)
    std::memcpy(out.bgra_premultiplied.data() + row * y,
                photo.bgra_premultiplied.data() + (static_cast<std::size_t>(top + y) * photo.width + left) * 4, row);
  return out;
}

}  // namespace

Surface surface_of(const Photo& photo) {
  Surface out(photo.width, photo.height);
  for (int y = 0; y < photo.height; ++y)
    std::memcpy(out.pixels() + static_cast<std::ptrdiff_t>(y) * out.stride(),
                photo.bgra_premultiplied.data() + static_cast<std::ptrdiff_t>(y) * photo.width * 4,
                static_cast<std::size_t>(photo.width) * 4);
  out.changed();
  return out;
}

void with_shadow(Canvas& canvas, double reach, double dx, double dy, double sigma, double opacity, Color shadow,
                 const std::function<void(Canvas&)>& draw) {
  // The shadow is soft, so it may be coarse.
  const double density = std::min(pixels_per_unit(canvas), 3 / sigma);
  const double half = reach + 3 * sigma;
  Surface shape(static_cast<int>(std::ceil(2 * half * density)), static_cast<int>(std::ceil(2 * half * density)));
  {
    Canvas inner(shape);
    inner.scale(density);
    inner.translate(half, half);
    draw(inner);
    inner.op(CAIRO_OPERATOR_IN);
    inner.paint(Color(shadow.r, shadow.g, shadow.b));
  }
  shape.changed();
  blur(shape, sigma * density);
  canvas.put(shape, dx - half, dy - half, shape.width() / density, shape.height() / density, opacity);
  draw(canvas);
}

Subject::Subject(const Product& product, std::uint64_t seed, std::shared_ptr<const Photo> cutout)
    : row_(&product_row(product.category)), look_(product_look(product, seed)), cutout_(std::move(cutout)) {
  width_ = row_->width;
  height_ = row_->height;
  if (!cutout_) return;
  cutout_ = std::make_shared<const Photo>(without_margins(*cutout_));
  cutout_surface_ = std::make_shared<const Surface>(surface_of(*cutout_));
  height_ = 1;
  width_ = static_cast<double>(cutout_->width) / cutout_->height;
}

double Subject::unit(double tall, double max_width) const {
  return std::min(tall / height_, max_width / width_);
}

double Subject::tallest(Size frame) const {
  constexpr double kEnlarged = 2.5;
  return cutout_ ? kEnlarged * cutout_->height / frame.height : HUGE_VAL;
}

bool Subject::on_plinth() const {
  return !cutout_ && row_ == &product_row("no such product");
}

void Subject::stand(Canvas& canvas, const Light& light, const Placement& placement) const {
  if (cutout_) return place_cutout(canvas, *cutout_surface_, light, placement);
  place(canvas, *row_, look_, light, placement);
}

void Subject::lie(Canvas& canvas, const Light& light, double longest, double dx, double dy, Color shadow) const {
  const double k = longest / std::max(width_, height_);
  with_shadow(canvas, longest * .62, dx, dy, .016 * longest / .8, .6, shadow, [&](Canvas& c) {
    const auto saved = c.saved();
    c.scale(k);
    c.translate(0, height_ / 2);
    if (cutout_)
      c.put(*cutout_surface_, -width_ / 2, -height_, width_, height_);
    else
      row_->draw(c, light, look_);
  });
}

}  // namespace vidgen::local
