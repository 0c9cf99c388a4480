// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "base/try.hpp"
#include "python/src/bridges.hpp"
#include "vidgen/pipeline.hpp"

namespace vidgen::python {
namespace {

using base::Json;

Result<Json> value_of(const Step& step) {
  VIDGEN_TRY(params, Json::parse(step.params.empty() ? "{}" : step.params));
  Json j = Json::object();
  j.set("id", step.id).set("kind", step.kind).set("phase", step.phase).set("params", params).set("label", step.label);
  return j;
}

Result<std::string> payload_of(const StepContext& context) {
  VIDGEN_TRY(step, value_of(context.step));
  VIDGEN_TRY(request, Json::parse(to_json(context.request)));
  Json inputs = Json::array();
  for (const StepOutcome& outcome : context.inputs) {
    Json one = Json::object(), paths = Json::array();
    for (const Asset& asset : outcome.outputs) {
      VIDGEN_TRY(path, context.store->path(asset.sha256));
      paths.push(Json(path));
    }
    auto facts = Json::parse(outcome.facts);
    one.set("paths", paths).set("facts", facts ? *facts : Json::object());
    inputs.push(one);
  }
  Json j = Json::object();
  j.set("job", context.job).set("step", step).set("inputs", inputs).set("request", request);
  j.set("folder", context.config->workspace + "/videos/" + context.job);
  return j.dump();
}

class PyKind final : public StepKind {
 public:
  PyKind(Kept bridge, std::string name) : bridge_(std::move(bridge)), name_(std::move(name)) {}
  std::string_view name() const override { return name_; }

  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override {
    Result<std::string> payload = payload_of(*context);
    if (!payload) co_return payload.error();
    Question question;
    question.attribute = "run";
    question.first = name_;
    question.payload = std::move(*payload);
    question.how = Stop::cancels;  // a function that goes on must not meet itself when the job does
    question.stop = context->stop;
    Result<std::string> answer = co_await asked(context->pool, bridge_, question);
    if (!answer) co_return answer.error();
    co_return outcome_of(*answer, *context->store);
  }

 private:
  static Result<StepOutcome> outcome_of(const std::string& answer, Store& store) {
    VIDGEN_TRY(j, Json::parse(answer));
    StepOutcome out;
    VIDGEN_TRY(files, files_of(answer, store));
    out.outputs = std::move(files);
    out.facts = j["facts"].is_object() ? j["facts"].dump() : "{}";
    out.cost = Money::micros(j["cost_micros"].as_int());
    return out;
  }

  const Kept bridge_;
  const std::string name_;
};

Result<std::vector<Step>> steps_in(const std::string& text) {
  VIDGEN_TRY(list, Json::parse(text));
  std::vector<Step> out;
  for (const Json& j : list.items()) {
    Step step;
    step.id = j["id"].as_string();
    step.kind = j["kind"].as_string();
    step.params = j["params"].is_object() ? j["params"].dump() : "{}";
    step.label = j["label"].as_string();
    for (const Json& input : j["inputs"].items()) step.inputs.push_back(input.as_string());
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace

Phase phase_of(const py::object& bridge) {
  Phase phase;
  const Kept kept = keep(bridge);
  phase.number = bridge.attr("number").cast<int>();
  phase.name = py::str(bridge.attr("name"));
  phase.status = take(parse_job_status(std::string(py::str(bridge.attr("status")))));
  for (const py::handle& kind : bridge.attr("kinds"))
    phase.kinds.push_back(std::make_shared<PyKind>(kept, std::string(py::str(kind))));
  phase.extend = [kept](const Spec& spec, const Plan& plan) -> Result<std::vector<Step>> {
    const std::string s = to_json(spec), p = to_json(plan);
    std::string answer;
    {
      py::gil_scoped_acquire gil;
      try {
        answer = py::str(kept->attr("extend")(s, p));
      } catch (py::error_already_set& e) {
        return error_of(e, "extending a plan");
      }
    }
    return steps_in(answer);
  };
  return phase;
}

}  // namespace vidgen::python
