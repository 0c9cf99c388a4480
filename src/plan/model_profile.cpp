// SPDX-License-Identifier: Apache-2.0
// What a model's row says about lengths and sizes.
#include <cmath>

#include "vidgen/model.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr double kPaintedArea = 1280.0 * 720.0;

double ratio(Size s) {
  return static_cast<double>(s.width) / static_cast<double>(s.height);
}

// How far two aspects are apart, the same for wide and tall.
double distance(Size a, Size b) {
  return std::abs(std::log(ratio(a) / ratio(b)));
}

Size even_size(Size film, double area) {
  const double width = std::sqrt(area * ratio(film));
  const auto even = [](double side) { return 2 * static_cast<int>(std::floor(side / 2 + 0.5)); };
  return Size(even(width), even(width / ratio(film)));
}

Rational fixed_seconds(const ModelProfile& m) {
  if (m.frames > 0 && m.fps > Rational(0)) return Rational(m.frames) / m.fps;
  return m.duration.values.empty() ? Rational(0) : m.duration.values.front();
}

}  // namespace

Rational ModelProfile::longest_seconds() const {
  if (duration.kind == Duration::Kind::fixed) return fixed_seconds(*this);
  if (duration.kind == Duration::Kind::range) return duration.longest;
  return duration.values.empty() ? Rational(0) : duration.values.back();
}

Rational ModelProfile::shortest_seconds() const {
  if (duration.kind == Duration::Kind::fixed) return fixed_seconds(*this);
  if (duration.kind == Duration::Kind::range) return duration.shortest;
  return duration.values.empty() ? Rational(0) : duration.values.front();
}

Rational ModelProfile::clip_seconds(Rational wanted) const {
  if (duration.kind == Duration::Kind::fixed) return fixed_seconds(*this);
  if (duration.kind == Duration::Kind::grid) {
    for (Rational value : duration.values)
      if (value >= wanted) return value;
    return longest_seconds();
  }
  if (wanted <= duration.shortest) return duration.shortest;
  if (wanted >= duration.longest) return duration.longest;
  if (duration.step <= Rational(0)) return wanted;
  const Rational steps = ((wanted - duration.shortest) / duration.step).ceil();
  const Rational value = duration.shortest + steps * duration.step;
  return value < duration.longest ? value : duration.longest;
}

Size ModelProfile::size_for(Size film) const {
  if (film.empty()) film = Size(1920, 1080);
  Size best = sizes.empty() ? even_size(film, kPaintedArea) : sizes.front();
  for (Size s : sizes)
    if (distance(s, film) < distance(best, film) - 1e-9) best = s;
  if (provider != "local") return best;
  // The embedded models paint any aspect, and nothing larger than what is shown.
  const double area = std::min(kPaintedArea, static_cast<double>(film.width) * film.height);
  return area < kPaintedArea || distance(best, film) > 0.002 ? even_size(film, area) : best;
}

VIDGEN_NAMESPACE_END
