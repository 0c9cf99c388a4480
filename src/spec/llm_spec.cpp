// SPDX-License-Identifier: Apache-2.0
#include "spec/llm_spec.hpp"

#include <algorithm>

#include "base/try.hpp"
#include "spec/choose.hpp"
#include "spec/extract.hpp"
#include "spec/llm_beats.hpp"
#include "spec/llm_proposal.hpp"
#include "spec/llm_text.hpp"
#include "spec/llm_words.hpp"
#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

class Maker {
 public:
  Maker(const Request& request, const TemplateSet& set, const Proposal& proposal)
      : request_(request), set_(set), proposal_(proposal), words_(vocabulary(set)) {}

  Result<Spec> make() {
    VIDGEN_TRY(base, spec_by_rules(request_, set_));
    spec_ = base;
    VIDGEN_CHECK(choose_film());
    spec_.source = "llm";
    prompt_ = read_prompt(spec_.prompt);
    said_ = extract(prompt_);
    scrub();
    take_fields();
    take_colours();
    VIDGEN_CHECK(take_beats());
    VIDGEN_CHECK(validate(spec_));
    return std::move(spec_);
  }

 private:
  // The model's why for a field, when it can be shown.
  std::string why(const std::string& field) const {
    for (const ProposedReason& r : proposal_.reasons) {
      if (r.field != field) continue;
      Judged text = judge_reason(r.why);
      return "model: " + (text ? text.text : "its reason " + text.refused);
    }
    return "model: it gives no reason";
  }

  // The model's value took the place of the rules', whose reason no longer holds.
  void took(const std::string& field, const std::string& value) {
    std::erase_if(spec_.reasons, [&](const Reason& r) { return r.field == field; });
    add_reason(spec_, field, value, why(field));
  }
  void kept(const std::string& field, const std::string& value, const std::string& refused) {
    add_reason(spec_, field, value, "rules: the model's value " + refused);
  }

  // Another template changes length, size and grade where neither request nor prompt settles them: the rules once
  // more.
  Status choose_film() {
    if (!proposal_.template_name) return {};
    Pick found = pick(words_.templates, *proposal_.template_name);
    if (!request_.template_name.empty()) {
      if (found.word != spec_.template_name) kept("template", spec_.template_name, "loses to the request's");
      return {};
    }
    if (found.word.empty()) {
      kept("template", spec_.template_name, "is no template");
      return {};
    }
    if (found.word != spec_.template_name) {
      Request again = request_;
      again.template_name = found.word;
      VIDGEN_TRY(other, spec_by_rules(again, set_));
      spec_ = other;
      took("template", found.word);
    }
    if (!found.exact) add_reason(spec_, "template", found.word, "model: the nearest to its own word");
    return {};
  }

  // Words that people may write in a prompt and nobody may find in a spec that a model had its hands in.
  void scrub() {
    for (const ProposedField& row : proposed_fields()) {
      std::string& value = row.at(spec_);
      if (!is_foreign(value)) continue;
      value.clear();
      add_reason(spec_, path_of(row), "", "rules: the prompt's value holds an address or a filter");
    }
  }

  Judged judge(const ProposedField& row, const std::string& said, const std::string& now) const {
    switch (row.kind) {
      case ProposedKind::text:
        return judge_clip_text(said, prompt_, kMostLightingWords);
      case ProposedKind::name:
        return judge_name(said, prompt_);
      case ProposedKind::brand:
        return judge_brand(said, prompt_, now);
      case ProposedKind::material:
        return judge_fact(said, prompt_, material_rows());
      case ProposedKind::colour:
        return judge_fact(said, prompt_, colour_rows());
      case ProposedKind::word:
        break;
    }
    Judged out;
    out.text = pick(words_.*row.list, said).word;
    if (out.text.empty()) out.refused = "is not on the list";
    return out;
  }

  void take_field(const ProposedField& row, const std::string& said) {
    std::string path = path_of(row);
    std::string& value = row.at(spec_);
    Judged judged = judge(row, said, value);
    if (judged && is_foreign(judged.text)) judged.refused = "holds an address or a filter";
    if (!judged) return kept(path, value, judged.refused);
    if (path == "audio.style" && value == "none") return kept(path, value, "loses to the prompt, which wants silence");
    if (judged.text == value) return;
    value = judged.text;
    took(path, value);
    if (row.kind == ProposedKind::word && value != said)
      add_reason(spec_, path, value, "model: the nearest to its own word");
  }

  void take_fields() {
    auto rows = proposed_fields();
    Setting before = spec_.setting;
    std::string light = spec_.style.lighting;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (proposal_.fields[i]) take_field(rows[i], *proposal_.fields[i]);
    // The rules' light follows the place.
    if (spec_.setting != before && spec_.style.lighting == light)
      spec_.style.lighting = std::string(light_words(spec_.setting.place, spec_.setting.time));
  }

  void take_colours() {
    std::vector<std::string> palette;
    std::size_t refused = 0;
    for (const std::string& said : proposal_.colours) {
      Judged colour = judge_fact(said, prompt_, colour_rows());
      bool is_new = std::find(palette.begin(), palette.end(), colour.text) == palette.end();
      if (!colour || is_foreign(colour.text))
        ++refused;
      else if (is_new)
        palette.push_back(colour.text);
    }
    std::string all;
    for (const std::string& c : palette.empty() ? spec_.style.palette : palette) all += (all.empty() ? "" : ", ") + c;
    if (!palette.empty() && palette != spec_.style.palette) {
      spec_.style.palette = palette;
      took("style.palette", all);
    }
    if (refused > 0) kept("style.palette", all, "has " + std::to_string(refused) + " that the prompt does not name");
  }

  Status take_beats() {
    Request named = request_;
    named.template_name = spec_.template_name;
    VIDGEN_TRY(choice, choose_template(named, prompt_, said_, set_));
    std::erase_if(spec_.reasons, [](const Reason& r) { return r.field == "beats" || r.field == "transitions"; });
    Template film = proposed_film(spec_, choice.film, proposal_, prompt_, words_, set_);
    lay_out(spec_, film, request_.captions && !said_.wordless, said_);
    if (proposal_.beats.empty()) return {};
    std::string names;
    for (const Beat& b : spec_.beats) names += (names.empty() ? "" : ", ") + b.name;
    add_reason(spec_, "beats", names, why("beats"));
    return {};
  }

  const Request& request_;
  const TemplateSet& set_;
  const Proposal& proposal_;
  Vocabulary words_;
  Spec spec_;
  Prompt prompt_;
  Extract said_;
};

}  // namespace

Result<Spec> spec_from_proposal(std::string_view json, const Request& request, const TemplateSet& templates) {
  VIDGEN_TRY(proposal, read_proposal(json));
  return Maker(request, templates, proposal).make();
}

}  // namespace vidgen::spec
