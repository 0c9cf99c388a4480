// SPDX-License-Identifier: Apache-2.0
#include "pipeline/redo.hpp"

#include "base/try.hpp"
#include "flow/budget.hpp"
#include "pipeline/job_state.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/refresh.hpp"
#include "pipeline/starting.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using ServicesPtr = std::shared_ptr<Services>;

Error no_job(const std::string& id) {
  return Error(Errc::not_found, "there is no job " + id + " in this workspace; see: vidgen jobs");
}

Status can_be_redone(const JobRecord& record) {
  if (record.status == JobStatus::cancelled)
    return Error(Errc::invalid_argument, "job " + record.id + " was cancelled: no shot of it can be redone");
  if (record.plan.empty())
    return Error(Errc::invalid_argument,
                 "job " + record.id + " has no plan yet; go on with it: vidgen resume " + record.id);
  return {};
}

// All that planning a redo starts from.
struct Known {
  Known() = default;
  std::string job;
  Request request;
  Spec spec;
  Plan plan;
  Chosen chosen;
  std::optional<Spec> reading;  // of the new words
};

Result<Known> known_of(Core& core, const Services& services, const JobRecord& record, const RedoRequest& wanted) {
  Known out;
  VIDGEN_TRY(request, request_from_json(record.request));
  VIDGEN_TRY(spec, spec_from_json(record.spec));
  VIDGEN_TRY(plan, plan_from_json(record.plan));
  VIDGEN_TRY(chosen, choose(request, services.models, core.config().backends));
  if (chosen.video.name != plan.model)
    return Error(Errc::credentials, "the clips of job " + record.id + " are made by " + plan.model +
                                        ", which cannot be used here now: " + chosen.video.name + " would be taken");
  if (!wanted.prompt.empty()) {
    VIDGEN_CHECK(clean_prompt(wanted.prompt));
    Request words = request;
    words.prompt = wanted.prompt;
    words.template_name = spec.template_name;
    if (chosen.video.provider == "local") {  // which paints what the words say of product and place
      VIDGEN_TRY(reading, make_spec(words, services.templates));
      out.reading = std::move(reading);
    }
  }
  out.job = record.id;
  out.request = std::move(request);
  out.spec = std::move(spec);
  out.plan = std::move(plan);
  out.chosen = std::move(chosen);
  return out;
}

Result<RedoPlan> planned_as(Core& core, const Services& services, const Known& known, const RedoRequest& wanted,
                            RedoMode mode) {
  plan::Redo redo;
  redo.shot = wanted.shot - 1;
  redo.take = wanted.take;
  redo.mode = mode;
  redo.prompt = wanted.prompt;
  redo.reading = known.reading ? &*known.reading : nullptr;
  VIDGEN_TRY(plan, redone_plan(known.plan, known.request, known.spec, known.chosen, services, core.threads(), redo));
  VIDGEN_CHECK(extend_plan(plan, known.spec, core.config()));
  VIDGEN_TRY(kept, kept_results(plan, known.job, *services.journal, *services.store));
  RedoPlan out;
  out.refresh = refresh_of(plan, kept);
  out.plan = std::move(plan);
  out.mode = mode;
  return out;
}

// An earlier take is shown with what followed it then, unless that is not there any more and would be bought.
Result<RedoPlan> planned(Core& core, const Services& services, const Known& known, const RedoRequest& wanted) {
  VIDGEN_TRY(first, planned_as(core, services, known, wanted, wanted.mode.value_or(RedoMode::cascade)));
  if (wanted.mode || wanted.take == 0 || first.refresh.most.is_zero()) return first;
  VIDGEN_TRY(alone, planned_as(core, services, known, wanted, RedoMode::cut));
  return alone.refresh.most < first.refresh.most ? alone : first;
}

// What the job may cost from now on, in all; unset: nothing has to be bought. Errc::budget.
Result<std::optional<Money>> allowed(Core& core, Journal& journal, const std::string& id, const RedoRequest& wanted,
                                     const Refresh& left) {
  if (left.most.is_zero()) return std::optional<Money>();
  const std::optional<Money> budget = wanted.budget ? wanted.budget : core.config().budget;
  const std::string price =
      "this redo would likely cost " + left.likely.to_string() + " (at most " + left.most.to_string() + ")";
  if (!budget)
    return Error(Errc::budget, price + ": allow it with a budget (--budget " + left.most.to_string().substr(1) + ")");
  if (left.likely > *budget) return Error(Errc::budget, price + ", more than its budget of " + budget->to_string());
  VIDGEN_TRY(books, journal.books(id, day_of(core.config().clock->now_ms())));
  return std::optional<Money>(books.job.committed() + *budget);
}

// What is under way at a provider is waited for first: once the plan has no use for it, nobody would.
Status nothing_left_behind(Journal& journal, const std::string& job, const Plan& before, const Plan& after) {
  VIDGEN_TRY(attempts, journal.attempts(job));
  for (const AttemptRecord& a : attempts)
    if (flow::held(a.state) == flow::Held::reserved && before.find(a.step) != nullptr && after.find(a.step) == nullptr)
      return Error(Errc::needs_attention,
                   a.step + " is still under way at " + a.provider + ": let it end first, with vidgen resume " + job);
  return {};
}

Result<Job> open_again(const std::shared_ptr<Core>& core, const ServicesPtr& services, const std::string& id,
                       const RedoRequest& wanted, const Lease& lease) {
  VIDGEN_TRY(record, services->journal->job(id));
  if (!record) return no_job(id);
  VIDGEN_CHECK(can_be_redone(*record));
  VIDGEN_TRY(known, known_of(*core, *services, *record, wanted));
  VIDGEN_TRY(redo, planned(*core, *services, known, wanted));
  VIDGEN_CHECK(nothing_left_behind(*services->journal, id, known.plan, redo.plan));
  VIDGEN_TRY(budget, allowed(*core, *services->journal, id, wanted, redo.refresh));
  VIDGEN_CHECK(usable(known.chosen, redo.plan, core->config(), redo.refresh.stale));
  if (budget) known.request.budget = budget;
  record->request = to_json(known.request);
  record->plan = to_json(redo.plan);
  record->status = JobStatus::queued;
  record->reason.clear();
  VIDGEN_TRY(events, services->journal->events(id, 0));
  const std::int64_t seen = events.empty() ? 0 : events.back().seq;
  auto state = std::make_shared<JobState>(id, services->journal, core);
  VIDGEN_CHECK(run_job(core, services, state, std::move(*record), lease));
  return Job(state, seen);
}

}  // namespace

Result<RedoPlan> redo_plan_blocking(const std::shared_ptr<Core>& core, const std::string& id,
                                    const RedoRequest& request) {
  VIDGEN_CHECK(core->usable_here());
  VIDGEN_TRY(services, core->services());
  VIDGEN_TRY(record, services->journal->job(id));
  if (!record) return no_job(id);
  VIDGEN_CHECK(can_be_redone(*record));
  VIDGEN_TRY(known, known_of(*core, *services, *record, request));
  return planned(*core, *services, known, request);
}

Result<Job> redo_blocking(const std::shared_ptr<Core>& core, const std::string& id, const RedoRequest& request) {
  VIDGEN_CHECK(core->usable_here());
  VIDGEN_TRY(services, core->services());
  VIDGEN_TRY(there, services->journal->job(id));
  if (!there) return no_job(id);
  VIDGEN_TRY(lease, lease_of_idle(*core, *services->journal, id));
  Result<Job> job = open_again(core, services, id, request, lease);
  if (!job && !core->running(id)) (void)give_back(*core, services->journal, lease);
  return job;
}

VIDGEN_NAMESPACE_END
