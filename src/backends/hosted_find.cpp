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

Async<Result<std::optional<RemoteJob>>> HostedBackend::find(Attempt attempt, BackendContext context) {
  if (row_.reconcile == Reconcile::client_id) co_return co_await find_by_client_id(attempt, context);
  if (row_.list == nullptr)
    co_return Error(Errc::ambiguous, std::string(row_.name) + " lists no jobs, so a lost one cannot be found again");
  flow::LostAttempt lost;
  lost.kind = row_.reconcile;
  lost.sent = std::chrono::milliseconds(attempt.sent_ms);
  lost.ended = std::chrono::milliseconds(clock_->now_ms());
  const flow::Nanos began = account_->now();  // the wait is in the provider's time
  lost.model = context.model ? context.model->id : std::string();
  if (context.model && context.model->seed_bits > 0) lost.seed = attempt.seed;
  lost.upload_url = attempt.mark;
  flow::ReconcilePolicy policy;
  policy.settle = flow::Nanos((settle_ * Rational(1'000'000'000)).round());
  for (;;) {
    Result<std::vector<RemoteAnswer>> listed =
        co_await list_since(flow::since(lost, policy).count() / 1'000'000, context);
    std::vector<flow::ListedJob> jobs;
    if (listed)
      for (const RemoteAnswer& one : *listed) {
        flow::ListedJob job;
        job.id = one.job.id;
        job.model = one.model;
        job.created = std::chrono::milliseconds(one.created_ms);
        job.seed = one.seed;
        job.urls = one.urls;
        jobs.push_back(std::move(job));
      }
    else if (!listed.error().retryable())
      co_return listed.error();
    flow::Look look;
    look.jobs = jobs;
    look.at = lost.ended + (account_->now() - began);
    look.complete = listed.has_value();
    const flow::Verdict verdict = flow::judge(lost, look, policy);
    if (verdict.fate == flow::Fate::found) {
      for (const RemoteAnswer& one : *listed)
        if (one.job.id == verdict.id) co_return std::optional<RemoteJob>(take_in(one, context));
    }
    if (verdict.fate == flow::Fate::lost) co_return std::optional<RemoteJob>();
    if (verdict.fate != flow::Fate::later)
      co_return Error(Errc::ambiguous, "it cannot be told whether " + std::string(row_.name) +
                                           " accepted it: " + std::string(verdict.why));
    if (context.stop.stop_requested()) co_return Error(Errc::interrupted, "the search for a lost job was stopped");
    co_await account_->pause(std::max(flow::Nanos(std::chrono::seconds(1)), verdict.look_at - look.at));
  }
}

}  // namespace vidgen::backends
