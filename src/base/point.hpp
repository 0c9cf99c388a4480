// SPDX-License-Identifier: Apache-2.0
// Point: the named places of the way from a prompt to a film at which a fault matters. Tests hook them; else at() is one
// load. Thread-safety: at() from any thread; the hook is called on that thread, and set before anything runs.
#pragma once

#include <atomic>
#include <optional>
#include <string_view>

#include "vidgen/version.hpp"

namespace vidgen::base {

enum class Point {
#define VIDGEN_POINT(name, what) name,
#include "base/points.def"
#undef VIDGEN_POINT
};

inline constexpr std::string_view kPointNames[] = {
#define VIDGEN_POINT(name, what) #name,
#include "base/points.def"
#undef VIDGEN_POINT
};

using PointHook = void (*)(Point);
extern std::atomic<PointHook> point_hook;

inline void at(Point point) {
  if (const PointHook hook = point_hook.load(std::memory_order_relaxed)) hook(point);
}

inline std::string_view to_string(Point point) {
  return kPointNames[static_cast<int>(point)];
}
inline std::optional<Point> point_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kPointNames); ++i)
    if (kPointNames[i] == name) return static_cast<Point>(i);
  return std::nullopt;
}

}  // namespace vidgen::base
