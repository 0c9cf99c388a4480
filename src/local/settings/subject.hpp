// SPDX-License-Identifier: Apache-2.0
// Subject: what the film is about, as the settings place it: a painted product or the user's cut-out photograph,
// standing on the ground or lying flat. Immutable; drawing needs only the caller's canvas.
#pragma once

#include <functional>
#include <memory>

#include "local/compositor/photo.hpp"
#include "local/products/place.hpp"
#include "local/products/product.hpp"

namespace vidgen::local {

class Subject {
 public:
  Subject(const Product& product, std::uint64_t seed, std::shared_ptr<const Photo> cutout = nullptr);

  double width() const { return width_; }  // in product units
  double height() const { return height_; }
  double aside() const { return cutout_ ? 0 : row_->aside; }
  // How tall a cut-out may be in a frame before its pixels are seen, in frame heights; a painted product has no limit.
  double tallest(Size frame) const;
  // Length of one product unit so that the product is `tall` high and no wider than `max_width`.
  double unit(double tall, double max_width) const;
  bool is(std::string_view category) const { return !cutout_ && row_->category == category; }

  // The labelled box brings its own plinth: it needs no other, and cannot lie on a table.
  bool on_plinth() const;

  void stand(Canvas& canvas, const Light& light, const Placement& placement) const;
  // Lying on a table seen from above: its middle at the origin, `longest` its longest side, with its own soft shadow
  // falling towards (dx, dy).
  void lie(Canvas& canvas, const Light& light, double longest, double dx, double dy, Color shadow) const;
  const ProductLook& look() const { return look_; }
  // The point worth a close look, in product units.
  double macro_x() const { return cutout_ ? 0 : row_->macro_x; }
  double macro_y() const { return cutout_ ? -.5 : row_->macro_y; }

 private:
  const ProductRow* row_;
  ProductLook look_;
  std::shared_ptr<const Photo> cutout_;
  std::shared_ptr<const Surface> cutout_surface_;
  double width_ = 1, height_ = 1;
};

// A photograph as a surface.
Surface surface_of(const Photo& photo);
// Draws something with a soft shadow on what lies below it: `draw` paints round the origin, inside +-`reach`.
void with_shadow(Canvas& canvas, double reach, double dx, double dy, double sigma, double opacity, Color shadow,
                 const std::function<void(Canvas&)>& draw);

}  // namespace vidgen::local
