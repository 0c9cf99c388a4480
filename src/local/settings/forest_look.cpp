// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "local/settings/forest.hpp"

namespace vidgen::local {
namespace {

using C = Color;

// By hour: sunrise, golden, midday, dusk, night.
constexpr ForestColors kColors[] = {
    {C(0x4a5a58), C(0xf4d3a0), C(0xb79f80), C(0x766852), C(0x2c2826), C(0xb0a04e), C(0x2e4434), C(0x8c8a42),
     C(0x2c3826), C(0xa8825c)},
    {C(0x56703c), C(0xf6e4a8), C(0xb3ab74), C(0x716e42), C(0x2c2a1e), C(0xb8b04a), C(0x304c2a), C(0x98993e),
     C(0x2c3c20), C(0xb08c5c)},
    {C(0x427a48), C(0xd2e8b4), C(0x98b684), C(0x5f8458), C(0x2a3a2c), C(0x9ac452), C(0x2c5832), C(0x86ae48),
     C(0x2a4628), C(0xb89a6c)},
    {C(0x2a2350), C(0xd8847e), C(0x865a78), C(0x4c3a60), C(0x1a1730), C(0x8c5a68), C(0x25264a), C(0x5c4658),
     C(0x1e1c34), C(0x7a5365)},
    {C(0x070d20), C(0x476594), C(0x34496f), C(0x1f2f50), C(0x090f20), C(0x446488), C(0x0e1b30), C(0x34506e),
     C(0x0d182a), C(0x3a4a6c)},
};

}  // namespace

const ForestColors& forest_colors(const OutdoorPlace& place) {
  return kColors[static_cast<std::size_t>(place.look.hour)];
}

double forest_ground(const OutdoorPlace& s, double share) {
  return s.horizon + (std::max(s.foot(), s.horizon + .18) - s.horizon) * share;
}

}  // namespace vidgen::local
