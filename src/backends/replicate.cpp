// SPDX-License-Identifier: Apache-2.0
// Replicate. Facts: the provider's OpenAPI document (https://api.replicate.com/openapi.json, 2026-03-16) and its pages
// on the life of a prediction, data retention, rate limits and webhooks (https://replicate.com/docs).
//
// There is no key that makes a create safe to repeat, so a lost answer is found again in the list by the attempt's seed
// or upload. Results are deleted an hour after the prediction ended. `starting`, `processing`, `succeeded`, `failed`,
// `canceled` and `aborted` (ended by its deadline before it started) are the known states; others are asked after
// again.
#include <algorithm>
#include <charconv>

#include "backends/answer.hpp"
#include "backends/model_input.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

constexpr std::string_view kDeployment = "deployments/";

void sign(const Access& access, HttpRequest& r) {
  r.headers["authorization"] = "Bearer " + access.key;
}

// "deployments/owner/name", "owner/name:version" or "owner/name" (a model that the provider keeps itself).
std::string create_path(const std::string& id) {
  if (id.rfind(kDeployment, 0) == 0) return "/" + id + "/predictions";
  if (id.find(':') != id.npos) return "/predictions";
  return "/models/" + id + "/predictions";
}

Result<HttpRequest> create(const Access& access, const CreateCall& c) {
  const std::string& id = c.model.id;
  if (id.find('/') == id.npos || id.find_first_of(" ?#%") != id.npos)
    return Error(Errc::model_unknown, c.model.name + ": \"" + id + "\" is no model of Replicate: write owner/name");
  Json body = Json::object();
  if (const auto colon = id.find(':'); colon != id.npos) body.set("version", id.substr(colon + 1));
  body.set("input", model_input(c));
  if (!c.webhook.empty())
    body.set("webhook", c.webhook).set("webhook_events_filter", std::vector<std::string>{"completed"});
  HttpRequest r = call_json(replicate(), access, create_path(id), body);
  // A prediction that nobody hears of again ends by itself.
  r.headers["cancel-after"] = std::to_string(std::max<std::int64_t>(5, c.deadline.ceil())) + "s";
  return r;
}

RemoteState state_of(const std::string& word) {
  if (word == "starting" || word == "queued") return RemoteState::queued;
  if (word == "processing") return RemoteState::running;
  if (word == "succeeded" || word == "successful") return RemoteState::succeeded;
  if (word == "failed") return RemoteState::failed;
  if (word == "canceled" || word == "aborted") return RemoteState::cancelled;
  return RemoteState::unknown;
}

// The last "42%|" of the log, as progress bars write it.
double progress_in(const std::string& logs) {
  for (std::size_t at = logs.rfind("%|"); at != logs.npos && at > 0; at = logs.rfind("%|", at - 1)) {
    std::size_t first = at;
    while (first > 0 && logs[first - 1] >= '0' && logs[first - 1] <= '9' && at - first < 3) --first;
    int percent = 0;
    auto [end, ec] = std::from_chars(logs.data() + first, logs.data() + at, percent);
    if (ec == std::errc{} && end == logs.data() + at && percent <= 100) return percent / 100.0;
    if (at == 0) break;
  }
  return 0;
}

void read_input(const Json& input, RemoteAnswer& out) {
  if (input["seed"].is_int() && input["seed"].as_int() >= 0)
    out.seed = static_cast<std::uint64_t>(input["seed"].as_int());
  // A data: URI recognises nothing, and can be large.
  for (const Output& url : outputs_of(input))
    if (url.url.rfind("data:", 0) != 0) out.urls.push_back(url.url);
}

Result<RemoteAnswer> read_prediction(const Json& p) {
  RemoteAnswer out;
  out.job.id = p["id"].as_string();
  if (!is_plain_id(out.job.id)) return Error(Errc::provider, "replicate: the answer is not a prediction");
  const std::string status = p["status"].as_string();
  out.job.state = state_of(status);
  out.job.error = shortened(p["error"].as_string());
  if (out.job.state == RemoteState::cancelled && out.job.error.empty())
    out.job.error =
        status == "aborted" ? "it did not start within its deadline" : "it was cancelled, or its deadline passed";
  out.job.fraction = out.job.state == RemoteState::succeeded ? 1 : progress_in(p["logs"].as_string());
  out.removed = p["data_removed"].as_bool();
  out.outputs = outputs_of(p["output"]);
  const Json& seconds = p["metrics"]["predict_time"];
  if (seconds.is_number() && seconds.as_double() >= 0 && seconds.as_double() < 1e6)
    out.gpu_seconds = Rational(static_cast<std::int64_t>(seconds.as_double() * 1e6 + 0.5), 1000000);
  out.model = p["model"].as_string();
  out.created_ms = time_ms(p["created_at"].as_string());
  out.job.ended_ms = time_ms(p["completed_at"].as_string());
  read_input(p["input"], out);
  return out;
}

Result<RemoteAnswer> read_create(const CreateCall&, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  return read_prediction(body);
}

HttpRequest get(const Access& access, const std::string& id) {
  return call(replicate(), access, "GET", "/predictions/" + id);
}

Result<RemoteAnswer> read_get(const Access&, const std::string& id, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  VIDGEN_TRY(out, read_prediction(body));
  if (out.job.id != id) return Error(Errc::provider, "replicate: the answer is about another prediction");
  return out;
}

HttpRequest cancel(const Access& access, const std::string& id) {
  return call(replicate(), access, "POST", "/predictions/" + id + "/cancel");
}

HttpRequest list(const Access& access, std::int64_t since_ms, const std::string& cursor) {
  const std::string query = cursor.empty() ? "created_after=" + url_encoded(iso_time(since_ms)) : cursor;
  return call(replicate(), access, "GET", "/predictions?" + query);
}

Result<ListPage> read_list(const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  if (!body["results"].is_array()) return Error(Errc::provider, "replicate: the answer is not a list of predictions");
  ListPage page;
  for (const Json& one : body["results"].items()) {
    auto read = read_prediction(one);
    if (read) page.jobs.push_back(std::move(*read));
  }
  // Only the query of the next page's URL is taken: where to ask is ours to say.
  const std::string next = body["next"].as_string();
  if (const auto mark = next.find('?'); mark != next.npos && next.find('#') == next.npos && next.find(' ') == next.npos)
    page.cursor = next.substr(mark + 1);
  return page;
}

HttpRequest upload(const Access& access, const std::string& path, const std::string& name, const std::string& mime) {
  HttpRequest r = call(replicate(), access, "POST", "/files");
  HttpPart part;
  part.name = "content";
  part.filename = name;
  part.type = mime;
  part.file = path;
  r.parts.push_back(std::move(part));
  return r;
}

Result<std::string> read_upload(const Access&, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  const std::string url = body["urls"]["get"].as_string();
  if (!is_url(url)) return Error(Errc::provider, "replicate: the answer to an upload names no URL");
  return url;
}

HttpRequest check_key(const Access& access) {
  return call(replicate(), access, "GET", "/account");
}

ProviderRow make_row() {
  ProviderRow row;
  row.name = "replicate";
  row.key_variable = "REPLICATE_API_TOKEN";
  row.base_variable = "REPLICATE_BASE_URL";
  row.default_base = "https://api.replicate.com/v1";
  row.reconcile = Reconcile::list_reconcile;
  row.limits.creates = {600, std::chrono::seconds(60), 10};
  row.limits.others = {3000, std::chrono::seconds(60), 50};
  row.limits.concurrent = 50;
  row.inline_limit = 256 << 10;
  row.sign = &sign;
  row.create = &create;
  row.read_create = &read_create;
  row.get = &get;
  row.read_get = &read_get;
  row.cancel = &cancel;
  row.list = &list;
  row.read_list = &read_list;
  row.upload = &upload;
  row.read_upload = &read_upload;
  row.read_webhook = &read_prediction;
  row.check_key = &check_key;
  return row;
}

}  // namespace

const ProviderRow& replicate() {
  static const ProviderRow row = make_row();
  return row;
}

}  // namespace vidgen::backends
