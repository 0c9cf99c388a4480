// SPDX-License-Identifier: Apache-2.0
#include "local/titles/area.hpp"

namespace vidgen::local::titles {
namespace {

struct Margins {
  double least_aspect;  // the row holds from here
  double side;          // of the width
  double top, bottom;   // of the height
};
constexpr Margins kMargins[] = {
    {1.2, 0.07, 0.08, 0.08},
    {0.9, 0.08, 0.08, 0.08},
    {0.7, 0.08, 0.08, 0.10},
    {0.0, 0.10, 0.12, 0.18},
};

struct Step {
  double aspect, scale;
};
constexpr Step kScale[] = {{0.5625, 0.68}, {1.0, 0.85}, {1.6, 1.0}};

const Margins& margins_of(double a) {
  for (const Margins& m : kMargins)
    if (a >= m.least_aspect) return m;
  return kMargins[3];
}

}  // namespace

int bar_height(std::string_view bars, Size frame) {
  const Result<Rational> ratio = Rational::parse(bars);
  if (!ratio || *ratio <= Rational(0)) return 0;
  const std::int64_t rows = (Rational(frame.width) / *ratio).round();
  const std::int64_t bar = (frame.height - rows) / 4 * 2;
  return bar > 0 && bar < frame.height / 3 ? static_cast<int>(bar) : 0;
}

Area safe_area(Size frame, int bar) {
  const Margins& m = margins_of(aspect(frame));
  return {m.side * frame.width, m.top * frame.height + bar, (1 - m.side) * frame.width,
          (1 - m.bottom) * frame.height - bar};
}

double type_scale(Size frame) {
  const double a = aspect(frame);
  if (a <= kScale[0].aspect) return kScale[0].scale * a / kScale[0].aspect;
  for (int i = 1; i < 3; ++i) {
    const Step &low = kScale[i - 1], &high = kScale[i];
    if (a <= high.aspect) return low.scale + (high.scale - low.scale) * (a - low.aspect) / (high.aspect - low.aspect);
  }
  return 1;
}

}  // namespace vidgen::local::titles
