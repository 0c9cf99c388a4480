// SPDX-License-Identifier: Apache-2.0
#include "plan/check.hpp"

#include "base/try.hpp"

namespace vidgen::plan {
namespace {

Error lacks(const ModelProfile& m, const std::string& what) {
  return Error(Errc::model_lacks, "the model " + m.name + " " + what);
}

Status check_alive(const ModelProfile& m) {
  if (m.retired.empty()) return {};
  std::string text = "the model " + m.name + " went away on " + m.retired;
  if (!m.replaced_by.empty()) text += "; " + m.replaced_by + " takes its place";
  return Error(Errc::plan_impossible, text);
}

Status check_pictures(const Spec& spec, const ModelProfile& video, const PlanOptions& options) {
  const std::string named = continuity_text(options.continuity, options.batch);
  if (video.first_frame == Need::no && options.continuity != Continuity::none)
    return lacks(video, "cannot start from a picture (first_frame), which continuity \"" + named +
                            "\" needs; choose continuity \"none\" or another model");
  if (video.last_frame == Need::no && options.continuity == Continuity::anchored)
    return lacks(video,
                 "cannot end on a given picture (last_frame), which continuity \"anchored\" needs; choose "
                 "continuity \"beat\" or another model");
  if (video.last_frame == Need::needs && options.continuity != Continuity::anchored)
    return lacks(video, "needs a last picture (last_frame), which only continuity \"anchored\" gives");
  const int photographs = static_cast<int>(spec.images.size());
  if (photographs > 0 && video.first_frame == Need::no && video.references_max == 0)
    return lacks(video, "cannot take photographs (first_frame, references); leave them out or choose another model");
  if (video.references_min > 0 && (photographs < video.references_min || video.first_frame != Need::no))
    return lacks(video, "needs at least " + std::to_string(video.references_min) + " reference pictures");
  return {};
}

}  // namespace

Status check_models(const Spec& spec, const ModelProfile& video, const ModelProfile& image, const ModelProfile* music,
                    const PlanOptions& options) {
  if (video.kind != ModelKind::video) return lacks(video, "does not make clips (kind video)");
  if (image.kind != ModelKind::image) return lacks(image, "does not make pictures (kind image)");
  if (music && music->kind != ModelKind::music) return lacks(*music, "does not make music (kind music)");
  VIDGEN_CHECK(check_alive(video));
  VIDGEN_CHECK(check_alive(image));
  if (music) VIDGEN_CHECK(check_alive(*music));
  if (video.audio_in == Need::needs) return lacks(video, "needs sound (audio), which no plan gives");
  if (options.continuity == Continuity::batch && options.batch < 1)
    return Error(Errc::plan_impossible, "continuity \"batch\" needs a count of 1 or more");
  return check_pictures(spec, video, options);
}

}  // namespace vidgen::plan
