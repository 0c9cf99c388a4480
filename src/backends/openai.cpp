// SPDX-License-Identifier: Apache-2.0
// OpenAI, and the servers that speak its language (llama.cpp, Ollama, vLLM). Facts: the provider's OpenAPI document
// (github.com/openai/openai-openapi, 2026-08-21), its guides on structured output, images and speech, and its page of
// error codes (https://developers.openai.com/api/docs/guides/error-codes).
//
// Every call is answered with its result: there is no job to ask after, none to find again, and no key that makes a
// call safe to repeat. 500 and 503 are documented as "retry", and an answer that is an error is not billed. A base URL
// of the user's own needs no key.
#include <algorithm>

#include "backends/answer.hpp"
#include "backends/model_input.hpp"
#include "backends/openai_text.hpp"
#include "backends/outputs.hpp"
#include "backends/table.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

constexpr int kNotExecuted[] = {500, 503};
constexpr std::size_t kMostPictures = 10;

void sign(const Access& access, HttpRequest& r) {
  if (!access.key.empty()) r.headers["authorization"] = "Bearer " + access.key;
}

HttpRequest post(const Access& access, const std::string& path, const Json& body) {
  HttpRequest r = call_json(openai(), access, path, body);
  r.deadlines.first_byte = std::chrono::minutes(10);  // the work is done before the first byte
  r.body_limit = 256LL << 20;
  return r;
}

Result<HttpRequest> create(const Access& access, const CreateCall& c) {
  const ModelKind kind = c.request.kind;
  if (kind == ModelKind::llm) {
    VIDGEN_TRY(body, text_body(c));
    return post(access, uses_responses(c.model) ? "/responses" : "/chat/completions", body);
  }
  if (kind != ModelKind::image && kind != ModelKind::speech)
    return Error(Errc::unsupported, c.model.name + ": this provider makes texts, pictures and speech only");
  Json body = Json::object();
  body.set("model", c.model.id);
  const Json input = model_input(c);
  for (const auto& [key, value] : input.members()) body.set(key, value);
  return post(access, kind == ModelKind::image ? "/images/generations" : "/audio/speech", body);
}

std::string picture_type(std::string_view bytes) {
  if (bytes.substr(0, 4) == "\x89PNG") return "image/png";
  if (bytes.substr(0, 2) == "\xFF\xD8") return "image/jpeg";
  if (bytes.substr(0, 4) == "RIFF") return "image/webp";
  return "application/octet-stream";
}

RemoteAnswer done() {
  RemoteAnswer out;
  out.job.state = RemoteState::succeeded;
  out.job.fraction = 1;
  return out;
}

Result<RemoteAnswer> read_pictures(const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  RemoteAnswer out = done();
  read_usage(body["usage"], out);
  for (const Json& one : body["data"].items()) {
    if (out.outputs.size() >= kMostPictures) break;
    if (one["b64_json"].is_string()) {
      VIDGEN_TRY(bytes, decode_base64(one["b64_json"].as_string()));
      Output picture;
      picture.mime = picture_type(bytes);
      picture.bytes = std::move(bytes);
      out.outputs.push_back(std::move(picture));
    } else if (const std::string url = one["url"].as_string(); is_url(url)) {
      out.outputs.emplace_back(url);
    }
  }
  if (out.outputs.empty()) return Error(Errc::provider, "openai: the answer holds no picture");
  return out;
}

std::int64_t characters_in(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

Result<RemoteAnswer> read_speech(const CreateCall& c, const HttpResponse& response) {
  if (response.error) return *response.error;
  const auto type = response.headers.find("content-type");
  Output sound;
  sound.mime = type == response.headers.end() ? "audio/mpeg" : type->second.substr(0, type->second.find(';'));
  if (response.body.empty() || sound.mime == "application/json" || sound.mime.substr(0, 5) == "text/")
    return Error(Errc::provider, "openai: the answer is not sound");
  RemoteAnswer out = done();
  sound.bytes = response.body;
  out.outputs.push_back(std::move(sound));
  out.characters = characters_in(c.request.prompt);
  return out;
}

Result<RemoteAnswer> read_create(const CreateCall& c, const HttpResponse& response) {
  if (c.request.kind == ModelKind::llm) return read_text(c, response);
  if (c.request.kind == ModelKind::image) return read_pictures(response);
  return read_speech(c, response);
}

HttpRequest check_key(const Access& access) {
  return call(openai(), access, "GET", "/models");
}

ProviderRow make_row() {
  ProviderRow row;
  row.name = "openai";
  row.key_variable = "OPENAI_API_KEY";
  row.base_variable = "OPENAI_BASE_URL";
  row.default_base = "https://api.openai.com/v1";
  row.key_for_default_only = true;
  row.reconcile = Reconcile::none;
  row.limits.creates = {500, std::chrono::seconds(60), 20};
  row.limits.others = {500, std::chrono::seconds(60), 20};
  row.limits.concurrent = 20;
  row.inline_limit = 4 << 20;
  row.means_not_executed = kNotExecuted;
  row.sign = &sign;
  row.create = &create;
  row.read_create = &read_create;
  row.adjust = &adjust_text;
  row.check_key = &check_key;
  return row;
}

}  // namespace

const ProviderRow& openai() {
  static const ProviderRow row = make_row();
  return row;
}

}  // namespace vidgen::backends
