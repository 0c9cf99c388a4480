// SPDX-License-Identifier: Apache-2.0
// Gaussian-like blur of a premultiplied surface, in place. Deterministic. Outside the surface counts as clear
// (or as its edge pixels, for opaque pictures). Cost does not grow with sigma. Not for tight inner loops: about a
// millisecond per 100 000 pixels.
#pragma once

#include "local/paint/canvas.hpp"

namespace vidgen::local {

enum class BlurEdge { clear, extend };

// `sigma` in pixels; below 0.3 nothing happens.
void blur(Surface& surface, double sigma, BlurEdge edge = BlurEdge::clear);

}  // namespace vidgen::local
