// SPDX-License-Identifier: Apache-2.0
// The words a prompt may use and what they mean, as constexpr rows. A value is one of the words that specs use; an
// empty value hides its phrase from the table ("golden retriever" is no colour). Weights break ties: the heavier row
// wins.
//
// Thread-safety: constants.
#pragma once

#include <span>
#include <string_view>

#include "spec/prompt.hpp"

namespace vidgen::spec {

std::span<const Row> category_rows();  // product nouns
std::span<const Row> material_rows();
std::span<const Row> colour_rows();
std::span<const Row> place_rows();
std::span<const Row> time_rows();
std::span<const Row> music_rows();
std::span<const Row> mood_rows();
std::span<const Row> style_rows();     // aesthetics
std::span<const Row> template_rows();  // template or archetype
std::span<const Row> aspect_rows();
std::span<const Row> loose_length_rows();  // "short clip" -> seconds

// What a place and a time look like in words, for prompts of clip models: "on a mountain trail", "at sunrise".
std::string_view place_words(std::string_view place);
std::string_view time_words(std::string_view place, std::string_view time);
std::string_view light_words(std::string_view place, std::string_view time);
// Where a product is shown when the prompt names no place; `noun` is the folded word the prompt has for it.
std::string_view usual_place(std::string_view category, std::string_view noun);
// The music that goes with a mood when the prompt names none; empty: the template's.
std::string_view music_of_mood(std::string_view mood);

bool is_modifier_stop(std::string_view word);     // ends a noun phrase to the left: "a", "of", "make" …
bool is_dropped_modifier(std::string_view word);  // says how, not what: "new", "elegant", "beautiful"
bool is_tail_noun(std::string_view word);         // may follow the noun: "case", "pot", "set"
bool is_never_brand(std::string_view word);       // capitalised words that are no brands: weekdays, platforms, cities

}  // namespace vidgen::spec
