// SPDX-License-Identifier: Apache-2.0
#include "av/shrink.hpp"

#include <algorithm>

#include "av/lay.hpp"

namespace vidgen::av {

Shrinker::Shrinker(Size from, Size to)
    : from_(from),
      to_(to),
      out_(make_bitmap(to.width, to.height)),
      narrow_(static_cast<std::size_t>(to.width) * 4),
      sum_(static_cast<std::size_t>(to.width) * 4) {}

// Areas are counted in parts of 1/to of a source pixel, so that every border is exact.
void Shrinker::squeeze(const std::uint8_t* row) {
  const std::int64_t from = from_.width, to = to_.width;
  const float whole = 1.0F / static_cast<float>(from);
  for (std::int64_t x = 0; x < to; ++x) {
    float sum[4] = {};
    const std::int64_t begin = x * from, end = begin + from;
    for (std::int64_t s = begin / to; s * to < end; ++s) {
      const auto part = static_cast<float>(std::min((s + 1) * to, end) - std::max(s * to, begin));
      for (int c = 0; c < 4; ++c) sum[c] += part * row[s * 4 + c];
    }
    for (int c = 0; c < 4; ++c) narrow_[static_cast<std::size_t>(x * 4 + c)] = sum[c] * whole;
  }
}

void Shrinker::add(const std::uint8_t* row) {
  squeeze(row);
  const std::int64_t from = from_.height, to = to_.height;
  const std::int64_t begin = y_ * to, end = begin + to;
  ++y_;
  std::int64_t at = begin;
  while (at < end && out_y_ < to_.height) {
    const std::int64_t border = std::min(end, (out_y_ + 1) * from);
    const float part = static_cast<float>(border - at) / static_cast<float>(from);
    for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] += part * narrow_[i];
    at = border;
    if (border == (out_y_ + 1) * from) emit();
  }
}

void Shrinker::emit() {
  std::uint8_t* to = out_.pixels.data() + static_cast<std::ptrdiff_t>(out_y_) * out_.stride;
  for (std::size_t i = 0; i < sum_.size(); ++i) to[i] = static_cast<std::uint8_t>(std::min(255.0F, sum_[i] + 0.5F));
  std::fill(sum_.begin(), sum_.end(), 0.0F);
  ++out_y_;
}

}  // namespace vidgen::av
