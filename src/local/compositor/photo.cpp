// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/photo.hpp"

#include <cstddef>

namespace vidgen::local {

bool usable(const Photo* photo) {
  if (!photo || photo->width <= 0 || photo->height <= 0) return false;
  const auto pixels = static_cast<std::size_t>(photo->width) * static_cast<std::size_t>(photo->height);
  return photo->bgra_premultiplied.size() == pixels * 4;
}

bool has_alpha(const Photo& photo) {
  std::size_t open = 0;
  const std::size_t pixels = photo.bgra_premultiplied.size() / 4;
  for (std::size_t i = 0; i < pixels; ++i) open += photo.bgra_premultiplied[i * 4 + 3] < 250;
  return open * 50 >= pixels && pixels > 0;
}

}  // namespace vidgen::local
