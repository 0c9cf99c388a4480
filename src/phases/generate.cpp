// SPDX-License-Identifier: Apache-2.0
#include "phases/generate.hpp"

#include <algorithm>

#include "base/offload.hpp"
#include "base/try.hpp"
#include "flow/outcome.hpp"
#include "phases/attempts.hpp"
#include "plan/price.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

using base::Json;

constexpr int kMostAttempts = 3;
constexpr std::string_view kLost = "the request was lost on its way";  // proven not to have been accepted

// One step on its way through a provider.
struct Work {
  Work() = default;
  std::shared_ptr<StepContext> context;
  std::shared_ptr<ModelBackend> backend;
  GenerationRequest request;
  GenerationInputs inputs;
  BackendContext at;
  std::shared_ptr<AttemptRecord> record = std::make_shared<AttemptRecord>();
  Attempt attempt;
};
using WorkPtr = std::shared_ptr<Work>;

// The planner puts a step's inputs in this order: first picture, last picture, references.
GenerationInputs inputs_of(const StepContext& context, const GenerationRequest& request) {
  GenerationInputs out;
  std::size_t next = 0;
  auto take = [&]() -> std::optional<Asset> {
    if (next >= context.inputs.size() || context.inputs[next].outputs.empty()) return std::nullopt;
    return context.inputs[next++].outputs.front();
  };
  if (request.has_first_frame) out.first_frame = take();
  if (request.has_last_frame) out.last_frame = take();
  while (auto more = take()) out.references.push_back(*more);
  out.images = context.images;
  return out;
}

// Seconds after which the provider itself ends a run: what is reserved for it covers no more.
Rational deadline_of(const ModelProfile& model, Size size) {
  const Price& price = plan::price_for(model, size);
  if (price.kind == PriceKind::per_gpu_second && price.worst_units > Rational(0)) return price.worst_units;
  return std::clamp(model.seconds_to_make * Rational(10), Rational(300), Rational(1800));
}

Result<WorkPtr> work_of(std::shared_ptr<StepContext> context) {
  auto work = std::make_shared<Work>();
  VIDGEN_TRY(request, generation_from_json(context->step.params));
  work->backend = context->config->backends.find(backend_of(context->step));
  if (!work->backend)
    return Error(Errc::credentials, "no backend named \"" + backend_of(context->step) + "\" is part of this pipeline");
  VIDGEN_TRY(model, context->services->models.find(request.model));
  BackendContext& at = work->at;
  at.store = context->store;
  at.pool = context->pool;
  at.job = context->job;
  at.model = std::make_shared<const ModelProfile>(std::move(model));
  at.size = request.size;
  at.seconds = request.seconds;
  at.tail = context->tail;
  at.deadline = deadline_of(*at.model, at.size);
  at.webhook = context->config->webhook_url;
  at.stop = context->stop;
  at.progress = context->progress;
  work->request = std::move(request);
  work->inputs = inputs_of(*context, work->request);
  work->context = std::move(context);
  return work;
}

bool cancelled(const Work& work) {
  return work.context->cancelled && work.context->cancelled();
}

void settle(Work& work, Money cost) {
  work.record->settled = cost;
  if (work.context->settled) work.context->settled(work.record->attempt, cost);
}

// What a cancelled run came to: what the provider says; else, when it had begun, its worst case.
void settle_cancelled(Work& work, const Result<RemoteJob>& now) {
  if (now && now->cost) return settle(work, *now->cost);
  settle(work, now && now->state == RemoteState::queued ? Money() : work.record->reserved);
}

// Waits for the end of a job. A stop leaves it running at the provider, to be joined again; only a cancelled job, or a
// provider that ends with this process, is told to stop.
Async<Result<RemoteJob>> await_end(WorkPtr work, RemoteJob job) {
  const std::string id = job.id;
  Result<RemoteJob> ended = co_await work->backend->follow(job, work->at);
  if (ended || ended.error().code() != Errc::interrupted) co_return ended;
  const bool here = work->backend->ends_with_process();
  if (!here && !cancelled(*work)) co_return ended;
  (void)co_await work->backend->cancel(id, work->at);
  BackendContext unstopped = work->at;
  unstopped.stop = std::stop_token();
  if (!here) {
    Result<RemoteJob> now = co_await work->backend->get(id, unstopped);
    settle_cancelled(*work, now);
    (void)co_await note_attempt(work->context, work->record, "cancelled", "the job was cancelled");
    co_return Error(Errc::cancelled, "the job was cancelled");
  }
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

// From "it has an id" to "its results are in the store".
Async<Result<StepOutcome>> finish(WorkPtr work, RemoteJob accepted) {
  Result<RemoteJob> ended = co_await await_end(work, accepted);
  if (!ended) co_return ended.error();
  const RemoteJob remote = *ended;
  if (remote.cost) settle(*work, *remote.cost);
  // Made, and nobody says for how much: the worst case stays on the books.
  if (!remote.cost && remote.state == RemoteState::succeeded) settle(*work, work->record->reserved);
  if (remote.state != RemoteState::succeeded) {
    Error why = co_await reason_of(work, remote);
    const std::string state = remote.state == RemoteState::cancelled ? "cancelled" : "failed";
    (void)co_await note_attempt(work->context, work->record, state, why.describe());
    co_return why;
  }
  Status noted = co_await note_attempt(work->context, work->record, "succeeded");
  if (!noted) co_return noted.error();
  Result<std::vector<Asset>> assets = co_await work->backend->fetch(remote.id, work->at);
  if (!assets) co_return assets.error();
  for (const std::string& remark : remote.remarks) work->context->note(remark);
  noted = co_await note_attempt(work->context, work->record, "stored");
  if (!noted) co_return noted.error();
  co_return outcome_of(*work, remote, std::move(*assets));
}

Async<Result<StepOutcome>> accept(WorkPtr work, RemoteJob remote) {
  work->record->provider_id = remote.id;
  Status noted = co_await note_attempt(work->context, work->record, "accepted");
  if (!noted) co_return noted.error();
  co_return co_await finish(work, remote);
}

// What became of an attempt whose answer nobody heard. nullopt: it was not accepted, so a new one may start.
Async<Result<std::optional<RemoteJob>>> clear_up(WorkPtr work) {
  const Attempt lost = attempt_of(*work->record);
  Result<std::optional<RemoteJob>> found = co_await work->backend->find(lost, work->at);
  if (found && !*found) (void)co_await note_attempt(work->context, work->record, "lost", "it was not accepted");
  if (found || found.error().code() != Errc::ambiguous) co_return found;
  if (work->context->request.on_ambiguous != OnAmbiguous::retry) co_return found;
  // It may have been accepted: its money stays on the books.
  (void)co_await note_attempt(work->context, work->record, "ambiguous", "given up, as --on-ambiguous retry says");
  co_return std::optional<RemoteJob>();
}

// One new attempt, from intent to its end.
Async<Result<StepOutcome>> attempt_once(WorkPtr work) {
  work->attempt = co_await next_attempt(work->context, work->request.seed);
  work->attempt.deadline = work->at.deadline;
  *work->record = record_of(*work->context, work->attempt);
  Status noted = co_await reserve(work->context, work->record);
  if (!noted) co_return noted.error();
  GenerationRequest request = work->request;
  Result<RemoteJob> remote = co_await work->backend->create(request, work->inputs, work->attempt, work->at);
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
  std::optional<AttemptRecord> open = co_await open_attempt(work->context);
  if (!open || work->backend->ends_with_process()) co_return std::optional<StepOutcome>();
  *work->record = *open;
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
  if (context->stop.stop_requested()) co_return Error(Errc::interrupted, "the job was stopped before this was bought");
  for (int made_so_far = 1;; ++made_so_far) {
    Result<StepOutcome> outcome = co_await attempt_once(work);
    const bool again =
        !outcome && made_so_far < kMostAttempts && !context->stop.stop_requested() && worth_another(outcome.error());
    if (!again) co_return outcome;
    context->note(context->step.label + ": tried again, because " + outcome.error().message());
  }
}

}  // namespace vidgen::phases
