// SPDX-License-Identifier: Apache-2.0
// What a language model may propose for a film: its single fields as rows, and the closed lists they choose from. The
// schema, the reading and the taking over all loop these rows. Lists come from the word tables and the templates, so
// a new word or template is there at once; they are sorted and each word stands once.
//
// Thread-safety: values and pure functions. Errors: none.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vidgen/spec.hpp"

namespace vidgen::spec {

struct Vocabulary {
  Vocabulary() = default;
  std::vector<std::string> templates;  // and archetypes
  std::vector<std::string> beats;      // of the library and of all templates
  std::vector<std::string> shots, cameras, aesthetics, moods, categories, places, times, music, tempos;
};
Vocabulary vocabulary(const TemplateSet& set);

// word: one of a list. text: words of the model's own. The others are facts, which the prompt must hold.
enum class ProposedKind { word, text, name, brand, material, colour };

struct ProposedField {
  std::string_view object, key;  // "style", "mood"
  ProposedKind kind = ProposedKind::text;
  std::vector<std::string> Vocabulary::*list = nullptr;  // of a word
  std::string& (*at)(Spec&) = nullptr;
  std::string_view about;  // what it is, for the model
};
std::span<const ProposedField> proposed_fields();
// "style.mood"
std::string path_of(const ProposedField& field);
// What a model may give a reason for: template, beats, style.palette and the rows' paths.
std::vector<std::string> reason_fields();

// The beat of that name: the film's own, else the library's, else another template's; null when there is none.
const BeatTemplate* find_beat(const TemplateSet& set, const Template& film, std::string_view name);

// A word chosen from a list: itself, or what it means ("dolly in" -> "push_in"), or the nearest; empty when none is
// near.
struct Pick {
  Pick() = default;
  std::string word;
  bool exact = false;
};
Pick pick(const std::vector<std::string>& list, std::string_view text);

inline constexpr std::size_t kMostActionWords = 60;    // the model is asked for 40
inline constexpr std::size_t kMostLightingWords = 16;  // and for 12
inline constexpr std::size_t kMostProposedColours = 16, kMostProposedReasons = 64;
inline constexpr std::size_t kMostProposalBytes = 256u << 10;

}  // namespace vidgen::spec
