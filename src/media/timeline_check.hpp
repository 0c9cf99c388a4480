// SPDX-License-Identifier: Apache-2.0
// What the engine asks of a timeline beyond validate(): transitions that it knows and modes that it has.
//
// Thread-safety: functions without state. Errors: Errc::timeline_invalid, invalid_argument, unsupported.
#pragma once

#include "vidgen/timeline.hpp"

namespace vidgen::media {

Status check_timeline(const Timeline& timeline);

// The frames that a transition covers.
struct FrameRange {
  Frames from = 0, to = 0;
  bool holds(Frames n) const { return n >= from && n < to; }
};
FrameRange range_of(const TimelineTransition& transition);
const TimelineSource* find_source(const Timeline& timeline, std::string_view id);
// The item that covers frame n of a checked timeline.
std::size_t item_at(const Timeline& timeline, Frames n);

}  // namespace vidgen::media
