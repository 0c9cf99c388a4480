// SPDX-License-Identifier: Apache-2.0
#include "flow/conditions.hpp"

#include "base/try.hpp"
#include "flow/budget.hpp"

namespace vidgen::flow {

Lease taken(Lease now, const LeaseRequest& request) {
  const bool mine = now.holder == request.holder;
  const bool free = now.holder.empty() || now.until_ms <= request.now_ms || now.holder == request.instead_of;
  if (!mine && !free) return now;
  if (!mine) ++now.fence;
  now.job = request.job;
  now.holder = request.holder;
  now.until_ms = request.until_ms;
  return now;
}

Status still_held(const Lease& now, const Lease& mine) {
  if (now.fence == mine.fence && now.holder == mine.holder) return {};
  return Error(Errc::taken_over,
               "job " + mine.job + " was taken over by another process: what this one did since is thrown away");
}

void Conditions::load(const AttemptRecord& attempt) {
  attempts_[Name(attempt.job, attempt.step, attempt.attempt)] = attempt;
}

Status Conditions::accept(const JournalBatch& batch) {
  if (batch.lease) VIDGEN_CHECK(still_held(leases_[batch.lease->job], *batch.lease));
  if (batch.limits) VIDGEN_CHECK(check_limits(batch));
  for (const AttemptRecord& attempt : batch.attempts) load(attempt);
  if (!batch.lease) return {};
  Lease& held = leases_[batch.lease->job];
  held.until_ms = batch.lease->until_ms;
  if (held.until_ms == 0) held.holder.clear();
  return {};
}

Status Conditions::check_limits(const JournalBatch& batch) const {
  Conditions then;
  then.attempts_ = attempts_;
  for (const AttemptRecord& attempt : batch.attempts) then.load(attempt);
  for (const AttemptRecord& attempt : batch.attempts) {
    const Verdict verdict = judge(then.books(attempt.job, day_of(attempt.time_ms)), *batch.limits, Money());
    if (verdict.fit != Fit::fits) return Error(Errc::budget, describe(verdict));
  }
  return {};
}

Lease Conditions::lease(const std::string& job) const {
  const auto found = leases_.find(job);
  if (found != leases_.end()) return found->second;
  Lease nobody;
  nobody.job = job;
  return nobody;
}

Lease Conditions::take(const LeaseRequest& request) {
  Lease& lease = leases_[request.job];
  lease = taken(lease, request);
  return lease;
}

Books Conditions::books(const std::string& job, std::int64_t day) const {
  Books out;
  for (const auto& [name, attempt] : attempts_) {
    book(out.account, attempt);
    if (attempt.job == job) book(out.job, attempt);
    if (day_of(attempt.time_ms) == day) book(out.day, attempt);
  }
  return out;
}

}  // namespace vidgen::flow
