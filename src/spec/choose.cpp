// SPDX-License-Identifier: Apache-2.0
#include "spec/choose.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "spec/aspect.hpp"
#include "spec/tables.hpp"
#include "spec/template_json.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kDefault = "product_showcase";
constexpr int kDefaultScore = 2, kKeyword = 3;

struct Score {
  Score() = default;
  std::string name;
  int points = 0;
  std::string words;  // of the prompt, that counted
};

void add(Score& s, const Prompt& p, const Hit& hit) {
  std::string words = text_of(p, hit.first, hit.last);
  s.points += hit.row->weight;
  s.words += (s.words.empty() ? "\"" : ", \"") + words + "\"";
}

// Rows of the word table that vote for `name`, each word once.
void add_rows(Score& s, const Prompt& p, std::span<const Row> rows) {
  std::vector<std::string_view> seen;
  for (const Hit& hit : hits(p, rows)) {
    if (hit.row->value != s.name || std::find(seen.begin(), seen.end(), hit.row->phrase) != seen.end()) continue;
    seen.push_back(hit.row->phrase);
    add(s, p, hit);
  }
}

Score score_archetype(const Archetype& a, const Prompt& p, const std::string& category) {
  Score s;
  s.name = a.name;
  std::vector<Row> rows;
  for (const std::string& word : a.keywords) {
    Row row;
    row.phrase = word;
    row.value = a.name;
    row.weight = kKeyword;
    rows.push_back(row);
  }
  add_rows(s, p, rows);
  std::string plain = category;
  std::replace(plain.begin(), plain.end(), '_', ' ');
  if (s.points > 0 && std::find(a.products.begin(), a.products.end(), plain) != a.products.end()) ++s.points;
  return s;
}

Score score_template(const Template& t, const Prompt& p) {
  Score s;
  s.name = t.name;
  add_rows(s, p, template_rows());
  if (t.name == kDefault) s.points = std::max(s.points, kDefaultScore);
  return s;
}

std::optional<Template> film_of(const std::string& name, const TemplateSet& set) {
  if (const Template* t = set.find(name)) return *t;
  if (const Archetype* a = set.find_archetype(name)) return as_template(*a, set);
  return {};
}

Error unknown_template(const std::string& name, const TemplateSet& set) {
  std::vector<std::string> all;
  for (const auto& [key, t] : set.templates) all.push_back(key);
  for (const auto& [key, a] : set.archetypes) all.push_back(key);
  std::string_view near = nearest(all, name);
  std::string what = "there is no template \"" + name.substr(0, 64) + "\"";
  if (!near.empty()) return Error(Errc::not_found, what + "; did you mean \"" + std::string(near) + "\"?");
  std::string list;
  for (const std::string& n : all) list += (list.empty() ? "" : ", ") + n;
  return Error(Errc::not_found, what + "; there are " + list);
}

}  // namespace

Result<Choice> choose_template(const Request& request, const Prompt& prompt, const Extract& said,
                               const TemplateSet& set) {
  Choice out;
  if (!request.template_name.empty()) {
    auto film = film_of(request.template_name, set);
    if (!film) return unknown_template(request.template_name, set);
    out.film = std::move(*film);
    out.why = "the request names it";
    return out;
  }
  Score best;
  auto consider = [&](Score s) {
    if (s.points > best.points) best = std::move(s);
  };
  // The default is looked at first, so that it wins ties.
  if (const Template* t = set.find(std::string(kDefault))) consider(score_template(*t, prompt));
  for (const auto& [key, t] : set.templates) consider(score_template(t, prompt));
  for (const auto& [key, a] : set.archetypes) consider(score_archetype(a, prompt, said.product.category.value));
  if (best.name.empty() && !set.templates.empty()) best.name = set.templates.begin()->first;
  auto film = film_of(best.name, set);
  if (!film) return Error(Errc::not_found, "there are no templates; load the built-in ones");
  out.film = std::move(*film);
  out.why = best.words.empty() ? "nothing in the prompt asks for another" : "the prompt says " + best.words;
  return out;
}

SizeChoice choose_size(const Request& request, const Extract& said, const Template& film) {
  SizeChoice out;
  if (request.size) {
    out.size = *request.size;
    out.why = "the request says so";
    return out;
  }
  if (auto size = size_of_aspect(request.aspect)) {
    out.size = *size;
    out.why = "the request's aspect is " + request.aspect;
  } else if (said.size) {
    out.size = *said.size;
    out.why = "the prompt says \"" + said.aspect.words + "\"";
  } else if (auto spoken = size_of_aspect(said.aspect.value)) {
    out.size = *spoken;
    out.why = "the prompt says \"" + said.aspect.words + "\"";
  } else {
    out.size = film.size;
    out.why = "the template's size";
  }
  Size full = out.size;
  out.size = size_at(full, request.quality);
  if (out.size != full) out.why += "; draft quality makes " + full.to_string() + " smaller";
  return out;
}

}  // namespace vidgen::spec
