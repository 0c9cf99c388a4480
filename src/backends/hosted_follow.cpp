// SPDX-License-Identifier: Apache-2.0
// From an accepted job to its end: asking after one, or after all with one list.
#include <algorithm>

#include "backends/hosted.hpp"
#include "base/random.hpp"

namespace vidgen::backends {
namespace {

constexpr std::int64_t kListBack = 2LL * 3600 * 1000;  // milliseconds; of a list, when no job says when it was made

}  // namespace

// One list serves every job that is waited for.
Async<Status> HostedBackend::ask_list(BackendContext context) {
  std::string cursor;
  // By the provider's clock where it said when they were made: a list of all that ran in two hours can be long.
  const std::int64_t oldest = account_->oldest_ms();
  const std::int64_t now = account_->provider_ms() != 0 ? account_->provider_ms() : clock_->now_ms();
  const std::int64_t since = oldest > 0 ? oldest - 60'000 : now - kListBack;
  for (std::size_t page = 0; page < kMostListPages; ++page) {
    HttpRequest request = row_.list(access_, since, cursor);
    Result<HttpResponse> response = co_await send(request, flow::CallKind::read, "listing jobs", context);
    if (!response) co_return response.error();
    Result<ListPage> read = row_.read_list(*response);
    if (!read) co_return read.error();
    for (const RemoteAnswer& one : read->jobs) {
      if (!account_->watched(one.job.id)) continue;
      {
        std::lock_guard lock(mutex_);
        known_[one.job.id].answer = one;
      }
      account_->heard(one.job);
    }
    cursor = read->cursor;
    if (cursor.empty()) break;
  }
  account_->listed();
  co_return Status();
}

Async<Result<RemoteJob>> HostedBackend::follow(RemoteJob job, BackendContext context) {
  if (has_ended(job.state)) co_return job;
  const Rational expected = context.model ? context.model->seconds_to_make : Rational(45);
  std::int64_t created_ms = 0;
  {
    std::lock_guard lock(mutex_);
    if (auto it = known_.find(job.id); it != known_.end()) created_ms = it->second.answer.created_ms;
  }
  account_->watch(job.id, expected, context.deadline, created_ms);
  // What was accepted may take a while to be known everywhere there.
  const flow::Nanos known_by = account_->now() + flow::Nanos((settle_ * Rational(1'000'000'000)).round());
  Result<RemoteJob> out = job;
  for (;;) {
    Result<Account::Question> question = co_await account_->next_question(job.id, context.stop);
    if (!question) {
      out = question.error();
      break;
    }
    Result<RemoteJob> now = job;
    if (question->news) {
      RemoteAnswer heard;
      {
        std::lock_guard lock(mutex_);
        heard = known_[job.id].answer;
      }
      heard.job = *question->news;
      now = take_in(heard, context);
    } else if (question->kind == flow::PollKind::list) {
      Status asked = co_await ask_list(context);
      if (!asked) account_->unheard({});
      if (!asked && asked.error().code() == Errc::interrupted) {
        out = asked.error();
        break;
      }
      continue;
    } else {
      now = co_await get(job.id, context);
      if (now) {
        account_->heard(*now);  // comes back as news, which is skipped below
      } else if (question->kind != flow::PollKind::hand_over &&
                 (now.error().retryable() ||
                  (now.error().code() == Errc::not_found && account_->now() < known_by))) {
        account_->unheard(job.id);
        continue;
      }
    }
    if (!now) {
      out = now.error();
      break;
    }
    job = *now;
    if (context.heard) context.heard(job);
    if (context.progress) context.progress(job.fraction);
    if (has_ended(job.state)) {
      out = job;
      break;
    }
    if (question->kind == flow::PollKind::hand_over) {
      out = Error(Errc::provider, std::string(row_.name) + ": job " + job.id + " did not end within its deadline");
      break;
    }
  }
  account_->unwatch(job.id);
  // An interrupted wait leaves the job where it is; else nobody asks after it again, unless to fetch its results.
  const bool goes_on = !out && out.error().code() == Errc::interrupted;
  if (!goes_on && (!out || out->state != RemoteState::succeeded)) forget(job.id);
  co_return out;
}

Status HostedBackend::deliver(RemoteJob job) {
  // Only a hint: nothing of what it says is kept, the provider is asked with the key.
  if (!has_ended(job.state)) return {};
  if (!account_->hint(job.id)) return Error(Errc::not_found, "nobody waits for job " + job.id);
  return {};
}

}  // namespace vidgen::backends
