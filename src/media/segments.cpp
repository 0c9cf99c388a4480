// SPDX-License-Identifier: Apache-2.0
#include "media/segments.hpp"

#include "av/packet_copy.hpp"
#include "base/try.hpp"
#include "media/film_file.hpp"
#include "media/part_file.hpp"
#include "media/render.hpp"
#include "media/timeline_check.hpp"
#include "media/verify.hpp"

namespace vidgen::media {
namespace {

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

Result<SegmentFile> render_segment(const Timeline& timeline, Frames from, Frames to, const std::string& out,
                                   const AssembleOptions& options) {
  VIDGEN_CHECK(check_timeline(timeline));
  if (from < 0 || to > timeline.frames || from >= to)
    return Error(Errc::invalid_argument, "a segment must lie within the film");
  PartFile part(out);
  VIDGEN_CHECK(part.create());
  VIDGEN_TRY(result, render_frames(timeline, from, to, part.path(), false, options));
  VIDGEN_CHECK(check_written(part.path(), to - from, 0, timeline.fps, {}));
  VIDGEN_CHECK(part.publish());
  SegmentFile file;
  file.path = out;
  file.from = from;
  file.to = to;
  file.encoder = result.encoder;
  file.notes = result.notes;
  return file;
}

Result<AssembleReport> join_segments(const Timeline& timeline, const std::vector<SegmentFile>& segments,
                                     const std::string& out, const AssembleOptions& options) {
  VIDGEN_TRY(sound, encoded_sound(timeline, options));
  return join_segments(timeline, segments, std::move(sound), out, options);
}

Result<AssembleReport> join_segments(const Timeline& timeline, const std::vector<SegmentFile>& segments,
                                     std::unique_ptr<Sound> sound, const std::string& out,
                                     const AssembleOptions& options) {
  VIDGEN_CHECK(check_timeline(timeline));
  Frames at = 0;
  std::vector<Frames> joins;
  for (const SegmentFile& s : segments) {
    if (s.from != at) return Error(Errc::verify_failed, "no segment begins at frame " + std::to_string(at));
    if (at > 0) joins.push_back(at);
    at = s.to;
  }
  if (at != timeline.frames) return Error(Errc::verify_failed, "no segment begins at frame " + std::to_string(at));
  PartFile part(out);
  VIDGEN_CHECK(part.create());
  VIDGEN_TRY(film, FilmFile::create(part.path(), timeline.fps, timeline.frames, std::move(sound)));
  std::unique_ptr<av::PacketCopy> first;
  AssembleReport report;
  for (const SegmentFile& s : segments) VIDGEN_CHECK(add_part(*film, s, first, report.frames, timeline, options));
  VIDGEN_CHECK(film->finish());
  report.samples = film->samples();
  if (report.samples == 0) report.notes.push_back("the film has no sound");
  VIDGEN_CHECK(check_written(part.path(), report.frames, report.samples, timeline.fps, joins));
  VIDGEN_CHECK(part.publish());
  return report;
}

}  // namespace vidgen::media
