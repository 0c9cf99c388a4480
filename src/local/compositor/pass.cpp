// SPDX-License-Identifier: Apache-2.0
#include "local/compositor/pass.hpp"

#include <algorithm>
#include <cmath>

#include "local/paint/noise.hpp"

namespace vidgen::local {
namespace {

constexpr double kFull = 65535;

Word word(double share) {
  return static_cast<Word>(std::lround(std::clamp(share, 0.0, 1.0) * kFull));
}

}  // namespace

PlacedPlate::PlacedPlate(const Plate& plate, const View& view, Size frame) : plate_(&plate) {
  const Cache& cache = plate.cache;
  if (cache.empty()) return;
  const Framing at = framing(view, plate.p);
  const double step = cache.density() / (at.scale * frame.height);
  const double centre_x = (at.shift_x - cache.x0()) * cache.density() - .5;
  const double centre_y = (at.shift_y - cache.y0()) * cache.density() - .5;
  dv_ = step;
  v0_ = centre_y + (.5 - frame.height / 2.0) * step;
  taps_.resize(static_cast<std::size_t>(frame.width));
  first_ = frame.width;
  for (int x = 0; x < frame.width; ++x) {
    const double u = centre_x + (x + .5 - frame.width / 2.0) * step;
    const double floor_u = std::floor(u);
    Tap& tap = taps_[static_cast<std::size_t>(x)];
    tap.index = static_cast<std::int32_t>(floor_u);
    tap.right = word(u - floor_u);
    tap.left = static_cast<Word>(65535 - tap.right);
    if (tap.index < 0 || tap.index + 1 >= cache.width()) continue;
    first_ = std::min(first_, x);
    last_ = x + 1;
  }
}

PlacedPlate::Source PlacedPlate::source(int y) const {
  const double v = v0_ + y * dv_, floor_v = std::floor(v);
  Source s{static_cast<int>(floor_v), word(v - floor_v), true};
  s.inside = s.upper >= 0 && s.upper + 1 < plate_->cache.height();
  return s;
}

bool PlacedPlate::covers(int y, int width) const {
  if (plate_->blend != Blend::over || first_ > 0 || last_ < width) return false;
  const Source s = source(y);
  if (!s.inside) return false;
  const RowSpan &a = plate_->cache.span(s.upper), &b = plate_->cache.span(s.upper + 1);
  const int solid_first = std::max(a.solid_first, b.solid_first), solid_last = std::min(a.solid_last, b.solid_last);
  return taps_.front().index >= solid_first && taps_.back().index + 1 < solid_last;
}

void PlacedPlate::blend(int y, bool alone, std::vector<Word>& scratch, Word* row) const {
  const Source s = source(y);
  if (!s.inside) return;
  const Cache& cache = plate_->cache;
  const RowSpan &a = cache.span(s.upper), &b = cache.span(s.upper + 1);
  int from = cache.width(), to = 0;
  for (const RowSpan& span : {a, b})
    if (span.last > span.first) from = std::min(from, span.first), to = std::max(to, span.last);
  if (to <= from) return;
  // Pixels whose left or right neighbour is painted.
  const auto begin = taps_.begin() + first_, end = taps_.begin() + last_;
  const auto left = std::lower_bound(begin, end, from - 1, [](const Tap& t, int i) { return t.index < i; });
  const auto right = std::lower_bound(left, end, to, [](const Tap& t, int i) { return t.index < i; });
  if (left == right) return;
  const int low = left->index, count = (right - 1)->index + 2 - low;
  scratch.resize(static_cast<std::size_t>(cache.width() + 4) * 4);
  rows::mix_rows(cache.row(s.upper) + low * 4, cache.row(s.upper + 1) + low * 4, s.lower_weight, count,
                 scratch.data() + low * 4);
  const auto x = left - taps_.begin();
  const Blend how = alone ? Blend::replace : plate_->blend;
  rows::blend_row(scratch.data(), &*left, static_cast<int>(right - left), how, row + x * 4);
}

std::vector<Speck> place_dust(const Dust& dust, const View& view, double seconds, Size frame) {
  std::vector<Speck> out;
  const Framing at = framing(view, dust.p);
  const double aspect = static_cast<double>(frame.width) / frame.height, half_w = aspect / 2 + .12, half_h = .62;
  Rng rng(mix_seed(dust.seed, 77));
  for (int i = 0; i < dust.count; ++i) {
    const double x = rng.uniform(), y = rng.uniform(), size = rng.uniform(), glow = rng.uniform(.3, 1);
    const double phase = rng.uniform(0, 6.28), speed = rng.uniform(.004, .014);
    // Specks leave on one side and come back on the other, both out of sight.
    const double px = x + speed * seconds + .004 * std::sin(seconds * .9 + phase);
    const double py = y - .5 * speed * seconds + .003 * std::sin(seconds * 1.3 + phase * 2);
    const double wx = (px - std::floor(px) - .5) * 2 * half_w, wy = (py - std::floor(py) - .5) * 2 * half_h;
    Speck s{};
    s.x = frame.width / 2.0 + at.scale * (wx - at.shift_x) * frame.height;
    s.y = frame.height / 2.0 + at.scale * (wy - at.shift_y) * frame.height;
    s.radius = std::max(1.0, (dust.small + (dust.large - dust.small) * size) * at.scale * frame.height);
    const double a = dust.strength * glow * (.72 + .28 * std::sin(seconds * 1.7 + phase * 3));
    const double bgra[4] = {dust.color.b * a, dust.color.g * a, dust.color.r * a, 0};
    for (int k = 0; k < 4; ++k) s.light[k] = word(bgra[k]);
    out.push_back(s);
  }
  return out;
}

void blend_specks(const std::vector<Speck>& specks, int y, int width, Word* row) {
  for (const Speck& s : specks) {
    const double dy = y + .5 - s.y;
    if (std::abs(dy) >= s.radius) continue;
    const int from = std::max(0, static_cast<int>(std::floor(s.x - s.radius)));
    const int to = std::min(width, static_cast<int>(std::ceil(s.x + s.radius)));
    for (int x = from; x < to; ++x) {
      const double dx = x + .5 - s.x, u = 1 - std::sqrt(dx * dx + dy * dy) / s.radius;
      if (u <= 0) continue;
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t under = row[x * 4 + k];
        row[x * 4 + k] = static_cast<Word>(under + (65535 - under) * (s.light[k] * u) / kFull);
      }
    }
  }
}

Pass::Pass(std::vector<const Plate*> plates, const View& view, Size frame) : width_(frame.width) {
  for (const Plate* plate : plates) {
    PlacedPlate placed(*plate, view, frame);
    if (placed.seen()) placed_.push_back(std::move(placed));
  }
}

void Pass::compose(int y, Word* row) {
  std::size_t start = placed_.size();
  while (start > 0 && !placed_[start - 1].covers(y, width_)) --start;
  if (start > 0)
    placed_[start - 1].blend(y, true, scratch_, row);
  else
    std::fill(row, row + width_ * 4, Word{0});
  for (; start < placed_.size(); ++start) placed_[start].blend(y, false, scratch_, row);
  if (!specks_.empty()) blend_specks(specks_, y, width_, row);
}

}  // namespace vidgen::local
