// SPDX-License-Identifier: Apache-2.0
#include "pipeline/watcher.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/offload.hpp"
#include "base/timer.hpp"
#include "base/try.hpp"
#include "pipeline/holder.hpp"
#include "pipeline/job_state.hpp"
#include "pipeline/starting.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr auto kLook = std::chrono::milliseconds(200);

struct Watch {
  Watch() = default;
  std::shared_ptr<Core> core;
  std::shared_ptr<Services> services;
  std::shared_ptr<JobState> state;
  Lease lease;
  Silence silence;
  std::int64_t seen = 0;
};

// What one look at the journal says. Nothing: it goes on as it is.
struct Seen {
  Seen() = default;
  std::optional<Result<Film>> end;
  bool ours = false;  // a runner of this process has it now
};

bool is_over(JobStatus status) {
  return status == JobStatus::complete || status == JobStatus::cancelled || status == JobStatus::failed ||
         status == JobStatus::needs_attention;
}

Status tell_news(Watch& watch) {
  VIDGEN_TRY(events, watch.services->journal->events(watch.state->id(), watch.seen));
  for (Event& event : events) {
    watch.seen = event.seq;
    watch.state->publish(std::move(event));
  }
  return {};
}

// Whoever has the lease is not done: the last event is written after the film's record.
Result<Seen> look(Watch& watch) {
  Seen out;
  Journal& journal = *watch.services->journal;
  VIDGEN_CHECK(tell_news(watch));
  VIDGEN_TRY(now, journal.lease(watch.state->id()));
  const bool heard = watch.silence.heard(now);
  watch.lease = now;
  if (heard && !now.holder.empty() && !holder_is_dead(now.holder)) return out;
  VIDGEN_TRY(lease, take_lease(*watch.core, journal, watch.state->id(), heard ? std::string() : now.holder));
  watch.lease = lease;
  if (lease.holder != watch.core->holder()) return out;
  VIDGEN_TRY(record, journal.job(watch.state->id()));
  if (record && !is_over(record->status)) {
    VIDGEN_CHECK(run_job(watch.core, watch.services, watch.state, std::move(*record), lease));
    out.ours = true;
    return out;
  }
  VIDGEN_CHECK(tell_news(watch));
  VIDGEN_CHECK(give_back(*watch.core, watch.services->journal, lease));
  if (record)
    out.end = outcome_of(*record);
  else
    out.end = Error(Errc::not_found, "job " + watch.state->id() + " is not in the journal any more");
  return out;
}

Error left(const Watch& watch) {
  const std::string by = run_by(watch.state->id(), watch.lease.holder);
  if (watch.state->cancelled()) return Error(Errc::needs_attention, by + ": stop that one first (Ctrl-C saves it)");
  return Error(Errc::interrupted, by + ", where it goes on");
}

Async<void> run(std::shared_ptr<Watch> watch) {
  std::function<Result<Seen>()> once = [watch] { return look(*watch); };
  while (!watch->state->stop_token().stop_requested()) {
    Result<Seen> seen = co_await base::on_pool<Result<Seen>>(watch->core->pool(), once);
    if (seen && seen->ours) co_return;
    if (!seen || seen->end) {
      watch->core->ended(watch->state->id());
      watch->state->finish(seen ? std::move(*seen->end) : Result<Film>(seen.error()));
      co_return;
    }
    co_await base::sleep_for(kLook);
  }
  watch->core->ended(watch->state->id());
  watch->state->finish(left(*watch));
}

}  // namespace

void watch_job(std::shared_ptr<Core> core, std::shared_ptr<Services> services, std::shared_ptr<JobState> state,
               const Lease& lease) {
  auto watch = std::make_shared<Watch>();
  watch->core = core;
  watch->services = std::move(services);
  watch->state = std::move(state);
  watch->lease = lease;
  core->started(watch->state);
  asio::post(core->executor(), [watch] { asio::co_spawn(watch->core->strand(), run(watch), asio::detached); });
}

VIDGEN_NAMESPACE_END
