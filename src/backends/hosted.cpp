// SPDX-License-Identifier: Apache-2.0
#include "backends/hosted.hpp"

#include <algorithm>

#include "backends/answer.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/digest.hpp"
#include "base/offload.hpp"
#include "base/random.hpp"
#include "base/try.hpp"
#include "flow/reconcile.hpp"
#include "plan/price.hpp"

namespace vidgen::backends {
namespace {

constexpr int kDownloads = 3;               // tries, each going on where the last was cut
constexpr std::size_t kMostListPages = 200;  // 20,000 jobs
constexpr std::int64_t kUploadLimit = 100LL << 20;

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

bool has_ended(RemoteState state) {
  return state == RemoteState::succeeded || state == RemoteState::failed || state == RemoteState::cancelled;
}

AssetKind kind_of(std::string_view mime) {
  if (mime.substr(0, 6) == "image/") return AssetKind::image;
  if (mime.substr(0, 6) == "video/") return AssetKind::video;
  if (mime.substr(0, 6) == "audio/") return AssetKind::audio;
  if (mime == "application/json") return AssetKind::json;
  return AssetKind::other;
}

std::string suffix_of(std::string_view mime) {
  const auto slash = mime.find('/');
  std::string out = slash == mime.npos ? "bin" : std::string(mime.substr(slash + 1));
  for (char& c : out)
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) c = '_';
  return out;
}

std::string short_type(const HttpResponse& r) {
  auto it = r.headers.find("content-type");
  if (it == r.headers.end()) return "application/octet-stream";
  return it->second.substr(0, it->second.find(';'));
}

}  // namespace

HostedBackend::HostedBackend(const ProviderRow& row, const HostedOptions& options)
    : row_(row), transport_(options.transport), settle_(options.settle) {
  access_.key = options.key.empty() ? environment(row.key_variable) : options.key;
  access_.base = base_of(row, options.base_url);
  flow::AccountLimits limits = row.limits;
  if (options.concurrent > 0) limits.concurrent = options.concurrent;
  const std::uint64_t seed = options.seed != 0 ? options.seed : static_cast<std::uint64_t>(base::now_ms());
  const bool lists_all = row.list != nullptr && row.reconcile == Reconcile::list_reconcile;
  account_ = std::make_shared<Account>(limits, lists_all, row.shortest_poll, options.speed, seed);
}

std::string HostedBackend::unavailable() const {
  const bool needs_key = !row_.key_variable.empty() && (!row_.key_for_default_only || access_.base == row_.default_base);
  if (needs_key && access_.key.empty()) return std::string(row_.key_variable) + " is not set";
  if (access_.base.empty()) return std::string(row_.base_variable) + " is not set";
  return {};
}

// ---- calls

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
    HttpResponse response = co_await transport_->exchange(std::move(copy));
    const flow::Outcome outcome = outcome_of(row_, response, false);
    const flow::Feedback feedback = feedback_of(response, base::now_ms() / 1000);
    account_->report(*turn, outcome, feedback);
    const flow::Decision decision = account_->decide(outcome, made, feedback.wait);
    if (outcome == flow::Outcome::ok) co_return response;
    if (response.error && response.error->code() == Errc::cancelled) co_return *response.error;
    const bool refusal = outcome == flow::Outcome::refused || outcome == flow::Outcome::permanent;
    if (takes_refusal && refusal && !response.error) co_return response;
    if (decision.action != flow::Action::again) co_return error_of(row_, response, outcome, doing);
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
    HttpRequest once = std::move(*request);
    HttpResponse response = co_await transport_->exchange(std::move(once));
    const flow::Outcome outcome = outcome_of(row_, response, true);
    const flow::Feedback feedback = feedback_of(response, base::now_ms() / 1000);
    account_->report(*turn, outcome, feedback);
    // Refused, so not carried out: another way to say it, where this server wants one.
    if (outcome == flow::Outcome::permanent && row_.adjust != nullptr && row_.adjust(*call, response)) continue;
    const flow::Decision decision = account_->decide(outcome, made, feedback.wait);
    if (outcome == flow::Outcome::ok) co_return response;
    if (decision.action != flow::Action::again) {
      if (outcome != flow::Outcome::ambiguous) account_->release(*turn);
      co_return error_of(row_, response, outcome, doing);
    }
    not_before = account_->now() + decision.after;
  }
}

// ---- pictures on their way out

Async<Result<std::string>> HostedBackend::uploaded(Asset asset, BackendContext context) {
  std::function<Result<std::string>()> find = [context, asset] { return context.store->path(asset.sha256); };
  Result<std::string> path = co_await base::on_pool<Result<std::string>>(context.pool, std::move(find));
  if (!path) co_return path.error();
  const std::string name = "input-" + base::unique_id() + "." + suffix_of(asset.mime);
  HttpRequest request = row_.upload(access_, *path, name, asset.mime);
  Result<HttpResponse> response = co_await send(request, flow::CallKind::read, "uploading a picture", context);
  if (!response) co_return response.error();
  co_return row_.read_upload(access_, *response);
}

// As the provider takes it: small ones inside the request, others by their own URL. `own_upload`: a URL that no other
// attempt has, for models that take no seed to be recognised by.
Async<Result<std::string>> HostedBackend::picture(Asset asset, bool own_upload, BackendContext context) {
  if (asset.bytes <= 0 || asset.mime.empty()) {
    std::function<Asset()> look = [context, asset] {
      Asset whole = asset;
      auto bytes = context.store->read(asset.sha256);
      if (!bytes) return whole;
      whole.bytes = static_cast<std::int64_t>(bytes->size());
      const std::string_view head(bytes->data(), std::min<std::size_t>(bytes->size(), 12));
      if (whole.mime.empty())
        whole.mime = head.substr(0, 4) == "\x89PNG"          ? "image/png"
                     : head.substr(0, 2) == "\xFF\xD8"       ? "image/jpeg"
                     : head.substr(0, 4) == "RIFF"           ? "image/webp"
                     : head.substr(0, 3) == "GIF"            ? "image/gif"
                                                             : "application/octet-stream";
      return whole;
    };
    asset = co_await base::on_pool<Asset>(context.pool, std::move(look));
  }
  if (asset.bytes > kUploadLimit) co_return Error(Errc::media_limit, "a picture of more than 100 MB cannot be sent");
  const bool fits = asset.bytes <= row_.inline_limit;
  if (row_.upload != nullptr && (own_upload || !fits)) co_return co_await uploaded(asset, context);
  if (!fits)
    co_return Error(Errc::media_limit, std::string(row_.name) + " takes pictures of at most " +
                                           std::to_string(row_.inline_limit >> 10) + " kB: give a smaller one");
  std::function<Result<std::string>()> read = [context, asset]() -> Result<std::string> {
    VIDGEN_TRY(bytes, context.store->read(asset.sha256));
    return data_uri(bytes, asset.mime);
  };
  co_return co_await base::on_pool<Result<std::string>>(context.pool, std::move(read));
}

Async<Status> HostedBackend::fill_pictures(std::shared_ptr<CreateCall> call, GenerationInputs inputs,
                                           BackendContext context) {
  bool own_upload = row_.reconcile == Reconcile::list_reconcile && call->model.seed_bits == 0;
  if (inputs.first_frame) {
    Result<std::string> url = co_await picture(*inputs.first_frame, own_upload, context);
    if (!url) co_return url.error();
    call->first_frame = *url;
    own_upload = false;
  }
  if (inputs.last_frame) {
    Result<std::string> url = co_await picture(*inputs.last_frame, own_upload, context);
    if (!url) co_return url.error();
    call->last_frame = *url;
    own_upload = false;
  }
  if (call->model.fields.count("references") == 0) co_return Status();
  std::vector<Asset> pictures = inputs.references;
  pictures.insert(pictures.end(), inputs.images.begin(), inputs.images.end());
  for (const Asset& one : pictures) {
    if (static_cast<int>(call->references.size()) >= call->model.references_max) break;
    Result<std::string> url = co_await picture(one, own_upload, context);
    if (!url) co_return url.error();
    call->references.push_back(*url);
    own_upload = false;
  }
  co_return Status();
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
  if (has_ended(job.state) && context.model) job.cost = settled_cost(*context.model, context.size, context.seconds, answer);
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
  auto place = std::make_shared<flow::TicketId>(0);
  Result<HttpResponse> response = co_await post_once(call, attempt, context, place);
  if (!response) co_return response.error();
  Result<RemoteAnswer> answer = row_.read_create(*call, *response);
  // It was accepted: what cannot be read now is found in the list, never asked for anew.
  if (!answer) co_return Error(Errc::ambiguous, answer.error().message());
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
  if (row_.result == nullptr || answer->job.state != RemoteState::succeeded || !answer->outputs.empty()) co_return answer;
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

// One list serves every job that is waited for.
Async<Status> HostedBackend::ask_list(BackendContext context) {
  std::string cursor;
  // By the provider's clock where it said when they were made: a list of all that ran in two hours can be long.
  const std::int64_t oldest = account_->oldest_ms();
  const std::int64_t since = oldest > 0 ? oldest - 60'000 : base::now_ms() - 3'600'000 * 2;
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
      } else if (now.error().retryable() && question->kind != flow::PollKind::hand_over) {
        account_->unheard(job.id);
        continue;
      }
    }
    if (!now) {
      out = now.error();
      break;
    }
    job = *now;
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

// ---- results

Async<Result<Asset>> HostedBackend::download(Output output, BackendContext context) {
  if (output.url.rfind("data:", 0) == 0 || output.url.empty()) {
    std::function<Result<Asset>()> put = [context, output]() -> Result<Asset> {
      if (output.url.empty()) return context.store->put(output.bytes, kind_of(output.mime), output.mime);
      VIDGEN_TRY(decoded, decode_data_uri(output.url));
      return context.store->put(decoded.bytes, kind_of(decoded.mime), decoded.mime);
    };
    co_return co_await base::on_pool<Result<Asset>>(context.pool, std::move(put));
  }
  std::function<Result<std::string>()> scratch = [context] { return context.store->scratch("download"); };
  Result<std::string> path = co_await base::on_pool<Result<std::string>>(context.pool, std::move(scratch));
  if (!path) co_return path.error();
  HttpRequest request;
  if (output.trusted && row_.sign != nullptr) row_.sign(access_, request);
  request.url = output.url;
  request.trust = output.trusted ? UrlTrust::trusted : UrlTrust::foreign;
  request.redirects = 3;
  request.save_to = *path;
  request.body_limit = 2LL << 30;
  Error why(Errc::provider, "");
  for (int made = 1; made <= kDownloads; ++made) {
    HttpRequest copy = request;
    HttpResponse response = co_await transport_->exchange(std::move(copy));
    if (response.file && !response.error && response.status / 100 == 2) {
      const std::string mime = short_type(response);
      std::function<Result<Asset>()> put = [context, from = *path, mime] {
        return context.store->put_file(from, kind_of(mime), mime, false);
      };
      co_return co_await base::on_pool<Result<Asset>>(context.pool, std::move(put));
    }
    if (response.file) request.resume_tag = response.file->tag;
    const flow::Outcome outcome = outcome_of(row_, response, false);
    why = error_of(row_, response, outcome, "fetching a result");
    if (response.error && response.error->code() == Errc::url_refused) why = *response.error;
    const flow::Decision decision = account_->decide(outcome, made, feedback_of(response, base::now_ms() / 1000).wait);
    const bool cut = response.error && response.sent == Sent::answered;
    if (!cut && decision.action != flow::Action::again) break;
    co_await account_->pause(decision.after);
  }
  co_return why;
}

Async<Result<std::vector<Asset>>> HostedBackend::fetch(std::string id, BackendContext context) {
  RemoteAnswer answer;
  {
    std::lock_guard lock(mutex_);
    auto it = known_.find(id);
    if (it != known_.end()) answer = it->second.answer;
  }
  if (answer.job.state != RemoteState::succeeded || answer.outputs.empty()) {
    if (row_.get == nullptr) co_return Error(Errc::not_found, std::string(row_.name) + " keeps no results");
    Result<RemoteAnswer> asked = co_await ask(id, context);
    if (!asked) co_return asked.error();
    answer = std::move(*asked);
  }
  if (answer.job.state != RemoteState::succeeded) co_return Error(Errc::not_found, "job " + id + " has no result");
  if (answer.outputs.empty() && answer.removed)
    co_return Error(Errc::provider, std::string(row_.name) + " has deleted the result of " + id +
                                        ": results are kept there for an hour; it was paid for and is lost");
  if (answer.outputs.empty()) co_return Error(Errc::provider, "job " + id + " succeeded without a result");
  std::vector<Asset> out;
  for (const Output& one : answer.outputs) {
    Result<Asset> asset = co_await download(one, context);
    if (!asset) co_return asset.error();
    out.push_back(*asset);
  }
  forget(id);
  co_return out;
}

// ---- what became of a lost create

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
  lost.ended = std::chrono::milliseconds(base::now_ms());
  const flow::Nanos began = account_->now();  // the wait is in the provider's time
  lost.model = context.model ? context.model->id : std::string();
  if (context.model && context.model->seed_bits > 0) lost.seed = attempt.seed;
  lost.upload_url = attempt.mark;
  flow::ReconcilePolicy policy;
  policy.settle = flow::Nanos((settle_ * Rational(1'000'000'000)).round());
  for (;;) {
    Result<std::vector<RemoteAnswer>> listed = co_await list_since(flow::since(lost, policy).count() / 1'000'000, context);
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
      co_return Error(Errc::ambiguous, "it cannot be told whether " + std::string(row_.name) + " accepted it: " +
                                           std::string(verdict.why));
    if (context.stop.stop_requested()) co_return Error(Errc::interrupted, "the search for a lost job was stopped");
    co_await account_->pause(std::max(flow::Nanos(std::chrono::seconds(1)), verdict.look_at - look.at));
  }
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
