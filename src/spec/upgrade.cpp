// SPDX-License-Identifier: Apache-2.0
#include "spec/upgrade.hpp"

#include <charconv>

namespace vidgen::spec {
namespace {

using base::Json;

struct Rename {
  std::string_view from, to;
};

// Members of version 0, the layout from before this library, by their names of today.
constexpr Rename kBeat0[] = {
    {"duration", "length"}, {"shot_type", "shot"}, {"camera_movement", "camera"}, {"prompt_template", "prompt"}};
constexpr Rename kTransition0[] = {{"type", "kind"}, {"duration", "length"}};
constexpr Rename kAudio0[] = {{"music_style", "style"}};
constexpr Rename kCamera0[] = {{"slow_dolly_in", "push_in"}, {"dolly_in", "push_in"},      {"slow_zoom", "push_in"},
                               {"slow_zoom_in", "push_in"},  {"dolly_out", "pull_out"},    {"pan_across", "pan"},
                               {"slow_pan", "pan"},          {"static_hold", "static"},    {"slow_orbit", "orbit"},
                               {"slow_push_in", "push_in"},  {"tracking_shot", "tracking"}};
constexpr Rename kMusic0[] = {{"orchestral", "cinematic"}, {"upbeat_pop", "pop"}, {"cinematic_epic", "cinematic"}};
constexpr Rename kPlaceholder0[] = {{"{product_name}", "{product}"}, {"{style_aesthetic}", "{style}"}};

template <std::size_t N>
std::string renamed(const Rename (&rows)[N], std::string_view name) {
  for (const Rename& r : rows)
    if (r.from == name) return std::string(r.to);
  return std::string(name);
}

template <std::size_t N>
Json renamed_members(const Rename (&rows)[N], const Json& object) {
  Json out = Json::object();
  for (const auto& [key, value] : object.members()) out.set(renamed(rows, key), value);
  return out;
}

std::string with_placeholders(std::string text) {
  for (const Rename& r : kPlaceholder0)
    for (std::size_t at = text.find(r.from); at != text.npos; at = text.find(r.from, at + r.to.size()))
      text.replace(at, r.from.size(), r.to);
  return text;
}

Json beat_from_0(const Json& older, std::size_t index, std::size_t count) {
  Json beat = renamed_members(kBeat0, older);
  if (beat["camera"].is_string()) beat.set("camera", renamed(kCamera0, beat["camera"].as_string()));
  if (beat["prompt"].is_string()) beat.set("prompt", with_placeholders(beat["prompt"].as_string()));
  if (!beat.find("role")) beat.set("role", index == 0 ? "opening" : index + 1 == count ? "closing" : "middle");
  if (!beat.find("energy")) beat.set("energy", "medium");
  return beat;
}

Json grade_from_0(const Json& older) {
  Json out = Json::object();
  std::string lut = older["lut"].as_string();
  if (lut.ends_with(".cube")) lut.resize(lut.size() - 5);
  out.set("lut", lut);
  for (const char* key : {"contrast", "saturation"})
    if (const Json* v = older.find(key)) out.set(key, *v);
  return out;
}

Json list_of(const Json& list, Json (*one)(const Json&)) {
  Json out = Json::array();
  for (const Json& item : list.items()) out.push(one(item));
  return out;
}

Json transition_from_0(const Json& older) {
  Json out = renamed_members(kTransition0, older);
  if (!out.find("length")) out.set("length", 0);
  return out;
}

Json template_from_0(const Json& older) {
  Json out = Json::object();
  for (const auto& [key, value] : older.members()) {
    if (key == "schema") {
      out.set(key, "vidgen.template/1");
    } else if (key == "resolution") {
      out.set("size", value.as_string() == "1080p" ? Json("1920x1080") : value);
    } else if (key == "color_grading") {
      out.set("grade", grade_from_0(value));
    } else if (key == "transitions") {
      out.set(key, list_of(value, transition_from_0));
    } else if (key == "audio") {
      Json audio = renamed_members(kAudio0, value);
      audio.set("style", renamed(kMusic0, audio["style"].as_string()));
      out.set(key, audio);
    } else if (key == "beats") {
      Json beats = Json::array();
      for (std::size_t i = 0; i < value.items().size(); ++i)
        beats.push(beat_from_0(value.items()[i], i, value.items().size()));
      out.set(key, beats);
    } else {
      out.set(key, value);
    }
  }
  return out;
}

constexpr SchemaVersion kVersions[] = {
    {"vidgen.template", 1, Errc::template_invalid},   {"vidgen.beats", 1, Errc::template_invalid},
    {"vidgen.archetypes", 1, Errc::template_invalid}, {"vidgen.spec", 1, Errc::spec_invalid},
    {"vidgen.request", 1, Errc::invalid_argument},
};

constexpr UpgradeStep kSteps[] = {
    {"vidgen.template", 0, template_from_0},
};

const SchemaVersion* row_of(std::string_view family) {
  for (const SchemaVersion& row : kVersions)
    if (row.family == family) return &row;
  return nullptr;
}

const UpgradeStep* step_of(std::string_view family, int from) {
  for (const UpgradeStep& step : kSteps)
    if (step.family == family && step.from == from) return &step;
  return nullptr;
}

// The number after the slash, -1 when there is none.
int version_of(std::string_view schema, std::string_view family) {
  if (!schema.starts_with(family) || schema.size() < family.size() + 2 || schema[family.size()] != '/') return -1;
  std::string_view digits = schema.substr(family.size() + 1);
  int version = -1;
  auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return ec == std::errc{} && end == digits.data() + digits.size() ? version : -1;
}

}  // namespace

std::span<const SchemaVersion> schema_versions() {
  return kVersions;
}
std::span<const UpgradeStep> upgrade_steps() {
  return kSteps;
}

Result<Json> upgraded(Json document, std::string_view family) {
  const SchemaVersion* row = row_of(family);
  assert(row);
  std::string schema = document["schema"].as_string();
  int version = version_of(schema, family);
  std::string current = std::string(family) + "/" + std::to_string(row->current);
  if (version < 0)
    return Error(row->code, "schema: expected \"" + current + "\", found \"" + schema.substr(0, 60) + "\"");
  if (version > row->current)
    return Error(row->code,
                 "schema: " + schema.substr(0, 60) + " is newer than this library, which reads up to " + current);
  for (; version < row->current; ++version) {
    const UpgradeStep* step = step_of(family, version);
    if (!step) return Error(row->code, "schema: version " + std::to_string(version) + " can no longer be read");
    document = step->run(document);
  }
  return document;
}

}  // namespace vidgen::spec
