// SPDX-License-Identifier: Apache-2.0
// Four points a sample, for what happens between samples. Units: full scale, samples at 48 kHz.
// Thread-safety: functions of their arguments; left and right are worked on side by side.
#pragma once

#include <cstddef>
#include <vector>

#include "local/music/synth.hpp"

namespace vidgen::local {

// tanh(x) without aliases: computed at 192 kHz. `peaks` gets, for each sample, the largest of its points on both sides.
void soft_clip(StereoTrack& track, std::vector<float>& peaks);

inline constexpr std::size_t kStretch = 2048;  // samples at a time, so that the work stays in the cache

// The largest point of each stretch of kStretch samples, within 1 dB of what meters say.
std::vector<float> tops_of(const std::vector<float>& side);

}  // namespace vidgen::local
