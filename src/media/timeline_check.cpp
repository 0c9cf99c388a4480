// SPDX-License-Identifier: Apache-2.0
#include "media/timeline_check.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "media/transitions.hpp"

namespace vidgen::media {
namespace {

Error bad(const std::string& what) {
  return Error(Errc::timeline_invalid, what);
}

}  // namespace

FrameRange range_of(const TimelineTransition& t) {
  FrameRange r;
  r.from = t.at - t.frames / 2;
  r.to = r.from + t.frames;
  return r;
}

const TimelineSource* find_source(const Timeline& timeline, std::string_view id) {
  for (const TimelineSource& source : timeline.sources)
    if (source.id == id) return &source;
  return nullptr;
}

std::size_t item_at(const Timeline& t, Frames n) {
  const auto after = std::upper_bound(t.video.begin(), t.video.end(), n,
                                      [](Frames frame, const TimelineItem& item) { return frame < item.start; });
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - t.video.begin() - 1));
}

Status check_timeline(const Timeline& t) {
  VIDGEN_CHECK(validate(t));
  if (t.fps.den() > 100000 || t.fps.num() > 24000000) return bad("fps: too fine a fraction for a film");
  if (t.fps_mode == FpsMode::interpolate)
    return Error(Errc::unsupported, "frames cannot be interpolated yet: use \"duplicate\" or \"native\"");
  for (const TimelineTransition& row : t.transitions)
    if (!find_transition(row.kind)) return bad("there is no transition \"" + row.kind + "\"");
  return {};
}

}  // namespace vidgen::media
