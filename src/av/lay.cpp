// SPDX-License-Identifier: Apache-2.0
#include "av/lay.hpp"

#include <cstring>

namespace vidgen::av {

Lay lay_of_exif(int orientation) {
  constexpr Lay kLays[] = {{1, 0, 0, 1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1},
                           {0, 1, 1, 0}, {0, 1, -1, 0}, {0, -1, -1, 0}, {0, -1, 1, 0}};
  return orientation >= 1 && orientation <= 8 ? kLays[orientation - 1] : Lay();
}

Bitmap make_bitmap(int width, int height) {
  Bitmap b;
  b.width = width;
  b.height = height;
  b.stride = width * 4;
  b.pixels.resize(static_cast<std::size_t>(b.stride) * static_cast<std::size_t>(height));
  return b;
}

Bitmap laid(Bitmap from, const Lay& lay) {
  if (lay.upright()) return from;
  Bitmap to = lay.turned() ? make_bitmap(from.height, from.width) : make_bitmap(from.width, from.height);
  const auto along = [](int sign, int at, int count) { return sign > 0 ? at : count - 1 - at; };
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      const int sx = lay.a != 0 ? along(lay.a, x, from.width) : along(lay.b, y, from.width);
      const int sy = lay.d != 0 ? along(lay.d, y, from.height) : along(lay.c, x, from.height);
      std::memcpy(to.pixels.data() + static_cast<std::ptrdiff_t>(y) * to.stride + x * 4,
                  from.pixels.data() + static_cast<std::ptrdiff_t>(sy) * from.stride + sx * 4, 4);
    }
  }
  return to;
}

void premultiply(Bitmap& b) {
  for (std::size_t i = 0; i + 3 < b.pixels.size(); i += 4) {
    const int a = b.pixels[i + 3];
    if (a == 255) continue;
    for (std::size_t c = 0; c < 3; ++c) b.pixels[i + c] = static_cast<std::uint8_t>((b.pixels[i + c] * a + 127) / 255);
  }
}

}  // namespace vidgen::av
