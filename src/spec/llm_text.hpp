// SPDX-License-Identifier: Apache-2.0
// Judges words that a language model wrote, before a clip model or a person reads them. It accepts by a list of what
// plain English sentences are made of, so that addresses, paths, filters, markup and shell text have no way in, and
// compares facts with the prompt. What it refuses is replaced by the caller, never repaired by guessing.
//
// Thread-safety: pure functions. Errors: none; a refusal says why in words for a reason ("holds an address").
#pragma once

#include <string>
#include <string_view>

#include "spec/prompt.hpp"

namespace vidgen::spec {

struct Judged {
  Judged() = default;
  std::string text;     // clean; empty when refused
  std::string refused;  // why; empty when accepted
  explicit operator bool() const { return refused.empty(); }
};

// Text for a clip model: at most `most_words`, no brand, colour, number or claim that the prompt does not have.
Judged judge_clip_text(std::string_view text, const Prompt& prompt, std::size_t most_words);
// Why a field has its value, for people: harmless, but free to speak of anything; at most 40 words.
Judged judge_reason(std::string_view text);

// Facts: what stands in the prompt, unnegated, as the prompt spells it (the name in small letters).
Judged judge_brand(std::string_view text, const Prompt& prompt, const std::string& by_rules);
Judged judge_name(std::string_view text, const Prompt& prompt);
// A word of the table that the prompt's words mean, or words of the prompt itself.
Judged judge_fact(std::string_view text, const Prompt& prompt, std::span<const Row> table);

}  // namespace vidgen::spec
