// SPDX-License-Identifier: Apache-2.0
// GenerationRequest as JSON: the params of paid steps. Members that have their default are left out, so that a field
// added later changes no key.
#include <charconv>

#include "base/json.hpp"
#include "base/try.hpp"
#include "vidgen/generation.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;
using base::Reader;

constexpr Errc kCode = Errc::spec_invalid;

void text(Json& j, const char* key, const std::string& value) {
  if (!value.empty()) j.set(key, value);
}
void list(Json& j, const char* key, const std::vector<std::string>& value) {
  if (!value.empty()) j.set(key, value);
}
void part(Json& j, const char* key, Json value) {
  if (!value.members().empty()) j.set(key, std::move(value));
}

Json value_of(const Beat& b) {
  Json j = Json::object();
  text(j, "name", b.name);
  if (b.start != 0) j.set("start", b.start);
  j.set("length", b.length);
  text(j, "shot", b.shot);
  text(j, "action", b.action);
  text(j, "camera", b.camera);
  text(j, "prompt", b.prompt);
  text(j, "caption", b.caption);
  text(j, "over", b.over);
  text(j, "role", b.role);
  text(j, "energy", b.energy);
  text(j, "time", b.time);
  if (b.photographs.empty()) return j;
  Json shown = Json::array();
  for (const int i : b.photographs) shown.push(i);
  return std::move(j.set("photographs", shown));
}

void read(Reader& r, Beat& b) {
  r.opt("name", b.name).opt("start", b.start).opt("length", b.length).opt("shot", b.shot).opt("action", b.action);
  r.opt("camera", b.camera).opt("prompt", b.prompt).opt("caption", b.caption).opt("over", b.over);
  r.opt("role", b.role).opt("energy", b.energy).opt("photographs", b.photographs).opt("time", b.time);
}

Json value_of(const BeatSpan& s) {
  Json j = Json::object();
  j.set("index", s.index).set("beat", value_of(s.beat)).set("from", s.from).set("to", s.to);
  return j;
}

Json value_of(const Product& p) {
  Json j = Json::object();
  text(j, "name", p.name);
  text(j, "category", p.category);
  text(j, "brand", p.brand);
  text(j, "material", p.material);
  text(j, "colour", p.colour);
  return j;
}

void read(Reader& r, Product& p) {
  r.opt("name", p.name).opt("category", p.category).opt("brand", p.brand).opt("material", p.material);
  r.opt("colour", p.colour);
}

Json value_of(const Setting& s) {
  Json j = Json::object();
  text(j, "place", s.place);
  text(j, "time", s.time);
  return j;
}

void read(Reader& r, Setting& s) {
  r.opt("place", s.place).opt("time", s.time);
}

Json value_of(const Style& s) {
  Json j = Json::object();
  text(j, "aesthetic", s.aesthetic);
  text(j, "mood", s.mood);
  text(j, "lighting", s.lighting);
  list(j, "palette", s.palette);
  text(j, "look", s.look);
  text(j, "bars", s.bars);
  return j;
}

void read(Reader& r, Style& s) {
  r.opt("aesthetic", s.aesthetic).opt("mood", s.mood).opt("lighting", s.lighting).opt("palette", s.palette);
  r.opt("look", s.look).opt("bars", s.bars);
}

Json value_of(const Audio& a) {
  Json j = Json::object();
  text(j, "style", a.style);
  text(j, "tempo", a.tempo);
  text(j, "mood", a.mood);
  if (a.bpm != Rational(0)) j.set("bpm", a.bpm);
  return j;
}

void read(Reader& r, Audio& a) {
  r.opt("style", a.style).opt("tempo", a.tempo).opt("mood", a.mood).opt("bpm", a.bpm);
}

Json value_of(const MusicBrief& m) {
  Json j = Json::object();
  part(j, "audio", value_of(m.audio));
  if (m.samples != 0) j.set("samples", m.samples);
  if (!m.cuts.empty()) {
    Json cuts = Json::array();
    for (Frames cut : m.cuts) cuts.push(cut);
    j.set("cuts", std::move(cuts));
  }
  if (m.end_card != 0) j.set("end_card", m.end_card);
  if (m.stems) j.set("stems", true);
  return j;
}

Json value_of(const LlmBrief& l) {
  Json j = Json::object();
  text(j, "system", l.system);
  text(j, "schema_name", l.schema_name);
  text(j, "schema", l.schema);
  if (l.max_tokens != 0) j.set("max_tokens", l.max_tokens);
  text(j, "earlier", l.earlier);
  text(j, "repair", l.repair);
  return j;
}

void read(Reader& r, LlmBrief& l) {
  r.opt("system", l.system).opt("schema_name", l.schema_name).opt("schema", l.schema).opt("max_tokens", l.max_tokens);
  r.opt("earlier", l.earlier).opt("repair", l.repair);
}

template <class T>
Status read_part(Reader& owner, std::string_view key, T& out) {
  const Json& value = owner.take(key);
  if (value.is_null()) return {};
  Reader r(value, kCode, owner.path(key));
  read(r, out);
  return r.finish(true);
}

Status read_spans(Reader& owner, std::vector<BeatSpan>& out) {
  const Json::Array& rows = owner.take("spans").items();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Reader r(rows[i], kCode, "spans[" + std::to_string(i) + "]");
    BeatSpan span;
    r.get("index", span.index).get("from", span.from).get("to", span.to);
    VIDGEN_CHECK(read_part(r, "beat", span.beat));
    VIDGEN_CHECK(r.finish(true));
    out.push_back(std::move(span));
  }
  return {};
}

Status read_music(Reader& owner, MusicBrief& out) {
  const Json& value = owner.take("music");
  if (value.is_null()) return {};
  Reader r(value, kCode, "music");
  VIDGEN_CHECK(read_part(r, "audio", out.audio));
  r.opt("samples", out.samples).opt("end_card", out.end_card).opt("stems", out.stems);
  for (const Json& cut : r.take("cuts").items()) out.cuts.push_back(cut.as_int());
  return r.finish(true);
}

// Above 2^63-1 a seed is written as decimal text.
void read_seed(Reader& r, std::uint64_t& seed) {
  const Json& value = r.take("seed");
  if (value.is_null()) return;
  const std::string digits = value.is_string() ? value.as_string() : value.dump();
  auto [p, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
  if (ec != std::errc{} || p != digits.data() + digits.size()) r.fail("seed", "expected a whole number, 0 or above");
}

void read_kind(Reader& r, ModelKind& kind) {
  std::string name;
  r.get("kind", name);
  for (int i = 0; i <= static_cast<int>(ModelKind::upscale); ++i)
    if (name == to_string(static_cast<ModelKind>(i))) {
      kind = static_cast<ModelKind>(i);
      return;
    }
  r.fail("kind", "expected video, image or music");
}

}  // namespace

std::string to_json(const GenerationRequest& g) {
  const GenerationRequest none;
  Json j = Json::object();
  j.set("kind", to_string(g.kind));
  text(j, "model", g.model);
  text(j, "role", g.role);
  text(j, "prompt", g.prompt);
  text(j, "negative_prompt", g.negative_prompt);
  if (!g.size.empty()) j.set("size", g.size.to_string());
  if (g.fps != none.fps) j.set("fps", g.fps);
  if (g.seconds != none.seconds) j.set("seconds", g.seconds);
  if (!g.spans.empty()) {
    Json spans = Json::array();
    for (const BeatSpan& s : g.spans) spans.push(value_of(s));
    j.set("spans", std::move(spans));
  }
  if (g.beat_count != 0) j.set("beat_count", g.beat_count);
  part(j, "product", value_of(g.product));
  part(j, "setting", value_of(g.setting));
  part(j, "style", value_of(g.style));
  if (!g.captions) j.set("captions", false);
  list(j, "images", g.images);
  part(j, "music", value_of(g.music));
  part(j, "llm", value_of(g.llm));
  if (g.has_first_frame) j.set("has_first_frame", true);
  if (g.has_last_frame) j.set("has_last_frame", true);
  if (g.repeats_first_frame) j.set("repeats_first_frame", true);
  if (g.seed != 0) j.set("seed", g.seed);
  if (g.take != 1) j.set("take", g.take);
  return j.dump();
}

Result<GenerationRequest> generation_from_json(std::string_view json) {
  VIDGEN_TRY(root, Json::parse(json));
  Reader r(root, kCode);
  GenerationRequest g;
  read_kind(r, g.kind);
  r.opt("model", g.model).opt("role", g.role).opt("prompt", g.prompt).opt("negative_prompt", g.negative_prompt);
  r.opt("size", g.size).opt("fps", g.fps).opt("seconds", g.seconds).opt("beat_count", g.beat_count);
  VIDGEN_CHECK(read_spans(r, g.spans));
  VIDGEN_CHECK(read_part(r, "product", g.product));
  VIDGEN_CHECK(read_part(r, "setting", g.setting));
  VIDGEN_CHECK(read_part(r, "style", g.style));
  VIDGEN_CHECK(read_music(r, g.music));
  VIDGEN_CHECK(read_part(r, "llm", g.llm));
  r.opt("captions", g.captions).opt("images", g.images).opt("has_first_frame", g.has_first_frame);
  r.opt("has_last_frame", g.has_last_frame).opt("repeats_first_frame", g.repeats_first_frame).opt("take", g.take);
  read_seed(r, g.seed);
  VIDGEN_CHECK(r.finish(true));
  return g;
}

VIDGEN_NAMESPACE_END
