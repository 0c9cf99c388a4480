// SPDX-License-Identifier: Apache-2.0
// Prompts in other languages: rows of words and the English words that the tables know for them. A prompt is carried
// over word by word, so that every rule reads every language; names and captions keep the prompt's own words.
//
// Thread-safety: constants and pure functions.
#pragma once

#include <span>
#include <string_view>

#include "spec/prompt.hpp"

namespace vidgen::spec {

// A phrase, folded as Word::low is, and what it means; several English words are several words of the prompt.
struct Foreign {
  std::string_view phrase, english;
};

struct Language {
  std::string_view code;                      // "de"
  std::span<const Foreign> words;
  std::span<const std::string_view> endings;  // what a word may have behind the phrase
  bool compounds = false;                     // nouns are written in one: Edelstahlflasche
  bool spaces = true;                         // stand between words
  bool gender = false;                        // rojo, roja
};

std::span<const Language> languages();

// Replaces Word::low by English where the prompt is in one of the languages, and says which it is; "en" for all else.
std::string_view translate(Prompt& prompt);

std::span<const Foreign> german_words();
std::span<const Foreign> french_words();
std::span<const Foreign> spanish_words();
std::span<const Foreign> japanese_words();

}  // namespace vidgen::spec
