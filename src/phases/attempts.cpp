// SPDX-License-Identifier: Apache-2.0
#include "phases/attempts.hpp"

#include <algorithm>

#include "base/commit.hpp"
#include "base/digest.hpp"
#include "base/offload.hpp"
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

Async<Status> note_attempt(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record,
                           std::string state, std::string detail) {
  record->state = std::move(state);
  record->detail = std::move(detail);
  if (record->state == "intent") record->time_ms = context->config->clock->now_ms();
  JournalBatch batch;
  batch.attempts.push_back(*record);
  return base::commit(context->journal, std::move(batch));
}

}  // namespace vidgen::phases
