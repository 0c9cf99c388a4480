// SPDX-License-Identifier: Apache-2.0
#include "base/point.hpp"

namespace vidgen::base {

std::atomic<PointHook> point_hook{nullptr};

}  // namespace vidgen::base
