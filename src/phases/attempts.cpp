// SPDX-License-Identifier: Apache-2.0
#include "phases/attempts.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/commit.hpp"
#include "base/digest.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "flow/budget.hpp"
#include "phases/generate.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

constexpr std::string_view kOpen[] = {"intent", "sent", "ambiguous", "accepted", "running", "succeeded"};

// 31 bits that name this attempt at the provider. Never part of the step's key.
std::uint32_t attempt_seed(const StepContext& context, std::uint64_t user_seed, int attempt) {
  std::string text = std::to_string(user_seed) + "/" + context.step.key + "/" + std::to_string(attempt);
  return static_cast<std::uint32_t>(std::stoul(base::sha256_hex(text).substr(0, 8), nullptr, 16) & 0x7fffffffU);
}

std::vector<AttemptRecord> known_attempts(const StepContext& context) {
  std::vector<AttemptRecord> out;
  auto known = context.journal->attempts(context.job);
  if (!known) return out;
  for (AttemptRecord& r : *known)
    if (r.step == context.step.id) out.push_back(std::move(r));
  return out;
}

}  // namespace

Async<Attempt> next_attempt(std::shared_ptr<StepContext> context, std::uint64_t user_seed) {
  std::function<int()> count = [context] {
    int most = 0;
    for (const AttemptRecord& r : known_attempts(*context)) most = std::max(most, r.attempt);
    return most + 1;
  };
  Attempt attempt;
  attempt.job = context->job;
  attempt.key = context->step.key;
  attempt.number = co_await base::on_pool<int>(context->pool, std::move(count));
  attempt.seed = attempt_seed(*context, user_seed, attempt.number);
  attempt.sent_ms = context->config->clock->now_ms();
  co_return attempt;
}

Async<std::optional<AttemptRecord>> open_attempt(std::shared_ptr<StepContext> context) {
  std::function<std::optional<AttemptRecord>()> look = [context]() -> std::optional<AttemptRecord> {
    std::optional<AttemptRecord> newest;
    for (const AttemptRecord& r : known_attempts(*context))
      if (r.key == context->step.key && (!newest || r.attempt > newest->attempt)) newest = r;
    if (newest && std::find(std::begin(kOpen), std::end(kOpen), newest->state) == std::end(kOpen)) newest.reset();
    return newest;
  };
  co_return co_await base::on_pool<std::optional<AttemptRecord>>(context->pool, std::move(look));
}

Attempt attempt_of(const AttemptRecord& record) {
  Attempt attempt;
  attempt.job = record.job;
  attempt.key = record.key;
  attempt.number = record.attempt;
  attempt.seed = record.seed;
  attempt.sent_ms = record.time_ms;
  return attempt;
}

AttemptRecord record_of(const StepContext& context, const Attempt& attempt) {
  AttemptRecord r;
  r.job = context.job;
  r.step = context.step.id;
  r.key = context.step.key;
  r.attempt = attempt.number;
  r.provider = backend_of(context.step);
  r.seed = attempt.seed;
  r.reserved = context.step.most;
  return r;
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
  boost::asio::steady_timer timer(co_await asio::this_coro::executor, kAgain);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  std::function<Result<flow::Verdict>()> work = [context, record] { return judged(*context, *record); };
  co_return co_await base::on_pool<Result<flow::Verdict>>(context->pool, std::move(work));
}

}  // namespace

Async<Status> reserve(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record) {
  record->state = "intent";
  record->time_ms = context->config->clock->now_ms();
  for (;;) {
    if (context->stop.stop_requested()) co_return Error(Errc::interrupted, "the job was stopped before this was bought");
    JournalBatch batch;
    batch.attempts.push_back(*record);
    if (!record->reserved.is_zero()) batch.limits = limits_of(*context);
    Status written = co_await base::commit(context->journal, std::move(batch));
    if (written || written.error().code() != Errc::budget) co_return written;
    Result<flow::Verdict> verdict = co_await judge_again(context, record);
    if (!verdict) co_return verdict.error();
    if (verdict->fit == flow::Fit::pause) co_return Error(Errc::budget, flow::describe(*verdict));
  }
}

Async<Status> note_attempt(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record,
                           std::string state, std::string detail) {
  record->state = std::move(state);
  record->detail = std::move(detail);
  JournalBatch batch;
  batch.attempts.push_back(*record);
  return base::commit(context->journal, std::move(batch));
}

}  // namespace vidgen::phases
