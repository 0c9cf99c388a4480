// SPDX-License-Identifier: Apache-2.0
// Shared by the tests of proposals: a good answer to change, and what must hold whatever was answered.
#pragma once

#include "base/json.hpp"
#include "make.hpp"
#include "spec/llm_spec.hpp"

namespace vidgen::testing_spec {

using base::Json;

inline const char* const kBottle =
    "30 second luxury ad for Aqua Pure, a red steel water bottle on a mountain trail at dawn";

inline Request asking(const std::string& prompt) {
  Request r;
  r.prompt = prompt;
  return r;
}

inline Json object_of(std::initializer_list<Json::Member> members) {
  return Json::object(Json::Object(members));
}

inline Json beat_of(const char* name, Json action = {}, Json shot = {}, Json camera = {}, Json seconds = {}) {
  return object_of({{"name", name}, {"action", action}, {"shot", shot}, {"camera", camera}, {"seconds", seconds}});
}

// A whole answer that proposes nothing but two beats.
inline Json blank() {
  Json beats = Json::array().push(beat_of("hero_shot")).push(beat_of("call_to_action"));
  Json j = Json::object();
  j.set("template", nullptr).set("beats", beats);
  j.set("style", object_of({{"aesthetic", {}}, {"mood", {}}, {"lighting", {}}}));
  j.set("product", object_of({{"name", {}}, {"category", {}}, {"brand", {}}, {"material", {}}, {"colour", {}}}));
  j.set("setting", object_of({{"place", {}}, {"time", {}}}));
  j.set("audio", object_of({{"style", {}}, {"tempo", {}}, {"mood", {}}}));
  j.set("colours", Json::array()).set("reasons", Json::array());
  return j;
}

// blank() with one member of one object replaced: "style", "mood".
inline Json with(Json root, const char* object, const char* key, Json value) {
  Json inner = root[object];
  inner.set(key, std::move(value));
  return root.set(object, inner);
}
inline Json with_action(const std::string& action) {
  return blank().set("beats", Json::array().push(beat_of("hero_shot", action)).push(beat_of("call_to_action")));
}

inline Result<Spec> proposed(const Json& answer, const Request& request) {
  return spec::spec_from_proposal(answer.dump(), request, built_in());
}

inline const Reason* reason_of(const Spec& s, const std::string& field) {
  const Reason* found = nullptr;
  for (const Reason& r : s.reasons)
    if (r.field == field) found = &r;
  return found;
}
inline std::string why_of(const Spec& s, const std::string& field) {
  const Reason* r = reason_of(s, field);
  return r ? r->why : "";
}

}  // namespace vidgen::testing_spec
