// SPDX-License-Identifier: Apache-2.0
#include "spec/template_json.hpp"

#include "base/try.hpp"
#include "spec/upgrade.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

using base::Json;
using base::Reader;

std::string at(std::string_view list, std::size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

template <std::size_t N>
void word(Reader& r, std::string_view key, const std::array<std::string_view, N>& list, const std::string& value) {
  if (one_of(list, value)) return;
  std::string_view near = nearest(list, value);
  r.fail(key, "\"" + value.substr(0, 40) + "\" is not one of the known words" +
                  (near.empty() ? std::string() : "; did you mean \"" + std::string(near) + "\"?"));
}

void name(Reader& r, std::string_view key, const std::string& value) {
  if (!is_name(value)) r.fail(key, "expected a name of small letters, digits and _");
}

void text(Reader& r, std::string_view key, const std::string& value, std::size_t most) {
  if (value.size() > most) r.fail(key, "is longer than " + std::to_string(most) + " bytes");
  // A spec refuses them, so a template may not have them. A line break stands in captions.
  for (char c : value)
    if ((static_cast<unsigned char>(c) < 0x20 && !(c == '\n' && key == "caption")) || c == 0x7F)
      return r.fail(key, "holds a control character");
}

// Multiples of 1/60000 s: milliseconds and frames of all usual rates, and sums of them never outgrow 64 bits.
void seconds(Reader& r, std::string_view key, Rational value) {
  if (value < Rational(0) || value > Rational(kLongestSeconds) || 60000 % value.den() != 0)
    r.fail(key, "expected seconds between 0 and 600, in parts of 1/60000 s");
}

void read_beat_words(Reader& r, BeatTemplate& b) {
  r.get("name", b.name).get("length", b.length).get("shot", b.shot).get("action", b.action).get("camera", b.camera);
  r.get("prompt", b.prompt).opt("caption", b.caption).opt("over", b.over).get("role", b.role).get("energy", b.energy);
}

void check_beat(Reader& r, const BeatTemplate& b) {
  name(r, "name", b.name);
  name(r, "action", b.action);
  word(r, "shot", kShots, b.shot);
  word(r, "camera", kCameras, b.camera);
  word(r, "role", kRoles, b.role);
  word(r, "energy", kEnergies, b.energy);
  seconds(r, "start", b.start);
  seconds(r, "length", b.length);
  if (b.length <= Rational(0)) r.fail("length", "must be above 0");
  if (b.prompt.empty()) r.fail("prompt", "must not be empty");
  text(r, "prompt", b.prompt, 600);
  text(r, "caption", b.caption, 120);
  text(r, "over", b.over, 60);
}

Result<BeatTemplate> read_beat(const Json& j, const std::string& path, bool with_start) {
  BeatTemplate b;
  Reader r(j, Errc::template_invalid, path);
  read_beat_words(r, b);
  if (with_start) r.get("start", b.start);
  if (r.finish(false)) check_beat(r, b);
  VIDGEN_CHECK(r.finish(true));
  return b;
}

Result<std::vector<TransitionTemplate>> read_transitions(const Json& list, const std::string& path) {
  std::vector<TransitionTemplate> out;
  if (!list.is_null() && !list.is_array()) return Error(Errc::template_invalid, path + ": expected a list");
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    TransitionTemplate t;
    Reader r(list.items()[i], Errc::template_invalid, at(path, i));
    r.get("kind", t.kind).get("length", t.length);
    name(r, "kind", t.kind);
    seconds(r, "length", t.length);
    if (t.kind == "cut" && t.length != Rational(0)) r.fail("length", "a cut has no length");
    VIDGEN_CHECK(r.finish(true));
    out.push_back(std::move(t));
  }
  return out;
}

Result<AudioTemplate> read_audio(const Json& j, const std::string& path) {
  AudioTemplate a;
  Reader r(j, Errc::template_invalid, path);
  r.get("style", a.style).get("tempo", a.tempo).get("mood", a.mood);
  name(r, "style", a.style);
  name(r, "mood", a.mood);
  word(r, "tempo", kTempos, a.tempo);
  VIDGEN_CHECK(r.finish(true));
  return a;
}

Result<GradeTemplate> read_grade(const Json& j, const std::string& path) {
  GradeTemplate g;
  if (j.is_null()) return g;
  Reader r(j, Errc::template_invalid, path);
  r.opt("lut", g.lut).opt("contrast", g.contrast).opt("saturation", g.saturation);
  if (!g.lut.empty()) name(r, "lut", g.lut);
  for (auto [key, value] : {std::pair("contrast", g.contrast), std::pair("saturation", g.saturation)})
    if (value < Rational(0) || value > Rational(4) || value.den() > 100000) r.fail(key, "expected 0 to 4");
  VIDGEN_CHECK(r.finish(true));
  return g;
}

// Beats follow each other without gaps and fill the template.
Status check_contiguous(const Template& t) {
  Rational end = 0;
  for (std::size_t i = 0; i < t.beats.size(); ++i) {
    if (t.beats[i].start != end)
      return Error(Errc::template_invalid,
                   at("beats", i) + ".start: expected " + end.to_string() + ", where the beat before ends");
    end = end + t.beats[i].length;
  }
  if (end == t.duration) return {};
  return Error(Errc::template_invalid,
               "duration: the beats end at " + end.to_string() + " s, not at " + t.duration.to_string() + " s");
}

Status check_counts(std::size_t beats, std::size_t transitions, const std::string& prefix) {
  if (beats == 0 || beats > kMostBeats)
    return Error(Errc::template_invalid, prefix + "beats: expected 1 to 60, found " + std::to_string(beats));
  if (transitions != 0 && transitions != beats - 1)
    return Error(Errc::template_invalid, prefix + "transitions: expected one between each pair of beats, " +
                                             std::to_string(beats - 1) + ", found " + std::to_string(transitions));
  return {};
}

void check_look(Reader& r, const std::string& look, const std::string& bars) {
  if (!look.empty()) word(r, "look", kLooks, look);
  if (!bars.empty() && !Rational::parse(bars)) r.fail("bars", "expected an aspect such as \"2.0\"");
}

Result<Template> read_head(Reader& r) {
  Template t;
  std::string schema;
  r.get("schema", schema).get("name", t.name).opt("title", t.title).opt("description", t.description);
  r.get("duration", t.duration).opt("fps", t.fps).opt("size", t.size).opt("look", t.look).opt("bars", t.bars);
  if (!r.finish(false)) return r.finish(false).error();
  name(r, "name", t.name);
  seconds(r, "duration", t.duration);
  check_look(r, t.look, t.bars);
  for (const char* key : {"beats", "transitions", "audio", "grade"}) r.take(key);
  VIDGEN_CHECK(r.finish(true));
  VIDGEN_CHECK(check_fps(t.fps, Errc::template_invalid, "fps"));
  VIDGEN_CHECK(check_size(t.size, Errc::template_invalid, "size"));
  return t;
}

Status read_archetype_head(Reader& r, Archetype& a) {
  r.get("name", a.name).opt("title", a.title).get("shortest", a.shortest).get("longest", a.longest);
  r.get("beats", a.beats).opt("energy", a.energy).opt("narrative", a.narrative).opt("products", a.products);
  r.opt("keywords", a.keywords).opt("look", a.look).opt("bars", a.bars);
  for (const char* key : {"transitions", "audio", "grade"}) r.take(key);
  VIDGEN_CHECK(r.finish(true));
  name(r, "name", a.name);
  seconds(r, "shortest", a.shortest);
  seconds(r, "longest", a.longest);
  if (a.longest < a.shortest) r.fail("longest", "is below shortest");
  check_look(r, a.look, a.bars);
  return r.finish(true);
}

Result<Archetype> read_archetype(const Json& j, const std::string& path) {
  Archetype a;
  Reader r(j, Errc::template_invalid, path);
  VIDGEN_CHECK(read_archetype_head(r, a));
  VIDGEN_TRY(transitions, read_transitions(j["transitions"], path + ".transitions"));
  VIDGEN_CHECK(check_counts(a.beats.size(), transitions.size(), path + "."));
  VIDGEN_TRY(audio, read_audio(j["audio"], path + ".audio"));
  VIDGEN_TRY(grade, read_grade(j["grade"], path + ".grade"));
  a.transitions = transitions;
  a.audio = audio;
  a.grade = grade;
  if (a.transitions.empty()) a.transitions.resize(a.beats.size() - 1);
  return a;
}

// The list of a document that holds nothing but a schema and that list.
Result<const Json*> only_list(const Json& document, std::string_view key) {
  Reader r(document, Errc::template_invalid);
  std::string schema;
  r.get("schema", schema);
  const Json& list = r.take(key);
  if (!list.is_array()) r.fail(key, "expected a list");
  VIDGEN_CHECK(r.finish(true));
  return &list;
}

}  // namespace

Result<Template> read_template(const Json& document) {
  VIDGEN_TRY(now, upgraded(document, "vidgen.template"));
  Reader r(now, Errc::template_invalid);
  VIDGEN_TRY(t, read_head(r));
  const Json& beats = now["beats"];
  if (!beats.is_array()) return Error(Errc::template_invalid, "beats: expected a list");
  VIDGEN_TRY(transitions, read_transitions(now["transitions"], "transitions"));
  VIDGEN_CHECK(check_counts(beats.items().size(), transitions.size(), ""));
  for (std::size_t i = 0; i < beats.items().size(); ++i) {
    VIDGEN_TRY(b, read_beat(beats.items()[i], at("beats", i), true));
    t.beats.push_back(std::move(b));
  }
  VIDGEN_TRY(audio, read_audio(now["audio"], "audio"));
  VIDGEN_TRY(grade, read_grade(now["grade"], "grade"));
  VIDGEN_CHECK(check_contiguous(t));
  t.transitions = std::move(transitions);
  if (t.transitions.empty()) t.transitions.resize(t.beats.size() - 1);
  t.audio = std::move(audio);
  t.grade = std::move(grade);
  return std::move(t);
}

Result<std::vector<BeatTemplate>> read_beats(const Json& document) {
  VIDGEN_TRY(now, upgraded(document, "vidgen.beats"));
  VIDGEN_TRY(list, only_list(now, "beats"));
  std::vector<BeatTemplate> out;
  for (std::size_t i = 0; i < list->items().size(); ++i) {
    VIDGEN_TRY(b, read_beat(list->items()[i], at("beats", i), false));
    out.push_back(std::move(b));
  }
  return out;
}

Result<std::vector<Archetype>> read_archetypes(const Json& document) {
  VIDGEN_TRY(now, upgraded(document, "vidgen.archetypes"));
  VIDGEN_TRY(list, only_list(now, "archetypes"));
  std::vector<Archetype> out;
  for (std::size_t i = 0; i < list->items().size(); ++i) {
    VIDGEN_TRY(a, read_archetype(list->items()[i], at("archetypes", i)));
    out.push_back(std::move(a));
  }
  return out;
}

Status add_document(TemplateSet& set, std::string_view text) {
  VIDGEN_TRY(document, Json::parse(text));
  std::string schema = document["schema"].as_string();
  if (schema.starts_with("vidgen.beats/")) {
    VIDGEN_TRY(beats, read_beats(document));
    for (BeatTemplate& b : beats) set.beats[b.name] = std::move(b);
  } else if (schema.starts_with("vidgen.archetypes/")) {
    VIDGEN_TRY(archetypes, read_archetypes(document));
    for (Archetype& a : archetypes) set.archetypes[a.name] = std::move(a);
  } else {
    VIDGEN_TRY(t, read_template(document));
    set.templates[t.name] = std::move(t);
  }
  return {};
}

Status check_links(const TemplateSet& set) {
  for (const auto& [key, a] : set.archetypes) {
    for (const std::string& beat : a.beats)
      if (!set.find_beat(beat))
        return Error(Errc::template_invalid, "archetype " + key + ": there is no beat \"" + beat + "\"");
    if (!a.grade.lut.empty() && !set.find_lut(a.grade.lut))
      return Error(Errc::template_invalid, "archetype " + key + ": there is no grade \"" + a.grade.lut + "\"");
  }
  for (const auto& [key, t] : set.templates)
    if (!t.grade.lut.empty() && !set.find_lut(t.grade.lut))
      return Error(Errc::template_invalid, "template " + key + ": there is no grade \"" + t.grade.lut + "\"");
  return {};
}

Template as_template(const Archetype& a, const TemplateSet& set) {
  Template t;
  t.name = a.name;
  t.title = a.title;
  t.look = a.look;
  t.bars = a.bars;
  t.transitions = a.transitions;
  t.audio = a.audio;
  t.grade = a.grade;
  for (const std::string& name : a.beats) {
    const BeatTemplate* found = set.find_beat(name);
    if (!found) continue;
    BeatTemplate b = *found;
    b.start = t.duration;
    t.duration = t.duration + b.length;
    t.beats.push_back(std::move(b));
  }
  return t;
}

}  // namespace vidgen::spec
