// SPDX-License-Identifier: Apache-2.0
#include "pipeline/starting.hpp"

#include <unistd.h>

#include <thread>

#include "base/commit.hpp"
#include "base/errc_named.hpp"
#include "base/point.hpp"
#include "base/random.hpp"
#include "base/try.hpp"
#include "pipeline/holder.hpp"
#include "pipeline/job_state.hpp"
#include "pipeline/leased_journal.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/runner.hpp"
#include "pipeline/watcher.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

Status check_webhook_url(const Config& config) {
  if (config.webhook_url.empty() || config.webhook_url.rfind("https://", 0) == 0) return {};
  return Error(Errc::config_invalid, "webhook_url (VIDGEN_WEBHOOK_URL) has to begin with https://");
}

Status check_id(const std::string& id) {
  constexpr const char* kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  if (id.find_first_not_of(kLetters) == std::string::npos && id.size() <= 64) return {};
  return Error(Errc::invalid_argument, "a job's id holds letters, digits, - and _ only, at most 64");
}

// A job that is over: a handle that only reads.
Result<Job> read_only_handle(Core& core, const JobRecord& record, const Services& services) {
  auto state = std::make_shared<JobState>(record.id, services.journal, core.weak_from_this());
  VIDGEN_TRY(events, services.journal->events(record.id, 0));
  state->replay(std::move(events));
  state->finish(outcome_of(record));
  return Job(state);
}

// Here, or by whoever has it.
Result<Job> go_on(const std::shared_ptr<Core>& core, const std::shared_ptr<Services>& services, JobRecord record,
                  bool is_new) {
  VIDGEN_TRY(lease, take_lease(*core, *services->journal, record.id));
  auto state = std::make_shared<JobState>(record.id, services->journal, core);
  if (lease.holder != core->holder()) {
    watch_job(core, services, state, lease);
    return Job(state);
  }
  if (!is_new) {  // what another process wrote before it gave the lease back
    VIDGEN_TRY(now, services->journal->job(record.id));
    if (now) record = std::move(*now);
    if (reads_only(record.status)) {
      VIDGEN_CHECK(give_back(*core, services->journal, lease));
      return read_only_handle(*core, record, *services);
    }
  }
  VIDGEN_CHECK(run_job(core, services, state, std::move(record), lease));
  return Job(state);
}

}  // namespace

bool reads_only(JobStatus status) {
  return status == JobStatus::complete || status == JobStatus::cancelled;
}

Result<Film> outcome_of(const JobRecord& record) {
  if (record.status == JobStatus::complete) return film_from_json(record.film);
  if (record.status == JobStatus::failed) return base::error_described(record.reason);
  const Errc code = record.status == JobStatus::needs_attention ? Errc::needs_attention
                    : record.status == JobStatus::interrupted   ? Errc::interrupted
                                                                : Errc::cancelled;
  return Error(code, "job " + record.id + " is " + std::string(to_string(record.status)) +
                         (record.reason.empty() ? "" : ": " + record.reason));
}

// `now_ms` is 0: by our clock no lease runs out, for it may be set forward or back at any time.
Result<Lease> take_lease(Core& core, Journal& journal, const std::string& job, const std::string& silent) {
  LeaseRequest want;
  want.job = job;
  want.holder = core.holder();
  want.until_ms = kLeaseMs;
  VIDGEN_TRY(lease, journal.lease(job));
  const bool others = !lease.holder.empty() && lease.holder != want.holder;
  if (others && (lease.holder == silent || holder_is_dead(lease.holder))) want.instead_of = lease.holder;
  return journal.take(want);
}

bool Silence::heard(const Lease& lease) {
  const bool same = lease.holder == last_.holder && lease.fence == last_.fence && lease.until_ms == last_.until_ms;
  if (!same) since_ = base::TimerClock::now();
  last_ = lease;
  return base::TimerClock::now() - since_ <= std::chrono::milliseconds(kLeaseMs);
}

std::string run_by(const std::string& job, const std::string& holder) {
  const int process = holder_process(holder);
  return "job " + job + " is being run by " + (process != 0 ? "process " + std::to_string(process) : "another machine");
}

Status give_back(Core& core, const std::shared_ptr<Journal>& journal, const Lease& lease) {
  LeasedJournal last(journal, core.config().clock, lease);
  last.end();
  return base::commit_now(last, JournalBatch());
}

// A holder that cannot be seen from here is listened to for as long as a lease lasts.
Result<Lease> lease_of_idle(Core& core, Journal& journal, const std::string& job) {
  constexpr auto kLook = std::chrono::milliseconds(200);
  Silence silence;
  VIDGEN_TRY(lease, take_lease(core, journal, job));
  while (lease.holder != core.holder() && holder_process(lease.holder) == 0) {
    const bool heard = silence.heard(lease);
    VIDGEN_TRY(now, take_lease(core, journal, job, heard ? std::string() : lease.holder));
    if (now.fence == lease.fence && now.until_ms != lease.until_ms) break;  // it writes
    lease = now;
    if (lease.holder != core.holder()) std::this_thread::sleep_for(kLook);
  }
  if (lease.holder == core.holder() && !core.running(job)) return lease;
  return Error(Errc::needs_attention, run_by(job, lease.holder) + ": stop that one first (Ctrl-C saves it)");
}

Status change_request_blocking(const std::shared_ptr<Core>& core, const std::string& id,
                               const std::function<void(Request&)>& change) {
  VIDGEN_CHECK(core->usable_here());
  VIDGEN_TRY(services, core->services());
  VIDGEN_TRY(known, services->journal->job(id));
  if (!known) return Error(Errc::not_found, "there is no job " + id + " in this workspace; see: vidgen jobs");
  if (known->status == JobStatus::complete || known->status == JobStatus::cancelled)
    return Error(Errc::invalid_argument, "job " + id + " is " + std::string(to_string(known->status)) + " already");
  VIDGEN_TRY(lease, lease_of_idle(*core, *services->journal, id));
  VIDGEN_TRY(record, services->journal->job(id));
  VIDGEN_TRY(request, request_from_json(record->request));
  change(request);
  record->request = to_json(request);
  LeasedJournal journal(services->journal, core->config().clock, lease);
  journal.end();
  JournalBatch batch;
  batch.jobs.push_back(std::move(*record));
  return base::commit_now(journal, std::move(batch));
}

Status run_job(const std::shared_ptr<Core>& core, const std::shared_ptr<Services>& services,
               std::shared_ptr<JobState> state, JobRecord record, const Lease& lease) {
  VIDGEN_TRY(events, services->journal->events(record.id, 0));
  std::int64_t last = events.empty() ? 0 : events.back().seq;
  // A redo puts a job that was over back in the queue: its progress begins anew.
  const bool anew = events.empty() || record.status == JobStatus::queued;
  double reached = anew ? 0 : events.back().fraction;
  state->replay(std::move(events));
  auto journal = std::make_shared<LeasedJournal>(services->journal, core->config().clock, lease);
  if (record.reason == kCancelling) state->cancel();  // by a process that died over it
  record.owner = ::getpid();
  JournalBatch batch;
  batch.jobs.push_back(record);
  VIDGEN_CHECK(base::commit_now(*journal, std::move(batch)));
  base::at(base::Point::submitted);
  const std::string id = record.id;
  auto runner = std::make_shared<Runner>(core, services, journal, state, std::move(record), last, reached);
  core->started(state);
  try {
    runner->start();
  } catch (...) {  // no memory: nothing runs, and nobody may wait for it
    core->ended(id);
    throw;
  }
  return {};
}

Result<Job> attach_blocking(const std::shared_ptr<Core>& core, const std::string& id) {
  VIDGEN_CHECK(core->usable_here());
  VIDGEN_TRY(services, core->services());
  if (auto state = core->running(id)) return Job(state);
  VIDGEN_TRY(record, services->journal->job(id));
  if (!record) return Error(Errc::not_found, "there is no job " + id + " in this workspace; see: vidgen jobs");
  if (reads_only(record->status)) return read_only_handle(*core, *record, *services);
  return go_on(core, services, std::move(*record), false);
}

Result<Job> submit_blocking(const std::shared_ptr<Core>& core, const Request& request, const std::string& wanted) {
  VIDGEN_CHECK(core->usable_here());
  VIDGEN_TRY(services, core->services());
  const std::string id = wanted.empty() ? base::unique_id() : wanted;
  VIDGEN_CHECK(check_id(id));
  if (!wanted.empty()) {
    VIDGEN_TRY(known, services->journal->job(id));
    if (known) return attach_blocking(core, id);
  }
  VIDGEN_CHECK(check_webhook_url(core->config()));
  // Refused before anything is written: a bad prompt leaves no job behind.
  VIDGEN_CHECK(clean_prompt(request.prompt));
  VIDGEN_TRY(adopted, adopt_files(request, services->store.get()));
  JobRecord record;
  record.id = id;
  record.created_ms = core->config().clock->now_ms();
  record.request = to_json(adopted.request);
  return go_on(core, services, std::move(record), true);
}

VIDGEN_NAMESPACE_END
