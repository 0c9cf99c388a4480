// SPDX-License-Identifier: Apache-2.0
// The split of a timeline into segments: Segment and segments_of() are public (vidgen/timeline.hpp), so that planner
// and renderer share them. Thread-safety: a pure function.
#pragma once

#include "vidgen/timeline.hpp"

namespace vidgen::timeline {

inline constexpr Frames kShortestSegment = 8;

}  // namespace vidgen::timeline
