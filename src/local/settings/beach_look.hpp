// SPDX-License-Identifier: Apache-2.0
// Colours of the beach by hour: one row each. Constant data.
#pragma once

#include "local/settings/sea.hpp"

namespace vidgen::local {

struct BeachColors {
  SeaColors sea;
  SandColors sand;
  Color leaf_dark, leaf, leaf_lit;
};
const BeachColors& beach_colors(const OutdoorPlace& place);

}  // namespace vidgen::local
