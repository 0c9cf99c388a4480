// SPDX-License-Identifier: Apache-2.0
#include "pipeline/prepare.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/files.hpp"
#include "base/try.hpp"
#include "pipeline/cheaper.hpp"
#include "pipeline/photographs.hpp"
#include "pipeline/soundtrack.hpp"
#include "plan/steps.hpp"
#include "spec/photographs.hpp"
#include "spec/wishes.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr std::size_t kMostImages = 8;
// Of the renderer that turns a timeline into frames: a new number makes segments anew, never clips.
constexpr const char* kMediaVersion = "2";

bool is_adopted(const std::string& ref) {
  return ref.rfind("sha256:", 0) == 0;
}

Result<std::string> adopt_file(const std::string& path, AssetKind kind, Store* store) {
  if (is_adopted(path)) return path;
  if (!base::file_exists(path)) return Error(Errc::file_missing, path + " is not there");
  if (kind == AssetKind::audio) {
    // A damaged file is refused by the name its owner knows, before anything is made of it.
    auto info = probe(path);
    if (!info) return Error(info.error().code(), path + " cannot be used: " + info.error().message());
  }
  if (store == nullptr) {
    VIDGEN_TRY(sha, base::sha256_file(path));
    return "sha256:" + sha;
  }
  VIDGEN_TRY(asset, store->put_file(path, kind, "", true));
  return "sha256:" + asset.sha256;
}

bool names_a_file(const std::string& grade) {
  return grade.size() > 5 && (grade.find('/') != std::string::npos || grade.rfind(".cube") == grade.size() - 5);
}

}  // namespace

Result<Adopted> adopt_files(const Request& request, Store* store) {
  VIDGEN_CHECK(spec::check_music_wishes(request));
  Adopted out;
  out.request = request;
  if (request.images.size() > kMostImages)
    return Error(Errc::invalid_argument, "at most 8 photographs are used, " + std::to_string(request.images.size()) +
                                             " were given: leave " +
                                             std::to_string(request.images.size() - kMostImages) + " of them out");
  for (std::string& image : out.request.images) {
    if (is_adopted(image)) {
      if (store == nullptr) continue;
      VIDGEN_TRY(facts, look_at_photograph(image.substr(7), *store));
      out.photographs.push_back(std::move(facts));
      continue;
    }
    VIDGEN_TRY(photo, adopt_photograph(image, store));
    image = "sha256:" + photo.sha256;
    out.photographs.push_back(std::move(photo.facts));
  }
  if (out.photographs.size() != out.request.images.size()) out.photographs.clear();
  if (!out.request.music_file.empty()) {
    const std::string& file = request.music_file;
    VIDGEN_TRY(ref, adopt_file(file, AssetKind::audio, store));
    if (store != nullptr && !is_adopted(file)) VIDGEN_CHECK(check_music(file, file, request));
    out.request.music_file = ref;
  }
  if (names_a_file(out.request.grade)) {
    VIDGEN_TRY(ref, adopt_file(out.request.grade, AssetKind::other, store));
    out.request.grade = ref;
  }
  return out;
}

Result<Spec> make_spec(const Request& request, const TemplateSet& templates, std::vector<Photograph> photographs) {
  VIDGEN_TRY(spec, spec_by_rules(request, templates));
  spec.images = request.images;
  spec::show_photographs(spec, std::move(photographs));
  return spec;
}

Status look_at_images(Spec& spec, const Store& store) {
  std::vector<Photograph> known;
  for (const std::string& image : spec.images) {
    VIDGEN_TRY(facts, look_at_photograph(image.substr(image.find(':') + 1), store));
    known.push_back(std::move(facts));
  }
  spec::show_photographs(spec, std::move(known));
  return {};
}

namespace {

plan::PlanOptions plan_options(const Request& request, const Services& services, int threads) {
  plan::PlanOptions options;
  options.continuity = request.continuity;
  options.batch = request.batch;
  options.quality = request.quality;
  options.fps_mode = request.fps_mode;
  options.grade = request.grade;
  options.captions = request.captions && services.titles != nullptr;
  options.stems = request.stems;
  if (is_adopted(request.music_file)) options.music_file_sha = request.music_file.substr(7);
  options.encode = encode_settings(request);
  options.encode.threads = plan::encoder_threads(threads);
  options.segments_at_once = plan::segments_at_once(threads);
  options.title_version = services.titles ? services.titles->version() : std::string();
  options.media_version = kMediaVersion;
  return options;
}

}  // namespace

Result<Plan> make_plan(const Request& request, const Spec& spec, const Chosen& chosen, const Services& services,
                       int threads) {
  if (request.fps_mode == FpsMode::interpolate)
    return Error(Errc::unsupported, "frame interpolation is not there yet: use --fps-mode duplicate");
  VIDGEN_TRY(plan,
             plan::expand(spec, chosen.video, chosen.image, &chosen.music, plan_options(request, services, threads)));
  if (request.captions && !services.titles)
    plan.notes.push_back("no words in the picture: no type renderer is part of this pipeline");
  return std::move(plan);
}

namespace {

Status add_one(Plan& plan, Step step, const Phase& phase, const Config& config) {
  const std::string who = "the phase \"" + phase.name + "\" adds a step \"" + step.id + "\"";
  if (step.id.empty() || plan.find(step.id)) return Error(Errc::plan_impossible, who + ": its id is empty or taken");
  for (const std::string& input : step.inputs)
    if (!plan.find(input)) return Error(Errc::plan_impossible, who + " that takes \"" + input + "\", which is no step");
  const auto knows = [&](const Phase& p) {
    return std::any_of(p.kinds.begin(), p.kinds.end(), [&](const auto& kind) { return kind->name() == step.kind; });
  };
  if (std::none_of(config.phases.begin(), config.phases.end(), knows))
    return Error(Errc::plan_impossible, who + " of kind \"" + step.kind + "\", which no phase knows");
  step.phase = phase.number;
  plan::add_step(plan, std::move(step));
  return {};
}

}  // namespace

Status extend_plan(Plan& plan, const Spec& spec, const Config& config) {
  bool more = false;
  for (const Phase& phase : config.phases) {
    if (!phase.extend) continue;
    VIDGEN_TRY(steps, phase.extend(spec, plan));
    for (Step& step : steps) VIDGEN_CHECK(add_one(plan, std::move(step), phase, config));
    more = more || !steps.empty();
  }
  if (!more) return {};
  plan::deliver_last(plan);
  plan::total(plan);
  return {};
}

Result<Plan> revise_plan(const Plan& plan, const Request& request, const Spec& spec, const Chosen& chosen,
                         const Services& services, int threads, const std::vector<plan::Outcome>& outcomes,
                         Money budget_left) {
  return plan::amend(plan, spec, chosen.video, chosen.image, &chosen.music, plan_options(request, services, threads),
                     outcomes, budget_left);
}

Result<Plan> redone_plan(const Plan& plan, const Request& request, const Spec& spec, const Chosen& chosen,
                         const Services& services, int threads, const plan::Redo& wanted) {
  return plan::redo(plan, spec, chosen.video, chosen.image, &chosen.music, plan_options(request, services, threads),
                    wanted);
}

Status admit(const Refresh& left, const Request& request, const Services& services, const Config& config, Money spent) {
  if (left.most.is_zero()) return {};
  std::optional<Money> budget = request.budget ? request.budget : config.budget;
  std::string price =
      "this film would likely cost " + left.likely.to_string() + " (at most " + left.most.to_string() + ")";
  if (!budget)
    return Error(Errc::budget, price + ": allow it with a budget (--budget " + left.most.to_string().substr(1) +
                                   "), or make it here for nothing with --backend local");
  if (spent + left.likely > *budget)
    return Error(Errc::budget, price + ", more than the budget of " + budget->to_string() +
                                   (spent.is_zero() ? "" : " of which " + spent.to_string() + " is spent") + ": " +
                                   what_would_fit(request, services, config, *budget - spent));
  return {};
}

Status usable(const Chosen& chosen, const Plan& plan, const Config& config) {
  return usable(chosen, plan, config, plan::outstanding(plan, {}));
}

Status usable(const Chosen& chosen, const Plan& plan, const Config& config, const std::vector<std::string>& stale) {
  constexpr std::string_view kPrefix = "provider:";
  for (const Step& step : plan.steps) {
    if (std::find(stale.begin(), stale.end(), step.id) == stale.end()) continue;
    if (step.resource.rfind(kPrefix, 0) != 0 || step.on_failure == OnFailure::degrade) continue;
    const std::string name = step.resource.substr(kPrefix.size());
    auto backend = config.backends.find(name);
    const std::string what = step.kind == "clip" ? chosen.video.name : step.label;
    if (!backend)
      return Error(Errc::credentials, "no backend \"" + name + "\" is part of this pipeline (needed for: " + what +
                                          "); --backend local makes the film here");
    if (std::string why = backend->unavailable(); !why.empty())
      return Error(Errc::credentials, name + " cannot be used: " + why + " (needed for: " + what + ")");
  }
  return {};
}

VIDGEN_NAMESPACE_END
