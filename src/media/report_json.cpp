// SPDX-License-Identifier: Apache-2.0
// What probe() and check() found, as JSON.
#include <cmath>

#include "base/json.hpp"
#include "vidgen/media.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;

Json value_of(const MediaInfo& i) {
  Json j = Json::object();
  j.set("container", i.container).set("bytes", i.bytes).set("seconds", i.seconds);
  if (i.has_video) {
    j.set("video_codec", i.video_codec).set("pixel_format", i.pixel_format).set("size", i.size.to_string());
    j.set("rotation", i.rotation).set("fps", i.fps).set("variable_rate", i.variable_rate).set("frames", i.frames);
    j.set("color", i.color);
  }
  if (i.has_audio) {
    j.set("audio_codec", i.audio_codec).set("channels", i.channels).set("sample_rate", i.sample_rate);
    j.set("samples", i.samples);
  }
  return j;
}

// To a hundredth: no meter and no ear knows more.
void level(Json& j, const char* name, double value) {
  if (std::isfinite(value)) j.set(name, std::round(value * 100) / 100);
}

}  // namespace

std::string to_json(const MediaInfo& info) {
  return value_of(info).dump();
}

std::string to_json(const CheckReport& report) {
  Json j = value_of(report.info);
  j.set("decoded_frames", report.decoded).set("decoded_samples", report.decoded_samples);
  if (report.info.has_audio) {
    level(j, "loudness_lufs", report.loudness);
    if (std::isfinite(report.loudness)) level(j, "loudness_range_lu", report.loudness_range);
    level(j, "true_peak_dbtp", report.true_peak);
  }
  Json findings = Json::array();
  for (const Finding& f : report.findings) {
    Json one = Json::object();
    one.set("kind", f.kind).set("from", f.from).set("to", f.to).set("detail", f.detail);
    findings.push(std::move(one));
  }
  j.set("findings", findings);
  return j.dump();
}

VIDGEN_NAMESPACE_END
