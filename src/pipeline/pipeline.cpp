// SPDX-License-Identifier: Apache-2.0
#include "vidgen/pipeline.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include "base/offload.hpp"
#include "base/try.hpp"
#include "pipeline/clean.hpp"
#include "pipeline/core.hpp"
#include "pipeline/holder.hpp"
#include "pipeline/job_state.hpp"
#include "pipeline/measured.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/redo.hpp"
#include "pipeline/refresh.hpp"
#include "pipeline/soundtrack.hpp"
#include "pipeline/starting.hpp"
#include "pipeline/storyboard.hpp"
#include "pipeline/unfinished.hpp"
#include "vidgen/webhook.hpp"

VIDGEN_NAMESPACE_BEGIN

class Pipeline::Impl {
 public:
  explicit Impl(std::shared_ptr<Core> c) : core(std::move(c)) {}
  std::shared_ptr<Core> core;
};

namespace {

// Somebody has its lease who may be alive: here, in another container, or on another machine.
bool may_be_run(Journal& journal, const std::string& job) {
  auto lease = journal.lease(job);
  if (!lease) return true;  // nobody can say
  return !lease->holder.empty() && !holder_is_dead(lease->holder);
}

// The same for people: of a holder that cannot be seen from here, its lease says how long it is believed.
bool is_run(Core& core, Journal& journal, const std::string& job) {
  if (!may_be_run(journal, job)) return false;
  auto lease = journal.lease(job);
  return !lease || holder_process(lease->holder) != 0 || lease->until_ms > core.config().clock->now_ms();
}

Result<Plan> plan_blocking(Core& core, const Request& request) {
  VIDGEN_CHECK(core.usable_here());
  VIDGEN_TRY(services, core.data());
  VIDGEN_TRY(files, adopt_files(request, nullptr));
  const Request& adopted = files.request;
  VIDGEN_TRY(read, make_spec(adopted, services->templates, files.photographs));
  VIDGEN_TRY(spec, with_music(std::move(read), adopted, own_music(request), core.config().media));
  VIDGEN_TRY(chosen, choose(adopted, services->models, core.config().backends));
  if (auto journal = core.known_journal()) chosen.video = with_measured(chosen.video, *journal);
  VIDGEN_TRY(plan, make_plan(adopted, spec, chosen, *services, core.threads()));
  VIDGEN_CHECK(extend_plan(plan, spec, core.config()));
  return std::move(plan);
}

// A job that nobody runs: what an earlier process began is cancelled at the provider, and the books are closed.
Status cancel_here(const std::shared_ptr<Core>& core, const std::shared_ptr<Services>& services, const std::string& id) {
  VIDGEN_TRY(record, services->journal->job(id));
  if (!record) return Error(Errc::not_found, "there is no job " + id + " in this workspace; see: vidgen jobs");
  if (is_final(record->status))
    return Error(Errc::invalid_argument, "job " + id + " is " + std::string(to_string(record->status)) + " already");
  VIDGEN_TRY(lease, lease_of_idle(*core, *services->journal, id));
  auto state = std::make_shared<JobState>(id, services->journal, core);
  state->cancel();
  VIDGEN_CHECK(run_job(core, services, state, std::move(*record), lease));
  Result<Film> film = state->wait();
  if (film || film.error().code() == Errc::cancelled) return {};
  return film.error();
}

// Runs blocking work on the pool and hands its result to the handler.
template <class T>
void offload(const std::shared_ptr<Core>& core, std::function<T()> work, Handler<T> handler) {
  // No thread of ours is here: the work says so at once.
  if (core->forked()) return base::complete(std::move(handler), work());
  asio::post(core->pool(), [core, work = std::move(work), h = std::move(handler)]() mutable {
    T value = work();
    base::complete(std::move(h), std::move(value), core->completions());
  });
}

}  // namespace

Pipeline::Pipeline(Config config)
    : impl_(std::make_shared<Impl>(std::make_shared<Core>(std::nullopt, std::move(config)))) {}
Pipeline::Pipeline(asio::any_io_executor executor, Config config)
    : impl_(std::make_shared<Impl>(std::make_shared<Core>(std::move(executor), std::move(config)))) {}
Pipeline::~Pipeline() {
  impl_->core->shut_down();
}

void Pipeline::start_plan(const Request& request, Handler<Result<Plan>> handler) {
  std::function<Result<Plan>()> work = [core = impl_->core, request] { return plan_blocking(*core, request); };
  offload(impl_->core, std::move(work), std::move(handler));
}

void Pipeline::start_submit(const Request& request, const std::string& id, Handler<Result<Job>> handler) {
  std::function<Result<Job>()> work = [core = impl_->core, request, id] { return submit_blocking(core, request, id); };
  offload(impl_->core, std::move(work), std::move(handler));
}

void Pipeline::start_attach(const std::string& id, Handler<Result<Job>> handler) {
  std::function<Result<Job>()> work = [core = impl_->core, id] { return attach_blocking(core, id); };
  offload(impl_->core, std::move(work), std::move(handler));
}

void Pipeline::start_redo(const std::string& id, const RedoRequest& request, Handler<Result<Job>> handler) {
  std::function<Result<Job>()> work = [core = impl_->core, id, request] { return redo_blocking(core, id, request); };
  offload(impl_->core, std::move(work), std::move(handler));
}

Result<Spec> Pipeline::spec(const Request& request) {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->data());
  VIDGEN_TRY(files, adopt_files(request, nullptr));
  VIDGEN_TRY(spec, make_spec(files.request, services->templates, files.photographs));
  return with_music(std::move(spec), files.request, own_music(request), impl_->core->config().media);
}

Result<Plan> Pipeline::plan(const Request& request) {
  return plan_blocking(*impl_->core, request);
}
Result<Job> Pipeline::submit(const Request& request, const std::string& id) {
  return submit_blocking(impl_->core, request, id);
}
Result<Job> Pipeline::attach(const std::string& id) {
  return attach_blocking(impl_->core, id);
}
Result<Job> Pipeline::redo(const std::string& id, const RedoRequest& request) {
  return redo_blocking(impl_->core, id, request);
}
Result<RedoPlan> Pipeline::redo_plan(const std::string& id, const RedoRequest& request) {
  return redo_plan_blocking(impl_->core, id, request);
}

Result<Storyboard> Pipeline::storyboard(const Request& request, const StoryboardOptions& options) {
  return board_of_request(impl_->core, request, options);
}
Result<Storyboard> Pipeline::storyboard(const std::string& id, const StoryboardOptions& options) {
  VIDGEN_TRY(record, job(id));
  return board_of_job(impl_->core, record, options);
}

Result<Refresh> Pipeline::refresh(const Plan& plan) {
  VIDGEN_CHECK(impl_->core->usable_here());
  KeptResults kept;
  if (auto journal = impl_->core->known_journal()) {
    VIDGEN_TRY(services, impl_->core->services());
    VIDGEN_TRY(found, kept_results(plan, "", *journal, *services->store));
    kept = std::move(found);
  }
  return refresh_of(plan, kept);
}

Result<Film> Pipeline::render(const Request& request, std::function<void(const Event&)> progress) {
  VIDGEN_TRY(job, submit(request));
  try {
    while (auto event = job.next_event())
      if (progress) progress(*event);
    return job.wait();
  } catch (...) {  // of `progress`, or no memory: whoever does not hear of the film does not pay for it either
    job.interrupt();
    throw;
  }
}

Result<std::vector<JobRecord>> Pipeline::jobs() {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->services());
  VIDGEN_TRY(records, services->journal->jobs());
  for (JobRecord& r : records)
    if (!is_final(r.status) && r.status != JobStatus::needs_attention && !is_run(*impl_->core, *services->journal, r.id))
      r.status = JobStatus::interrupted;
  return records;
}

Result<JobRecord> Pipeline::job(const std::string& id) {
  VIDGEN_TRY(records, jobs());
  for (JobRecord& r : records)
    if (r.id == id) return r;
  return Error(Errc::not_found, "there is no job " + id + " in this workspace; see: vidgen jobs");
}

Result<std::vector<AttemptRecord>> Pipeline::attempts(const std::string& id) {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->services());
  return services->journal->attempts(id);
}

Status Pipeline::cancel(const std::string& id) {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->services());
  if (auto state = impl_->core->running(id)) {
    state->cancel();
    (void)state->wait();
    return {};
  }
  return cancel_here(impl_->core, services, id);
}

Result<std::optional<JobRecord>> Pipeline::unfinished(const Request& request) {
  VIDGEN_CHECK(impl_->core->usable_here());
  return find_unfinished(*impl_->core, request);
}

Status Pipeline::set_budget(const std::string& id, Money budget) {
  return change_request_blocking(impl_->core, id, [budget](Request& request) { request.budget = budget; });
}

Status Pipeline::set_on_ambiguous(const std::string& id, OnAmbiguous what) {
  return change_request_blocking(impl_->core, id, [what](Request& request) { request.on_ambiguous = what; });
}

Status Pipeline::deliver(const std::string& provider, const std::map<std::string, std::string>& headers,
                         std::string_view body) {
  VIDGEN_CHECK(impl_->core->usable_here());
  const Config& config = impl_->core->config();
  const auto own = config.webhook_secrets.find(provider);
  const std::string& secret = own == config.webhook_secrets.end() ? config.webhook_secret : own->second;
  auto genuine = webhook::verify(secret, headers, body, config.clock->now_ms() / 1000);
  if (!genuine) return genuine.error();
  VIDGEN_TRY(job, webhook::read(provider, body));
  auto backend = config.backends.find(provider);
  if (!backend) return Error(Errc::not_found, "no backend named \"" + provider + "\" is part of this pipeline");
  return backend->deliver(job);
}

Result<CleanReport> Pipeline::clean(Keep keep, bool dry_run, std::chrono::seconds older_than) {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->services());
  Cleaning how;
  how.keep = keep;
  how.dry_run = dry_run;
  how.now_ms = impl_->core->config().clock->now_ms();
  how.older_than_ms = std::chrono::milliseconds(older_than).count();
  how.is_run = [services](const std::string& job) { return may_be_run(*services->journal, job); };
  return clean_store(*services->store, *services->journal, how);
}

asio::any_io_executor Pipeline::executor() {
  return impl_->core->executor();
}

std::string Pipeline::folder(const std::string& id) const {
  return impl_->core->folder(id);
}

Result<std::shared_ptr<Store>> Pipeline::store() {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->services());
  return services->store;
}
Result<std::shared_ptr<Journal>> Pipeline::journal() {
  VIDGEN_CHECK(impl_->core->usable_here());
  VIDGEN_TRY(services, impl_->core->services());
  return services->journal;
}

VIDGEN_NAMESPACE_END
