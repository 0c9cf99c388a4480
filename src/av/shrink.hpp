// SPDX-License-Identifier: Apache-2.0
// Shrinker: makes a picture smaller by averaging areas, from rows that come one after another, so that the large
// picture never has to lie in memory as a whole.
//
// Units: pixels. Thread-safety: one owner.
#pragma once

#include <cstdint>
#include <vector>

#include "vidgen/media.hpp"

namespace vidgen::av {

class Shrinker {
 public:
  // `to` is not larger than `from` in either direction.
  Shrinker(Size from, Size to);
  // The next row: premultiplied, four bytes a pixel.
  void add(const std::uint8_t* row);
  // After all rows.
  Bitmap take() { return std::move(out_); }

 private:
  void squeeze(const std::uint8_t* row);
  void emit();

  Size from_, to_;
  Bitmap out_;
  std::vector<float> narrow_, sum_;  // a row made narrow, and what the row under way has gathered
  int y_ = 0, out_y_ = 0;
};

}  // namespace vidgen::av
