// SPDX-License-Identifier: Apache-2.0
// What one run of a model costs: least, likely, and the worst case that is reserved for it.
// Units: micro-dollars, rounded up. Thread-safety: pure functions.
#pragma once

#include "vidgen/model.hpp"

namespace vidgen::plan {

struct Cost {
  Cost() = default;
  Money least, likely, most;
};

// The price row for a size: one whose condition names the size ("720p"), else the first.
const Price& price_for(const ModelProfile& model, Size size);
// `seconds` of output are bought; ignored where the price does not count them.
Cost cost_of(const ModelProfile& model, Size size, Rational seconds);

}  // namespace vidgen::plan
