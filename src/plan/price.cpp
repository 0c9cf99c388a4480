// SPDX-License-Identifier: Apache-2.0
#include "plan/price.hpp"

#include <algorithm>

namespace vidgen::plan {
namespace {

Money times(Money amount, Rational units) {
  return Money::micros((Rational(amount.micros()) * units).ceil());
}

Cost same(Money m) {
  Cost c;
  c.least = c.likely = c.most = m;
  return c;
}

}  // namespace

const Price& price_for(const ModelProfile& model, Size size) {
  static const Price none;
  if (model.prices.empty()) return none;
  const std::string lines = std::to_string(std::min(size.width, size.height)) + "p";
  for (const Price& p : model.prices)
    if (p.condition == lines) return p;
  return model.prices.front();
}

Cost cost_of(const ModelProfile& model, Size size, Rational seconds) {
  const Price& p = price_for(model, size);
  switch (p.kind) {
    case PriceKind::free:
      return Cost();
    case PriceKind::per_output_second:
      return same(times(p.amount, seconds));
    case PriceKind::per_gpu_second: {
      Cost c;
      c.likely = times(p.amount, p.typical_units);
      c.least = times(p.amount, p.typical_units / Rational(2));
      c.most = times(p.amount, p.worst_units);
      return c;
    }
    case PriceKind::per_clip:
    case PriceKind::per_image:
    case PriceKind::per_run:
    case PriceKind::per_token:
      return same(p.amount);
    case PriceKind::per_character: {  // of a text that is not known here: at most what one call takes
      Cost c = same(times(p.amount, Rational(4096, 1'000'000)));
      c.least = Money();
      return c;
    }
  }
  return Cost();
}

}  // namespace vidgen::plan
