// SPDX-License-Identifier: Apache-2.0
// From an accepted job to results that are here and can be read. Whatever was charged is on the books first.
#include "base/offload.hpp"
#include "base/point.hpp"
#include "base/try.hpp"
#include "flow/outcome.hpp"
#include "media/verify.hpp"
#include "phases/generate.hpp"
#include "phases/work.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

using base::Json;

constexpr int kFetches = 2;  // what cannot be read is fetched once more

// What a cancelled run came to: what the provider says; else, when it had begun, its worst case.
void settle_cancelled(Work& work, const Result<RemoteJob>& now) {
  if (now && now->cost) return settle(work, *now->cost);
  settle(work, now && now->state == RemoteState::queued ? Money() : work.record->reserved);
}

Async<Error> cancel_there(WorkPtr work, std::string id, BackendContext unstopped) {
  (void)co_await work->backend->cancel(id, unstopped);
  Result<RemoteJob> now = co_await last_word(work->backend, id, unstopped);
  settle_cancelled(*work, now);
  if (now) work->record->ended_ms = now->ended_ms;
  (void)co_await note_attempt(work->context, work->record, "cancelled", "the job was cancelled");
  co_return Error(Errc::cancelled, "the job was cancelled");
}

// Waits for the end of a job. A stop leaves it running at the provider, to be joined again; only a cancelled job, or a
// provider that ends with this process, is told to stop.
Async<Result<RemoteJob>> await_end(WorkPtr work, RemoteJob job) {
  const std::string id = job.id;
  Result<RemoteJob> ended = co_await work->backend->follow(job, work->at);
  if (ended || ended.error().code() != Errc::interrupted) co_return ended;
  const bool here = work->backend->ends_with_process();
  if (!here && !cancelled(*work)) co_return ended;
  BackendContext unstopped = work->at;
  unstopped.stop = std::stop_token();
  if (!here) co_return co_await cancel_there(work, id, unstopped);
  (void)co_await work->backend->cancel(id, work->at);
  co_return co_await work->backend->follow(job, unstopped);
}

// Why a job that ended has no outputs. A backend that can say it in a typed way does so on fetching.
Async<Error> reason_of(WorkPtr work, RemoteJob ended) {
  if (work->backend->ends_with_process()) {
    Result<std::vector<Asset>> fetched = co_await work->backend->fetch(ended.id, work->at);
    if (!fetched && fetched.error().code() != Errc::not_found) co_return fetched.error();
  }
  if (ended.state == RemoteState::cancelled && cancelled(*work))
    co_return Error(Errc::cancelled, "the job was cancelled");
  const flow::Outcome outcome = flow::classify_failure(ended.error);
  const std::string text = work->backend->name() + " could not make it: " + ended.error;
  Error why(Errc::provider, text);
  if (outcome == flow::Outcome::refused) why = Error(Errc::input_refused, text + "; change the prompt or the picture");
  co_return why.from(work->backend->name(), ended.id);
}

StepOutcome outcome_of(const Work& work, const RemoteJob& remote, std::vector<Asset> assets) {
  StepOutcome out;
  out.outputs = std::move(assets);
  if (remote.cost) out.cost = *remote.cost;
  Json facts = Json::object();
  facts.set("provider_id", remote.id).set("attempt", work.record->attempt);
  facts.set("seed", std::int64_t{work.record->seed});
  if (!remote.remarks.empty()) facts.set("remarks", remote.remarks);
  out.facts = facts.dump();
  return out;
}

Async<Status> check_results(WorkPtr work, std::vector<Asset> assets) {
  std::function<Status()> decode = [context = work->context, assets]() -> Status {
    for (const Asset& asset : assets) {
      VIDGEN_TRY(path, context->store->path(asset.sha256));
      VIDGEN_CHECK(media::check_readable(path, asset.kind, context->config->media, context->stop));
    }
    return {};
  };
  return base::on_pool<Status>(work->context->pool, std::move(decode));
}

// Of what came back itself; a disk that is full, or a stop, says nothing about it.
bool is_broken(const Error& error) {
  return error.code() == Errc::media_invalid || error.code() == Errc::media_unsupported ||
         error.code() == Errc::media_limit;
}

// Its money is spent, and nothing can come of it any more. The next attempt is a person's to order.
Async<Error> give_up(WorkPtr work, Error why) {
  (void)co_await note_attempt(work->context, work->record, "failed", why.describe());
  co_return why.from(work->backend->name(), work->record->provider_id);
}

Async<Result<StepOutcome>> verify(WorkPtr work, StepOutcome outcome) {
  if (work->backend->ends_with_process()) co_return outcome;  // made here
  Status readable = co_await check_results(work, outcome.outputs);
  if (!readable) co_return readable.error();
  Status noted = co_await note_attempt(work->context, work->record, "verified");
  if (!noted) co_return noted.error();
  co_return outcome;
}

Async<Result<StepOutcome>> bring(WorkPtr work, RemoteJob remote) {
  Result<StepOutcome> last = Error(Errc::internal, "nothing was fetched");
  for (int made = 0; made < kFetches; ++made) {
    Result<std::vector<Asset>> assets = co_await work->backend->fetch(remote.id, work->at);
    if (!assets && assets.error().code() == Errc::expired) co_return co_await give_up(work, assets.error());
    if (!assets) co_return assets.error();
    base::at(base::Point::fetched);
    const StepOutcome outcome = outcome_of(*work, remote, std::move(*assets));
    work->record->outcome = to_json(outcome);
    Status noted = co_await note_attempt(work->context, work->record, "stored");
    if (!noted) co_return noted.error();
    last = co_await verify(work, outcome);
    if (last || !is_broken(last.error())) break;
  }
  if (!last && is_broken(last.error()))
    co_return co_await give_up(work, last.error().in("what came back cannot be used"));
  if (last)
    for (const std::string& remark : remote.remarks) work->context->note(remark);
  co_return last;
}

void note_end(Work& work, const RemoteJob& remote) {
  work.record->created_ms = remote.created_ms;
  work.record->ended_ms = remote.ended_ms;
  if (remote.cost) settle(work, *remote.cost);
  // Made, and nobody says for how much: the worst case stays on the books.
  if (!remote.cost && remote.state == RemoteState::succeeded) settle(work, work.record->reserved);
}

}  // namespace

Async<Result<StepOutcome>> finish(WorkPtr work, RemoteJob accepted) {
  Result<RemoteJob> ended = co_await await_end(work, accepted);
  if (!ended && ended.error().code() == Errc::not_found) {  // it had an id, so it may have been charged
    settle(*work, work->record->reserved);
    co_return co_await give_up(work, Error(Errc::expired, ended.error().message()));
  }
  if (!ended) co_return ended.error();
  const RemoteJob remote = *ended;
  note_end(*work, remote);
  if (remote.state != RemoteState::succeeded) {
    Error why = co_await reason_of(work, remote);
    const std::string state = remote.state == RemoteState::cancelled ? "cancelled" : "failed";
    (void)co_await note_attempt(work->context, work->record, state, why.describe());
    co_return why;
  }
  Status noted = co_await note_attempt(work->context, work->record, "succeeded");
  if (!noted) co_return noted.error();
  co_return co_await bring(work, remote);
}

Async<Result<std::optional<StepOutcome>>> stored_before(WorkPtr work) {
  const bool kept = work->record->state == "stored" || work->record->state == "verified";
  Result<StepOutcome> outcome = step_outcome_from_json(work->record->outcome);
  if (!kept || !outcome) co_return std::optional<StepOutcome>();
  for (const Asset& asset : outcome->outputs)
    if (!work->context->store->contains(asset.sha256)) co_return std::optional<StepOutcome>();
  if (work->record->state == "stored") outcome = co_await verify(work, *outcome);
  if (!outcome && is_broken(outcome.error())) co_return std::optional<StepOutcome>();
  if (!outcome) co_return outcome.error();
  co_return std::optional<StepOutcome>(std::move(*outcome));
}

}  // namespace vidgen::phases
