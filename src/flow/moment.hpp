// SPDX-License-Identifier: Apache-2.0
// The time of this room: a length in nanoseconds, or a moment as the length since an origin of the caller's (a steady
// clock's start, 1970). Nothing here reads a clock; every decision is told what time it is.
// Thread-safety: values.
#pragma once

#include <chrono>

namespace vidgen::flow {

using Nanos = std::chrono::nanoseconds;

// Later than every moment: "somebody will report before anything is to be done".
inline constexpr Nanos kNever = Nanos::max();

// at + by, without running over. `by` is not negative.
constexpr Nanos later(Nanos at, Nanos by) {
  return at > kNever - by ? kNever : at + by;
}

}  // namespace vidgen::flow
