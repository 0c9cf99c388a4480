// SPDX-License-Identifier: Apache-2.0
// The timeline as a Json value, for documents that hold one. Members that have their default are left out.
// Errors: Errc::timeline_invalid, with the path of the member. Thread-safety: functions.
#pragma once

#include "base/json.hpp"
#include "vidgen/timeline.hpp"

namespace vidgen::timeline {

base::Json to_value(const Timeline& timeline);
base::Json to_value(const TimelineSource& source);
base::Json to_value(const TimelineItem& item);
base::Json to_value(const TimelineTransition& transition);
base::Json to_value(const AudioItem& item);
base::Json to_value(const Title& title);
base::Json to_value(const Finish& finish);
// Reads and upgrades; does not validate.
Result<Timeline> from_value(const base::Json& value);

}  // namespace vidgen::timeline
