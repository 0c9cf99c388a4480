// SPDX-License-Identifier: Apache-2.0
#include "pipeline/runner.hpp"

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>

#include "base/commit.hpp"
#include "base/offload.hpp"
#include "base/point.hpp"
#include "base/try.hpp"
#include "flow/budget.hpp"
#include "flow/outcome.hpp"
#include "phases/orphans.hpp"
#include "pipeline/measured.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr int kSweeps = 5;  // tries: what is not found now is not found

std::shared_ptr<Services> with_journal(const Services& services, std::shared_ptr<Journal> journal) {
  auto out = std::make_shared<Services>(services);
  out->journal = std::move(journal);
  return out;
}

}  // namespace

Error stopped_error(bool cancelled, const std::string& id) {
  if (cancelled) return Error(Errc::cancelled, "job " + id + " was cancelled");
  return Error(Errc::interrupted, "job " + id + " was stopped and saved; go on with: vidgen resume " + id);
}

Runner::Runner(std::shared_ptr<Core> core, const std::shared_ptr<Services>& services,
               std::shared_ptr<LeasedJournal> journal, std::shared_ptr<JobState> state, JobRecord record,
               std::int64_t last_event, double reached)
    : core_(std::move(core)),
      journal_(std::move(journal)),
      services_(with_journal(*services, journal_)),
      slots_(slots()),
      state_(std::move(state)),
      record_(std::move(record)),
      strand_(core_->strand()),
      wake_timer_(strand_),
      cancel_noted_(record_.reason == kCancelling),
      next_seq_(last_event + 1),
      fraction_(reached) {}

// Not straight onto the strand: where there is no memory for that, Asio leaves it locked for good. A post to the executor
// fails whole.
void Runner::start() {
  asio::post(core_->executor(), [self = shared_from_this()] {
    asio::co_spawn(
        self->strand_, [self] { return self->run(); }, asio::detached);
  });
}

void Runner::wake() {
  wake_timer_.cancel();
}

// ---- the whole of a job

Async<void> Runner::run() {
  // A stop from any thread becomes a wake-up on the strand. Without memory for that, the next tick sees it.
  auto on_stop = [weak = weak_from_this(), executor = core_->executor(), strand = strand_]() noexcept {
    try {
      asio::post(executor, [weak, strand] {
        asio::dispatch(strand, [weak] {
          if (auto self = weak.lock()) self->wake();
        });
      });
    } catch (const std::bad_alloc&) {
    }
  };
  std::stop_callback stop_watch(state_->stop_token(), on_stop);
  Result<Film> result = co_await make_film();
  const bool stopping = stopped();  // asked first: who cancels says that before it stops
  const bool cancelled = state_->cancelled();
  if (!result && cancelled) {
    Status closed = co_await close_books(result.error());
    unswept_.reset();
    if (!closed) unswept_ = closed.error();
  }
  if (!result && (stopping || cancelled)) result = stopped_error(cancelled, state_->id());
  if (unswept_) result = *unswept_;
  co_await close(std::move(result));
}

Async<void> Runner::close(Result<Film> result) {
  status_ = JobStatus::complete;
  if (!result) {
    Errc code = result.error().code();
    status_ = JobStatus::failed;
    if (code == Errc::cancelled) status_ = JobStatus::cancelled;
    if (code == Errc::interrupted) status_ = JobStatus::interrupted;
    if (code == Errc::budget || code == Errc::ambiguous || code == Errc::needs_attention)
      status_ = JobStatus::needs_attention;
  }
  record_.status = status_;
  record_.owner = 0;
  record_.reason = result ? std::string() : result.error().describe();
  if (unswept_ && state_->cancelled()) record_.reason = kCancelling;  // the next process goes on with that
  if (result) record_.film = to_json(*result);  // else the one that was finished before a redo, if any
  if (result) fraction_ = 1.0;
  JournalBatch batch;
  batch.jobs.push_back(record_);
  Status saved = co_await commit(std::move(batch));
  if (saved) base::at(base::Point::closed);
  if (!saved && result) result = saved.error();
  if (!result) result = result.error().after_spending(spent().micros());
  emit(result ? "film" : "error", result ? result->path : result.error().describe());
  journal_->end();
  JournalBatch barrier;  // the last event is durable, and published, before anyone hears of the end
  (void)co_await commit(std::move(barrier));
  core_->ended(state_->id());
  state_->finish(std::move(result));
}

Async<Result<Film>> Runner::make_film() {
  Status settled = co_await settle();
  Result<Film> film = stopped_error(state_->cancelled(), state_->id());
  if (settled) {
    Result<Film> made = co_await carry_out();
    film = std::move(made);
  } else {
    film = settled.error();
  }
  // Who goes on with the job, this process or another, will look for orphans at its end.
  const bool goes_on = !film && (film.error().code() == Errc::interrupted || film.error().code() == Errc::taken_over);
  if (swept_ || !settled || goes_on || stopped()) co_return film;
  Status swept = co_await look_for_orphans(film.has_value());
  if (!swept) unswept_ = swept.error();
  co_return film;
}

// Of a job that was cancelled: what is left under way is cancelled at its provider, once the cancel is durable. An error: the
// next process goes on with that, also where this one could not read what the job had planned.
Async<Status> Runner::close_books(Error why) {
  if (!plan_ && !record_.plan.empty()) co_return why;
  if (!cancel_noted_) {
    Status noted = co_await note_cancelling();
    if (!noted) co_return noted.error();
  }
  co_return co_await look_for_orphans(true);
}

Async<Status> Runner::settle() {
  Result<Request> request = request_from_json(record_.request);
  if (!request) co_return request.error();
  request_ = std::move(*request);
  status_ = JobStatus::validating;
  Status settled = co_await load_spending();
  if (!settled) co_return settled.error();
  emit("status", "reading the prompt");
  if (stopped() && record_.plan.empty()) co_return stopped_error(state_->cancelled(), state_->id());
  co_return co_await settle_spec_and_plan();
}

// What was bought and nobody waits for: cancelled where it still runs, on the books, and told.
Async<Status> Runner::look_for_orphans(bool over) {
  swept_ = true;
  phases::Sweep sweep;
  sweep.job = state_->id();
  sweep.plan = plan_;
  sweep.services = services_;
  sweep.config = &core_->config();
  sweep.pool = core_->pool();
  sweep.over = over;
  Result<std::vector<std::string>> notes = co_await phases::sweep_orphans(sweep);
  for (int made = 1; !notes && notes.error().retryable() && made < kSweeps; ++made) {
    co_await base::sleep_for(std::chrono::seconds(1LL << made));
    notes = co_await phases::sweep_orphans(sweep);
  }
  if (!notes && flow::is_local(notes.error().code())) co_return notes.error();
  if (!notes) emit("note", "orphans could not be looked for: " + notes.error().describe());
  if (!notes) co_return Status();
  for (const std::string& note : *notes) emit("note", note);
  if (!notes->empty()) (void)co_await load_spending();
  co_return Status();
}

// Phase 1 and the price. What an earlier process settled is taken as it is.
Async<Status> Runner::settle_spec_and_plan() {
  Result<Chosen> chosen = choose(request_, services_->models, core_->config().backends);
  if (!chosen) co_return chosen.error();
  chosen_ = *chosen;
  std::function<ModelProfile()> learn = [journal = services_->journal, row = chosen_.video] {
    return with_measured(row, *journal);
  };
  chosen_.video = co_await base::on_pool<ModelProfile>(core_->pool(), std::move(learn));
  Result<Spec> spec = spec_from_json(record_.spec);
  if (record_.spec.empty()) {
    spec = co_await settle_spec();
    if (spec) spec = co_await settle_music(*spec);
  }
  if (!spec) co_return spec.error();
  spec_ = std::make_shared<const Spec>(std::move(*spec));
  if (!chosen->why.empty()) notes_.push_back(chosen->why);
  Result<Plan> plan = record_.plan.empty() ? make_plan(request_, *spec_, chosen_, *services_, core_->threads())
                                           : plan_from_json(record_.plan);
  if (!plan) co_return plan.error();
  if (record_.plan.empty()) {
    Status extended = extend_plan(*plan, *spec_, core_->config());
    if (!extended) co_return extended.error();
  }
  Status admitted = co_await look_at_results(*plan);
  if (admitted && !stopped()) admitted = admit(left_, request_, *services_, core_->config(), spent_elsewhere());
  if (admitted && !stopped()) admitted = usable(chosen_, *plan, core_->config(), left_.stale);
  if (!admitted) co_return admitted.error();
  for (const std::string& note : plan->notes) notes_.push_back(note);
  for (const std::string& warning : spec_->warnings) notes_.push_back(warning);
  plan_ = std::make_shared<const Plan>(std::move(*plan));
  for (const std::string& ref : request_.images) {
    Asset a;
    a.sha256 = ref.substr(ref.find(':') + 1);
    a.kind = AssetKind::image;
    images_.push_back(a);
  }
  record_.spec = to_json(*spec_);
  record_.plan = to_json(*plan_);
  if (record_.reason != kCancelling) record_.reason.clear();
  record_.status = status_;
  record_.owner = ::getpid();
  JournalBatch batch;
  batch.jobs.push_back(record_);
  Status saved = co_await commit(std::move(batch));
  if (saved) base::at(base::Point::planned);
  if (saved)
    emit("plan", std::to_string(plan_->clips.size()) + " clips, " + std::to_string(plan_->steps.size()) +
                     " steps, likely " + plan_->likely.to_string());
  co_return saved;
}

VIDGEN_NAMESPACE_END
