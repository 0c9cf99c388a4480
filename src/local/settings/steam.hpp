// SPDX-License-Identifier: Apache-2.0
// Steam over a hot cup: three soft strands that rise and sway, painted anew for every frame at low resolution. Pure.
#pragma once

#include "local/compositor/layer.hpp"
#include "local/products/place.hpp"

namespace vidgen::local {

Layer steam_layer(const Placement& cup, Color color);

}  // namespace vidgen::local
