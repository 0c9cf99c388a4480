// SPDX-License-Identifier: Apache-2.0
#include "base/photo_calm.hpp"

#include <cmath>
#include <cstddef>

namespace vidgen::base {
namespace {

constexpr double kWords = .45;   // of the width, that words beside a subject take
constexpr double kClearly = 1.5;  // times the detail of the calmer side

class Picture {
 public:
  Picture(std::span<const std::uint8_t> bgra, int width)
      : pixels_(bgra), width_(width), height_(static_cast<int>(bgra.size() / 4) / width) {}
  // The change of luma per pixel, between these columns.
  double detail(int from, int to) const {
    double sum = 0;
    for (int y = 0; y + 1 < height_; ++y)
      for (int x = from; x + 1 < to; ++x)
        sum += std::hypot(luma(x + 1, y) - luma(x, y), luma(x, y + 1) - luma(x, y));
    return sum / (to - from);
  }

 private:
  double luma(int x, int y) const {
    const std::uint8_t* p = pixels_.data() + (static_cast<std::ptrdiff_t>(y) * width_ + x) * 4;
    return .114 * p[0] + .587 * p[1] + .299 * p[2];
  }
  std::span<const std::uint8_t> pixels_;
  int width_, height_;
};

}  // namespace

std::string calm_side(std::span<const std::uint8_t> bgra, int width) {
  const int side = static_cast<int>(width * kWords);
  if (side < 2) return "";
  const Picture picture(bgra, width);
  const double left = picture.detail(0, side), right = picture.detail(width - side, width);
  if (left * kClearly < right) return "left";
  return right * kClearly < left ? "right" : "";
}

}  // namespace vidgen::base
