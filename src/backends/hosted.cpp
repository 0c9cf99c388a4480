// SPDX-License-Identifier: Apache-2.0
#include "backends/hosted.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "backends/answer.hpp"
#include "backends/table.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "flow/wait.hpp"
#include "plan/price.hpp"

namespace vidgen::backends {
namespace {

constexpr auto kPatience = std::chrono::seconds(5);  // of a stop, with a create whose answer is on its way

std::string environment(std::string_view name) {
  if (name.empty()) return {};
  const char* value = std::getenv(std::string(name).c_str());
  return value != nullptr ? value : "";
}

// An address without a path gets the default's: https://api.example.com means https://api.example.com/v1.
std::string base_of(const ProviderRow& row, std::string given) {
  if (given.empty()) given = environment(row.base_variable);
  if (given.empty()) given = std::string(row.default_base);
  while (!given.empty() && given.back() == '/') given.pop_back();
  const auto host = given.find("://");
  if (host != given.npos && given.find('/', host + 3) == given.npos) {
    const std::string_view standard = row.default_base;
    const auto path = standard.find('/', standard.find("://") + 3);
    if (path != standard.npos) given += standard.substr(path);
  }
  return given;
}

}  // namespace

HostedBackend::HostedBackend(const ProviderRow& row, const HostedOptions& options)
    : row_(row), transport_(options.transport), clock_(options.clock ? options.clock : machine_clock()), settle_(options.settle) {
  access_.key = options.key.empty() ? environment(row.key_variable) : options.key;
  access_.base = base_of(row, options.base_url);
  flow::AccountLimits limits = row.limits;
  if (options.concurrent > 0) limits.concurrent = options.concurrent;
  const std::uint64_t seed = options.seed != 0 ? options.seed : static_cast<std::uint64_t>(clock_->now_ms());
  const bool lists_all = row.list != nullptr && row.reconcile == Reconcile::list_reconcile;
  account_ = std::make_shared<Account>(limits, lists_all, row.shortest_poll, options.speed, seed);
}

std::string HostedBackend::unavailable() const {
  const bool needs_key =
      !row_.key_variable.empty() && (!row_.key_for_default_only || access_.base == row_.default_base);
  if (needs_key && access_.key.empty()) return std::string(row_.key_variable) + " is not set";
  if (access_.base.empty()) return std::string(row_.base_variable) + " is not set";
  return {};
}

// ---- calls

namespace {

// Completes so long after a stop.
Async<void> stopped_for(std::stop_token stop, std::chrono::seconds patience) {
  auto timer = std::make_shared<base::Timer>(co_await asio::this_coro::executor);
  timer->expires_at(base::TimerClock::time_point::max());
  auto on_stop = [timer, patience] {
    asio::post(timer->get_executor(), [timer, patience] { timer->expires_after(patience); });
  };
  std::stop_callback watch(stop, on_stop);
  for (;;) {
    boost::system::error_code moved;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, moved));
    const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    if (!moved || state.cancelled() != asio::cancellation_type::none) co_return;
  }
}

Async<HttpResponse> unless_stopped(Async<HttpResponse> exchange, std::stop_token stop, std::chrono::seconds patience) {
  using asio::experimental::awaitable_operators::operator||;
  Async<void> end = stopped_for(stop, patience);
  auto first = co_await (std::move(exchange) || std::move(end));
  if (first.index() == 0) co_return std::get<0>(std::move(first));
  HttpResponse cut;
  cut.sent = Sent::sent_unknown;
  cut.error = Error(Errc::interrupted, "the job was stopped before the answer came");
  co_return cut;
}

bool was_stopped(const HttpResponse& response) {
  return response.error && (response.error->code() == Errc::cancelled || response.error->code() == Errc::interrupted);
}

}  // namespace

// Every answer says what time it is there. A stop waits `patience` for it.
Async<HttpResponse> HostedBackend::exchange(HttpRequest request, std::stop_token stop, std::chrono::seconds patience) {
  Async<HttpResponse> begun = transport_->exchange(std::move(request));
  if (stop.stop_possible()) begun = unless_stopped(std::move(begun), stop, patience);
  HttpResponse response = co_await std::move(begun);
  if (const auto date = response.headers.find("date"); date != response.headers.end())
    if (const auto seconds = flow::parse_http_date(date->second)) account_->heard_time(*seconds * 1000);
  co_return response;
}

// A lost job is looked for from the moment it was sent, by the provider's clock: ours may be hours off. One asks, the
// others wait for it.
Async<Status> HostedBackend::learn_time(BackendContext context) {
  const bool can = row_.reconcile == Reconcile::list_reconcile && row_.check_key != nullptr;
  if (!context.sending || !can) co_return Status();
  while (account_->provider_ms() == 0 && asks_time_ && !context.stop.stop_requested())
    co_await account_->pause(std::chrono::milliseconds(50), context.stop);
  if (account_->provider_ms() != 0 || asks_time_.exchange(true)) co_return Status();
  HttpRequest request = row_.check_key(access_);
  Result<HttpResponse> answer = co_await send(request, flow::CallKind::read, "asking what time it is", context);
  asks_time_ = false;
  if (!answer && answer.error().code() == Errc::credentials) co_return answer.error();
  co_return Status();
}

// A call that may be repeated: again after what the retry rules say, until it works or they give up.
Async<Result<HttpResponse>> HostedBackend::send(HttpRequest request, flow::CallKind kind, std::string doing,
                                                BackendContext context, bool takes_refusal) {
  flow::Nanos not_before = flow::Nanos::min();
  for (int made = 1;; ++made) {
    flow::Ticket ticket;
    ticket.job = context.job;
    ticket.kind = kind;
    Result<flow::TicketId> turn = co_await account_->turn(ticket, context.stop, not_before);
    if (!turn) co_return turn.error();
    HttpRequest copy = request;
    HttpResponse response = co_await exchange(std::move(copy), context.stop, std::chrono::seconds(0));
    // That somebody had enough of waiting says nothing about the provider.
    const bool stopped = was_stopped(response);
    const flow::Outcome outcome = stopped ? flow::Outcome::not_sent : outcome_of(row_, response, false);
    const flow::Feedback feedback = feedback_of(response, clock_->now_ms() / 1000);
    account_->report(*turn, outcome, feedback);
    if (stopped) co_return *response.error;
    const flow::Decision decision = account_->decide(outcome, made, feedback.wait);
    if (outcome == flow::Outcome::ok) co_return response;
    const bool refusal = outcome == flow::Outcome::refused || outcome == flow::Outcome::permanent;
    if (takes_refusal && refusal && !response.error) co_return response;
    if (decision.action != flow::Action::again) {
      Error why = error_of(row_, response, outcome, doing);
      if (response.status == 404 || response.status == 410) co_return missing(why);
      co_return why;
    }
    not_before = account_->now() + decision.after;
  }
}

// The one POST of an attempt. Only what surely was not executed is sent again.
Async<Result<HttpResponse>> HostedBackend::post_once(std::shared_ptr<CreateCall> call, Attempt attempt,
                                                     BackendContext context, std::shared_ptr<flow::TicketId> place) {
  const std::string doing = "making " + call->request.role + " with " + call->model.name;
  flow::Nanos not_before = flow::Nanos::min();
  for (int made = 1;; ++made) {
    flow::Ticket ticket;
    ticket.id = *place;
    ticket.job = attempt.job;
    ticket.step = attempt.key;
    ticket.kind = flow::CallKind::create;
    ticket.tail = flow::Nanos((context.tail * Rational(1'000'000'000)).round());
    Result<flow::TicketId> turn = co_await account_->turn(ticket, context.stop, not_before);
    if (!turn) co_return turn.error();
    *place = *turn;
    Result<HttpRequest> request = row_.create(access_, *call);
    if (!request) {
      account_->report(*turn, flow::Outcome::not_sent);
      account_->release(*turn);
      co_return request.error();
    }
    request->fresh = true;
    if (context.stop.stop_requested()) {
      account_->report(*turn, flow::Outcome::not_sent);
      account_->release(*turn);
      co_return Error(Errc::interrupted, "the job was stopped before this was sent");
    }
    if (context.sending) {
      Sending before;
      before.mark = call->mark;
      before.sent_ms = account_->provider_ms();
      Status announced = co_await context.sending(before);
      if (!announced) {
        account_->report(*turn, flow::Outcome::not_sent);
        account_->release(*turn);
        co_return announced.error();
      }
    }
    HttpRequest once = std::move(*request);
    // Where no list would show it, only the answer tells what became of it.
    std::stop_token stop = row_.list != nullptr ? context.stop : std::stop_token();
    HttpResponse response = co_await exchange(std::move(once), stop, kPatience);
    const flow::Outcome outcome = outcome_of(row_, response, true);
    const flow::Feedback feedback = feedback_of(response, clock_->now_ms() / 1000);
    std::optional<Error> why;
    if (outcome != flow::Outcome::ok) why = error_of(row_, response, outcome, doing);
    account_->report(*turn, outcome, feedback, why);
    // Refused, so not carried out: another way to say it, where this server wants one.
    if (outcome == flow::Outcome::permanent && row_.adjust != nullptr && row_.adjust(*call, response)) continue;
    const flow::Decision decision = account_->decide(outcome, made, feedback.wait);
    if (outcome == flow::Outcome::ok) co_return response;
    if (decision.action != flow::Action::again) {
      if (outcome != flow::Outcome::ambiguous) account_->release(*turn);
      co_return *why;
    }
    not_before = account_->now() + decision.after;
  }
}

// ---- the life of a job

// A provider that answers at once keeps nothing: what an earlier process got and did not store is gone, and paid for.
RemoteJob HostedBackend::died_with_its_process(const BackendContext& context) const {
  RemoteJob job;
  job.state = RemoteState::failed;
  job.error = "the process was interrupted before the answer was stored, and " + std::string(row_.name) + " keeps none";
  const bool by_token = context.model && plan::price_for(*context.model, context.size).kind == PriceKind::per_token;
  if (context.model && !by_token) job.cost = plan::cost_of(*context.model, context.size, context.seconds).likely;
  return job;
}

RemoteJob HostedBackend::take_in(const RemoteAnswer& answer, const BackendContext& context) {
  RemoteJob job = answer.job;
  job.created_ms = answer.created_ms;
  if (has_ended(job.state) && context.model)
    job.cost = settled_cost(*context.model, context.size, context.seconds, answer);
  std::lock_guard lock(mutex_);
  Known& known = known_[job.id];
  known.answer = answer;
  if (has_ended(job.state) && known.place != 0) {
    account_->release(known.place);
    known.place = 0;
  }
  return job;
}

void HostedBackend::forget(const std::string& id) {
  std::lock_guard lock(mutex_);
  auto it = known_.find(id);
  if (it == known_.end()) return;
  if (it->second.place != 0) account_->release(it->second.place);
  known_.erase(it);
}

// It may run, so it keeps its place until find() knows.
void HostedBackend::keep_place(const std::string& client_id, flow::TicketId place) {
  std::lock_guard lock(mutex_);
  unclear_[client_id] = place;
}

void HostedBackend::cleared_up(const std::string& client_id, const std::optional<RemoteJob>& found) {
  std::lock_guard lock(mutex_);
  const auto it = unclear_.find(client_id);
  if (it == unclear_.end()) return;
  if (found && !has_ended(found->state))
    known_[found->id].place = it->second;
  else
    account_->release(it->second);
  unclear_.erase(it);
}

Async<Result<RemoteJob>> HostedBackend::create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                               BackendContext context) {
  if (!context.model) co_return Error(Errc::internal, "a hosted backend needs the model's row");
  auto call = std::make_shared<CreateCall>();
  call->request = std::move(request);
  call->model = *context.model;
  call->seed = attempt.seed;
  call->deadline = attempt.deadline;
  call->client_id = client_id_of(attempt);
  call->webhook = context.webhook;
  Status filled = co_await fill_pictures(call, inputs, context);
  if (!filled) co_return filled.error();
  filled = co_await learn_time(context);
  if (!filled) co_return filled.error();
  auto place = std::make_shared<flow::TicketId>(0);
  Result<HttpResponse> response = co_await post_once(call, attempt, context, place);
  if (!response && response.error().code() == Errc::ambiguous) keep_place(call->client_id, *place);
  if (!response) co_return response.error();
  Result<RemoteAnswer> answer = row_.read_create(*call, *response);
  if (!answer) {  // it was accepted: what cannot be read now is found in the list, never asked for anew
    keep_place(call->client_id, *place);
    co_return Error(Errc::ambiguous, answer.error().message());
  }
  RemoteAnswer known = std::move(*answer);
  if (known.job.id.empty()) known.job.id = call->client_id;
  {
    std::lock_guard lock(mutex_);
    known_[known.job.id].place = *place;
  }
  co_return take_in(known, context);
}

Async<Result<RemoteAnswer>> HostedBackend::ask(std::string id, BackendContext context) {
  HttpRequest request = row_.get(access_, id);
  Result<HttpResponse> response = co_await send(request, flow::CallKind::read, "asking after " + id, context);
  if (!response) co_return response.error();
  Result<RemoteAnswer> answer = row_.read_get(access_, id, *response);
  if (!answer) co_return answer.error();
  if (answer->job.state == RemoteState::unknown && row_.reconcile == Reconcile::client_id && row_.list != nullptr)
    co_return co_await among_unfinished(id, context);
  if (row_.result == nullptr || answer->job.state != RemoteState::succeeded || !answer->outputs.empty())
    co_return answer;
  HttpRequest second = row_.result(access_, id);
  response = co_await send(second, flow::CallKind::read, "reading the result of " + id, context, true);
  if (!response) co_return response.error();
  co_return row_.read_result(access_, id, *response);
}

Async<Result<RemoteJob>> HostedBackend::get(std::string id, BackendContext context) {
  {
    std::lock_guard lock(mutex_);
    auto it = known_.find(id);
    if (it != known_.end() && has_ended(it->second.answer.job.state)) {
      RemoteJob job = it->second.answer.job;
      job.created_ms = it->second.answer.created_ms;
      if (context.model) job.cost = settled_cost(*context.model, context.size, context.seconds, it->second.answer);
      co_return job;
    }
  }
  if (row_.get == nullptr) co_return died_with_its_process(context);
  Result<RemoteAnswer> answer = co_await ask(id, context);
  const bool forgotten = !answer && answer.error().code() == Errc::not_found && row_.reconcile == Reconcile::client_id;
  if (forgotten) {  // by a server that was restarted: made again, for nothing was delivered
    RemoteJob job;
    job.id = id;
    job.state = RemoteState::failed;
    job.error = "it was interrupted there: " + answer.error().message();
    co_return job;
  }
  if (!answer) co_return answer.error();
  co_return take_in(*answer, context);
}

Async<Status> HostedBackend::cancel(std::string id, BackendContext context) {
  if (row_.cancel == nullptr) co_return Status();
  context.stop = std::stop_token();  // a stopped job is what is cancelled
  HttpRequest request = row_.cancel(access_, id);
  Result<HttpResponse> response = co_await send(request, flow::CallKind::cancel, "cancelling " + id, context);
  forget(id);  // its place is free, whatever came of it
  if (!response) co_return response.error();
  if (row_.cancel_also == nullptr) co_return Status();
  HttpRequest second = row_.cancel_also(access_, id);
  response = co_await send(second, flow::CallKind::cancel, "cancelling " + id, context);
  if (!response) co_return response.error();
  co_return Status();
}

}  // namespace vidgen::backends

VIDGEN_NAMESPACE_BEGIN

Result<std::shared_ptr<ModelBackend>> hosted_backend(std::string_view provider, const HostedOptions& options) {
  const backends::ProviderRow* row = backends::find_provider(provider);
  if (row == nullptr) return Error(Errc::not_found, "there is no provider \"" + std::string(provider) + "\"");
  HostedOptions whole = options;
  if (!whole.transport) whole.transport = beast_transport(TransportOptions());
  std::shared_ptr<ModelBackend> backend = std::make_shared<backends::HostedBackend>(*row, whole);
  return backend;
}

std::vector<std::string> hosted_providers() {
  std::vector<std::string> out;
  for (const backends::ProviderRow* row : backends::providers()) out.emplace_back(row->name);
  return out;
}

VIDGEN_NAMESPACE_END
