// SPDX-License-Identifier: Apache-2.0
// The smallest real media that a provider can return: pictures, clips, shorter clips, sound; four of each, in this order.
#pragma once

#include <string>
#include <vector>

namespace vidgen::sim {

// Made once, in `folder`.
const std::vector<std::string>& media(const std::string& folder);

}  // namespace vidgen::sim
