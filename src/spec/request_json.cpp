// SPDX-License-Identifier: Apache-2.0
// Request as JSON, "vidgen.request/1". A member that has its default value is left out, so that the same request
// always gives the same bytes, also when members are added later.
#include <charconv>

#include "base/json.hpp"
#include "base/try.hpp"
#include "spec/upgrade.hpp"
#include "vidgen/request.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;
using base::Reader;

std::string continuity_word(const Request& r) {
  std::string word(to_string(r.continuity));
  return r.continuity == Continuity::batch ? word + ":" + std::to_string(r.batch) : word;
}

void put(Json& j, const char* key, const std::string& value, const std::string& unless) {
  if (value != unless) j.set(key, value);
}

void put_film(Json& j, const Request& r, const Request& plain) {
  j.set("prompt", r.prompt);
  put(j, "template", r.template_name, "");
  if (r.duration) j.set("duration", Rational(r.duration->count(), 1000));
  if (r.size) j.set("size", r.size->to_string());
  put(j, "aspect", r.aspect, "");
  if (r.fps) j.set("fps", *r.fps);
  put(j, "fps_mode", std::string(to_string(r.fps_mode)), std::string(to_string(plain.fps_mode)));
  if (!r.images.empty()) j.set("images", r.images);
}

void put_making(Json& j, const Request& r, const Request& plain) {
  put(j, "backend", r.backend, plain.backend);
  put(j, "model", r.model, "");
  put(j, "continuity", continuity_word(r), continuity_word(plain));
  put(j, "quality", std::string(to_string(r.quality)), std::string(to_string(plain.quality)));
  put(j, "preset", r.preset, "");
  if (r.crf) j.set("crf", *r.crf);
  put(j, "grade", r.grade, "");
  put(j, "music_file", r.music_file, "");
  if (r.cut_to_beat) j.set("cut_to_beat", true);
  if (r.stems) j.set("stems", true);
  if (!r.captions) j.set("captions", false);
  if (r.budget) j.set("budget", r.budget->to_string());
  put(j, "on_ambiguous", std::string(to_string(r.on_ambiguous)), std::string(to_string(plain.on_ambiguous)));
  if (r.seed) j.set("seed", *r.seed);
  put(j, "out", r.out, "");
}

// Seconds that are whole milliseconds.
void get_duration(Reader& reader, Request& r) {
  const Json& j = reader.take("duration");
  if (j.is_null()) return;
  Rational seconds;
  reader.get("duration", seconds);
  if (!reader.finish(false)) return;
  if (1000 % seconds.den() != 0 || seconds < Rational(0) || seconds > Rational(1000000))
    return reader.fail("duration", "expected seconds with at most three decimals");
  r.duration = std::chrono::milliseconds((seconds * Rational(1000)).num());
}

void get_budget(Reader& reader, Request& r) {
  const Json& j = reader.take("budget");
  if (j.is_null()) return;
  if (!j.is_string() && !j.is_number()) return reader.fail("budget", "expected an amount of US dollars, \"2.00\"");
  auto money = Money::parse(j.is_string() ? j.as_string() : j.dump());
  if (!money) return reader.fail("budget", money.error().message());
  r.budget = *money;
}

void get_seed(Reader& reader, Request& r) {
  const Json& j = reader.take("seed");
  if (j.is_null()) return;
  std::string text = j.is_string() ? j.as_string() : j.is_int() ? j.dump() : "";
  std::uint64_t seed = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (text.empty() || ec != std::errc{} || end != text.data() + text.size())
    return reader.fail("seed", "expected a whole number from 0 to 2^64 - 1");
  r.seed = seed;
}

// A parser of words begins with the name of what it reads; the reader does too.
void refuse(Reader& reader, const std::string& key, std::string_view why) {
  const std::string name = key + ": ";
  if (why.substr(0, name.size()) == name) why.remove_prefix(name.size());
  reader.fail(key, std::string(why));
}

template <class T, class Parse>
void get_word(Reader& reader, const char* key, T& out, Parse parse) {
  std::string word;
  reader.opt(key, word);
  if (word.empty()) return;
  auto value = parse(word);
  if (value)
    out = *value;
  else
    refuse(reader, key, value.error().message());
}

void get_words(Reader& reader, Request& r) {
  get_word(reader, "fps_mode", r.fps_mode, parse_fps_mode);
  get_word(reader, "quality", r.quality, parse_quality);
  get_word(reader, "on_ambiguous", r.on_ambiguous, parse_on_ambiguous);
  std::string continuity;
  reader.opt("continuity", continuity);
  if (continuity.empty()) return;
  if (Status s = parse_continuity(continuity, r); !s) refuse(reader, "continuity", s.error().message());
}

template <class T>
void get_optional(Reader& reader, const char* key, const Json& object, std::optional<T>& out) {
  const Json* j = object.find(key);
  T value{};
  reader.opt(key, value);
  if (j && !j->is_null() && reader.finish(false)) out = value;
}

}  // namespace

std::string to_json(const Request& request) {
  const Request plain;
  Json j = Json::object();
  j.set("schema", "vidgen.request/1");
  put_film(j, request, plain);
  put_making(j, request, plain);
  return j.dump();
}

Result<Request> request_from_json(std::string_view json) {
  VIDGEN_TRY(parsed, Json::parse(json));
  VIDGEN_TRY(document, spec::upgraded(parsed, "vidgen.request"));
  Request r;
  Reader reader(document, Errc::invalid_argument);
  reader.take("schema");
  reader.get("prompt", r.prompt).opt("template", r.template_name).opt("aspect", r.aspect).opt("images", r.images);
  reader.opt("backend", r.backend).opt("model", r.model).opt("preset", r.preset).opt("grade", r.grade);
  reader.opt("music_file", r.music_file).opt("captions", r.captions).opt("out", r.out);
  reader.opt("cut_to_beat", r.cut_to_beat).opt("stems", r.stems);
  get_optional(reader, "size", document, r.size);
  get_optional(reader, "fps", document, r.fps);
  get_optional(reader, "crf", document, r.crf);
  get_duration(reader, r);
  get_budget(reader, r);
  get_seed(reader, r);
  get_words(reader, r);
  VIDGEN_CHECK(reader.finish(true));
  return r;
}

VIDGEN_NAMESPACE_END
