// SPDX-License-Identifier: Apache-2.0
// fal's queue. Facts: npm @fal-ai/client 1.10.1 and https://docs.fal.ai (read 2026-11).
//
// A job's id here is "owner/app/requests/<request id>": its address needs the app, without the rest of the model's
// path. There is no list and no key that makes a submit safe to repeat. COMPLETED only says that it has ended; whether
// it worked is in `error` of the status or in the answer to the call for the result.
#include <algorithm>

#include "backends/answer.hpp"
#include "backends/model_input.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

constexpr std::string_view kRequests = "/requests/";

void sign(const Access& access, HttpRequest& r) {
  r.headers["authorization"] = "Key " + access.key;
}

bool is_path(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";
  return !text.empty() && text.size() <= 256 && text.find_first_not_of(kLetters) == text.npos &&
         text.find("..") == text.npos && text.find("//") == text.npos && text.front() != '/' && text.back() != '/';
}

// "fal-ai/wan/v2.2-5b/image-to-video" is asked about as "fal-ai/wan".
std::string app_of(const std::string& model) {
  const std::size_t owner = model.find('/');
  return model.substr(0, owner == model.npos ? owner : model.find('/', owner + 1));
}

Result<HttpRequest> create(const Access& access, const CreateCall& c) {
  if (!is_path(c.model.id) || c.model.id.find('/') == std::string::npos)
    return Error(Errc::model_unknown, c.model.name + ": \"" + c.model.id + "\" is no model of fal: write owner/app");
  HttpRequest r = call_json(fal(), access, "/" + c.model.id, model_input(c));
  r.headers["x-fal-request-timeout"] = std::to_string(std::max<std::int64_t>(1, c.deadline.ceil()));
  return r;
}

Result<RemoteAnswer> read_create(const CreateCall& c, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  const std::string id = body["request_id"].as_string();
  if (!is_plain_id(id)) return Error(Errc::provider, "fal: the answer names no request");
  RemoteAnswer out;
  out.job.id = app_of(c.model.id) + std::string(kRequests) + id;
  out.model = c.model.id;
  return out;
}

// A place that no answer can have led us to: an id that is none asks for what is not there.
std::string path_of(const std::string& id) {
  return is_path(id) && id.find(kRequests) != id.npos ? "/" + id : "/-";
}

HttpRequest get(const Access& access, const std::string& id) {
  return call(fal(), access, "GET", path_of(id) + "/status");
}

RemoteState state_of(const Json& status) {
  const std::string word = status["status"].as_string();
  if (word == "IN_QUEUE") return RemoteState::queued;
  if (word == "IN_PROGRESS") return RemoteState::running;
  if (word != "COMPLETED") return RemoteState::unknown;
  if (status["error_type"].as_string() == "request_cancelled") return RemoteState::cancelled;
  return status["error"].is_null() ? RemoteState::succeeded : RemoteState::failed;
}

std::string words_of(const Json& status) {
  const Json& error = status["error"];
  const std::string type = shortened(status["error_type"].as_string(), 80);
  std::string out = shortened(error.is_string() ? error.as_string() : error["message"].as_string());
  if (out.empty()) out = "it gave no reason";
  return type.empty() ? out : out + " (" + type + ")";
}

Result<RemoteAnswer> read_get(const Access&, const std::string& id, const HttpResponse& response) {
  VIDGEN_TRY(status, json_of(response));
  const std::string about = status["request_id"].as_string();
  const bool other = !about.empty() && id.substr(id.rfind('/') + 1) != about;
  if (!status["status"].is_string() || other) return Error(Errc::provider, "fal: the answer is about another request");
  RemoteAnswer out;
  out.job.id = id;
  out.job.state = state_of(status);
  if (out.job.state == RemoteState::failed || out.job.state == RemoteState::cancelled) out.job.error = words_of(status);
  const Json& seconds = status["metrics"]["inference_time"];
  if (seconds.is_number() && seconds.as_double() >= 0 && seconds.as_double() < 1e6)
    out.gpu_seconds = Rational(static_cast<std::int64_t>(seconds.as_double() * 1e6 + 0.5), 1000000);
  return out;
}

HttpRequest result(const Access& access, const std::string& id) {
  return call(fal(), access, "GET", path_of(id));
}

// The files of an answer: the members that hold some, else whatever looks like one.
std::vector<Output> files_of(const Json& body) {
  for (const char* key : {"video", "videos", "images", "image", "audio", "audio_file"})
    if (auto found = outputs_of(body[key]); !found.empty()) return found;
  return outputs_of(body);
}

// A refused result is a job that failed: {"detail": [{"msg": …, "type": "content_policy_violation"}]}.
RemoteAnswer failed(const std::string& id, const HttpResponse& response) {
  RemoteAnswer out;
  out.job.id = id;
  out.job.state = RemoteState::failed;
  out.job.error = error_words(response).words;
  auto body = Json::parse(response.body);
  if (body && !(*body)["detail"].items().empty()) {
    const std::string type = (*body)["detail"].items().front()["type"].as_string();
    if (!type.empty()) out.job.error += " (" + shortened(type, 80) + ")";
  }
  if (out.job.error.empty()) out.job.error = "status " + std::to_string(response.status);
  return out;
}

Result<RemoteAnswer> read_result(const Access&, const std::string& id, const HttpResponse& response) {
  if (response.status / 100 != 2) return failed(id, response);
  VIDGEN_TRY(body, json_of(response));
  RemoteAnswer out;
  out.job.id = id;
  out.job.state = RemoteState::succeeded;
  out.job.fraction = 1;
  out.outputs = files_of(body);
  if (body["seed"].is_int() && body["seed"].as_int() >= 0) out.seed = static_cast<std::uint64_t>(body["seed"].as_int());
  return out;
}

HttpRequest cancel(const Access& access, const std::string& id) {
  return call(fal(), access, "PUT", path_of(id) + "/cancel");
}

ProviderRow make_row() {
  ProviderRow row;
  row.name = "fal";
  row.key_variable = "FAL_KEY";
  row.base_variable = "FAL_BASE_URL";
  row.default_base = "https://queue.fal.run";
  row.reconcile = Reconcile::none;
  row.limits.creates = {600, std::chrono::seconds(60), 10};
  row.limits.others = {1200, std::chrono::seconds(60), 20};
  row.limits.concurrent = 10;
  row.inline_limit = 8 << 20;
  row.sign = &sign;
  row.create = &create;
  row.read_create = &read_create;
  row.get = &get;
  row.read_get = &read_get;
  row.result = &result;
  row.read_result = &read_result;
  row.cancel = &cancel;
  return row;
}

}  // namespace

const ProviderRow& fal() {
  static const ProviderRow row = make_row();
  return row;
}

}  // namespace vidgen::backends
