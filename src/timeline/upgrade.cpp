// SPDX-License-Identifier: Apache-2.0
#include "timeline/upgrade.hpp"

#include <charconv>

#include "base/try.hpp"

namespace vidgen::timeline {
namespace {

using base::Json;

constexpr std::string_view kName = "vidgen.timeline/";
constexpr int kNewest = 1;

Error bad(std::string what) {
  return Error(Errc::timeline_invalid, std::move(what));
}

Result<Rational> seconds_of(const Json& value, const std::string& where) {
  if (value.is_int()) return Rational(value.as_int());
  if (!value.is_number() && !value.is_string()) return bad(where + ": expected seconds");
  auto r = Rational::parse(value.is_string() ? value.as_string() : value.dump());
  if (!r) return bad(where + ": " + r.error().message());
  return *r;
}

// Boundaries are rounded from absolute time, so the items stay contiguous.
Result<Json> item_from_0(const Json& old, Rational fps, Json& transitions, const std::string& where) {
  VIDGEN_TRY(start, seconds_of(old["start"], where + ".start"));
  VIDGEN_TRY(length, seconds_of(old["length"], where + ".length"));
  const Frames from = frame_at(start, fps);
  Json item = Json::object();
  for (const auto& [key, value] : old.members())
    if (key != "start" && key != "length" && key != "transition") item.set(key, value);
  item.set("start", from).set("length", frame_at(start + length, fps) - from);
  if (const Json* t = old.find("transition")) {
    VIDGEN_TRY(lasts, seconds_of((*t)["length"], where + ".transition.length"));
    Json row = Json::object();
    row.set("kind", (*t)["kind"].as_string("fade")).set("at", from).set("frames", frame_at(lasts, fps));
    transitions.push(std::move(row));
  }
  return item;
}

Result<Json> from_0(Json old) {
  VIDGEN_TRY(fps, seconds_of(old["fps"], "fps"));
  if (fps <= Rational(0)) return bad("fps: expected a rate above 0");
  Json out = Json::object(), video = Json::array(), transitions = Json::array();
  Frames frames = 0;
  int index = 0;
  for (const Json& item : old["video"].items()) {
    VIDGEN_TRY(next, item_from_0(item, fps, transitions, "video[" + std::to_string(index++) + "]"));
    frames = next["start"].as_int() + next["length"].as_int();
    video.push(std::move(next));
  }
  for (const auto& [key, value] : old.members())
    if (key != "video" && key != "schema") out.set(key, value);
  out.set("schema", "vidgen.timeline/1").set("frames", frames).set("video", std::move(video));
  out.set("transitions", std::move(transitions));
  return out;
}

}  // namespace

Result<Json> upgrade(Json document) {
  const std::string schema = document["schema"].as_string();
  if (schema.rfind(kName, 0) != 0) return bad("schema: expected \"vidgen.timeline/1\"");
  int version = -1;
  const char* end = schema.data() + schema.size();
  auto [p, ec] = std::from_chars(schema.data() + kName.size(), end, version);
  if (ec != std::errc{} || p != end || version < 0) return bad("schema: expected \"vidgen.timeline/1\"");
  if (version > kNewest) return bad("schema: " + schema + " was written by a newer version of vidgen");
  if (version == 0) return from_0(std::move(document));
  return document;
}

}  // namespace vidgen::timeline
