// SPDX-License-Identifier: Apache-2.0
// The rules of vidgen/timeline.hpp, checked. Messages name the item and say what was expected.
#include <set>

#include "base/try.hpp"
#include "vidgen/timeline.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr Frames kMostFrames = 3600LL * 240;

Error bad(std::string what) {
  return Error(Errc::timeline_invalid, std::move(what));
}
std::string at(const char* list, std::size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

Status check_head(const Timeline& t) {
  if (t.schema != "vidgen.timeline/1") return bad("schema: expected vidgen.timeline/1");
  if (t.fps < Rational(1) || t.fps > Rational(240)) return bad("fps: expected 1 to 240");
  if (t.size.width < 16 || t.size.height < 16 || t.size.width > 8192 || t.size.height > 8192)
    return bad("size: expected 16 to 8192 a side");
  if (t.size.width % 2 != 0 || t.size.height % 2 != 0)
    return bad("size: expected even sides, not " + t.size.to_string());
  if (t.frames < 1 || t.frames > kMostFrames) return bad("frames: expected 1 to " + std::to_string(kMostFrames));
  if (t.contrast <= Rational(0) || t.contrast > Rational(4)) return bad("contrast: expected above 0, at most 4");
  if (t.saturation < Rational(0) || t.saturation > Rational(4)) return bad("saturation: expected 0 to 4");
  if (!(t.finish.grain >= 0 && t.finish.grain <= 32)) return bad("finish.grain: expected 0 to 32");
  return {};
}

Status check_sources(const Timeline& t, std::set<std::string>& ids) {
  for (std::size_t i = 0; i < t.sources.size(); ++i) {
    if (t.sources[i].id.empty()) return bad(at("sources", i) + ".id: is empty");
    if (!ids.insert(t.sources[i].id).second)
      return bad(at("sources", i) + ".id: \"" + t.sources[i].id + "\" is there twice");
  }
  return {};
}

Status check_video(const Timeline& t, const std::set<std::string>& ids) {
  Frames next = 0;
  for (std::size_t i = 0; i < t.video.size(); ++i) {
    const TimelineItem& item = t.video[i];
    const std::string where = at("video", i);
    if (!ids.count(item.source)) return bad(where + ".source: there is no source \"" + item.source + "\"");
    if (item.start != next)
      return bad(where + ".start: expected " + std::to_string(next) + ", where the item before ends");
    if (item.length < 1 || item.length > kMostFrames) return bad(where + ".length: expected 1 or more");
    if (item.speed < Rational(1, 16) || item.speed > Rational(16)) return bad(where + ".speed: expected 1/16 to 16");
    if (item.source_in < Rational(0)) return bad(where + ".source_in: is before the source's start");
    if (item.hold < 0 || item.hold > item.length) return bad(where + ".hold: expected 0 to the item's length");
    next = item.start + item.length;
  }
  if (next != t.frames)
    return bad("frames: the items end at " + std::to_string(next) + ", not at " + std::to_string(t.frames));
  return {};
}

bool is_boundary(const Timeline& t, Frames frame) {
  for (std::size_t i = 1; i < t.video.size(); ++i)
    if (t.video[i].start == frame) return true;
  return false;
}

// Zones lie in the order of their boundaries, inside the film, and never touch each other or a further boundary.
Status check_transitions(const Timeline& t) {
  Frames free_from = 0;
  for (std::size_t i = 0; i < t.transitions.size(); ++i) {
    const TimelineTransition& row = t.transitions[i];
    const std::string where = at("transitions", i);
    if (row.kind.empty()) return bad(where + ".kind: is empty");
    if (row.frames < 1 || row.frames > t.frames) return bad(where + ".frames: expected 1 or more");
    if (!is_boundary(t, row.at)) return bad(where + ".at: " + std::to_string(row.at) + " is not where two items meet");
    const Frames from = row.at - row.frames / 2, to = from + row.frames;
    if (from < free_from) return bad(where + ": overlaps what is before it; make it shorter");
    if (to > t.frames) return bad(where + ": ends after the film; make it shorter");
    for (const TimelineItem& item : t.video)
      if (item.start != row.at && item.start > from && item.start < to)
        return bad(where + ": is longer than an item beside it; make it shorter");
    free_from = to;
  }
  return {};
}

Status check_audio(const Timeline& t, const std::set<std::string>& ids) {
  for (std::size_t i = 0; i < t.audio.size(); ++i) {
    const AudioItem& a = t.audio[i];
    const std::string where = at("audio", i);
    if (!ids.count(a.source)) return bad(where + ".source: there is no source \"" + a.source + "\"");
    if (a.start < 0 || a.length < 0 || a.source_in < 0 || a.fade_in < 0 || a.fade_out < 0)
      return bad(where + ": samples are never below 0");
    for (std::size_t k = 0; k < a.gain.size(); ++k) {
      if (!(a.gain[k].gain >= 0 && a.gain[k].gain <= 16)) return bad(where + ".gain: expected 0 to 16");
      if (k > 0 && a.gain[k].at < a.gain[k - 1].at) return bad(where + ".gain: points are not in order");
    }
  }
  return {};
}

Status check_titles(const Timeline& t) {
  for (std::size_t i = 0; i < t.titles.size(); ++i) {
    const Title& title = t.titles[i];
    if (title.start < 0 || title.length < 1 || title.start + title.length > t.frames)
      return bad(at("titles", i) + ": does not lie inside the film");
    if (title.role != "title" && title.role != "caption" && title.role != "end_card")
      return bad(at("titles", i) + ".role: expected title, caption or end_card");
  }
  return {};
}

}  // namespace

Status validate(const Timeline& timeline) {
  std::set<std::string> ids;
  VIDGEN_CHECK(check_head(timeline));
  VIDGEN_CHECK(check_sources(timeline, ids));
  VIDGEN_CHECK(check_video(timeline, ids));
  VIDGEN_CHECK(check_transitions(timeline));
  VIDGEN_CHECK(check_audio(timeline, ids));
  return check_titles(timeline);
}

VIDGEN_NAMESPACE_END
