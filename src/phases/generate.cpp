// SPDX-License-Identifier: Apache-2.0
#include "phases/generate.hpp"

#include "base/point.hpp"
#include "base/try.hpp"
#include "flow/outcome.hpp"
#include "phases/work.hpp"

namespace vidgen::phases {
namespace {

using base::Json;

constexpr int kMostAttempts = 3;
constexpr std::string_view kLost = "the request was lost on its way";  // proven not to have been accepted

Async<Result<StepOutcome>> accept(WorkPtr work, RemoteJob remote) {
  work->record->provider_id = remote.id;
  work->record->created_ms = remote.created_ms;
  Status noted = co_await note_attempt(work->context, work->record, "accepted");
  if (!noted) co_return noted.error();
  co_return co_await finish(work, remote);
}

// A cancelled job has to know as well: what it bought is to be cancelled there.
Async<Result<std::optional<RemoteJob>>> search(WorkPtr work) {
  Attempt lost = attempt_of(*work->record);
  Result<std::vector<std::string>> owned = co_await owned_ids(work->context);
  if (!owned) co_return owned.error();
  lost.owned = std::move(*owned);
  Result<std::optional<RemoteJob>> found = co_await work->backend->find(lost, work->at);
  if (found || found.error().code() != Errc::interrupted || !cancelled(*work)) co_return found;
  BackendContext unstopped = work->at;
  unstopped.stop = std::stop_token();
  co_return co_await work->backend->find(lost, unstopped);
}

// What became of an attempt whose answer nobody heard. nullopt: it was not accepted, so a new one may start.
Async<Result<std::optional<RemoteJob>>> clear_up(WorkPtr work) {
  Result<std::optional<RemoteJob>> found = co_await search(work);
  if (found && !*found) {
    Status noted = co_await note_attempt(work->context, work->record, "lost", "it was not accepted");
    if (!noted) co_return noted.error();
  }
  if (found || found.error().code() != Errc::ambiguous) co_return found;
  // It may have been accepted: its money stays on the books.
  const bool given_up = work->context->request.on_ambiguous == OnAmbiguous::retry;
  const std::string why = given_up ? "given up, as --on-ambiguous retry says" : found.error().message();
  Status noted = co_await note_attempt(work->context, work->record, "ambiguous", why);
  if (!noted) co_return noted.error();
  if (!given_up) co_return found;
  co_return std::optional<RemoteJob>();
}

// One new attempt, from intent to its end.
Async<Result<StepOutcome>> attempt_once(WorkPtr work) {
  Result<Attempt> attempt = co_await next_attempt(work);
  if (!attempt) co_return attempt.error();
  Status noted = co_await reserve(work);
  if (!noted) co_return noted.error();
  BackendContext at = work->at;  // a copy: it holds the work
  at.sending = [work](Sending what) { return note_sending(work, std::move(what)); };
  GenerationRequest request = work->request;
  Result<RemoteJob> remote = co_await work->backend->create(request, work->inputs, *attempt, at);
  at.sending = nullptr;
  base::at(base::Point::answered);
  if (remote) co_return co_await accept(work, *remote);
  Error why = remote.error();
  if (why.code() != Errc::ambiguous) {
    (void)co_await note_attempt(work->context, work->record, "failed", why.describe());
    co_return why;
  }
  noted = co_await note_attempt(work->context, work->record, "ambiguous", why.describe());
  if (!noted) co_return noted.error();
  if (work->context->request.on_ambiguous == OnAmbiguous::fail) co_return why;
  Result<std::optional<RemoteJob>> found = co_await clear_up(work);
  if (!found) co_return found.error();
  if (*found) co_return co_await accept(work, **found);
  co_return Error(Errc::provider, std::string(kLost) + ": " + why.message());
}

// What an earlier process had begun: joined again, never made anew while it may be there.
Async<Result<std::optional<StepOutcome>>> join_earlier(WorkPtr work) {
  Result<std::optional<AttemptRecord>> known = co_await open_attempt(work->context);
  if (!known) co_return known.error();
  const std::optional<AttemptRecord> open = *known;
  if (!open) co_return std::optional<StepOutcome>();
  *work->record = *open;
  price_as_reserved(*work);
  Result<std::optional<StepOutcome>> stored = co_await stored_before(work);
  if (!stored || *stored || work->backend->ends_with_process()) co_return stored;
  if (open->state == "intent") {  // it is durable before anything leaves that something may
    Status noted = co_await note_attempt(work->context, work->record, "lost", "nothing was sent");
    if (!noted) co_return noted.error();
    co_return std::optional<StepOutcome>();
  }
  RemoteJob remote;
  remote.id = open->provider_id;
  if (remote.id.empty()) {
    Result<std::optional<RemoteJob>> found = co_await clear_up(work);
    if (!found) co_return found.error();
    if (!*found) co_return std::optional<StepOutcome>();
    remote = **found;
  }
  Result<StepOutcome> outcome = co_await accept(work, remote);
  if (!outcome) co_return outcome.error();
  co_return std::optional<StepOutcome>(*outcome);
}

bool worth_another(const Error& error) {
  if (error.code() == Errc::provider && error.message().rfind(kLost, 0) == 0) return true;
  return error.code() == Errc::provider && flow::classify_failure(error.message()) == flow::Outcome::transient;
}

}  // namespace

std::string backend_of(const Step& step) {
  constexpr std::string_view kPrefix = "provider:";
  return step.resource.rfind(kPrefix, 0) == 0 ? step.resource.substr(kPrefix.size()) : std::string();
}

Json facts_of(const StepOutcome& outcome) {
  auto facts = Json::parse(outcome.facts);
  return facts && facts->is_object() ? *facts : Json::object();
}

Async<Result<StepOutcome>> generate(std::shared_ptr<StepContext> context) {
  Result<WorkPtr> made = work_of(context);
  if (!made) co_return made.error();
  WorkPtr work = *made;
  Result<std::optional<StepOutcome>> earlier = co_await join_earlier(work);
  if (earlier && *earlier) co_return **earlier;
  if (!earlier && !worth_another(earlier.error())) co_return earlier.error();
  for (int made_so_far = 1;; ++made_so_far) {
    if (context->stop.stop_requested()) co_return Error(Errc::interrupted, "the job was stopped before this was bought");
    Result<StepOutcome> outcome = co_await attempt_once(work);
    const bool again =
        !outcome && made_so_far < kMostAttempts && !context->stop.stop_requested() && worth_another(outcome.error());
    if (!again) co_return outcome;
    context->note(context->step.label + ": tried again, because " + outcome.error().message());
  }
}

}  // namespace vidgen::phases
