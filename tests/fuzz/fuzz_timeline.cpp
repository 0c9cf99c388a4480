// SPDX-License-Identifier: Apache-2.0
// Any bytes as a timeline: refused, or written and read back to the same bytes; a valid one is cut into segments that
// are the whole film.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vidgen/timeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto timeline = vidgen::timeline_from_json({reinterpret_cast<const char*>(data), size});
  if (!timeline) return 0;
  std::string written = to_json(*timeline);
  auto again = vidgen::timeline_from_json(written);
  if (!again || to_json(*again) != written) std::abort();
  if (!validate(*timeline)) return 0;
  vidgen::Frames at = 0;
  for (const vidgen::Segment& segment : segments_of(*timeline)) {
    if (segment.start != at || segment.length <= 0) std::abort();
    at += segment.length;
  }
  if (at != timeline->frames) std::abort();
  return 0;
}
