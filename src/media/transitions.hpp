// SPDX-License-Identifier: Apache-2.0
// Transitions: one row a kind, one function that mixes two pictures of one size into a third. They see planes and how
// far the transition is, nothing else. Adding one is a function and a row.
//
// Thread-safety: functions without state.
#pragma once

#include <string_view>

#include "av/frame.hpp"

namespace vidgen::media {

// Frame `index` of `count`: it stands at (2 * index + 1) / (2 * count) of the way, so both halves mirror each other.
struct Moment {
  int index = 0, count = 1;
  // 0 to `whole`, rounded.
  int of(int whole) const { return (whole * (2 * index + 1) + count) / (2 * count); }
};

using MixPlanes = void (*)(const av::YuvPlanes& a, const av::YuvPlanes& b, const av::YuvPlanes& out, Moment moment);

struct TransitionKind {
  std::string_view name;
  std::string_view what;
  MixPlanes mix;
};

// Null when there is none of that name.
const TransitionKind* find_transition(std::string_view name);
const TransitionKind* transition_kinds(std::size_t& count);

}  // namespace vidgen::media
