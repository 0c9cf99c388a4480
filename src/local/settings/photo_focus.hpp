// SPDX-License-Identifier: Apache-2.0
// Where a photograph has its largest detail: what a crop keeps and a slow move goes to. Pure.
#pragma once

#include "local/paint/canvas.hpp"

namespace vidgen::local {

// A copy of at most so many pixels' width: big pictures shrink by averaging, not by skipping.
Surface shrunk(const Surface& from, int width);

// Shares of the picture's width and height from its middle, -0.5 to 0.5.
Point focus_of(const Surface& picture);

}  // namespace vidgen::local
