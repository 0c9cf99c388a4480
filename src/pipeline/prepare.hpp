// SPDX-License-Identifier: Apache-2.0
// From a Request to a Spec, a Plan and a yes or no about its price. Pure but for the user's files, which are hashed
// (and copied into the store when one is given).
#pragma once

#include "pipeline/core.hpp"
#include "plan/planner.hpp"
#include "plan/redo.hpp"

VIDGEN_NAMESPACE_BEGIN

struct Chosen {
  Chosen() = default;
  std::string backend;
  ModelProfile video, image, music;
  std::string why;  // for an event: "no provider's key is set, so the embedded backend makes the film"
};

// The user's files become "sha256:…"; with a store they are copied into it, and music is listened to. Errors name the file: Errc::file_missing,
// input_refused, media_invalid, media_unsupported, media_limit.
struct Adopted {
  Adopted() = default;
  Request request;
  std::vector<Photograph> photographs;  // what its images are
};
Result<Adopted> adopt_files(const Request& request, Store* store);

// Phase 1: the spec of a request whose files were adopted. By rules.
Result<Spec> make_spec(const Request& request, const TemplateSet& templates, std::vector<Photograph> photographs = {});
// What the spec's images are, as the store has them, and which beats show them.
Status look_at_images(Spec& spec, const Store& store);

// Which backend and models carry the request out. Errc::model_unknown, credentials, invalid_argument.
Result<Chosen> choose(const Request& request, const ModelSet& models, const BackendSet& backends);

Result<Plan> make_plan(const Request& request, const Spec& spec, const Chosen& chosen, const Services& services,
                       int threads);

// Adds the steps that phases of the host's own bring. Errc::plan_impossible: an id is taken, an input is not there, or no
// phase knows the kind.
Status extend_plan(Plan& plan, const Spec& spec, const Config& config);

// The plan after clips came back other than promised. `outcomes`: all clips so far.
Result<Plan> revise_plan(const Plan& plan, const Request& request, const Spec& spec, const Chosen& chosen,
                         const Services& services, int threads, const std::vector<plan::Outcome>& outcomes,
                         Money budget_left);

// The plan with another take of a shot.
Result<Plan> redone_plan(const Plan& plan, const Request& request, const Spec& spec, const Chosen& chosen,
                         const Services& services, int threads, const plan::Redo& wanted);

// Is every backend there, with its key, that the plan cannot do without? Errc::credentials.
Status usable(const Chosen& chosen, const Plan& plan, const Config& config);
// The same, for what is still to be done.
Status usable(const Chosen& chosen, const Plan& plan, const Config& config, const std::vector<std::string>& stale);

// Is the likely price of what is still to be done within the budget? Errc::budget with the cheapest change that would fit.
Status admit(const Refresh& left, const Request& request, const Services& services, const Config& config,
             Money spent = Money());

VIDGEN_NAMESPACE_END
