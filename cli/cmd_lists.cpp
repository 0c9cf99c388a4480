// SPDX-License-Identifier: Apache-2.0
// vidgen models, vidgen templates
#include <cstdio>

#include "cli/session.hpp"

namespace vidgen::cli {
namespace {

using base::Json;

std::string_view per(PriceKind k) {
  switch (k) {
    case PriceKind::free:
      return "";
    case PriceKind::per_clip:
      return " a clip";
    case PriceKind::per_output_second:
      return " a second";
    case PriceKind::per_gpu_second:
      return " a GPU second";
    case PriceKind::per_image:
      return " an image";
    case PriceKind::per_run:
      return " a run";
    case PriceKind::per_token:
      return " a million tokens in";
    case PriceKind::per_character:
      return " a million characters";
  }
  return "";
}

std::string price_of(const ModelProfile& m) {
  if (m.prices.empty()) return "unknown";
  const Price& p = m.prices.front();
  return p.kind == PriceKind::free ? "free" : p.amount.to_string() + std::string(per(p.kind));
}

std::string length_of(const ModelProfile& m) {
  if (m.kind != ModelKind::video) return "";
  char text[48];
  double a = m.shortest_seconds().to_double(), b = m.longest_seconds().to_double();
  if (a == b)
    std::snprintf(text, sizeof text, "%.4g s", a);
  else
    std::snprintf(text, sizeof text, "%.4g to %.4g s", a, b);
  return text;
}

int models(const Session& session, bool all) {
  auto set = ModelSet::load(session.config().model_folder);
  if (!set) return fail(session, set.error());
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows = {{"model", "kind", "provider", "length", "price", "checked", ""}};
  for (const auto& [name, m] : set->models) {
    if (!all && !m.retired.empty()) continue;
    Json j = Json::object();
    j.set("name", m.name).set("kind", to_string(m.kind)).set("provider", m.provider).set("id", m.id);
    j.set("length", length_of(m)).set("price", price_of(m)).set("date", m.date).set("retired", m.retired);
    list.push(j);
    std::string remark =
        m.retired.empty() ? "" : "retired " + m.retired + (m.replaced_by.empty() ? "" : ", use " + m.replaced_by);
    for (const std::string& alias : m.aliases) remark += (remark.empty() ? "also " : ", ") + alias;
    rows.push_back({m.name, std::string(to_string(m.kind)), m.provider, length_of(m), price_of(m), m.date, remark});
  }
  if (!session.json) print_table(rows);
  Json result = Json::object();
  result.set("models", list);
  return done(session, result);
}

void list_templates(const TemplateSet& set, Json& result) {
  Json templates = Json::array(), archetypes = Json::array();
  std::vector<std::vector<std::string>> rows = {{"template", "length", "beats", "music", "grade", ""}};
  for (const auto& [name, t] : set.templates) {
    rows.push_back(
        {name, t.duration.to_string() + " s", std::to_string(t.beats.size()), t.audio.style, t.grade.lut, t.title});
    templates.push(name);
  }
  for (const auto& [name, a] : set.archetypes) {
    rows.push_back({name, a.shortest.to_string() + " to " + a.longest.to_string() + " s",
                    std::to_string(a.beats.size()), a.audio.style, a.grade.lut, a.title});
    archetypes.push(name);
  }
  if (result.is_null())
    print_table(rows);
  else
    result.set("templates", templates).set("archetypes", archetypes);
}

Json words_json(const TemplateSet& set) {
  Json j = Json::object(), beats = Json::array(), grades = Json::array(), transitions = Json::array();
  for (const auto& [name, beat] : set.beats) beats.push(name);
  for (const auto& [name, text] : set.luts) grades.push(name);
  for (const TransitionRow& row : transition_rows()) transitions.push(std::string(row.name));
  return j.set("beats", beats).set("grades", grades).set("transitions", transitions);
}

int templates(const Session& session) {
  auto set = TemplateSet::load(session.config().template_folder);
  if (!set) return fail(session, set.error());
  Json result = session.json ? words_json(*set) : Json();
  list_templates(*set, result);
  if (!session.json) {
    print_line("");
    std::vector<std::vector<std::string>> beats = {{"beat", "length", "shot", "camera", "place"}};
    for (const auto& [name, b] : set->beats)
      beats.push_back({name, b.length.to_string() + " s", b.shot, b.camera, b.role});
    print_table(beats);
    print_line("");
    for (const auto& [name, text] : set->luts) print_line("grade  " + name);
    std::string kinds;
    for (const TransitionRow& row : transition_rows()) kinds += " " + std::string(row.name);
    print_line("transitions " + kinds);
  }
  return done(session, result.is_null() ? Json::object() : result);
}

}  // namespace

void add_lists(CLI::App& root, Session& session) {
  CLI::App* m = sub_command(root, session, "models", "the models that can make clips, pictures and music, with prices");
  auto all = std::make_shared<bool>(false);
  m->add_flag("--all", *all, "retired ones too");
  m->callback([&session, all] { session.command = [&session, all] { return models(session, *all); }; });
  CLI::App* t = sub_command(root, session, "templates", "templates, archetypes, beats, grades and transitions");
  t->callback([&session] { session.command = [&session] { return templates(session); }; });
}

}  // namespace vidgen::cli
