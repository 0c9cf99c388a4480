// SPDX-License-Identifier: Apache-2.0
// validate(Request): everything that can be said without templates, models or files.
#include "base/try.hpp"
#include "spec/aspect.hpp"
#include "spec/wishes.hpp"
#include "spec/words.hpp"
#include "vidgen/request.hpp"
#include "vidgen/spec.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr std::array<std::string_view, 10> kPresets = {"ultrafast", "superfast", "veryfast", "faster",   "fast",
                                                       "medium",    "slow",      "slower",   "veryslow", "placebo"};

Error wrong(std::string what) {
  return Error(Errc::invalid_argument, std::move(what));
}

Status check_duration(const Request& r) {
  if (!r.duration) return {};
  auto ms = r.duration->count();
  if (ms >= 1000 * spec::kShortestSeconds && ms <= 1000 * spec::kLongestSeconds) return {};
  return wrong("duration: " + Rational(ms, 1000).to_string() + " s is outside 1 to 600 s");
}

Status check_encoder(const Request& r) {
  if (r.crf && (*r.crf < 0 || *r.crf > 51))
    return wrong("crf: " + std::to_string(*r.crf) + " is outside 0 (lossless) to 51 (worst)");
  if (!r.preset.empty() && !spec::one_of(kPresets, r.preset)) {
    std::string_view near = spec::nearest(kPresets, r.preset);
    return wrong(
        "preset: \"" + r.preset.substr(0, 40) + "\" is not known" +
        (near.empty() ? std::string("; use veryfast, medium or slow") : "; did you mean " + std::string(near) + "?"));
  }
  if (r.continuity == Continuity::batch && (r.batch < 1 || r.batch > 600))
    return wrong("continuity: the N of batch:N is outside 1 to 600");
  return {};
}

}  // namespace

VIDGEN_NAMESPACE_END

namespace vidgen::spec {

Status check_music_wishes(const Request& request) {
  if (!request.stems || request.music_file.empty()) return {};
  return Error(
      Errc::invalid_argument,
      "stems are the parts of composed music, and your own music is one recording that cannot be taken apart: leave "
      "--stems or --music away");
}

}  // namespace vidgen::spec

VIDGEN_NAMESPACE_BEGIN

Status validate(const Request& request) {
  VIDGEN_CHECK(clean_prompt(request.prompt).has_value() ? Status() : Status(clean_prompt(request.prompt).error()));
  VIDGEN_CHECK(check_duration(request));
  if (request.size) VIDGEN_CHECK(spec::check_size(*request.size, Errc::invalid_argument, "size"));
  if (request.fps) VIDGEN_CHECK(spec::check_fps(*request.fps, Errc::invalid_argument, "fps"));
  if (!request.aspect.empty() && !spec::size_of_aspect(request.aspect))
    return wrong("aspect: \"" + request.aspect.substr(0, 40) + "\" is none of " + spec::aspect_words());
  VIDGEN_CHECK(check_encoder(request));
  VIDGEN_CHECK(spec::check_music_wishes(request));
  if (request.images.size() > spec::kMostImages)
    return wrong("images: at most 8 pictures are used, " + std::to_string(request.images.size()) + " were given");
  return {};
}

VIDGEN_NAMESPACE_END
