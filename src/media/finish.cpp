// SPDX-License-Identifier: Apache-2.0
#include "media/finish.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/try.hpp"
#include "media/kernels.hpp"

namespace vidgen::media {
namespace {

constexpr int kTileRows = 256;  // read from any row on, round and round
constexpr int kSpare = 512;     // columns beyond the film's width, for the offset

std::uint64_t splitmix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

// Nearly normal, sigma 1: the sum of eight bytes.
double normal(std::uint64_t& state) {
  const std::uint64_t bits = splitmix(state);
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += static_cast<int>(bits >> (8 * i) & 255);
  return (sum - 1020) / 209.0;
}

}  // namespace

Result<Finisher> Finisher::make(const Finish& finish, Size size) {
  Finisher out;
  if (!(finish.grain >= 0 && finish.grain <= 32))
    return Error(Errc::timeline_invalid, "grain must lie between 0 and 32");
  if (!finish.bars.empty()) {
    const Result<Rational> ratio = Rational::parse(finish.bars);
    if (!ratio || *ratio <= Rational(0))
      return Error(Errc::timeline_invalid, "bars \"" + finish.bars + "\" are no ratio: write 2.0 or 2.39");
    const std::int64_t rows = (Rational(size.width) / *ratio).round();
    out.bar_ = static_cast<int>(std::max<std::int64_t>(0, (size.height - rows) / 4 * 2));
  }
  out.sigma_ = finish.grain;
  if (out.sigma_ <= 0) return out;
  out.tile_width_ = size.width + kSpare;
  const auto n = static_cast<std::size_t>(out.tile_width_) * kTileRows;
  for (auto* tile : {&out.mid_plus_, &out.mid_minus_, &out.end_plus_, &out.end_minus_}) tile->resize(n);
  std::uint64_t state = 0x76696467656E0001u;
  for (std::size_t i = 0; i < n; ++i) {
    const double noise = normal(state) * out.sigma_;
    const int mid = static_cast<int>(std::lround(noise)), end = static_cast<int>(std::lround(noise * 0.5));
    (mid > 0 ? out.mid_plus_ : out.mid_minus_)[i] = static_cast<std::uint8_t>(std::min(std::abs(mid), 255));
    (end > 0 ? out.end_plus_ : out.end_minus_)[i] = static_cast<std::uint8_t>(std::min(std::abs(end), 255));
  }
  return out;
}

void Finisher::apply(Frames n, const av::YuvPlanes& out) const {
  if (sigma_ > 0) {
    std::uint64_t state = static_cast<std::uint64_t>(n);
    const std::uint64_t hash = splitmix(state);
    const auto x = static_cast<std::size_t>(hash % kSpare);
    const auto row = static_cast<int>(hash >> 32 & 0x7FFFFFFF);
    for (int y = bar_; y < out.height - bar_; ++y) {
      const std::size_t at =
          static_cast<std::size_t>((y + row) % kTileRows) * static_cast<std::size_t>(tile_width_) + x;
      const GrainRow grain{mid_plus_.data() + at, mid_minus_.data() + at, end_plus_.data() + at,
                           end_minus_.data() + at};
      grain_row(out.data[0] + static_cast<std::ptrdiff_t>(y) * out.stride[0], grain,
                static_cast<std::size_t>(out.width));
    }
  }
  if (bar_ > 0) {
    av::fill_planes(av::window(out, 0, 0, out.width, bar_), 16, 128, 128);
    av::fill_planes(av::window(out, 0, (out.height - bar_) / 2 * 2, out.width, bar_), 16, 128, 128);
  }
}

}  // namespace vidgen::media
