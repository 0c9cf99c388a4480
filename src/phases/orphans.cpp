// SPDX-License-Identifier: Apache-2.0
#include "phases/orphans.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/commit.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "phases/attempts.hpp"
#include "plan/model_json.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

using Records = std::vector<AttemptRecord>;

// An orphan may have a twin: its create, too, may have been taken twice.
bool may_be_there(const AttemptRecord& r) {
  return r.state != "planned" && r.state != "intent" && !r.model.empty();
}

// How calls about one attempt are made: its model at the price of then, and the size and seconds of its step.
BackendContext context_for(const Sweep& sweep, const AttemptRecord& record) {
  BackendContext at;
  at.store = sweep.services->store;
  at.pool = sweep.pool;
  at.job = sweep.job;
  ModelProfile model;
  for (const auto& [name, row] : sweep.services->models.models)
    if (row.provider == record.provider && row.id == record.model) model = row;
  if (auto price = plan::price_from_json(record.price)) {
    price->condition.clear();
    model.prices.assign(1, *price);
  }
  at.model = std::make_shared<const ModelProfile>(std::move(model));
  const Step* step = sweep.plan ? sweep.plan->find(record.step) : nullptr;
  if (step == nullptr) return at;
  if (auto request = generation_from_json(step->params)) {
    at.size = request->size;
    at.seconds = request->seconds;
  }
  return at;
}

bool is_over(RemoteState state) {
  return state == RemoteState::succeeded || state == RemoteState::failed || state == RemoteState::cancelled;
}

// The attempt whose mark it carries, if that has no job yet; else another attempt at the same step.
AttemptRecord record_of(const Records& known, const AttemptRecord& marked, const RemoteJob& job) {
  AttemptRecord r = marked;
  if (!r.provider_id.empty())
    for (const AttemptRecord& other : known)
      if (other.step == r.step) r.attempt = std::max(r.attempt, other.attempt + 1);
  r.provider_id = job.id;
  r.created_ms = job.created_ms;
  r.ended_ms = job.ended_ms;
  r.outcome.clear();
  r.orphan = true;
  return r;
}

// Cancelled, and asked what it came to. What nobody says is booked at its worst case once it has begun.
Async<AttemptRecord> closed(std::shared_ptr<ModelBackend> backend, AttemptRecord record, RemoteJob job,
                            BackendContext at) {
  const bool ran = job.state != RemoteState::queued;
  if (!is_over(job.state)) (void)co_await backend->cancel(job.id, at);
  Result<RemoteJob> now = co_await last_word(backend, job.id, at);
  if (now) job = *now;
  record.state = job.state == RemoteState::succeeded ? "succeeded" : job.state == RemoteState::failed ? "failed" : "cancelled";
  record.settled = job.cost.value_or(ran ? record.reserved : Money());
  record.ended_ms = job.ended_ms;
  record.detail = "an orphan: nobody waits for it";
  co_return record;
}

struct Group {
  Group() = default;
  std::shared_ptr<ModelBackend> backend;
  Records attempts;
};

std::vector<Group> groups_of(const Sweep& sweep, const Records& known) {
  std::map<std::pair<std::string, std::string>, Group> by_model;
  for (const AttemptRecord& record : known) {
    if (!may_be_there(record)) continue;
    Group& group = by_model[{record.provider, record.model}];
    group.backend = sweep.config->backends.find(record.provider);
    group.attempts.push_back(record);
  }
  std::vector<Group> out;
  for (auto& [name, group] : by_model)
    if (group.backend && !group.backend->ends_with_process()) out.push_back(std::move(group));
  return out;
}

// Under way, or fetched by nobody.
bool is_open(const AttemptRecord& r) {
  constexpr std::string_view kOver[] = {"planned", "failed", "cancelled", "lost", "verified"};
  return !r.orphan && std::find(std::begin(kOver), std::end(kOver), r.state) == std::end(kOver);
}

Async<Status> write_down(const Sweep& sweep, AttemptRecord record) {
  JournalBatch batch;
  batch.attempts.push_back(std::move(record));
  return base::commit(sweep.services->journal, std::move(batch));
}

// What becomes of an attempt that the job ended without. One of which nobody can tell stays as it is, on the books.
Async<Result<AttemptRecord>> closed_late(const Sweep& sweep, std::shared_ptr<ModelBackend> backend, AttemptRecord record) {
  const BackendContext at = context_for(sweep, record);
  RemoteJob job;
  job.id = record.provider_id;
  job.state = RemoteState::unknown;
  if (job.id.empty() && record.state != "intent") {
    const Attempt lost = attempt_of(record);
    Result<std::optional<RemoteJob>> found = co_await backend->find(lost, at);
    if (!found) co_return found.error();
    if (*found) job = **found;
  }
  if (job.id.empty()) {
    record.state = "lost";
    record.detail = "it was not accepted";
    co_return record;
  }
  record.provider_id = job.id;
  record.orphan = true;
  co_return co_await closed(backend, std::move(record), std::move(job), at);
}

std::string remark(const AttemptRecord& record) {
  return "a job that nobody waits for was found at " + record.provider + " (" + record.provider_id + ", for " +
         record.step + ") and " + (record.state == "cancelled" ? "cancelled" : "had ended") + ": " +
         record.settled.to_string();
}

}  // namespace

Async<Result<std::vector<std::string>>> sweep_orphans(Sweep sweep) {
  std::function<Result<Records>()> read = [journal = sweep.services->journal, job = sweep.job] {
    return journal->attempts(job);
  };
  Result<Records> known = co_await base::on_pool<Result<Records>>(sweep.pool, std::move(read));
  if (!known) co_return known.error();
  std::vector<std::string> out;
  for (AttemptRecord& record : *known) {
    const std::shared_ptr<ModelBackend> backend = sweep.config->backends.find(record.provider);
    if (!sweep.over || !is_open(record) || !backend || backend->ends_with_process()) continue;
    Result<AttemptRecord> late = co_await closed_late(sweep, backend, record);
    if (!late && late.error().code() == Errc::ambiguous) continue;
    if (!late) co_return late.error();
    record = *late;
    Status noted = co_await write_down(sweep, record);
    if (!noted) co_return noted.error();
    if (record.orphan) out.push_back(remark(record));
  }
  std::set<std::string> owned;
  for (const AttemptRecord& record : *known) owned.insert(record.provider_id);
  for (const Group& group : groups_of(sweep, *known)) {
    std::vector<Attempt> asked;
    for (const AttemptRecord& record : group.attempts) asked.push_back(attempt_of(record));
    const BackendContext at = context_for(sweep, group.attempts.front());
    Result<std::vector<Sighting>> seen = co_await group.backend->sightings(asked, at);
    if (!seen) co_return seen.error();
    for (const Sighting& one : *seen) {
      const AttemptRecord& marked = group.attempts[one.attempt];
      // Not an orphan: an attempt whose answer was lost, which the job will look for when it goes on.
      if (!sweep.over && is_open(marked) && marked.provider_id.empty()) continue;
      if (!owned.insert(one.job.id).second) continue;
      AttemptRecord record = record_of(*known, marked, one.job);
      const BackendContext its = context_for(sweep, marked);
      record = co_await closed(group.backend, record, one.job, its);
      known->push_back(record);
      Status noted = co_await write_down(sweep, record);
      if (!noted) co_return noted.error();
      out.push_back(remark(record));
    }
  }
  co_return out;
}

}  // namespace vidgen::phases
