// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/try.hpp"
#include "python/src/bridges.hpp"

namespace vidgen::python {
namespace {

using base::Json;

constexpr std::string_view kStates[] = {"queued", "running", "succeeded", "failed", "cancelled", "unknown"};
constexpr std::string_view kReconcile[] = {"native_key", "client_id", "list_reconcile", "none"};

template <std::size_t N>
std::optional<int> index_of(const std::string_view (&words)[N], const std::string& word) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<int>(i);
  return std::nullopt;
}

Json value_of(const Attempt& a) {
  Json j = Json::object();
  j.set("job", a.job).set("key", a.key).set("number", a.number).set("seed", std::int64_t{a.seed});
  j.set("attempt_key", a.job + "-" + a.key.substr(0, 16) + "-" + std::to_string(a.number));
  j.set("deadline_seconds", a.deadline.to_double());
  return j;
}

Result<Json> path_of(const std::optional<Asset>& asset, const Store& store) {
  if (!asset) return Json();
  VIDGEN_TRY(path, store.path(asset->sha256));
  return Json(path);
}

Result<Json> value_of(const GenerationInputs& inputs, const Store& store) {
  Json j = Json::object(), references = Json::array();
  VIDGEN_TRY(first, path_of(inputs.first_frame, store));
  VIDGEN_TRY(last, path_of(inputs.last_frame, store));
  for (const std::vector<Asset>* list : {&inputs.references, &inputs.images})
    for (const Asset& asset : *list) {
      VIDGEN_TRY(path, store.path(asset.sha256));
      references.push(Json(path));
    }
  j.set("first_frame", first).set("last_frame", last).set("references", references);
  return j;
}

Result<std::optional<RemoteJob>> job_in(const std::string& answer) {
  VIDGEN_TRY(j, Json::parse(answer));
  if (!j.is_object()) return std::optional<RemoteJob>();
  RemoteJob job;
  job.id = j["id"].as_string();
  const auto state = index_of(kStates, j["state"].as_string());
  if (job.id.empty() || !state) return Error(Errc::host, "a backend written in Python answered without id and state");
  job.state = static_cast<RemoteState>(*state);
  job.fraction = j["fraction"].as_double();
  job.error = j["error"].as_string();
  if (j["cost_micros"].is_int()) job.cost = Money::micros(j["cost_micros"].as_int());
  return std::optional<RemoteJob>(std::move(job));
}

Result<RemoteJob> must_be_there(Result<std::optional<RemoteJob>> job) {
  if (!job) return job.error();
  if (!*job) return Error(Errc::host, "a backend written in Python answered without a job");
  return **job;
}

class PyBackend final : public ModelBackend {
 public:
  explicit PyBackend(const py::object& bridge)
      : bridge_(keep(bridge)),
        name_(py::str(bridge.attr("name"))),
        reconcile_(static_cast<Reconcile>(index_of(kReconcile, py::str(bridge.attr("reconcile"))).value_or(3))),
        ends_(bridge.attr("ends_with_process").cast<bool>()) {}

  std::string name() const override { return name_; }
  Reconcile reconcile_kind() const override { return reconcile_; }
  bool ends_with_process() const override { return ends_; }
  std::string unavailable() const override {
    py::gil_scoped_acquire gil;
    try {
      return py::str(bridge_->attr("unavailable")());
    } catch (py::error_already_set& e) {
      return error_of(e, "unavailable").message();
    }
  }

  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    Result<Json> with = value_of(inputs, *context.store);
    if (!with) co_return with.error();
    Result<Json> what = Json::parse(to_json(request));
    if (!what) co_return what.error();
    Json payload = Json::object();
    payload.set("request", *what).set("attempt", value_of(attempt)).set("inputs", *with);
    Question question = of("create", payload);
    Result<std::string> answer = co_await asked(context.pool, bridge_, question);
    if (!answer) co_return answer.error();
    co_return must_be_there(job_in(*answer));
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    Question question = of("get", by_id(id), context.stop);
    Result<std::string> answer = co_await asked(context.pool, bridge_, question);
    if (!answer) co_return answer.error();
    co_return must_be_there(job_in(*answer));
  }
  Async<Result<std::vector<Asset>>> fetch(std::string id, BackendContext context) override {
    Question question = of("fetch", by_id(id), context.stop);
    Result<std::string> answer = co_await asked(context.pool, bridge_, question);
    if (!answer) co_return answer.error();
    Result<std::vector<Asset>> files = files_of(*answer, *context.store);
    if (files && files->empty()) co_return Error(Errc::host, "the backend \"" + name_ + "\" fetched nothing");
    co_return files;
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    Question question = of("cancel", by_id(id));
    Result<std::string> answer = co_await asked(context.pool, bridge_, question);
    if (!answer) co_return answer.error();
    co_return Status();
  }
  Async<Result<std::optional<RemoteJob>>> find(Attempt attempt, BackendContext context) override {
    Json payload = Json::object();
    payload.set("attempt", value_of(attempt));
    Question question = of("find", payload, context.stop);
    Result<std::string> answer = co_await asked(context.pool, bridge_, question);
    if (!answer) co_return answer.error();
    co_return job_in(*answer);
  }

 private:
  static Json by_id(const std::string& id) {
    Json j = Json::object();
    j.set("id", id);
    return j;
  }
  // Heard to the end: what may cost money, and what ends it.
  static Question of(const char* method, const Json& payload) {
    Question question;
    question.first = method;
    question.payload = payload.dump();
    return question;
  }
  // Those that can be asked again.
  static Question of(const char* method, const Json& payload, const std::stop_token& stop) {
    Question question = of(method, payload);
    question.how = Stop::leaves;
    question.stop = stop;
    return question;
  }

  const Kept bridge_;
  const std::string name_;
  const Reconcile reconcile_;
  const bool ends_;
};

}  // namespace

std::shared_ptr<ModelBackend> backend_of(const py::object& bridge) {
  return std::make_shared<PyBackend>(bridge);
}

}  // namespace vidgen::python
