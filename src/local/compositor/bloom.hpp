// SPDX-License-Identifier: Apache-2.0
// Bloom: the glow round what is bright, measured once on the shot's middle frame at a quarter of its size and kept as
// plates that are screened over all others: one that moves with the far layers, one with the subject. Pure.
#pragma once

#include "local/compositor/cache.hpp"
#include "vidgen/time.hpp"

namespace vidgen::local {

// Empty when the finish asks for none or nothing is bright enough.
std::vector<Plate> make_bloom(const std::vector<const Plate*>& plates, const View& view, Size frame,
                              const Finish& finish);

}  // namespace vidgen::local
