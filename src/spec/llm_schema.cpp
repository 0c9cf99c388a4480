// SPDX-License-Identifier: Apache-2.0
#include "spec/llm_schema.hpp"

#include "base/json.hpp"
#include "spec/llm_words.hpp"

namespace vidgen::spec {
namespace {

using base::Json;

Json type_of(const char* type, bool optional) {
  if (!optional) return Json(type);
  return Json::array().push(type).push("null");
}

Json text(std::string_view about, bool optional) {
  return Json::object().set("type", type_of("string", optional)).set("description", about);
}

// An empty list would be a schema that nothing fits; it becomes plain text, which the reader judges anyway.
Json word(const std::vector<std::string>& list, std::string_view about, bool optional) {
  Json out = text(about, optional);
  if (list.empty()) return out;
  Json words = list;
  if (optional) words.push(nullptr);
  return out.set("enum", words);
}

// A closed object of which every property is required.
Json object(const Json& properties) {
  Json required = Json::array();
  for (const auto& [key, value] : properties.members()) required.push(key);
  Json out = Json::object().set("type", "object").set("properties", properties);
  return out.set("required", required).set("additionalProperties", false);
}

Json list(const Json& items, std::string_view about) {
  return Json::object().set("type", "array").set("description", about).set("items", items);
}

Json beat(const Vocabulary& words) {
  Json p = Json::object();
  p.set("name", word(words.beats, "the beat", false));
  p.set("action", text("what the camera sees, at most 40 plain English words", true));
  p.set("shot", word(words.shots, "null: the beat's usual shot", true));
  p.set("camera", word(words.cameras, "null: the beat's usual camera", true));
  p.set("seconds", Json::object().set("type", type_of("number", true)).set("description", "its share of the film"));
  return object(p);
}

Json reason() {
  Json p = Json::object();
  p.set("field", word(reason_fields(), "the field", false));
  p.set("why", text("one short sentence", false));
  return object(p);
}

// Rows with the same object stand together.
void set_fields(const Vocabulary& words, Json& root) {
  for (const ProposedField& first : proposed_fields()) {
    if (root.find(first.object)) continue;
    Json p = Json::object();
    for (const ProposedField& f : proposed_fields()) {
      if (f.object != first.object) continue;
      bool listed = f.kind == ProposedKind::word;
      p.set(std::string(f.key), listed ? word(words.*f.list, f.about, true) : text(f.about, true));
    }
    root.set(std::string(first.object), object(p));
  }
}

}  // namespace

std::string llm_schema(const TemplateSet& templates) {
  Vocabulary words = vocabulary(templates);
  Json p = Json::object();
  p.set("template", word(words.templates, "null: as the facts say, else the usual one", true));
  p.set("beats", list(beat(words), "in the order they are seen"));
  set_fields(words, p);
  p.set("colours", list(text("a colour", false), "only colours that the brief names; else empty"));
  p.set("reasons", list(reason(), "at most one a field"));
  return object(p).dump();
}

}  // namespace vidgen::spec
