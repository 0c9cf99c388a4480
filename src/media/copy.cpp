// SPDX-License-Identifier: Apache-2.0
#include "media/copy.hpp"

#include "base/try.hpp"
#include "media/segments.hpp"
#include "media/timeline_check.hpp"

namespace vidgen::media {
namespace {

Error cannot(const std::string& why) {
  return Error(Errc::unsupported, "the pictures cannot be copied: " + why + "; leave copying away to encode them anew");
}

Status check_film(const Timeline& t, const AssembleOptions& options) {
  if (!t.transitions.empty()) return cannot("a transition needs new ones");
  if (!t.titles.empty()) return cannot("captions are drawn into new ones");
  if (!t.grade.empty() || !options.grade_text.empty()) return cannot("a grade needs new ones");
  if (t.contrast != Rational(1) || t.saturation != Rational(1)) return cannot("contrast and saturation need new ones");
  if (t.finish != Finish()) return cannot("grain and bars need new ones");
  return {};
}

Status check_clip(const Timeline& t, const TimelineItem& item, const std::string& path, const MediaLimits& limits) {
  VIDGEN_TRY(info, probe(path, limits));
  if (!info.has_video) return Error(Errc::media_invalid, path + " has no pictures");
  if (info.variable_rate) return cannot(path + " has no constant frame rate");
  if (info.fps != t.fps)
    return cannot(path + " has " + info.fps.to_string() + " frames a second and the film " + t.fps.to_string());
  if (info.rotation != 0) return cannot(path + " is stored on its side");
  if (info.size != t.size) return cannot(path + " is " + info.size.to_string() + " and the film " + t.size.to_string());
  const bool whole = item.source_in == Rational(0) && item.length == info.frames;
  if (!whole || item.speed != Rational(1) || item.hold != 0)
    return cannot("only whole clips can be, not a part of " + path);
  return {};
}

}  // namespace

Result<AssembleReport> copy_clips(const Timeline& timeline, const std::string& out, const AssembleOptions& options) {
  VIDGEN_CHECK(check_timeline(timeline));
  VIDGEN_CHECK(check_film(timeline, options));
  std::vector<SegmentFile> parts;
  for (const TimelineItem& item : timeline.video) {
    const TimelineSource* source = find_source(timeline, item.source);
    SegmentFile part;
    part.path = source->path;
    if (options.find_source) {
      VIDGEN_TRY(path, options.find_source(*source));
      part.path = path;
    }
    VIDGEN_CHECK(check_clip(timeline, item, part.path, options.limits));
    part.from = item.start;
    part.to = item.start + item.length;
    parts.push_back(std::move(part));
  }
  Result<AssembleReport> report = join_segments(timeline, parts, out, options);
  if (!report && report.error().code() == Errc::verify_failed) return cannot(report.error().message());
  return report;
}

}  // namespace vidgen::media
