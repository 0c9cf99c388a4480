// SPDX-License-Identifier: Apache-2.0
#include "timeline/timeline_json.hpp"

#include "base/try.hpp"
#include "timeline/upgrade.hpp"

namespace vidgen::timeline {
namespace {

using base::Json;
using base::Reader;

constexpr std::string_view kFits[] = {"fit", "fill", "blur"};

std::string at(std::string_view list, std::size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

TimelineSource read_source(Reader& r) {
  TimelineSource s;
  r.get("id", s.id).opt("path", s.path).opt("sha256", s.sha256);
  return s;
}

Fit read_fit(Reader& r) {
  std::string name = "blur";
  r.opt("fit", name);
  for (int i = 0; i < 3; ++i)
    if (name == kFits[i]) return static_cast<Fit>(i);
  r.fail("fit", "expected fit, fill or blur");
  return Fit::blur;
}

TimelineItem read_item(Reader& r) {
  TimelineItem i;
  r.get("source", i.source).get("start", i.start).get("length", i.length).opt("source_in", i.source_in);
  r.opt("speed", i.speed).opt("grade", i.grade).opt("hold", i.hold).opt("label", i.label);
  i.fit = read_fit(r);
  return i;
}

TimelineTransition read_transition(Reader& r) {
  TimelineTransition t;
  r.opt("kind", t.kind).get("at", t.at).get("frames", t.frames);
  return t;
}

AudioItem read_audio(Reader& r) {
  AudioItem a;
  r.get("source", a.source).opt("start", a.start).opt("length", a.length).opt("source_in", a.source_in);
  r.opt("loop", a.loop).opt("fade_in", a.fade_in).opt("fade_out", a.fade_out);
  for (const Json& point : r.take("gain").items()) {
    if (point.items().size() != 2 || !point.items()[0].is_int() || !point.items()[1].is_number()) {
      r.fail("gain", "expected pairs of a sample and a gain");
      break;
    }
    a.gain.emplace_back(point.items()[0].as_int(), point.items()[1].as_double());
  }
  return a;
}

Title read_title(Reader& r) {
  Title t;
  r.get("start", t.start).get("length", t.length).opt("role", t.role).opt("text", t.text).opt("over", t.over);
  r.opt("brand", t.brand).opt("action", t.action).opt("look", t.look).opt("place", t.place);
  r.opt("ink", t.ink).opt("accent", t.accent).opt("scrim", t.scrim).opt("mark", t.mark);
  return t;
}

// Reads a list of objects, each closed: a misspelt key of an item is a mistake, not an extension.
template <class T>
Status read_list(Reader& owner, std::string_view key, std::vector<T>& out, T (*read)(Reader&)) {
  const Json& list = owner.take(key);
  if (!list.is_null() && !list.is_array()) owner.fail(key, "expected a list");
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    Reader r(list.items()[i], Errc::timeline_invalid, at(key, i));
    out.push_back(read(r));
    VIDGEN_CHECK(r.finish(true));
  }
  return {};
}

template <class T>
Json list_of(const std::vector<T>& rows) {
  Json out = Json::array();
  for (const T& row : rows) out.push(to_value(row));
  return out;
}

Status read_finish(Reader& owner, Finish& finish) {
  const Json& value = owner.take("finish");
  if (value.is_null()) return {};
  Reader r(value, Errc::timeline_invalid, "finish");
  r.opt("grain", finish.grain).opt("bars", finish.bars);
  return r.finish(true);
}

void read_mode(Reader& r, FpsMode& mode) {
  std::string name;
  r.opt("fps_mode", name);
  if (name.empty()) return;
  auto parsed = parse_fps_mode(name);
  if (parsed)
    mode = *parsed;
  else
    r.fail("fps_mode", parsed.error().message());
}

void set_text(Json& j, const char* key, const std::string& value) {
  if (!value.empty()) j.set(key, value);
}

}  // namespace

Json to_value(const TimelineSource& s) {
  Json j = Json::object();
  j.set("id", s.id);
  set_text(j, "path", s.path);
  set_text(j, "sha256", s.sha256);
  return j;
}

Json to_value(const TimelineItem& i) {
  Json j = Json::object();
  j.set("source", i.source).set("start", i.start).set("length", i.length).set("source_in", i.source_in);
  if (i.speed != Rational(1)) j.set("speed", i.speed);
  if (i.fit != Fit::blur) j.set("fit", kFits[static_cast<int>(i.fit)]);
  set_text(j, "grade", i.grade);
  if (i.hold != 0) j.set("hold", i.hold);
  set_text(j, "label", i.label);
  return j;
}

Json to_value(const TimelineTransition& t) {
  Json j = Json::object();
  j.set("kind", t.kind).set("at", t.at).set("frames", t.frames);
  return j;
}

Json to_value(const AudioItem& a) {
  Json j = Json::object();
  j.set("source", a.source).set("start", a.start);
  if (a.length != 0) j.set("length", a.length);
  if (a.source_in != 0) j.set("source_in", a.source_in);
  if (a.loop) j.set("loop", true);
  if (a.fade_in != 0) j.set("fade_in", a.fade_in);
  if (a.fade_out != 0) j.set("fade_out", a.fade_out);
  if (a.gain.empty()) return j;
  Json gain = Json::array();
  for (const GainPoint& p : a.gain) {
    Json pair = Json::array();
    pair.push(p.at).push(p.gain);
    gain.push(std::move(pair));
  }
  j.set("gain", std::move(gain));
  return j;
}

Json to_value(const Title& t) {
  Json j = Json::object();
  j.set("start", t.start).set("length", t.length).set("role", t.role);
  set_text(j, "text", t.text);
  set_text(j, "over", t.over);
  set_text(j, "brand", t.brand);
  set_text(j, "action", t.action);
  set_text(j, "look", t.look);
  set_text(j, "place", t.place);
  set_text(j, "ink", t.ink);
  set_text(j, "accent", t.accent);
  set_text(j, "scrim", t.scrim);
  set_text(j, "mark", t.mark);
  return j;
}

Json to_value(const Finish& f) {
  Json j = Json::object();
  j.set("grain", f.grain).set("bars", f.bars);
  return j;
}

Json to_value(const Timeline& t) {
  Json j = Json::object();
  j.set("schema", t.schema).set("fps", t.fps).set("size", t.size.to_string()).set("frames", t.frames);
  j.set("fps_mode", to_string(t.fps_mode)).set("sources", list_of(t.sources)).set("video", list_of(t.video));
  j.set("transitions", list_of(t.transitions)).set("audio", list_of(t.audio)).set("titles", list_of(t.titles));
  set_text(j, "grade", t.grade);
  j.set("contrast", t.contrast).set("saturation", t.saturation).set("finish", to_value(t.finish));
  if (t.ext.empty()) return j;
  auto ext = Json::parse(t.ext);
  if (ext && ext->is_object()) j.set("ext", std::move(*ext));
  return j;
}

Result<Timeline> from_value(const Json& value) {
  if (!value.is_object()) return Error(Errc::timeline_invalid, "a timeline is a JSON object");
  VIDGEN_TRY(newest, upgrade(value));
  Reader r(newest, Errc::timeline_invalid);
  Timeline t;
  r.get("schema", t.schema).get("fps", t.fps).get("size", t.size).get("frames", t.frames);
  read_mode(r, t.fps_mode);
  VIDGEN_CHECK(read_list(r, "sources", t.sources, read_source));
  VIDGEN_CHECK(read_list(r, "video", t.video, read_item));
  VIDGEN_CHECK(read_list(r, "transitions", t.transitions, read_transition));
  VIDGEN_CHECK(read_list(r, "audio", t.audio, read_audio));
  VIDGEN_CHECK(read_list(r, "titles", t.titles, read_title));
  r.opt("grade", t.grade).opt("contrast", t.contrast).opt("saturation", t.saturation);
  VIDGEN_CHECK(read_finish(r, t.finish));
  Json ext = r.take("ext").is_object() ? newest["ext"] : Json::object();
  const Json rest = r.rest();
  for (const auto& [key, member] : rest.members()) ext.set(key, member);
  if (!ext.members().empty()) t.ext = ext.dump();
  VIDGEN_CHECK(r.finish(false));
  return t;
}

}  // namespace vidgen::timeline

VIDGEN_NAMESPACE_BEGIN

std::string to_json(const Timeline& timeline) {
  return timeline::to_value(timeline).dump();
}

Result<Timeline> timeline_from_json(std::string_view json) {
  auto value = base::Json::parse(json);
  if (!value) return value.error();
  return timeline::from_value(*value);
}

VIDGEN_NAMESPACE_END
