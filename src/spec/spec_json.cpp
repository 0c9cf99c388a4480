// SPDX-License-Identifier: Apache-2.0
// Spec as JSON, "vidgen.spec/1": every member is written, in one order; those about photographs only where there are
// any. Unknown members, wherever they stand, are kept under `ext` by their path.
#include <charconv>

#include "base/json.hpp"
#include "base/try.hpp"
#include "spec/upgrade.hpp"
#include "vidgen/spec.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;
using base::Reader;

// ---- writing

Json json_of(const Style& s) {
  Json j = Json::object();
  j.set("aesthetic", s.aesthetic).set("mood", s.mood).set("lighting", s.lighting).set("palette", s.palette);
  j.set("look", s.look).set("bars", s.bars);
  return j;
}

Json json_of(const Product& p) {
  Json j = Json::object();
  j.set("name", p.name).set("category", p.category).set("brand", p.brand).set("material", p.material);
  j.set("colour", p.colour);
  return j;
}

Json json_of(const Setting& s) {
  Json j = Json::object();
  j.set("place", s.place).set("time", s.time);
  return j;
}

Json json_of(const Audio& a) {
  Json j = Json::object();
  j.set("style", a.style).set("tempo", a.tempo).set("mood", a.mood);
  if (a.bpm != Rational(0)) j.set("bpm", a.bpm);
  return j;
}

Json json_of(const MusicStretch& s) {
  Json j = Json::object();
  j.set("start", s.start).set("length", s.length).set("source_in", s.source_in);
  j.set("fade_in", s.fade_in).set("fade_out", s.fade_out);
  return j;
}

Json json_of(const Beat& b) {
  Json j = Json::object();
  j.set("name", b.name).set("start", b.start).set("length", b.length).set("shot", b.shot).set("action", b.action);
  j.set("camera", b.camera).set("prompt", b.prompt).set("caption", b.caption).set("over", b.over);
  j.set("role", b.role).set("energy", b.energy);
  if (!b.time.empty()) j.set("time", b.time);
  if (b.photographs.empty()) return j;
  Json shown = Json::array();
  for (const int i : b.photographs) shown.push(i);
  return std::move(j.set("photographs", shown));
}

Json json_of(const Photograph& p) {
  Json j = Json::object();
  j.set("size", p.size.to_string()).set("cutout", p.cutout);
  j.set("dark", p.dark).set("light", p.light).set("accent", p.accent).set("calm", p.calm);
  return j;
}

Json json_of(const SpecTransition& t) {
  Json j = Json::object();
  j.set("kind", t.kind).set("frames", t.frames);
  return j;
}

Json json_of(const Grade& g) {
  Json j = Json::object();
  j.set("lut", g.lut).set("contrast", g.contrast).set("saturation", g.saturation);
  return j;
}

Json json_of(const Reason& r) {
  Json j = Json::object();
  j.set("field", r.field).set("value", r.value).set("why", r.why);
  return j;
}

template <class T>
Json json_of(const std::vector<T>& list) {
  Json j = Json::array();
  for (const T& item : list) j.push(json_of(item));
  return j;
}

// Only films with music of the user's, or cut to a beat, have one.
Json json_of(const Soundtrack& s) {
  Json j = Json::object(), beats = Json::array();
  for (Frames beat : s.beats) beats.push(beat);
  j.set("stretches", json_of(s.stretches)).set("gain", s.gain).set("beats", beats);
  return j;
}

// ---- reading

// Collects what no reader asked for.
class Rest {
 public:
  Status add(const Reader& reader, const std::string& path) {
    VIDGEN_CHECK(reader.finish(false));
    Json left = reader.rest();
    for (const auto& [key, value] : left.members()) kept_.set(path.empty() ? key : path + "." + key, value);
    return {};
  }
  void merge(const Json& ext) {
    for (const auto& [key, value] : ext.members()) kept_.set(key, value);
  }
  // Written, read and written again: the bytes are then the ones that every later writing gives.
  std::string text() const {
    if (kept_.members().empty()) return {};
    auto again = Json::parse(kept_.dump());
    return again ? again->dump() : std::string();
  }

 private:
  Json kept_ = Json::object();
};

void read(Reader& r, Style& s) {
  r.opt("aesthetic", s.aesthetic).opt("mood", s.mood).opt("lighting", s.lighting).opt("palette", s.palette);
  r.opt("look", s.look).opt("bars", s.bars);
}
void read(Reader& r, Product& p) {
  r.opt("name", p.name).opt("category", p.category).opt("brand", p.brand).opt("material", p.material);
  r.opt("colour", p.colour);
}
void read(Reader& r, Setting& s) {
  r.opt("place", s.place).opt("time", s.time);
}
void read(Reader& r, Audio& a) {
  r.opt("style", a.style).opt("tempo", a.tempo).opt("mood", a.mood).opt("bpm", a.bpm);
}
void read(Reader& r, MusicStretch& s) {
  r.get("start", s.start).get("length", s.length).opt("source_in", s.source_in);
  r.opt("fade_in", s.fade_in).opt("fade_out", s.fade_out);
}
void read(Reader& r, Beat& b) {
  r.get("name", b.name).get("start", b.start).get("length", b.length).get("shot", b.shot).opt("action", b.action);
  r.get("camera", b.camera).get("prompt", b.prompt).opt("caption", b.caption).opt("over", b.over);
  r.get("role", b.role).opt("energy", b.energy).opt("photographs", b.photographs).opt("time", b.time);
}
void read(Reader& r, Photograph& p) {
  r.opt("size", p.size).opt("cutout", p.cutout).opt("dark", p.dark).opt("light", p.light).opt("accent", p.accent);
  r.opt("calm", p.calm);
}
void read(Reader& r, SpecTransition& t) {
  r.get("kind", t.kind).opt("frames", t.frames);
}
void read(Reader& r, Grade& g) {
  r.opt("lut", g.lut).opt("contrast", g.contrast).opt("saturation", g.saturation);
}
void read(Reader& r, Reason& x) {
  r.opt("field", x.field).opt("value", x.value).opt("why", x.why);
}

template <class T>
Status read_part(const Json& parent, const std::string& path, T& out, Rest& rest) {
  const Json* j = parent.find(path);
  if (!j || j->is_null()) return {};
  Reader r(*j, Errc::spec_invalid, path);
  read(r, out);
  return rest.add(r, path);
}

template <class T>
Status read_list(const Json& parent, const std::string& key, std::vector<T>& out, Rest& rest) {
  const Json& list = parent[key];
  if (list.is_null()) return {};
  if (!list.is_array()) return Error(Errc::spec_invalid, key + ": expected a list");
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    std::string path = key + "[" + std::to_string(i) + "]";
    T item;
    Reader r(list.items()[i], Errc::spec_invalid, path);
    read(r, item);
    VIDGEN_CHECK(rest.add(r, path));
    out.push_back(std::move(item));
  }
  return {};
}

Status read_soundtrack(const Json& document, Soundtrack& out, Rest& rest) {
  const Json* j = document.find("soundtrack");
  if (!j || j->is_null()) return {};
  Reader r(*j, Errc::spec_invalid, "soundtrack");
  r.opt("gain", out.gain);
  for (const Json& beat : r.take("beats").items()) {
    if (!beat.is_int()) return Error(Errc::spec_invalid, "soundtrack.beats: expected whole numbers");
    out.beats.push_back(beat.as_int());
  }
  r.take("stretches");
  VIDGEN_CHECK(rest.add(r, "soundtrack"));
  return read_list(*j, "stretches", out.stretches, rest);
}

void read_seed(Reader& reader, std::uint64_t& out) {
  const Json& j = reader.take("seed");
  if (j.is_null()) return;
  std::string text = j.is_string() ? j.as_string() : j.is_int() ? j.dump() : "";
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || ec != std::errc{} || end != text.data() + text.size())
    reader.fail("seed", "expected a whole number from 0 to 2^64 - 1");
}

Status read_head(const Json& document, Spec& s, Rest& rest) {
  Reader r(document, Errc::spec_invalid);
  r.get("schema", s.schema).opt("source", s.source).opt("prompt", s.prompt).opt("template", s.template_name);
  r.get("frames", s.frames).opt("fps", s.fps).opt("size", s.size).opt("images", s.images).opt("warnings", s.warnings);
  read_seed(r, s.seed);
  for (const char* key :
       {"style", "product", "setting", "audio", "soundtrack", "beats", "transitions", "grade", "photographs", "reasons"})
    r.take(key);
  const Json& ext = r.take("ext");
  if (!ext.is_null() && !ext.is_object()) r.fail("ext", "expected an object");
  rest.merge(ext);
  return rest.add(r, "");
}

}  // namespace

std::string to_json(const Spec& s) {
  Json j = Json::object();
  j.set("schema", s.schema).set("source", s.source).set("prompt", s.prompt).set("template", s.template_name);
  j.set("frames", s.frames).set("fps", s.fps).set("size", s.size.to_string());
  j.set("style", json_of(s.style)).set("product", json_of(s.product)).set("setting", json_of(s.setting));
  j.set("audio", json_of(s.audio));
  if (s.soundtrack != Soundtrack()) j.set("soundtrack", json_of(s.soundtrack));
  j.set("beats", json_of(s.beats)).set("transitions", json_of(s.transitions));
  j.set("grade", json_of(s.grade)).set("images", s.images);
  if (!s.photographs.empty()) j.set("photographs", json_of(s.photographs));
  j.set("seed", s.seed);
  j.set("reasons", json_of(s.reasons)).set("warnings", s.warnings);
  if (auto ext = Json::parse(s.ext); !s.ext.empty() && ext && ext->is_object()) j.set("ext", *ext);
  return j.dump();
}

Result<Spec> spec_from_json(std::string_view json) {
  VIDGEN_TRY(parsed, Json::parse(json));
  VIDGEN_TRY(document, spec::upgraded(parsed, "vidgen.spec"));
  Spec s;
  Rest rest;
  VIDGEN_CHECK(read_head(document, s, rest));
  VIDGEN_CHECK(read_part(document, "style", s.style, rest));
  VIDGEN_CHECK(read_part(document, "product", s.product, rest));
  VIDGEN_CHECK(read_part(document, "setting", s.setting, rest));
  VIDGEN_CHECK(read_part(document, "audio", s.audio, rest));
  VIDGEN_CHECK(read_soundtrack(document, s.soundtrack, rest));
  VIDGEN_CHECK(read_part(document, "grade", s.grade, rest));
  VIDGEN_CHECK(read_list(document, "beats", s.beats, rest));
  VIDGEN_CHECK(read_list(document, "transitions", s.transitions, rest));
  VIDGEN_CHECK(read_list(document, "photographs", s.photographs, rest));
  VIDGEN_CHECK(read_list(document, "reasons", s.reasons, rest));
  s.ext = rest.text();
  return s;
}

VIDGEN_NAMESPACE_END
