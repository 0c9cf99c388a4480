// SPDX-License-Identifier: Apache-2.0
// Lay: how a picture was held when it was taken, and the picture turned upright. Pure values, any thread.
#pragma once

#include "vidgen/media.hpp"

namespace vidgen::av {

// One of the eight ways to lay a picture: the corner of the display matrix, each entry -1, 0 or 1. A point (x, y) of
// the file is shown at (a x + c y, b x + d y).
struct Lay {
  int a = 1, b = 0, c = 0, d = 1;
  bool upright() const { return a == 1 && d == 1; }
  bool turned() const { return a == 0; }  // width and height change places
};

// Of EXIF's tag 0x0112: 1 to 8; any other number is no orientation.
Lay lay_of_exif(int orientation);

// Four bytes a pixel, rows without gaps.
Bitmap make_bitmap(int width, int height);
Bitmap laid(Bitmap from, const Lay& lay);
// Colours times alpha, in place.
void premultiply(Bitmap& bitmap);

}  // namespace vidgen::av
