// SPDX-License-Identifier: Apache-2.0
// assemble() and what surrounds it: encoder settings of a request, and timelines for clips laid end to end.
#include <algorithm>
#include <cctype>

#include "base/try.hpp"
#include "media/copy.hpp"
#include "media/part_file.hpp"
#include "media/render.hpp"
#include "media/timeline_check.hpp"
#include "media/transitions.hpp"
#include "media/verify.hpp"

VIDGEN_NAMESPACE_BEGIN

EncodeSettings encode_settings(const Request& request) {
  EncodeSettings out;
  if (request.quality == Quality::draft) {
    out.preset = "ultrafast";
    out.crf = 26;
  } else if (request.quality == Quality::final_) {
    out.preset = "medium";
    out.crf = 18;
  }
  if (!request.preset.empty()) out.preset = request.preset;
  if (request.crf) out.crf = *request.crf;
  return out;
}

Result<AssembleReport> assemble(const Timeline& timeline, const std::string& out, const AssembleOptions& options) {
  if (options.copy) return media::copy_clips(timeline, out, options);
  VIDGEN_CHECK(media::check_timeline(timeline));
  media::PartFile part(out);
  VIDGEN_CHECK(part.create());
  VIDGEN_TRY(result, media::render_frames(timeline, 0, timeline.frames, part.path(), true, options));
  VIDGEN_CHECK(media::check_written(part.path(), timeline.frames, result.samples, timeline.fps, {}));
  VIDGEN_CHECK(part.publish());
  AssembleReport report;
  report.frames = result.frames;
  report.samples = result.samples;
  report.encoder = result.encoder;
  report.notes = result.notes;
  if (timeline.audio.empty()) report.notes.push_back("the film has no sound");
  return report;
}

namespace {

struct Join {
  std::string kind = "cut";
  Rational seconds;
};

Result<Join> parse_join(std::string_view text) {
  Join join;
  const auto colon = text.find(':');
  join.kind = std::string(text.substr(0, colon));
  if (text.empty()) join.kind = "cut";
  if (!media::find_transition(join.kind))
    return Error(Errc::invalid_argument, "there is no transition \"" + join.kind + "\": try cut or fade:0.5");
  if (join.kind == "cut") return join;
  join.seconds = Rational(1, 2);
  if (colon != text.npos) {
    VIDGEN_TRY(seconds, Rational::parse(text.substr(colon + 1)));
    join.seconds = seconds;
  }
  if (join.seconds <= Rational(0) || join.seconds > Rational(10))
    return Error(Errc::invalid_argument, "a transition lasts more than 0 and at most 10 seconds");
  return join;
}

Result<std::vector<MediaInfo>> clip_facts(const std::vector<std::string>& paths, Rational overlap) {
  std::vector<MediaInfo> out;
  for (const std::string& path : paths) {
    VIDGEN_TRY(info, probe(path));
    if (!info.has_video) return Error(Errc::media_invalid, path + " has no pictures");
    if (info.seconds <= overlap * Rational(paths.size() > 2 ? 2 : 1) && paths.size() > 1 && overlap > Rational(0))
      return Error(Errc::invalid_argument,
                   path + " is too short for transitions of " + overlap.to_string() + " seconds");
    out.push_back(info);
  }
  return out;
}

// A clip's own sound, as long as its picture. Sounds cross where pictures do; at a cut they take 5 ms, against clicks.
AudioItem own_sound(const std::string& source, Rational begin, Rational end, bool before, bool after,
                    Rational overlap) {
  AudioItem item;
  item.source = source;
  item.start = (begin * Rational(kSampleRate)).round();
  item.length = (end * Rational(kSampleRate)).round() - item.start;
  const Samples cross = std::max<Samples>(kSampleRate / 200, (overlap * Rational(kSampleRate)).round());
  item.fade_in = before ? cross : 0;
  item.fade_out = after ? cross : 0;
  return item;
}

}  // namespace

Result<Timeline> timeline_of_clips(const std::vector<std::string>& paths, std::string_view transition, Size size,
                                   Rational fps, FpsMode mode) {
  if (paths.empty()) return Error(Errc::invalid_argument, "no clips were given");
  VIDGEN_TRY(join, parse_join(transition));
  VIDGEN_TRY(facts, clip_facts(paths, join.seconds));
  Timeline t;
  t.fps = fps;
  t.size = size;
  t.fps_mode = mode;
  const Frames count = frame_at(join.seconds, fps);
  Rational begin;  // of the clip on the film's clock; it overlaps the one before by the transition
  Frames start = 0;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    TimelineSource source;
    source.id = "clip" + std::to_string(i);
    source.path = paths[i];
    t.sources.push_back(source);
    const Rational end = begin + facts[i].seconds;
    const bool last = i + 1 == paths.size();
    TimelineItem item;
    item.source = source.id;
    item.start = start;
    // The boundary stands within the overlap, so that the transition covers exactly the frames that both clips have.
    const Frames begins_next = frame_at(end - join.seconds, fps);
    const Frames boundary = last ? frame_at(end, fps) : begins_next + count / 2;
    item.length = boundary - start;
    item.source_in = seconds_at(start, fps) - begin;
    if (item.source_in < Rational(0)) item.source_in = 0;
    item.label = std::string(paths[i].substr(paths[i].find_last_of('/') + 1));
    if (item.length <= 0) return Error(Errc::invalid_argument, paths[i] + " is too short");
    t.video.push_back(item);
    if (!last && count > 0) {
      TimelineTransition between;
      between.kind = join.kind;
      between.at = boundary;
      between.frames = count;
      t.transitions.push_back(between);
    }
    if (facts[i].has_audio) t.audio.push_back(own_sound(source.id, begin, end, i > 0, !last, join.seconds));
    start = boundary;
    begin = end - join.seconds;
  }
  t.frames = start;
  return t;
}

VIDGEN_NAMESPACE_END
