// SPDX-License-Identifier: Apache-2.0
// The beats of a proposal as beats of a film: known names, known shots and cameras, judged texts, lengths scaled to
// the film. Works on a spec whose head (length, style, product, setting) is final.
//
// Thread-safety: pure functions. Errors: none; what is refused keeps the library's value and gives a reason.
#pragma once

#include "spec/extract.hpp"
#include "spec/llm_proposal.hpp"
#include "spec/llm_words.hpp"

namespace vidgen::spec {

// Appends {field, value, why}.
void add_reason(Spec& spec, std::string field, std::string value, std::string why);

// `film` with the proposal's beats in place of its own; as it was when none of them can be used.
Template proposed_film(Spec& spec, const Template& film, const Proposal& proposal, const Prompt& prompt,
                       const Vocabulary& words, const TemplateSet& set);
// Beats, captions and transitions of the spec, anew.
void lay_out(Spec& spec, const Template& film, bool captions, const Extract& said);
// Whether a text holds what only people may write.
bool is_foreign(std::string_view text);

}  // namespace vidgen::spec
