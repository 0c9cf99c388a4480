// SPDX-License-Identifier: Apache-2.0
#include "backends/openai_text.hpp"

#include <algorithm>

#include "backends/answer.hpp"
#include "base/try.hpp"

namespace vidgen::backends {
namespace {

using base::Json;

constexpr int kAsSchema = 0, kAsObject = 1;  // CreateCall::variant
constexpr std::int64_t kMostTokens = 100'000'000;

std::string field_or(const ModelProfile& model, const char* word, const char* other) {
  const auto it = model.fields.find(word);
  return it == model.fields.end() ? other : it->second;
}

Json message(const char* role, const std::string& content) {
  Json j = Json::object();
  j.set("role", role).set("content", content);
  return j;
}

std::string system_words(const CreateCall& c) {
  const LlmBrief& brief = c.request.llm;
  if (brief.schema.empty() || c.variant == kAsSchema) return brief.system;
  return brief.system + (brief.system.empty() ? "" : "\n\n") +
         "Answer with one JSON object and nothing else. It follows this JSON Schema:\n" + brief.schema;
}

// The conversation; one round of repair at most.
Json messages(const CreateCall& c, bool with_system) {
  const LlmBrief& brief = c.request.llm;
  Json list = Json::array();
  const std::string system = system_words(c);
  if (with_system && !system.empty()) list.push(message("system", system));
  list.push(message("user", c.request.prompt));
  if (!brief.repair.empty()) {
    list.push(message("assistant", brief.earlier));
    list.push(message("user", brief.repair));
  }
  return list;
}

// The format with its words at one level, as responses take it.
Result<Json> format_of(const CreateCall& c) {
  const LlmBrief& brief = c.request.llm;
  Json format = Json::object();
  if (c.variant == kAsObject) return std::move(format.set("type", "json_object"));
  auto schema = Json::parse(brief.schema);
  if (!schema || !schema->is_object()) return Error(Errc::invalid_argument, "the schema of the answer is not JSON");
  const std::string name = brief.schema_name.empty() ? "answer" : brief.schema_name;
  format.set("type", "json_schema").set("name", name).set("strict", true).set("schema", *schema);
  return format;
}

Json chat_format(Json format) {
  if (format["type"].as_string() != "json_schema") return format;
  Json inner = Json::object(), out = Json::object();
  for (const auto& [key, value] : format.members())
    if (key != "type") inner.set(key, value);
  out.set("type", "json_schema").set("json_schema", std::move(inner));
  return out;
}

void set_constants(const ModelProfile& model, Json& body) {
  for (const auto& [word, text] : model.fields) {
    if (word.empty() || word.front() != '=') continue;
    auto value = Json::parse(text);
    body.set(word.substr(1), value ? *value : Json(text));
  }
}

std::int64_t count_in(const Json& j) {
  return std::clamp<std::int64_t>(j.as_int(), 0, kMostTokens);
}

// What a model said: its text, and why there is none.
struct Said {
  Said() = default;
  std::string text, refusal, ended;  // ended: "length", "content_filter", or whatever else
};

Said said_in_chat(const Json& body) {
  Said said;
  const Json::Array& choices = body["choices"].items();
  if (choices.empty()) return said;
  const Json& message = choices.front()["message"];
  said.text = message["content"].as_string();
  said.refusal = message["refusal"].as_string();
  said.ended = choices.front()["finish_reason"].as_string();
  return said;
}

Said said_in_responses(const Json& body) {
  Said said;
  for (const Json& item : body["output"].items())
    for (const Json& part : item["content"].items()) {
      if (part["type"].as_string() == "output_text") said.text += part["text"].as_string();
      if (part["type"].as_string() == "refusal") said.refusal += part["refusal"].as_string();
    }
  const std::string reason = body["incomplete_details"]["reason"].as_string();
  said.ended = reason == "max_output_tokens" ? "length" : reason;
  if (body["status"].as_string() == "failed") said.ended = "failed: " + body["error"]["message"].as_string();
  return said;
}

// In words of which flow/ knows what they mean: a refusal names the content policy.
std::string why_failed(const Said& said, const LlmBrief& brief) {
  if (!said.refusal.empty()) return "the model refused by its content policy: " + shortened(said.refusal, 200);
  if (said.ended == "content_filter") return "the answer was held back by the provider's content_filter";
  if (said.ended == "length")
    return "the answer was cut off at " +
           (brief.max_tokens > 0 ? std::to_string(brief.max_tokens) + " tokens" : "the model's limit") +
           ": allow more, or ask for a shorter film";
  if (said.ended.rfind("failed", 0) == 0) return shortened(said.ended, 200);
  return said.text.empty() ? "the answer holds no text" : "";
}

}  // namespace

bool uses_responses(const ModelProfile& model) {
  return field_or(model, "endpoint", "chat") == "responses";
}

void read_usage(const Json& usage, RemoteAnswer& out) {
  const bool chat = usage.find("prompt_tokens") != nullptr;
  const Json& details = usage[chat ? "prompt_tokens_details" : "input_tokens_details"];
  out.tokens_in = count_in(usage[chat ? "prompt_tokens" : "input_tokens"]);
  out.tokens_out = count_in(usage[chat ? "completion_tokens" : "output_tokens"]);
  out.tokens_cached = std::min(count_in(details["cached_tokens"]), out.tokens_in);
  out.tokens_written = std::min(count_in(details["cache_write_tokens"]), out.tokens_in - out.tokens_cached);
}

Result<Json> text_body(const CreateCall& c) {
  const LlmBrief& brief = c.request.llm;
  const bool responses = uses_responses(c.model);
  Json body = Json::object();
  body.set("model", c.model.id);
  body.set(responses ? "input" : "messages", messages(c, !responses));
  if (responses && !system_words(c).empty()) body.set("instructions", system_words(c));
  if (responses) body.set("store", false);
  if (brief.max_tokens > 0)
    body.set(field_or(c.model, "max_tokens", responses ? "max_output_tokens" : "max_completion_tokens"),
             brief.max_tokens);
  if (!brief.schema.empty()) {
    VIDGEN_TRY(format, format_of(c));
    Json text = Json::object();
    if (responses)
      body.set("text", std::move(text.set("format", std::move(format))));
    else
      body.set("response_format", chat_format(std::move(format)));
  }
  set_constants(c.model, body);
  return body;
}

Result<RemoteAnswer> read_text(const CreateCall& c, const HttpResponse& response) {
  VIDGEN_TRY(body, json_of(response));
  if (!body.is_object()) return Error(Errc::provider, "openai: the answer is not an object");
  RemoteAnswer out;
  out.job.id = body["id"].as_string();
  if (!is_plain_id(out.job.id)) out.job.id.clear();
  out.model = body["model"].as_string();
  read_usage(body["usage"], out);
  Said said = uses_responses(c.model) ? said_in_responses(body) : said_in_chat(body);
  out.job.error = why_failed(said, c.request.llm);
  if (!out.job.error.empty()) {
    out.job.state = RemoteState::failed;
    return out;
  }
  out.job.state = RemoteState::succeeded;
  out.job.fraction = 1;
  Output text;
  text.bytes = std::move(said.text);
  text.mime = c.request.llm.schema.empty() ? "text/plain" : "application/json";
  out.outputs.push_back(std::move(text));
  return out;
}

bool adjust_text(CreateCall& call, const HttpResponse& response) {
  if (call.request.kind != ModelKind::llm || call.request.llm.schema.empty() || call.variant != kAsSchema) return false;
  if (response.sent != Sent::answered || (response.status != 400 && response.status != 422)) return false;
  const std::string words = error_words(response).words;
  const auto says = [&words](const char* text) { return words.find(text) != words.npos; };
  const bool grammar = says("Either") && says("json_schema") && says("grammar");
  const bool unknown = (says("response_format") || says("json_schema")) &&
                       (says("not supported") || says("unsupported") || says("Unsupported") || says("must be"));
  if (grammar || unknown) call.variant = kAsObject;
  return grammar || unknown;
}

}  // namespace vidgen::backends
