// SPDX-License-Identifier: Apache-2.0
#include "media/segments.hpp"

#include <algorithm>

#include "av/packet_copy.hpp"
#include "base/files.hpp"
#include "base/try.hpp"
#include "media/film_file.hpp"
#include "media/part_file.hpp"
#include "media/render.hpp"
#include "media/timeline_check.hpp"
#include "media/verify.hpp"

namespace vidgen::media {
namespace {

constexpr Frames kShortest = 8;

// Where segments may begin: at items, and at both ends of transitions.
std::vector<Frames> boundaries(const Timeline& t) {
  std::vector<Frames> out{0, t.frames};
  for (const TimelineItem& item : t.video) out.push_back(item.start);
  for (const TimelineTransition& transition : t.transitions) {
    if (transition.frames == 0) continue;
    const FrameRange range = range_of(transition);
    std::erase_if(out, [&](Frames n) { return n > range.from && n < range.to; });
    out.push_back(range.from);
    out.push_back(range.to);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::size_t> items_of(const Timeline& t, Frames from, Frames to) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < t.video.size(); ++i) {
    Frames first = t.video[i].start, last = first + t.video[i].length;
    for (const TimelineTransition& transition : t.transitions) {
      const FrameRange range = range_of(transition);
      if (transition.at == t.video[i].start) first = std::min(first, range.from);
      if (transition.at == t.video[i].start + t.video[i].length) last = std::max(last, range.to);
    }
    if (first < to && last > from) out.push_back(i);
  }
  return out;
}

// The first encoder's words about its stream; every other part must say the same.
Status add_part(FilmFile& film, const SegmentFile& part, std::unique_ptr<av::PacketCopy>& first, Frames& written,
                const Timeline& timeline, const AssembleOptions& options) {
  VIDGEN_TRY(copy, av::PacketCopy::open(part.path, timeline.fps, options.stop));
  if (!first)
    VIDGEN_CHECK(film.start(copy->parameters()));
  else if (!copy->same_stream(*first))
    return Error(Errc::verify_failed, part.path + " was encoded with other settings than the first segment");
  const int delay = first ? first->delay() : copy->delay();
  const Frames base = written;
  for (;;) {
    if (options.stop.stop_requested()) return Error(Errc::cancelled, "joining was stopped");
    VIDGEN_TRY(packet, copy->next(base, written - delay));
    if (!packet) break;
    VIDGEN_CHECK(film.write(packet, written++));
  }
  if (written - base != part.to - part.from)
    return Error(Errc::verify_failed, part.path + " has " + std::to_string(written - base) + " frames instead of " +
                                          std::to_string(part.to - part.from));
  if (!first) first = std::move(copy);
  return {};
}

}  // namespace

std::vector<Segment> plan_segments(const Timeline& timeline) {
  std::vector<Segment> out;
  if (!check_timeline(timeline)) return out;
  const std::vector<Frames> at = boundaries(timeline);
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    const bool merge = !out.empty() && (at[i + 1] - at[i] < kShortest || out.back().to - out.back().from < kShortest);
    if (merge)
      out.back().to = at[i + 1];
    else {
      Segment s;
      s.from = at[i];
      s.to = at[i + 1];
      out.push_back(s);
    }
  }
  for (Segment& s : out) s.items = items_of(timeline, s.from, s.to);
  return out;
}

Result<SegmentFile> render_segment(const Timeline& timeline, Frames from, Frames to, const std::string& out,
                                   const AssembleOptions& options) {
  VIDGEN_CHECK(check_timeline(timeline));
  if (from < 0 || to > timeline.frames || from >= to)
    return Error(Errc::invalid_argument, "a segment must lie within the film");
  PartFile part(out);
  VIDGEN_CHECK(part.create());
  VIDGEN_TRY(result, render_frames(timeline, from, to, part.path(), false, options));
  (void)result;
  VIDGEN_CHECK(check_written(part.path(), to - from, 0, timeline.fps, {}));
  VIDGEN_CHECK(part.publish());
  SegmentFile file;
  file.path = out;
  file.from = from;
  file.to = to;
  return file;
}

Result<AssembleReport> join_segments(const Timeline& timeline, const std::vector<SegmentFile>& segments,
                                     const std::string& out, const AssembleOptions& options) {
  VIDGEN_CHECK(check_timeline(timeline));
  Frames at = 0;
  std::vector<Frames> joins;
  for (const SegmentFile& s : segments) {
    if (s.from != at) return Error(Errc::verify_failed, "no segment begins at frame " + std::to_string(at));
    if (at > 0) joins.push_back(at);
    at = s.to;
  }
  if (at != timeline.frames) return Error(Errc::verify_failed, "no segment begins at frame " + std::to_string(at));
  VIDGEN_TRY(mixer, Mixer::make(timeline, options));
  PartFile part(out);
  VIDGEN_CHECK(part.create());
  VIDGEN_TRY(film, FilmFile::create(part.path(), timeline.fps, timeline.frames, std::move(mixer)));
  std::unique_ptr<av::PacketCopy> first;
  AssembleReport report;
  for (const SegmentFile& s : segments) VIDGEN_CHECK(add_part(*film, s, first, report.frames, timeline, options));
  VIDGEN_CHECK(film->finish());
  report.samples = film->samples();
  if (timeline.audio.empty()) report.notes.push_back("the film has no sound");
  VIDGEN_CHECK(check_written(part.path(), report.frames, report.samples, timeline.fps, joins));
  VIDGEN_CHECK(part.publish());
  return report;
}

}  // namespace vidgen::media
