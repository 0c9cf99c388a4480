// SPDX-License-Identifier: Apache-2.0
#include "phases/generate.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>

#include "base/commit.hpp"
#include "base/digest.hpp"
#include "base/offload.hpp"
#include "base/random.hpp"
#include "base/try.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::phases {
namespace {

using base::Json;

constexpr auto kFirstPoll = std::chrono::milliseconds(10);
constexpr auto kLongestPoll = std::chrono::milliseconds(200);

// 31 bits that name this attempt at the provider. Never part of the step's key.
std::uint32_t attempt_seed(const Step& step, std::uint64_t user_seed, int attempt) {
  std::string text = std::to_string(user_seed) + "/" + step.key + "/" + std::to_string(attempt);
  return static_cast<std::uint32_t>(std::stoul(base::sha256_hex(text).substr(0, 8), nullptr, 16) & 0x7fffffffU);
}

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

AttemptRecord record_of(const StepContext& context, const Attempt& attempt, std::string state) {
  AttemptRecord r;
  r.job = context.job;
  r.step = context.step.id;
  r.key = context.step.key;
  r.attempt = attempt.number;
  r.state = std::move(state);
  r.provider = backend_of(context.step);
  r.seed = attempt.seed;
  r.reserved = context.step.most;
  r.time_ms = base::now_ms();
  return r;
}

Async<Status> note_state(std::shared_ptr<StepContext> context, AttemptRecord record) {
  JournalBatch batch;
  record.time_ms = base::now_ms();
  batch.attempts.push_back(std::move(record));
  return base::commit(context->journal, std::move(batch));
}

// Asks after a remote job until it has ended; a stop cancels it there first.
Async<Result<RemoteJob>> follow(std::shared_ptr<StepContext> context, std::shared_ptr<ModelBackend> backend,
                                RemoteJob remote, BackendContext at) {
  auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(kFirstPoll);
  bool cancelled = false;
  while (remote.state == RemoteState::queued || remote.state == RemoteState::running) {
    if (context->stop.stop_requested() && !cancelled) {
      cancelled = true;
      (void)co_await backend->cancel(remote.id, at);
    }
    timer.expires_after(pause);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    pause = std::min<std::chrono::milliseconds>(pause * 2, kLongestPoll);
    std::string id = remote.id;
    Result<RemoteJob> now = co_await backend->get(id, at);
    if (!now) co_return now.error();
    remote = *now;
    if (context->progress) context->progress(remote.fraction);
  }
  co_return remote;
}

// Why a job that ended has no outputs. A backend that can say it in a typed way does so on fetching.
Async<Error> reason_of(std::shared_ptr<ModelBackend> backend, RemoteJob remote, BackendContext at) {
  Result<std::vector<Asset>> fetched = co_await backend->fetch(remote.id, at);
  if (!fetched && fetched.error().code() != Errc::not_found) co_return fetched.error();
  if (remote.state == RemoteState::cancelled) co_return Error(Errc::cancelled, "the job was cancelled");
  co_return Error(Errc::provider, backend->name() + " failed: " + remote.error);
}

StepOutcome outcome_of(const RemoteJob& remote, std::vector<Asset> assets, const Attempt& attempt) {
  StepOutcome out;
  out.outputs = std::move(assets);
  if (remote.cost) out.cost = *remote.cost;
  Json facts = Json::object();
  facts.set("provider_id", remote.id).set("attempt", attempt.number).set("seed", std::int64_t{attempt.seed});
  if (!remote.remarks.empty()) facts.set("remarks", remote.remarks);
  out.facts = facts.dump();
  return out;
}

Async<int> next_attempt(std::shared_ptr<StepContext> context) {
  std::function<int()> count = [context] {
    int most = 0;
    auto known = context->journal->attempts(context->job);
    if (known)
      for (const AttemptRecord& r : *known)
        if (r.step == context->step.id) most = std::max(most, r.attempt);
    return most + 1;
  };
  return base::on_pool<int>(context->pool, std::move(count));
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
  Result<GenerationRequest> request = generation_from_json(context->step.params);
  if (!request) co_return request.error();
  std::shared_ptr<ModelBackend> backend = context->config->backends.find(backend_of(context->step));
  if (!backend)
    co_return Error(Errc::credentials,
                    "no backend named \"" + backend_of(context->step) + "\" is part of this pipeline");
  BackendContext at;
  at.store = context->store;
  at.pool = context->pool;
  Attempt attempt;
  attempt.job = context->job;
  attempt.key = context->step.key;
  attempt.number = co_await next_attempt(context);
  attempt.seed = attempt_seed(context->step, request->seed, attempt.number);
  AttemptRecord record = record_of(*context, attempt, "intent");
  Status noted = co_await note_state(context, record);
  if (!noted) co_return noted.error();
  GenerationInputs inputs = inputs_of(*context, *request);
  Result<RemoteJob> remote = co_await backend->create(*request, inputs, attempt, at);
  if (!remote) co_return remote.error();
  record.provider_id = remote->id;
  record.state = "accepted";
  noted = co_await note_state(context, record);
  if (!noted) co_return noted.error();
  RemoteJob accepted = *remote;
  remote = co_await follow(context, backend, accepted, at);
  if (!remote) co_return remote.error();
  if (remote->state != RemoteState::succeeded) {
    RemoteJob ended = *remote;
    Error why = co_await reason_of(backend, ended, at);
    record.state = ended.state == RemoteState::cancelled ? "cancelled" : "failed";
    record.detail = why.describe();
    (void)co_await note_state(context, record);
    co_return why;
  }
  std::string id = remote->id;
  Result<std::vector<Asset>> assets = co_await backend->fetch(id, at);
  if (!assets) co_return assets.error();
  for (const std::string& remark : remote->remarks) context->note(remark);
  if (remote->cost) record.settled = *remote->cost;
  record.state = "stored";
  noted = co_await note_state(context, record);
  if (!noted) co_return noted.error();
  co_return outcome_of(*remote, std::move(*assets), attempt);
}

}  // namespace vidgen::phases
