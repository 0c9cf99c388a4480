// SPDX-License-Identifier: Apache-2.0
// A backend of the host's own: each member of ModelBackend becomes a call that the host answers when it can.
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/once.hpp"
#include "capi/src/common.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/host_struct.hpp"

struct vg_generation {
  vidgen::GenerationRequest request;
  vidgen::Attempt attempt;
  std::string first, last, json = "{}", attempt_key;
  std::vector<std::string> references;
};

namespace vidgen::capi {

// What a call was answered with.
struct Answer {
  Answer() = default;
  std::optional<RemoteJob> job;
  std::vector<Asset> outputs;
  std::optional<Error> error;
};

}  // namespace vidgen::capi

struct vg_call {
  std::shared_ptr<vidgen::base::Once<vidgen::capi::Answer>> asker;
  vidgen::capi::Answer answer;
  std::shared_ptr<vidgen::Store> store;
  std::shared_ptr<const vg_generation> generation;
  std::string id;
  std::shared_ptr<const void> backend;  // stays while it is being asked
};

namespace vidgen::capi {
namespace {

AssetKind kind_of_mime(std::string_view mime) {
  if (mime.rfind("image/", 0) == 0) return AssetKind::image;
  if (mime.rfind("video/", 0) == 0) return AssetKind::video;
  if (mime.rfind("audio/", 0) == 0) return AssetKind::audio;
  if (mime == "application/json") return AssetKind::json;
  return AssetKind::other;
}

// What may cost money, and what ends it, is heard to the end: its answer says what was bought.
const std::stop_token kToTheEnd;

Answer stopped() {
  Answer answer;
  answer.error = Error(Errc::interrupted, "the job was stopped; the provider goes on");
  return answer;
}

void answer(vg_call* call) {
  const std::unique_ptr<vg_call> own(call);
  own->asker->answer(std::move(own->answer));
}

class HostBackend final : public ModelBackend, public std::enable_shared_from_this<HostBackend> {
 public:
  explicit HostBackend(const vg_backend& backend) : name_(backend.name), host_(backend) {}

  std::string name() const override { return name_; }
  Reconcile reconcile_kind() const override { return static_cast<Reconcile>(static_cast<int>(host_.part.reconcile)); }
  bool ends_with_process() const override { return host_.part.ends_with_process != 0; }
  std::string unavailable() const override {
    return host_.part.unavailable != nullptr ? text_or_empty(host_.part.unavailable(host_.part.user)) : std::string();
  }

  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    Result<std::shared_ptr<const vg_generation>> generation = generation_of(request, inputs, attempt, context);
    if (!generation) co_return generation.error();
    auto ask = [](const vg_backend& b, vg_call* c) { b.create(b.user, c->generation.get(), c); };
    std::function<void(const vg_backend&, vg_call*)> what = ask;
    Answer answer = co_await asked(what, *generation, std::string(), context, kToTheEnd);
    co_return job_of(std::move(answer));
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    auto ask = [](const vg_backend& b, vg_call* c) { b.get(b.user, c->id.c_str(), c); };
    std::function<void(const vg_backend&, vg_call*)> what = ask;
    Answer answer = co_await asked(what, nullptr, id, context, context.stop);
    co_return job_of(std::move(answer));
  }
  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) override {
    auto ask = [](const vg_backend& b, vg_call* c) { b.fetch(b.user, c->id.c_str(), c); };
    std::function<void(const vg_backend&, vg_call*)> what = ask;
    Answer answer = co_await asked(what, nullptr, id, context, context.stop);
    if (answer.error) co_return *answer.error;
    if (answer.outputs.empty()) co_return Error(Errc::host, "the backend \"" + name_ + "\" fetched nothing");
    co_return answer.outputs;
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    auto ask = [](const vg_backend& b, vg_call* c) { b.cancel(b.user, c->id.c_str(), c); };
    std::function<void(const vg_backend&, vg_call*)> what = ask;
    Answer answer = co_await asked(what, nullptr, id, context, kToTheEnd);
    if (answer.error) co_return *answer.error;
    co_return Status();
  }
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override {
    GenerationRequest none;
    GenerationInputs no_inputs;
    Result<std::shared_ptr<const vg_generation>> generation = generation_of(none, no_inputs, attempt, context);
    if (!generation) co_return generation.error();
    auto ask = [](const vg_backend& b, vg_call* c) { b.find(b.user, c->generation.get(), c); };
    std::function<void(const vg_backend&, vg_call*)> what = ask;
    Answer answer = co_await asked(what, *generation, std::string(), context, context.stop);
    if (answer.error) co_return *answer.error;
    co_return answer.job;
  }

 private:
  Result<RemoteJob> job_of(Answer answer) const {
    if (answer.error) return *answer.error;
    if (!answer.job || answer.job->id.empty())
      return Error(Errc::host, "the backend \"" + name_ + "\" answered without a job");
    return *answer.job;
  }

  static Result<std::string> path_of(const std::optional<Asset>& asset, const BackendContext& context) {
    return asset ? context.store->path(asset->sha256) : Result<std::string>(std::string());
  }

  static Result<std::shared_ptr<const vg_generation>> generation_of(const GenerationRequest& request,
                                                                    const GenerationInputs& inputs,
                                                                    const Attempt& attempt,
                                                                    const BackendContext& context) {
    auto out = std::make_shared<vg_generation>();
    out->request = request;
    out->attempt = attempt;
    out->attempt_key = attempt.job + "-" + attempt.key.substr(0, 16) + "-" + std::to_string(attempt.number);
    if (!request.model.empty()) out->json = to_json(request);
    VIDGEN_TRY(first, path_of(inputs.first_frame, context));
    VIDGEN_TRY(last, path_of(inputs.last_frame, context));
    out->first = std::move(first);
    out->last = std::move(last);
    for (const std::vector<Asset>* list : {&inputs.references, &inputs.images})
      for (const Asset& asset : *list) {
        VIDGEN_TRY(path, context.store->path(asset.sha256));
        out->references.push_back(std::move(path));
      }
    return std::shared_ptr<const vg_generation>(std::move(out));
  }

  // Asks the host on the pool, because it may block there; resumes when it has answered, or with a stop.
  Async<Answer> asked(std::function<void(const vg_backend&, vg_call*)> what,
                      std::shared_ptr<const vg_generation> generation, std::string id, BackendContext context,
                      std::stop_token stop) {
    auto call = std::make_shared<std::unique_ptr<vg_call>>(std::make_unique<vg_call>());
    (*call)->generation = std::move(generation);
    (*call)->id = std::move(id);
    (*call)->store = context.store;
    (*call)->backend = shared_from_this();
    // `self`: the answer may let go of the last other owner while the host's function still runs.
    auto begin = [self = shared_from_this()](auto handler, std::shared_ptr<std::unique_ptr<vg_call>> own,
                                             asio::any_io_executor pool,
                                             std::function<void(const vg_backend&, vg_call*)> ask, std::stop_token until) {
      auto asker = std::make_shared<base::Once<Answer>>(Handler<Answer>(std::move(handler)));
      (*own)->asker = asker;
      asio::post(pool, [self, own, ask = std::move(ask)] { ask(self->host_.part, own->release()); });
      // Last: when the stop is there already, the coroutine goes on in here and takes this closure with its frame.
      asker->stop_with(std::move(until), stopped());
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(begin, asio::use_awaitable,
                                                                             std::move(call), context.pool,
                                                                             std::move(what), std::move(stop));
  }

  const std::string name_;
  HostStruct<vg_backend> host_;
};

}  // namespace

std::shared_ptr<ModelBackend> backend_of(const vg_backend& backend) {
  return std::make_shared<HostBackend>(backend);
}

}  // namespace vidgen::capi

using namespace vidgen;
using namespace vidgen::capi;

const char* vg_generation_kind(const vg_generation* g) {
  return to_string(g->request.kind).data();
}
const char* vg_generation_role(const vg_generation* g) {
  return g->request.role.c_str();
}
const char* vg_generation_model(const vg_generation* g) {
  return g->request.model.c_str();
}
const char* vg_generation_prompt(const vg_generation* g) {
  return g->request.prompt.c_str();
}
const char* vg_generation_negative_prompt(const vg_generation* g) {
  return g->request.negative_prompt.c_str();
}
void vg_generation_size(const vg_generation* g, int* width, int* height) {
  put(g->request.size, width, height);
}
void vg_generation_fps(const vg_generation* g, int64_t* numerator, int64_t* denominator) {
  put(g->request.fps, numerator, denominator);
}
int64_t vg_generation_duration_ms(const vg_generation* g) {
  return ms(g->request.seconds);
}
const char* vg_generation_first_frame(const vg_generation* g) {
  return g->first.empty() ? nullptr : g->first.c_str();
}
const char* vg_generation_last_frame(const vg_generation* g) {
  return g->last.empty() ? nullptr : g->last.c_str();
}
size_t vg_generation_reference_count(const vg_generation* g) {
  return g->references.size();
}
const char* vg_generation_reference(const vg_generation* g, size_t index) {
  return nth(g->references, index);
}
uint32_t vg_generation_seed(const vg_generation* g) {
  return g->attempt.seed;
}
const char* vg_generation_job(const vg_generation* g) {
  return g->attempt.job.c_str();
}
const char* vg_generation_key(const vg_generation* g) {
  return g->attempt.key.c_str();
}
int vg_generation_attempt(const vg_generation* g) {
  return g->attempt.number;
}
const char* vg_generation_attempt_key(const vg_generation* g) {
  return g->attempt_key.c_str();
}
const char* vg_generation_json(const vg_generation* g) {
  return g->json.c_str();
}

void vg_call_job(vg_call* call, const char* id, vg_remote_state state, double fraction, int64_t cost,
                 const char* error) {
  RemoteJob job;
  job.id = text_or_empty(id);
  job.state = static_cast<RemoteState>(static_cast<int>(state));
  job.fraction = fraction;
  job.error = text_or_empty(error);
  if (cost >= 0) job.cost = Money::micros(cost);
  call->answer.job = std::move(job);
  answer(call);
}
vg_status vg_call_add_file(vg_call* call, const char* path, const char* mime) {
  return guard(nullptr, [&]() -> Status {
    const std::string type = text_or_empty(mime);
    VIDGEN_TRY(asset, call->store->put_file(text_or_empty(path), kind_of_mime(type), type, true));
    call->answer.outputs.push_back(std::move(asset));
    return {};
  });
}
vg_status vg_call_add_bytes(vg_call* call, const void* bytes, size_t size, const char* mime) {
  return guard(nullptr, [&]() -> Status {
    const std::string type = text_or_empty(mime);
    const std::string_view data(static_cast<const char*>(bytes), size);
    VIDGEN_TRY(asset, call->store->put(data, kind_of_mime(type), type));
    call->answer.outputs.push_back(std::move(asset));
    return {};
  });
}
void vg_call_done(vg_call* call) {
  answer(call);
}
void vg_call_fail(vg_call* call, vg_status status, const char* message) {
  call->answer.error = Error(errc_of(status), text_or_empty(message));
  answer(call);
}

static_assert(static_cast<int>(RemoteState::cancelled) == VG_REMOTE_CANCELLED);
static_assert(static_cast<int>(Reconcile::none) == VG_RECONCILE_NONE);
static_assert(static_cast<int>(Sent::answered) == VG_ANSWERED);
