// SPDX-License-Identifier: Apache-2.0
// What became of a create whose answer was lost.
#include <algorithm>

#include "backends/hosted.hpp"
#include "base/random.hpp"
#include "flow/reconcile.hpp"

namespace vidgen::backends {

Async<Result<std::vector<RemoteAnswer>>> HostedBackend::list_since(std::int64_t since_ms, BackendContext context) {
  std::vector<RemoteAnswer> out;
  std::string cursor;
  for (std::size_t page = 0; page < kMostListPages; ++page) {
    HttpRequest request = row_.list(access_, since_ms, cursor);
    Result<HttpResponse> response = co_await send(request, flow::CallKind::read, "looking for a lost job", context);
    if (!response) co_return response.error();
    Result<ListPage> read = row_.read_list(*response);
    if (!read) co_return read.error();
    for (RemoteAnswer& one : read->jobs) out.push_back(std::move(one));
    cursor = read->cursor;
    if (cursor.empty()) co_return out;
  }
  co_return Error(Errc::provider, std::string(row_.name) + ": too many jobs to find one among them");
}

flow::LostAttempt HostedBackend::lost_attempt(const Attempt& attempt, const BackendContext& context) const {
  flow::LostAttempt lost;
  lost.kind = row_.reconcile;
  lost.sent = std::chrono::milliseconds(attempt.sent_ms);
  lost.model = !attempt.model.empty() ? attempt.model : context.model ? context.model->id : std::string();
  if (context.model && context.model->seed_bits > 0) lost.seed = attempt.seed;
  lost.upload_url = attempt.mark;
  lost.client_id = client_id_of(attempt);
  return lost;
}

namespace {

flow::ListedJob listed(const RemoteAnswer& answer) {
  flow::ListedJob job;
  job.id = answer.job.id;
  job.model = answer.model;
  job.created = std::chrono::milliseconds(answer.created_ms);
  job.seed = answer.seed;
  job.urls = answer.urls;
  job.input_gone = answer.removed && !answer.seed && answer.urls.empty();
  return job;
}

}  // namespace

// Where ids are ours, there is one job at most, and it is asked for by its id.
Async<Result<std::vector<RemoteAnswer>>> HostedBackend::candidates(flow::LostAttempt lost, BackendContext context) {
  if (row_.reconcile != Reconcile::client_id)
    co_return co_await list_since(flow::since(lost).count() / 1'000'000, context);
  std::vector<RemoteAnswer> out;
  Result<RemoteAnswer> answer = co_await ask(lost.client_id, context);
  if (!answer && answer.error().code() != Errc::not_found) co_return answer.error();
  if (answer) out.push_back(std::move(*answer));
  co_return out;
}

// Where nobody can tell, its place is given back too: what may run there ends by itself, and nobody would hear of it.
Async<Result<std::optional<RemoteJob>>> HostedBackend::find(Attempt attempt, BackendContext context) {
  const std::string ours = client_id_of(attempt);
  Result<std::optional<RemoteJob>> found = co_await search(std::move(attempt), std::move(context));
  if (found) cleared_up(ours, *found);
  if (!found && found.error().code() == Errc::ambiguous) cleared_up(ours, std::nullopt);
  co_return found;
}

Async<Result<std::optional<RemoteJob>>> HostedBackend::search(Attempt attempt, BackendContext context) {
  if (row_.reconcile != Reconcile::client_id && row_.list == nullptr)
    co_return Error(Errc::ambiguous, std::string(row_.name) + " lists no jobs, so a lost one cannot be found again");
  flow::LostAttempt lost = lost_attempt(attempt, context);
  flow::ReconcilePolicy policy;
  policy.settle = flow::Nanos((settle_ * Rational(1'000'000'000)).round());
  const flow::Nanos began = account_->now();  // the wait is in the provider's time
  for (;;) {
    const flow::Nanos waited = account_->now() - began;
    Result<std::vector<RemoteAnswer>> there = co_await candidates(lost, context);
    if (!there && !there.error().retryable()) co_return there.error();
    // By the provider's clock, which an answer has told by now; ours where it never says.
    const std::int64_t now = account_->provider_ms() != 0 ? account_->provider_ms() : clock_->now_ms();
    if (lost.ended == flow::Nanos(0)) lost.ended = std::chrono::milliseconds(now);
    std::vector<flow::ListedJob> jobs;
    if (there)
      for (const RemoteAnswer& one : *there) {
        jobs.push_back(listed(one));
        if (lost.kind != Reconcile::client_id) continue;
        jobs.back().client_id = one.job.id;
        jobs.back().created = lost.sent;
      }
    flow::Look look;
    look.jobs = jobs;
    look.owned = attempt.owned;
    look.at = lost.ended + waited;
    look.complete = there.has_value();
    const flow::Verdict verdict = flow::judge(lost, look, policy);
    if (verdict.fate == flow::Fate::found) {
      for (const RemoteAnswer& one : *there)
        if (one.job.id == verdict.id) co_return std::optional<RemoteJob>(take_in(one, context));
    }
    if (verdict.fate == flow::Fate::lost) co_return std::optional<RemoteJob>();
    if (verdict.fate != flow::Fate::later)
      co_return Error(Errc::ambiguous, "it cannot be told whether " + std::string(row_.name) +
                                           " accepted it: " + std::string(verdict.why));
    co_await account_->pause(std::max(flow::Nanos(std::chrono::seconds(1)), verdict.look_at - look.at), context.stop);
    if (context.stop.stop_requested()) co_return Error(Errc::interrupted, "the search for a lost job was stopped");
  }
}

Async<Result<std::vector<Sighting>>> HostedBackend::sightings(std::vector<Attempt> attempts, BackendContext context) {
  std::vector<Sighting> out;
  if (row_.reconcile != Reconcile::list_reconcile || row_.list == nullptr || attempts.empty()) co_return out;
  std::int64_t oldest = attempts.front().sent_ms;
  for (const Attempt& one : attempts) oldest = std::min(oldest, one.sent_ms);
  flow::LostAttempt first;
  first.sent = std::chrono::milliseconds(oldest);
  Result<std::vector<RemoteAnswer>> there = co_await list_since(flow::since(first).count() / 1'000'000, context);
  if (!there) co_return there.error();
  for (const RemoteAnswer& one : *there)
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      if (!flow::carries(lost_attempt(attempts[i], context), listed(one))) continue;
      Sighting seen;
      seen.attempt = i;
      seen.job = one.job;
      seen.job.created_ms = one.created_ms;
      if (context.model && has_ended(one.job.state))
        seen.job.cost = settled_cost(*context.model, context.size, context.seconds, one);
      out.push_back(std::move(seen));
    }
  co_return out;
}

}  // namespace vidgen::backends
