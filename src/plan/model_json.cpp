// SPDX-License-Identifier: Apache-2.0
#include "plan/model_json.hpp"

#include <charconv>

#include "base/json.hpp"
#include "base/try.hpp"

namespace vidgen::plan {
namespace {

using base::Json;
using base::Reader;

constexpr Errc kCode = Errc::invalid_argument;
constexpr std::string_view kNeeds[] = {"no", "takes", "needs"};
constexpr std::string_view kDurations[] = {"fixed", "grid", "range"};

// Reads the name of an enum's value; `out` keeps its value when the member is missing and `need` is false.
template <class E, std::size_t N>
void read_word(Reader& r, std::string_view key, const std::string_view (&words)[N], E& out, bool need = false) {
  std::string name;
  if (need)
    r.get(key, name);
  else
    r.opt(key, name);
  if (name.empty()) return;
  for (std::size_t i = 0; i < N; ++i)
    if (name == words[i]) {
      out = static_cast<E>(i);
      return;
    }
  r.fail(key, "\"" + name + "\" is not a word of this table");
}

// The same for the enums that have a to_string().
template <class E>
void read_kind(Reader& r, E last, E& out) {
  std::string name;
  r.get("kind", name);
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (to_string(static_cast<E>(i)) == name) {
      out = static_cast<E>(i);
      return;
    }
  if (!name.empty()) r.fail("kind", "\"" + name + "\" is not a word of this table");
}

Money read_money(Reader& r, std::string_view key, bool need) {
  std::string text;
  if (need)
    r.get(key, text);
  else
    r.opt(key, text);
  if (text.empty()) return Money();
  auto money = Money::parse(text);
  if (money) return *money;
  r.fail(key, money.error().message());
  return Money();
}

Status read_price(const Json& value, const std::string& path, Price& p) {
  Reader r(value, kCode, path);
  read_kind(r, PriceKind::per_character, p.kind);
  p.amount = read_money(r, "usd", true);
  p.output_amount = read_money(r, "output_usd", false);
  if (value.find("cached_usd") != nullptr) p.cached_amount = read_money(r, "cached_usd", true);
  if (value.find("cache_write_usd") != nullptr) p.written_amount = read_money(r, "cache_write_usd", true);
  r.opt("typical_units", p.typical_units).opt("worst_units", p.worst_units).opt("condition", p.condition);
  r.get("date", p.date).get("source", p.source);
  return r.finish(true);
}

Status read_duration(const Json& value, const std::string& path, Duration& d) {
  if (value.is_null()) return {};
  Reader r(value, kCode, path);
  read_word(r, "kind", kDurations, d.kind, true);
  for (const Json& v : r.take("values").items()) {
    auto seconds = Rational::parse(v.is_string() ? v.as_string() : v.dump());
    if (seconds)
      d.values.push_back(*seconds);
    else
      r.fail("values", seconds.error().message());
  }
  r.opt("shortest", d.shortest).opt("longest", d.longest).opt("step", d.step);
  r.opt("field", d.field).opt("unit", d.unit);
  return r.finish(true);
}

Status read_takes(const Json& value, const std::string& path, ModelProfile& m) {
  Reader r(value, kCode, path);
  read_word(r, "prompt", kNeeds, m.prompt);
  read_word(r, "first_frame", kNeeds, m.first_frame);
  read_word(r, "last_frame", kNeeds, m.last_frame);
  read_word(r, "audio", kNeeds, m.audio_in);
  read_word(r, "negative_prompt", kNeeds, m.negative_prompt);
  const Json::Array& refs = r.take("references").items();
  if (refs.size() == 2) {
    m.references_min = static_cast<int>(refs[0].as_int());
    m.references_max = static_cast<int>(refs[1].as_int());
  }
  r.opt("seed_bits", m.seed_bits).opt("prompt_words", m.prompt_words);
  return r.finish(true);
}

Status read_returns(const Json& value, const std::string& path, ModelProfile& m) {
  Reader r(value, kCode, path);
  std::vector<std::string> sizes;
  r.opt("frames", m.frames).opt("fps", m.fps).opt("sizes", sizes).opt("audio", m.returns_audio);
  for (const std::string& text : sizes) {
    auto size = Size::parse(text);
    if (size)
      m.sizes.push_back(*size);
    else
      r.fail("sizes", size.error().message());
  }
  return r.finish(true);
}

Result<ModelProfile> read_model(const Json& value, const std::string& path) {
  Reader r(value, kCode, path);
  ModelProfile m;
  r.get("name", m.name).opt("aliases", m.aliases).get("provider", m.provider).get("id", m.id);
  read_kind(r, ModelKind::upscale, m.kind);
  r.opt("retired", m.retired).opt("replaced_by", m.replaced_by);
  VIDGEN_CHECK(read_takes(r.take("takes"), path + ".takes", m));
  VIDGEN_CHECK(read_duration(r.take("duration"), path + ".duration", m.duration));
  VIDGEN_CHECK(read_returns(r.take("returns"), path + ".returns", m));
  r.opt("seconds_to_make", m.seconds_to_make).opt("concurrency", m.concurrency);
  for (const auto& [word, field] : r.take("fields").members()) m.fields[word] = field.as_string();
  const Json::Array& prices = r.take("prices").items();
  for (std::size_t i = 0; i < prices.size(); ++i) {
    m.prices.emplace_back();
    VIDGEN_CHECK(read_price(prices[i], path + ".prices[" + std::to_string(i) + "]", m.prices.back()));
  }
  if (m.prices.empty()) r.fail("prices", "expected at least one");
  r.get("reconcile", m.reconcile).get("date", m.date).get("source", m.source).opt("note", m.note);
  VIDGEN_CHECK(r.finish(true));
  return m;
}

// As read_money() takes it, exactly.
std::string usd_text(Money money) {
  std::string digits = std::to_string(money.micros() % 1'000'000);
  return std::to_string(money.micros() / 1'000'000) + "." + std::string(6 - digits.size(), '0') + digits;
}

bool read_number(std::string_view text, std::int64_t& out) {
  auto [p, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  return ec == std::errc{} && p == text.data() + text.size();
}

}  // namespace

std::string to_json(const Price& p) {
  Json j = Json::object();
  j.set("kind", to_string(p.kind)).set("usd", usd_text(p.amount)).set("output_usd", usd_text(p.output_amount));
  if (p.cached_amount) j.set("cached_usd", usd_text(*p.cached_amount));
  if (p.written_amount) j.set("cache_write_usd", usd_text(*p.written_amount));
  j.set("typical_units", p.typical_units).set("worst_units", p.worst_units).set("condition", p.condition);
  j.set("date", p.date).set("source", p.source);
  return j.dump();
}

Result<Price> price_from_json(std::string_view text) {
  VIDGEN_TRY(root, Json::parse(text));
  Price out;
  VIDGEN_CHECK(read_price(root, "price", out));
  return out;
}

Result<std::vector<ModelProfile>> models_from_json(std::string_view text) {
  VIDGEN_TRY(root, Json::parse(text));
  Reader r(root, kCode);
  std::string schema;
  r.get("schema", schema);
  if (schema != "vidgen.model/1") r.fail("schema", "expected \"vidgen.model/1\"");
  std::vector<ModelProfile> out;
  const Json::Array& rows = r.take("models").items();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    VIDGEN_TRY(model, read_model(rows[i], "models[" + std::to_string(i) + "]"));
    out.push_back(std::move(model));
  }
  VIDGEN_CHECK(r.finish(true));
  return out;
}

Result<std::int64_t> day_number(std::string_view date) {
  std::int64_t y = 0, m = 0, d = 0;
  const bool shaped = date.size() == 10 && date[4] == '-' && date[7] == '-' && read_number(date.substr(0, 4), y) &&
                      read_number(date.substr(5, 2), m) && read_number(date.substr(8, 2), d);
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!shaped || y < 1970 || m < 1 || m > 12 || d < 1 || d > kDays[m - 1] + (m == 2 && leap ? 1 : 0))
    return Error(kCode, "\"" + std::string(date.substr(0, 40)) + "\" is not a date: write it as 2026-11-21");
  // Counted from March, so that the leap day is a year's last.
  y -= m <= 2 ? 1 : 0;
  const std::int64_t era = y / 400, of_era = y % 400;
  const std::int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

Result<std::vector<std::string>> stale_rows(const ModelSet& set, std::string_view today) {
  VIDGEN_TRY(now, day_number(today));
  std::vector<std::string> out;
  for (const auto& [name, model] : set.models) {
    VIDGEN_TRY(checked, day_number(model.date));
    if (model.retired.empty() && now - checked > 365) out.push_back(name);
  }
  return out;
}

}  // namespace vidgen::plan
