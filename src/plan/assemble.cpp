// SPDX-License-Identifier: Apache-2.0
// The steps that make pictures, clips and music.
#include "plan/assemble.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "plan/clips.hpp"
#include "plan/redo.hpp"
#include "plan/steps.hpp"

namespace vidgen::plan {
namespace {

std::string provider_of(const ModelProfile& model) {
  return "provider:" + model.provider;
}

std::size_t count_kind(const Plan& plan, std::string_view kind) {
  return static_cast<std::size_t>(
      std::count_if(plan.steps.begin(), plan.steps.end(), [&](const Step& s) { return s.kind == kind; }));
}

// A take of it may be all that is left of a clip.
bool is_named(const Plan& plan, const std::string& clip) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& s) { return clip_of_take(s.id) == clip; });
}

std::string spec_params(const Spec& spec) {
  base::Json j = base::Json::object();
  j.set("source", spec.source).set("template", spec.template_name).set("prompt", spec.prompt);
  j.set("frames", spec.frames).set("fps", spec.fps);
  return j.dump();
}

}  // namespace

Size film_size(const Spec& spec, Quality quality) {
  constexpr int kDraft = 640;
  const int longest = std::max(spec.size.width, spec.size.height);
  if (quality != Quality::draft || longest <= kDraft) return spec.size;
  const auto side = [&](int s) {
    return std::max(16, static_cast<int>((Rational(s) * Rational(kDraft, 2 * longest)).round()) * 2);
  };
  return Size(side(spec.size.width), side(spec.size.height));
}

namespace {
constexpr std::string_view kNoMusic = "none";  // of Audio::style: the prompt asks for a silent film
}

Film::Film(const Spec& spec, const ModelProfile& video, const ModelProfile& image, const ModelProfile* music,
           const PlanOptions& options, Draft draft)
    : spec_(spec),
      video_(video),
      image_(image),
      music_(spec.audio.style == kNoMusic ? nullptr : music),
      options_(options),
      size_(film_size(spec, options.quality)),
      draft_(std::move(draft)),
      requests_(spec, draft_, video, image, options, size_) {
  plan_.spec_source = spec.source;
  plan_.model = video.name;
  plan_.measured = video.measured;
  plan_.image_model = image.name;
  plan_.music_model = music_ && options.music_file_sha.empty() ? music_->name : "";
  plan_.continuity = continuity_text(options.continuity, options.batch);
  plan_.frames = spec.frames;
  plan_.fps = spec.fps;
}

void Film::add_sources() {
  Step spec = new_step("spec", "spec", 1, spec_params(spec_), {});
  spec.label = "the film's structure";
  add_step(plan_, std::move(spec));
  // Composed here it takes one core for a while, and the end waits for it; bought, the clips go first.
  const bool composed = music_ != nullptr && is_free(*music_);
  if (composed) add_music();
  add_references();
  for (std::size_t i = 0; i < draft_.chains.size(); ++i) add_chain(i);
  if (!composed) add_music();
  plan_.notes = draft_.notes;
  plan_.replaced_transitions = draft_.replaced;
}

std::string Film::add_picture(std::string id, const char* kind, int phase, const GenerationRequest& request,
                              std::string label) {
  Step s = new_step(std::move(id), kind, phase, to_json(request), {});
  s.label = std::move(label);
  if (request.role != "photo") {
    s.resource = provider_of(image_);
    s.seconds = image_.seconds_to_make;
    set_cost(s, cost_of(image_, request.size, 0));
  }
  return add_step(plan_, std::move(s));
}

// A single chain starts from one picture. The style guide and the product's portrait are made where they cost nothing.
void Film::add_references() {
  if (is_single(options_.continuity))
    start_picture_ = add_picture("ref_start", "reference", 3, requests_.keyframe(draft_.chains.front(), 0),
                                 "the picture that the film starts from");
  if (!is_free(image_) || image_.kind != ModelKind::image) return;
  add_picture("ref_style", "reference", 3, requests_.reference("style_guide"), "the style guide");
  add_picture("ref_product", "reference", 3, requests_.reference("product"), "the product");
}

std::string Film::keyframe(std::size_t chain, Rational source_seconds) {
  const ChainLayout& c = draft_.chains[chain];
  const std::size_t n = count_kind(plan_, "keyframe");
  return add_picture(
      numbered("key", n), "keyframe", 2, requests_.keyframe(c, source_seconds),
      "picture " + std::to_string(n + 1) + ": " + draft_.beats[static_cast<std::size_t>(c.first_beat)].name);
}

void Film::add_chain(std::size_t chain) {
  const ChainLayout& c = draft_.chains[chain];
  anchors_.clear();
  if (options_.continuity == Continuity::anchored) {
    for (std::size_t k = 0; k < c.clips.size(); ++k)
      anchors_.push_back(keyframe(chain, shown_from(c, k) - c.clips[k].overlap));
    anchors_.push_back(keyframe(chain, material(c) - Rational(1) / source_fps(video_, spec_.fps)));
  } else if (!is_single(options_.continuity) && video_.first_frame != Need::no) {
    anchors_.push_back(keyframe(chain, 0));
  }
  for (std::size_t k = 0; k < c.clips.size(); ++k) add_clip(chain, k, false);
}

std::string Film::last_frame(const std::string& clip) {
  Step s = last_frame_step(clip);
  if (plan_.find(s.id)) return s.id;
  return add_step(plan_, std::move(s));
}

// The picture that a later clip of a chain starts from.
std::string Film::start_of(const ChainLayout& chain, std::size_t index) {
  std::size_t from = index - 1;
  if (options_.continuity == Continuity::hybrid) from = 0;
  if (options_.continuity == Continuity::batch)
    from = std::min(from, static_cast<std::size_t>(std::max(1, options_.batch)) - 1);
  return last_frame(chain.clips[from].step);
}

std::vector<std::string> Film::pictures_of(std::size_t chain, std::size_t index, bool extra, GenerationRequest& g) {
  const ChainLayout& c = draft_.chains[chain];
  if (video_.first_frame == Need::no) return {};
  g.has_first_frame = true;
  if (extra) return {start_of(c, index)};
  if (options_.continuity == Continuity::anchored) {
    g.has_last_frame = true;
    return {anchors_[index], anchors_[index + 1]};
  }
  if (index > 0) return {start_of(c, index)};
  return {is_single(options_.continuity) ? start_picture_ : anchors_.front()};
}

void Film::add_clip(std::size_t chain, std::size_t index, bool extra) {
  ChainLayout& c = draft_.chains[chain];
  GenerationRequest g = requests_.clip(c, index);
  std::vector<std::string> inputs = pictures_of(chain, index, extra, g);
  // A model that starts from no picture may still be shown the user's photographs.
  if (is_hosted(video_) && video_.first_frame == Need::no)
    for (std::size_t i = 0; i < spec_.images.size() && static_cast<int>(i) < video_.references_max; ++i)
      g.images.push_back(spec_.images[i]);
  std::size_t n = count_kind(plan_, "clip");
  while (is_named(plan_, numbered("clip", n))) ++n;
  Step s = new_step(numbered("clip", n), "clip", 4, to_json(g), std::move(inputs));
  s.resource = provider_of(video_);
  s.seconds = video_.seconds_to_make;
  set_cost(s, cost_of(video_, g.size, c.clips[index].asked));
  const std::string& beat = draft_.beats[static_cast<std::size_t>(c.first_beat)].name;
  std::size_t all = 0;
  for (const ChainLayout& each : draft_.chains) all += each.clips.size();
  s.label = "clip " + std::to_string(n + 1) + (extra ? ", added: " : " of " + std::to_string(all) + ": ") +
            (c.first_beat == c.last_beat ? beat : "the whole film");
  c.clips[index].step = add_step(plan_, std::move(s));
}

void Film::add_extra(std::size_t chain) {
  add_clip(chain, draft_.chains[chain].clips.size() - 1, true);
}

Money Film::extra_price(Rational asked) const {
  return cost_of(video_, requests_.clip_size(), asked).most;
}

void Film::add_music() {
  if (!music_ || !options_.music_file_sha.empty()) return;
  std::vector<Frames> cuts;
  for (std::size_t i = 1; i < draft_.beats.size(); ++i) cuts.push_back(draft_.beats[i].start);
  const Beat& last = draft_.beats.back();
  const GenerationRequest g = requests_.music(*music_, cuts, last.role == "closing" ? last.start : 0);
  Step s = new_step("music", "music", 5, to_json(g), {});
  s.resource = provider_of(*music_);
  s.seconds = music_->seconds_to_make;
  s.on_failure = OnFailure::degrade;
  s.label = "music";
  set_cost(s, cost_of(*music_, Size(), g.seconds));
  add_step(plan_, std::move(s));
}

}  // namespace vidgen::plan
