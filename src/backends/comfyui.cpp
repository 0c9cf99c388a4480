// SPDX-License-Identifier: Apache-2.0
// ComfyUI, a server of one's own. Facts: docs.comfy.org/development/comfyui-server/comms_routes (read 2026-11).
//
// A model is a workflow in the API format that ComfyUI exports, unchanged: models/comfyui/<id>.json, or the text in the
// row's field "workflow". The row's other fields say where our words go: "6.text" is input `text` of node 6. We choose
// the prompt_id, so a lost answer is looked up. No key, no price; without COMFYUI_BASE_URL it is not there.
#include <algorithm>

#include "backends/answer.hpp"
#include "backends/model_input.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/embedded.hpp"
#include "base/try.hpp"
#include "embedded/workflows.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

constexpr std::size_t kMostFiles = 64;

Result<Json> workflow_of(const ModelProfile& model) {
  const auto own = model.fields.find("workflow");
  if (own != model.fields.end()) {
    auto parsed = Json::parse(own->second);
    if (parsed && parsed->is_object()) return *parsed;
    return Error(Errc::model_unknown, model.name + ": the row's workflow is not a JSON object");
  }
  for (const base::EmbeddedFile& file : embedded::workflows())
    if (file.name == model.id + ".json") return Json::parse(file.text);
  return Error(Errc::model_unknown, model.name + ": there is no workflow \"" + model.id + "\"; put one into the row");
}

Status place(Json& workflow, const std::string& where, const Json& value) {
  const std::size_t dot = where.find('.');
  const std::string name = where.substr(0, dot);
  const Json* found = dot == where.npos ? nullptr : workflow.find(name);
  if (found == nullptr) return Error(Errc::model_unknown, "the workflow has no node for \"" + where + "\"");
  Json node = *found;
  Json inputs = node["inputs"];
  inputs.set(where.substr(dot + 1), value);
  node.set("inputs", std::move(inputs));
  workflow.set(name, std::move(node));
  return {};
}

Result<HttpRequest> create(const Access& access, const CreateCall& c) {
  VIDGEN_TRY(workflow, workflow_of(c.model));
  CreateCall plain = c;
  plain.model.fields.erase("workflow");
  const Json input = model_input(plain);
  for (const auto& [where, value] : input.members()) VIDGEN_CHECK(place(workflow, where, value));
  Json body = Json::object();
  body.set("prompt", std::move(workflow)).set("client_id", "vidgen").set("prompt_id", c.client_id);
  return call_json(comfyui(), access, "/prompt", body);
}

Result<RemoteAnswer> read_create(const CreateCall&, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  RemoteAnswer out;
  out.job.id = body["prompt_id"].as_string();
  if (!is_plain_id(out.job.id)) return Error(Errc::provider, "comfyui: the answer names no prompt_id");
  return out;
}

HttpRequest get(const Access& access, const std::string& id) {
  return call(comfyui(), access, "GET", "/history/" + id);
}

// What a run says of its end: ["execution_error", {"exception_message": …}].
void read_messages(const Json& status, RemoteJob& job) {
  for (const Json& message : status["messages"].items()) {
    if (message.items().size() < 2) continue;
    const std::string word = message.items()[0].as_string();
    if (word == "execution_interrupted") job.state = RemoteState::cancelled;
    if (word == "execution_error") job.error = shortened(message.items()[1]["exception_message"].as_string());
  }
  if (job.state == RemoteState::cancelled) job.error = "it was cancelled";
  if (job.state == RemoteState::failed && job.error.empty()) job.error = "it gave no reason";
}

// A file by its parts; the address is made here, so it may have the base URL's rights.
void read_file(const Access& access, const Json& file, std::vector<Output>& saved, std::vector<Output>& others) {
  const std::string name = file["filename"].as_string(), type = file["type"].as_string();
  if (name.empty() || saved.size() + others.size() >= kMostFiles) return;
  Output out(access.base + "/view?filename=" + url_encoded(name) + "&subfolder=" +
             url_encoded(file["subfolder"].as_string()) + "&type=" + url_encoded(type.empty() ? "output" : type));
  out.trusted = true;
  (type == "temp" ? others : saved).push_back(std::move(out));
}

// What was saved; previews only where nothing was.
std::vector<Output> files_of(const Access& access, const Json& outputs) {
  std::vector<Output> saved, previews;
  for (const auto& [node, output] : outputs.members())
    for (const char* key : {"videos", "gifs", "images", "audio"})
      for (const Json& file : output[key].items()) read_file(access, file, saved, previews);
  return saved.empty() ? previews : saved;
}

Result<RemoteAnswer> read_get(const Access& access, const std::string& id, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  if (!body.is_object()) return Error(Errc::provider, "comfyui: the answer is no history");
  RemoteAnswer out;
  out.job.id = id;
  out.job.state = RemoteState::unknown;
  const Json* run = body.find(id);
  if (run == nullptr) return out;
  const Json& status = (*run)["status"];
  const std::string word = status["status_str"].as_string();
  if (word == "success") out.job.state = RemoteState::succeeded;
  if (word == "error") out.job.state = RemoteState::failed;
  if (word.empty()) out.job.state = RemoteState::succeeded;  // old servers list only what has ended
  if (out.job.state == RemoteState::unknown) out.job.state = RemoteState::running;
  read_messages(status, out.job);
  if (out.job.state != RemoteState::succeeded) return out;
  out.job.fraction = 1;
  out.outputs = files_of(access, (*run)["outputs"]);
  return out;
}

HttpRequest list(const Access& access, std::int64_t, const std::string&) {
  return call(comfyui(), access, "GET", "/queue");
}

Result<ListPage> read_list(const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  if (!body["queue_running"].is_array() && !body["queue_pending"].is_array())
    return Error(Errc::provider, "comfyui: the answer is no queue");
  ListPage page;
  for (const char* key : {"queue_running", "queue_pending"})
    for (const Json& row : body[key].items()) {
      if (row.items().size() < 2 || !is_plain_id(row.items()[1].as_string())) continue;
      RemoteAnswer one;
      one.job.id = row.items()[1].as_string();
      one.job.state = std::string_view(key) == "queue_running" ? RemoteState::running : RemoteState::queued;
      page.jobs.push_back(std::move(one));
    }
  return page;
}

// One call takes it out of the queue, the other stops it when it runs.
HttpRequest cancel(const Access& access, const std::string& id) {
  Json body = Json::object();
  body.set("delete", std::vector<std::string>{id});
  return call_json(comfyui(), access, "/queue", body);
}

HttpRequest cancel_also(const Access& access, const std::string& id) {
  Json body = Json::object();
  body.set("prompt_id", id);
  return call_json(comfyui(), access, "/interrupt", body);
}

HttpRequest upload(const Access& access, const std::string& path, const std::string& name, const std::string& mime) {
  HttpRequest r = call(comfyui(), access, "POST", "/upload/image");
  HttpPart part;
  part.name = "image";
  part.filename = name;
  part.type = mime;
  part.file = path;
  r.parts.push_back(std::move(part));
  return r;
}

Result<std::string> read_upload(const Access&, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  const std::string name = body["name"].as_string(), folder = body["subfolder"].as_string();
  if (name.empty()) return Error(Errc::provider, "comfyui: the answer to an upload names no file");
  return folder.empty() ? name : folder + "/" + name;
}

HttpRequest check_key(const Access& access) {
  return call(comfyui(), access, "GET", "/system_stats");
}

ProviderRow make_row() {
  ProviderRow row;
  row.name = "comfyui";
  row.base_variable = "COMFYUI_BASE_URL";
  row.reconcile = Reconcile::client_id;
  row.limits.creates = {600, std::chrono::seconds(60), 50};
  row.limits.others = {3000, std::chrono::seconds(60), 50};
  row.limits.concurrent = 50;  // the server has a queue of its own
  row.create = &create;
  row.read_create = &read_create;
  row.get = &get;
  row.read_get = &read_get;
  row.cancel = &cancel;
  row.cancel_also = &cancel_also;
  row.list = &list;
  row.read_list = &read_list;
  row.upload = &upload;
  row.read_upload = &read_upload;
  row.check_key = &check_key;
  return row;
}

}  // namespace

const ProviderRow& comfyui() {
  static const ProviderRow row = make_row();
  return row;
}

}  // namespace vidgen::backends
