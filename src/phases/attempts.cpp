// SPDX-License-Identifier: Apache-2.0
#include "phases/attempts.hpp"

#include <algorithm>

#include "base/commit.hpp"
#include "base/digest.hpp"
#include "base/offload.hpp"
#include "base/point.hpp"
#include "base/timer.hpp"
#include "base/try.hpp"
#include "flow/budget.hpp"
#include "phases/generate.hpp"
#include "phases/work.hpp"
#include "plan/model_json.hpp"
#include "plan/price.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

// Over, and nothing came of them. All others may still lead to a result that was paid for.
constexpr std::string_view kNothing[] = {"planned", "failed", "cancelled", "lost"};

// 31 bits that name this attempt at the provider. Never part of the step's key. The job's id is in it also where the
// user chose a seed: else two jobs that make the same film at once could take each other's clips for their own.
std::uint32_t attempt_seed(const StepContext& context, int attempt) {
  std::string text = context.job + "/" + std::to_string(context.request.seed.value_or(0)) + "/" + context.step.key +
                     "/" + std::to_string(attempt);
  return static_cast<std::uint32_t>(std::stoul(base::sha256_hex(text).substr(0, 8), nullptr, 16) & 0x7fffffffU);
}

// What is asked for, not the bytes that go over the wire: those hold URLs that differ from time to time.
std::string fingerprint_of(const Work& work) {
  std::string text = work.record->provider + "\n" + work.record->model + "\n" + work.context->step.params + "\n";
  const GenerationInputs& in = work.inputs;
  for (const auto& one : {in.first_frame, in.last_frame}) text += (one ? one->sha256 : std::string()) + "\n";
  for (const auto* list : {&in.references, &in.images})
    for (const Asset& one : *list) text += one.sha256 + "\n";
  return base::sha256_hex(text + std::to_string(work.record->seed));
}

// A journal that cannot be read is no journal without attempts: what it knows would be bought again.
Result<std::vector<AttemptRecord>> known_attempts(const StepContext& context) {
  std::vector<AttemptRecord> out;
  VIDGEN_TRY(known, context.journal->attempts(context.job));
  for (AttemptRecord& r : known)
    if (r.step == context.step.id) out.push_back(std::move(r));
  return out;
}

}  // namespace

Async<Result<Attempt>> next_attempt(WorkPtr work) {
  const std::shared_ptr<StepContext> context = work->context;
  std::function<Result<int>()> count = [context]() -> Result<int> {
    VIDGEN_TRY(known, known_attempts(*context));
    int most = 0;
    for (const AttemptRecord& r : known) most = std::max(most, r.attempt);
    return most + 1;
  };
  const Result<int> number = co_await base::on_pool<Result<int>>(context->pool, std::move(count));
  if (!number) co_return number.error();
  work->at.model = work->model;  // at the price of today
  AttemptRecord& r = *work->record;
  r = AttemptRecord();
  r.job = context->job;
  r.step = context->step.id;
  r.key = context->step.key;
  r.attempt = *number;
  r.provider = backend_of(context->step);
  r.model = work->model->id;
  r.seed = attempt_seed(*context, *number);
  // The plan's price is of the day on which it was made; what is sent now is paid at today's.
  r.reserved = std::max(context->step.most, plan::cost_of(*work->model, work->at.size, work->at.seconds).most);
  r.price = plan::to_json(plan::price_for(*work->model, work->at.size));
  r.fingerprint = fingerprint_of(*work);
  r.time_ms = context->config->clock->now_ms();
  Attempt attempt = attempt_of(r);
  attempt.deadline = work->at.deadline;
  co_return attempt;
}

Async<Result<std::optional<AttemptRecord>>> open_attempt(std::shared_ptr<StepContext> context) {
  using Found = Result<std::optional<AttemptRecord>>;
  std::function<Found()> look = [context]() -> Found {
    VIDGEN_TRY(known, known_attempts(*context));
    std::optional<AttemptRecord> newest;
    for (const AttemptRecord& r : known)
      if (!r.orphan && r.key == context->step.key && (!newest || r.attempt > newest->attempt)) newest = r;
    if (newest && std::find(std::begin(kNothing), std::end(kNothing), newest->state) != std::end(kNothing)) newest.reset();
    return newest;
  };
  return base::on_pool<Found>(context->pool, std::move(look));
}

Async<Result<std::vector<std::string>>> owned_ids(std::shared_ptr<StepContext> context) {
  using Ids = Result<std::vector<std::string>>;
  std::function<Ids()> look = [context]() -> Ids {
    VIDGEN_TRY(known, context->journal->attempts(context->job));
    std::vector<std::string> out;
    for (const AttemptRecord& r : known)
      if (!r.provider_id.empty()) out.push_back(r.provider_id);
    return out;
  };
  return base::on_pool<Ids>(context->pool, std::move(look));
}

Attempt attempt_of(const AttemptRecord& record) {
  Attempt attempt;
  attempt.job = record.job;
  attempt.key = record.key;
  attempt.number = record.attempt;
  attempt.seed = record.seed;
  attempt.model = record.model;
  attempt.sent_ms = record.sent_ms != 0 ? record.sent_ms : record.time_ms;
  attempt.mark = record.mark;
  return attempt;
}

namespace {

constexpr auto kAgain = std::chrono::milliseconds(500);

SpendLimits limits_of(const StepContext& context) {
  SpendLimits out;
  out.job = context.request.budget ? context.request.budget : context.config->budget;
  if (!out.job) out.job = Money();  // nothing is bought without a stated budget
  out.account = context.config->limits.per_account;
  out.day = context.config->limits.per_day;
  return out;
}

// Why it does not fit, when waiting cannot change that.
Result<flow::Verdict> judged(const StepContext& context, const AttemptRecord& record) {
  VIDGEN_TRY(books, context.journal->books(record.job, day_of(record.time_ms)));
  flow::Verdict verdict = flow::judge(books, limits_of(context), record.reserved);
  const Totals& scope = verdict.limit == "job" ? books.job : verdict.limit == "day" ? books.day : books.account;
  if (verdict.fit == flow::Fit::wait && scope.reserved.is_zero()) verdict.fit = flow::Fit::pause;
  return verdict;
}

Async<Result<flow::Verdict>> judge_again(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record) {
  co_await base::sleep_for(kAgain);
  std::function<Result<flow::Verdict>()> work = [context, record] { return judged(*context, *record); };
  co_return co_await base::on_pool<Result<flow::Verdict>>(context->pool, std::move(work));
}

}  // namespace

Async<Status> reserve(WorkPtr work) {
  const std::shared_ptr<StepContext> context = work->context;
  const std::shared_ptr<AttemptRecord> record = work->record;
  // Who does not announce the moment of sending may send at any time from now on.
  record->state = work->backend->announces_sending() ? "intent" : "sent";
  for (;;) {
    if (context->stop.stop_requested()) co_return Error(Errc::interrupted, "the job was stopped before this was bought");
    JournalBatch batch;
    batch.attempts.push_back(*record);
    if (!record->reserved.is_zero()) batch.limits = limits_of(*context);
    Status written = co_await base::commit(context->journal, std::move(batch));
    if (written) base::at(base::Point::intent);
    if (written || written.error().code() != Errc::budget) co_return written;
    Result<flow::Verdict> verdict = co_await judge_again(context, record);
    if (!verdict) co_return verdict.error();
    if (verdict->fit == flow::Fit::pause) co_return Error(Errc::budget, flow::describe(*verdict));
  }
}

// A process that was asleep for long between the write and its answer has perhaps lost its lease meanwhile.
Async<Status> note_sending(WorkPtr work, Sending what) {
  constexpr auto kLong = std::chrono::seconds(5);
  work->record->mark = what.mark;
  work->record->sent_ms = what.sent_ms;
  for (;;) {
    const auto began = base::TimerClock::now();
    Status noted = co_await note_attempt(work->context, work->record, "sent");
    if (noted) base::at(base::Point::sending);
    if (!noted || base::TimerClock::now() - began < kLong) co_return noted;
  }
}

Async<Result<RemoteJob>> last_word(std::shared_ptr<ModelBackend> backend, std::string id, BackendContext at) {
  constexpr int kTries = 5;
  for (int made = 1;; ++made) {
    Result<RemoteJob> now = co_await backend->get(id, at);
    if (now || made == kTries || !now.error().retryable()) co_return now;
    co_await base::sleep_for(std::chrono::seconds(1LL << made));
  }
}

Async<Status> note_attempt(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record,
                           std::string state, std::string detail) {
  record->state = std::move(state);
  record->detail = std::move(detail);
  JournalBatch batch;
  batch.attempts.push_back(*record);
  const std::optional<base::Point> point = base::point_named(record->state);
  Status noted = co_await base::commit(context->journal, std::move(batch));
  if (noted && point) base::at(*point);
  co_return noted;
}

void note_later(const StepContext& context, AttemptRecord& record, std::string state) {
  record.state = std::move(state);
  JournalBatch batch;
  batch.attempts.push_back(record);
  context.journal->commit(std::move(batch), Handler<Status>([](Status) {}));
}

}  // namespace vidgen::phases
