// SPDX-License-Identifier: Apache-2.0
// Runway. Facts: npm @runwayml/sdk 4.20.1 and https://docs.dev.runwayml.com (read 2026-11).
//
// There is no list of tasks and no key that makes a create safe to repeat: a lost answer is asked about. A task says
// what it cost, in credits of a cent. Tasks are not to be asked after more often than every 5 seconds. Results expire
// after a day; asking again names fresh URLs.
#include <algorithm>

#include "backends/answer.hpp"
#include "backends/model_input.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

constexpr std::int64_t kCredit = 10'000;           // micro-dollars
constexpr std::size_t kPromptUnits = 1000;         // UTF-16
constexpr std::int64_t kPictureBytes = 3'900'000;  // a data URI of at most 5 MiB
constexpr const char* kPromptField = "promptText";

void sign(const Access& access, HttpRequest& r) {
  r.headers["authorization"] = "Bearer " + access.key;
  r.headers["x-runway-version"] = "2024-11-06";
}

// What fits, cut behind a word.
std::string prompt_that_fits(const std::string& prompt) {
  std::size_t units = 0, end = 0, word = 0;
  for (; end < prompt.size(); ++end) {
    const auto c = static_cast<unsigned char>(prompt[end]);
    if ((c & 0xC0) == 0x80) continue;
    units += c >= 0xF0 ? 2 : 1;
    if (units > kPromptUnits) return prompt.substr(0, word > 0 ? word : end);
    if (c == ' ') word = end;
  }
  return prompt;
}

Json picture(const std::string& uri, const char* position) {
  Json j = Json::object();
  j.set("uri", uri).set("position", position);
  return j;
}

Result<HttpRequest> create(const Access& access, const CreateCall& c) {
  if (c.request.kind != ModelKind::video)
    return Error(Errc::unsupported, c.model.name + ": only clips are made with this provider");
  CreateCall without = c;  // the pictures go into one field, each with its position
  without.first_frame.clear();
  without.last_frame.clear();
  Json body = Json::object();
  body.set("model", c.model.id);
  const Json input = model_input(without);
  for (const auto& [key, value] : input.members()) body.set(key, value);
  if (body[kPromptField].is_string()) body.set(kPromptField, prompt_that_fits(body[kPromptField].as_string()));
  if (c.first_frame.empty() && c.last_frame.empty()) return call_json(runway(), access, "/v1/text_to_video", body);
  Json pictures = Json::array();
  if (!c.first_frame.empty()) pictures.push(picture(c.first_frame, "first"));
  if (!c.last_frame.empty()) pictures.push(picture(c.last_frame, "last"));
  body.set("promptImage", std::move(pictures));
  return call_json(runway(), access, "/v1/image_to_video", body);
}

Result<RemoteAnswer> read_create(const CreateCall&, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  RemoteAnswer out;
  out.job.id = body["id"].as_string();
  if (!is_plain_id(out.job.id)) return Error(Errc::provider, "runway: the answer names no task");
  return out;
}

RemoteState state_of(const std::string& word) {
  if (word == "PENDING" || word == "THROTTLED") return RemoteState::queued;
  if (word == "RUNNING") return RemoteState::running;
  if (word == "SUCCEEDED") return RemoteState::succeeded;
  if (word == "FAILED") return RemoteState::failed;
  if (word == "CANCELLED") return RemoteState::cancelled;
  return RemoteState::unknown;
}

// The code says more than the words do: all that begin with SAFETY are refusals of content.
std::string failure_of(const Json& task) {
  const std::string code = shortened(task["failureCode"].as_string(), 80);
  std::string out = shortened(task["failure"].as_string());
  if (out.empty()) out = "it gave no reason";
  if (code.rfind("SAFETY", 0) == 0) return "refused by the safety system, " + code + ": " + out;
  return code.empty() ? out : out + " (" + code + ")";
}

Result<RemoteAnswer> read_get(const Access&, const std::string& id, const HttpResponse& response) {
  VIDGEN_TRY(task, json_of(response));
  if (!task.is_object() || task["id"].as_string() != id)
    return Error(Errc::provider, "runway: the answer is about another task");
  RemoteAnswer out;
  out.job.id = id;
  out.job.state = state_of(task["status"].as_string());
  if (out.job.state == RemoteState::failed) out.job.error = failure_of(task);
  if (out.job.state == RemoteState::cancelled) out.job.error = "it was cancelled";
  if (out.job.state == RemoteState::running) out.job.fraction = std::clamp(task["progress"].as_double(), 0.0, 1.0);
  if (out.job.state == RemoteState::succeeded) {
    out.job.fraction = 1;
    out.outputs = outputs_of(task["output"]);
    out.removed = out.outputs.empty();
  }
  const Json& credits = task["cost"]["credits"];
  if (credits.is_number() && credits.as_double() >= 0 && credits.as_double() < 1e6)
    out.cost = Money::micros(static_cast<std::int64_t>(credits.as_double() * kCredit + 0.5));
  out.created_ms = time_ms(task["createdAt"].as_string());
  return out;
}

HttpRequest get(const Access& access, const std::string& id) {
  return call(runway(), access, "GET", "/v1/tasks/" + id);
}

HttpRequest cancel(const Access& access, const std::string& id) {
  return call(runway(), access, "DELETE", "/v1/tasks/" + id);
}

ProviderRow make_row() {
  ProviderRow row;
  row.name = "runway";
  row.key_variable = "RUNWAYML_API_SECRET";
  row.base_variable = "RUNWAYML_BASE_URL";
  row.default_base = "https://api.dev.runwayml.com";
  row.reconcile = Reconcile::none;
  row.limits.creates = {60, std::chrono::seconds(60), 5};
  row.limits.others = {600, std::chrono::seconds(60), 20};
  row.limits.concurrent = 5;
  row.inline_limit = kPictureBytes;
  row.shortest_poll = std::chrono::seconds(5);
  row.sign = &sign;
  row.create = &create;
  row.read_create = &read_create;
  row.get = &get;
  row.read_get = &read_get;
  row.cancel = &cancel;
  return row;
}

}  // namespace

const ProviderRow& runway() {
  static const ProviderRow row = make_row();
  return row;
}

}  // namespace vidgen::backends
