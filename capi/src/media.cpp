// SPDX-License-Identifier: Apache-2.0
// Timelines, and the media engine on any files.
#include "vidgen/media.hpp"

#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"

using namespace vidgen;
using namespace vidgen::capi;

struct vg_assemble_options {
  Request request;  // quality, preset, crf
  int threads = 0;
  bool copy = false;
  vg_assemble_fn progress = nullptr;
  void* user = nullptr;
};

struct vg_media_info {
  MediaInfo info;
};

struct vg_check_report {
  CheckReport report;
};

// ---- timeline

vg_status vg_timeline_from_json(const char* json, vg_timeline** timeline, vg_error** error) {
  return give(timeline, error, [&]() -> Result<std::unique_ptr<vg_timeline>> {
    VIDGEN_CHECK(needs(json, "json"));
    VIDGEN_TRY(read, timeline_from_json(json));
    VIDGEN_CHECK(validate(read));
    auto made = std::make_unique<vg_timeline>();
    made->timeline = std::move(read);
    return made;
  });
}
vg_status vg_timeline_of_clips(const char* const* paths, size_t count, const char* transition, int width, int height,
                               int64_t fps_numerator, int64_t fps_denominator, vg_fps_mode mode,
                               vg_timeline** timeline, vg_error** error) {
  return give(timeline, error, [&]() -> Result<std::unique_ptr<vg_timeline>> {
    if (fps_numerator < 1 || fps_denominator < 1) return Error(Errc::invalid_argument, "a frame rate is above 0");
    std::vector<std::string> list;
    for (size_t i = 0; i < count; ++i) list.push_back(text_or_empty(paths[i]));
    VIDGEN_TRY(laid, timeline_of_clips(list, text_or_empty(transition), Size(width, height),
                                       Rational(fps_numerator, fps_denominator), static_cast<FpsMode>(mode)));
    auto made = std::make_unique<vg_timeline>();
    made->timeline = std::move(laid);
    return made;
  });
}
void vg_timeline_free(vg_timeline* timeline) {
  delete timeline;
}
vg_status vg_timeline_json(const vg_timeline* timeline, char** json, vg_error** error) {
  *json = nullptr;
  return guard(error, [&]() -> Status { return put_string(json, to_json(timeline->timeline)); });
}
int64_t vg_timeline_frames(const vg_timeline* timeline) {
  return timeline->timeline.frames;
}
void vg_timeline_fps(const vg_timeline* timeline, int64_t* numerator, int64_t* denominator) {
  put(timeline->timeline.fps, numerator, denominator);
}
void vg_timeline_size(const vg_timeline* timeline, int* width, int* height) {
  put(timeline->timeline.size, width, height);
}
const char* vg_timeline_grade(const vg_timeline* timeline) {
  return timeline->timeline.grade.c_str();
}
vg_status vg_timeline_set_grade(vg_timeline* timeline, const char* grade, vg_error** error) {
  return guard(error, [&]() -> Status {
    timeline->timeline.grade = text_or_empty(grade);
    return {};
  });
}
vg_status vg_timeline_add_music(vg_timeline* timeline, const char* path, int64_t fade_in_ms, int64_t fade_out_ms,
                                vg_error** error) {
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(path, "path"));
    if (fade_in_ms < 0 || fade_out_ms < 0) return Error(Errc::invalid_argument, "a fade is not shorter than nothing");
    Timeline copy = timeline->timeline;  // all of it, or nothing
    add_music(copy, path, fade_in_ms * (kSampleRate / 1000), fade_out_ms * (kSampleRate / 1000));
    timeline->timeline = std::move(copy);
    return {};
  });
}
vg_status vg_timeline_add_captions(vg_timeline* timeline, const char* text, vg_error** error) {
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(text, "text"));
    VIDGEN_TRY(titles, captions_from_subtitles(text, timeline->timeline.fps, timeline->timeline.frames));
    timeline->timeline.titles = std::move(titles);
    return {};
  });
}
size_t vg_timeline_item_count(const vg_timeline* timeline) {
  return timeline->timeline.video.size();
}
void vg_timeline_item(const vg_timeline* timeline, size_t index, int64_t* start, int64_t* length) {
  const TimelineItem* item = index < timeline->timeline.video.size() ? &timeline->timeline.video[index] : nullptr;
  if (start != nullptr) *start = item != nullptr ? item->start : 0;
  if (length != nullptr) *length = item != nullptr ? item->length : 0;
}
const char* vg_timeline_item_label(const vg_timeline* timeline, size_t index) {
  return index < timeline->timeline.video.size() ? timeline->timeline.video[index].label.c_str() : "";
}

// ---- assembling

vg_status vg_assemble_options_new(vg_assemble_options** options, vg_error** error) {
  return give(options, error,
              []() -> Result<std::unique_ptr<vg_assemble_options>> { return std::make_unique<vg_assemble_options>(); });
}
void vg_assemble_options_free(vg_assemble_options* options) {
  delete options;
}
void vg_assemble_options_set_quality(vg_assemble_options* options, vg_quality quality) {
  options->request.quality = static_cast<Quality>(quality);
}
vg_status vg_assemble_options_set_preset(vg_assemble_options* options, const char* preset, vg_error** error) {
  return guard(error, [&]() -> Status {
    options->request.preset = text_or_empty(preset);
    return {};
  });
}
void vg_assemble_options_set_crf(vg_assemble_options* options, int crf) {
  options->request.crf = crf < 0 ? std::optional<int>() : crf;
}
void vg_assemble_options_set_threads(vg_assemble_options* options, int threads) {
  options->threads = threads < 0 ? 0 : threads;
}
void vg_assemble_options_set_copy(vg_assemble_options* options, int copy) {
  options->copy = copy != 0;
}
void vg_assemble_options_set_progress(vg_assemble_options* options, vg_assemble_fn progress, void* user) {
  options->progress = progress;
  options->user = user;
}

vg_status vg_assemble(const vg_timeline* timeline, const char* out, const vg_assemble_options* options, int64_t* frames,
                      vg_error** error) {
  if (frames != nullptr) *frames = 0;
  return guard(error, [&]() -> Status {
    VIDGEN_CHECK(needs(timeline, "timeline"));
    VIDGEN_CHECK(needs(out, "out"));
    const vg_assemble_options standard;
    const vg_assemble_options& asked = options != nullptr ? *options : standard;
    EncodeSettings encode = encode_settings(asked.request);
    encode.threads = asked.threads;
    VIDGEN_TRY(how, assemble_options(encode));
    how.copy = asked.copy;
    std::stop_source stop;
    how.stop = stop.get_token();
    if (asked.progress != nullptr)
      how.progress = [&asked, &stop](const AssembleProgress& p) {
        if (asked.progress(asked.user, p.done, p.total) != 0) stop.request_stop();
      };
    VIDGEN_TRY(report, assemble(timeline->timeline, out, how));
    if (frames != nullptr) *frames = report.frames;
    return {};
  });
}

// ---- probe

vg_status vg_probe(const char* path, vg_media_info** info, vg_error** error) {
  return give(info, error, [&]() -> Result<std::unique_ptr<vg_media_info>> {
    VIDGEN_CHECK(needs(path, "path"));
    VIDGEN_TRY(facts, probe(path));
    auto made = std::make_unique<vg_media_info>();
    made->info = std::move(facts);
    return made;
  });
}
void vg_media_info_free(vg_media_info* info) {
  delete info;
}
const char* vg_media_info_container(const vg_media_info* info) {
  return info->info.container.c_str();
}
int64_t vg_media_info_bytes(const vg_media_info* info) {
  return info->info.bytes;
}
const char* vg_media_info_video_codec(const vg_media_info* info) {
  return info->info.video_codec.c_str();
}
const char* vg_media_info_audio_codec(const vg_media_info* info) {
  return info->info.audio_codec.c_str();
}
const char* vg_media_info_pixel_format(const vg_media_info* info) {
  return info->info.pixel_format.c_str();
}
const char* vg_media_info_color(const vg_media_info* info) {
  return info->info.color.c_str();
}
void vg_media_info_size(const vg_media_info* info, int* width, int* height) {
  put(info->info.size, width, height);
}
int vg_media_info_rotation(const vg_media_info* info) {
  return info->info.rotation;
}
void vg_media_info_fps(const vg_media_info* info, int64_t* numerator, int64_t* denominator) {
  put(info->info.fps, numerator, denominator);
}
int vg_media_info_variable_rate(const vg_media_info* info) {
  return info->info.variable_rate ? 1 : 0;
}
int64_t vg_media_info_frames(const vg_media_info* info) {
  return info->info.frames;
}
int64_t vg_media_info_duration_ms(const vg_media_info* info) {
  return ms(info->info.seconds);
}
int vg_media_info_channels(const vg_media_info* info) {
  return info->info.channels;
}
int vg_media_info_sample_rate(const vg_media_info* info) {
  return info->info.sample_rate;
}
int64_t vg_media_info_samples(const vg_media_info* info) {
  return info->info.samples;
}

// ---- check

vg_status vg_check(const char* path, vg_check_report** report, vg_error** error) {
  return give(report, error, [&]() -> Result<std::unique_ptr<vg_check_report>> {
    VIDGEN_CHECK(needs(path, "path"));
    VIDGEN_TRY(found, check(path));
    auto made = std::make_unique<vg_check_report>();
    made->report = std::move(found);
    return made;
  });
}
void vg_check_report_free(vg_check_report* report) {
  delete report;
}
int64_t vg_check_report_frames(const vg_check_report* report) {
  return report->report.decoded;
}
int64_t vg_check_report_samples(const vg_check_report* report) {
  return report->report.decoded_samples;
}
double vg_check_report_loudness(const vg_check_report* report) {
  return report->report.loudness;
}
double vg_check_report_loudness_range(const vg_check_report* report) {
  return report->report.loudness_range;
}
double vg_check_report_true_peak(const vg_check_report* report) {
  return report->report.true_peak;
}
size_t vg_check_report_finding_count(const vg_check_report* report) {
  return report->report.findings.size();
}
const char* vg_check_report_finding_kind(const vg_check_report* report, size_t index) {
  return index < report->report.findings.size() ? report->report.findings[index].kind.c_str() : "";
}
const char* vg_check_report_finding_detail(const vg_check_report* report, size_t index) {
  return index < report->report.findings.size() ? report->report.findings[index].detail.c_str() : "";
}
void vg_check_report_finding_time(const vg_check_report* report, size_t index, int64_t* from_ms, int64_t* to_ms) {
  const Finding* found = index < report->report.findings.size() ? &report->report.findings[index] : nullptr;
  if (from_ms != nullptr) *from_ms = found != nullptr ? ms(found->from) : 0;
  if (to_ms != nullptr) *to_ms = found != nullptr ? ms(found->to) : 0;
}
