// SPDX-License-Identifier: Apache-2.0
#include "media/timeline_check.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "media/transitions.hpp"

namespace vidgen::media {
namespace {

constexpr Frames kMostFrames = 240LL * 3600;

Error bad(const std::string& what) {
  return Error(Errc::timeline_invalid, what);
}

Status check_items(const Timeline& t) {
  Frames at = 0;
  for (std::size_t i = 0; i < t.video.size(); ++i) {
    const TimelineItem& item = t.video[i];
    const std::string name = "item " + std::to_string(i);
    if (item.start != at)
      return bad(name + " starts at frame " + std::to_string(item.start) + ", not where the one before ends");
    if (item.length <= 0) return bad(name + " has no frames");
    if (item.hold < 0 || item.hold >= item.length) return bad(name + " holds more frames than it has");
    if (item.speed < Rational(0)) return bad(name + " runs backwards");
    if (item.source_in < Rational(0)) return bad(name + " starts before its source");
    if (!find_source(t, item.source)) return bad(name + " shows the unknown source \"" + item.source + "\"");
    at += item.length;
  }
  if (at != t.frames) return bad("the items end at frame " + std::to_string(at) + " of " + std::to_string(t.frames));
  return {};
}

Status check_transitions(const Timeline& t) {
  Frames free_from = 0;
  for (const TimelineTransition& transition : t.transitions) {
    const std::string name = transition.kind + " at frame " + std::to_string(transition.at);
    if (!find_transition(transition.kind)) return bad("there is no transition \"" + transition.kind + "\"");
    if (transition.frames < 0) return bad(name + " has a negative length");
    if (transition.frames == 0) continue;
    const bool boundary = std::any_of(t.video.begin(), t.video.end(), [&](const TimelineItem& item) {
      return item.start == transition.at && item.start > 0;
    });
    if (!boundary) return bad(name + " stands on no boundary");
    const FrameRange range = range_of(transition);
    if (range.from < free_from) return bad(name + " overlaps the one before");
    const TimelineItem& before = t.video[item_at(t, transition.at - 1)];
    const TimelineItem& after = t.video[item_at(t, transition.at)];
    if (range.from < before.start || range.to > after.start + after.length)
      return bad(name + " is longer than the items beside it");
    free_from = range.to;
  }
  return {};
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
  if (t.fps <= Rational(0) || t.fps > Rational(240) || t.fps.den() > 100000 || t.fps.num() > 24000000)
    return bad("a film has more than 0 and at most 240 frames a second");
  if (t.size.empty() || t.size.width % 2 != 0 || t.size.height % 2 != 0 || t.size.width > 8192 || t.size.height > 8192)
    return bad(t.size.to_string() + " is no size for a film: both sides even, at most 8192");
  if (t.frames <= 0 || t.frames > kMostFrames) return bad("a film has at least one frame and lasts at most an hour");
  if (t.fps_mode == FpsMode::interpolate)
    return Error(Errc::unsupported, "frames cannot be interpolated yet: use \"duplicate\" or \"native\"");
  if (t.contrast < Rational(0) || t.contrast > Rational(4) || t.saturation < Rational(0) || t.saturation > Rational(4))
    return bad("contrast and saturation lie between 0 and 4");
  VIDGEN_CHECK(check_items(t));
  VIDGEN_CHECK(check_transitions(t));
  for (const AudioItem& item : t.audio) {
    if (!find_source(t, item.source)) return bad("a sound plays the unknown source \"" + item.source + "\"");
    if (item.start < 0 || item.length < 0 || item.source_in < 0 || item.fade_in < 0 || item.fade_out < 0)
      return bad("a sound has a negative time");
  }
  return {};
}

}  // namespace vidgen::media
