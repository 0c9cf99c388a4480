// SPDX-License-Identifier: Apache-2.0
// Helpers of these tests: a painted product, and questions about surfaces.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "local/products/place.hpp"

namespace vidgen::local {

inline std::vector<std::uint8_t> bytes_of(const Surface& surface) {
  const std::uint8_t* p = surface.pixels();
  return {p, p + static_cast<std::size_t>(surface.stride()) * static_cast<std::size_t>(surface.height())};
}

inline int opacity_at(const Surface& surface, int x, int y) {
  return surface.pixels()[y * surface.stride() + 4 * x + 3];
}

// The product alone on a clear surface of `px` pixels a unit, with `room` units round its bounds.
inline Surface paint_alone(const ProductRow& row, const ProductLook& look, double px = 160, double room = .2,
                           const Light& light = Light()) {
  Surface surface(static_cast<int>((row.width + 2 * room) * px), static_cast<int>((row.height + 2 * room) * px));
  Canvas canvas(surface);
  canvas.translate((row.width / 2 + room) * px, (row.height + room) * px);
  canvas.scale(px);
  row.draw(canvas, light, look);
  return surface;
}

inline ProductLook look_of(const std::string& category, const std::string& brand = "", const std::string& colour = "",
                           const std::string& material = "") {
  Product product;
  product.name = "steel water bottle";
  product.category = category;
  product.brand = brand;
  product.colour = colour;
  product.material = material;
  return product_look(product, 3);
}

// Mean of a channel (0 blue, 1 green, 2 red) over opaque pixels.
inline double mean_channel(const Surface& surface, int channel) {
  double sum = 0, count = 0;
  for (int y = 0; y < surface.height(); ++y) {
    for (int x = 0; x < surface.width(); ++x) {
      if (opacity_at(surface, x, y) < 250) continue;
      sum += surface.pixels()[y * surface.stride() + 4 * x + channel];
      ++count;
    }
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace vidgen::local
