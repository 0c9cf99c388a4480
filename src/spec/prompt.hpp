// SPDX-License-Identifier: Apache-2.0
// Prompt: a cleaned prompt as words with their places, and matching of word tables against it. Whole words only; the
// longest match wins; plurals and small misspellings of longer words count as the word.
//
// Thread-safety: values and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vidgen::spec {

struct Word {
  Word() = default;
  std::string text;      // as written; empty where one written word stands for several
  std::string low;       // folded, without a possessive 's; in English whatever the prompt's language
  bool capital = false;  // begins with a capital letter
  bool shout = false;    // two or more letters, all capitals
  bool first = false;    // begins a sentence
  bool joined = false;   // nothing but a hyphen between it and the word before
  bool breaks = false;   // a comma, full stop, bracket or the like stands before it
  bool quoted = false;   // inside quotation marks
  bool glued = false;    // no space stands between it and the word before
  bool exact = false;    // of a prompt in another language: no misspelling of an English word
  bool negated = false;  // "no", "not", "without" stands before it, in the same breath
};

struct Quote {
  Quote() = default;
  std::string text;
  std::size_t word = 0;  // index of its first word
};

struct Prompt {
  Prompt() = default;
  std::string text;
  std::vector<Word> words;
  std::vector<Quote> quotes;
  std::string_view language = "en";
  bool title_case = false;  // most words begin with capitals, so capitals say nothing
};

Prompt read_prompt(std::string cleaned);

// A row of a table: a phrase of words separated by spaces, and what it means.
struct Row {
  std::string_view phrase;
  std::string_view value;
  int weight = 1;
};

struct Hit {
  Hit() = default;
  const Row* row = nullptr;
  std::size_t first = 0, last = 0;  // words [first, last)
};

// All matches of the table outside quotation marks, left to right, without overlap, negated ones left out. Rows with an
// empty value only hide the words that they cover ("golden retriever" is not gold).
std::vector<Hit> hits(const Prompt& prompt, std::span<const Row> table);
// As hits, but keeps negated ones and nothing else.
std::vector<Hit> negated_hits(const Prompt& prompt, std::span<const Row> table);
// The longest row that matches at word `at`, whatever its value.
std::optional<Hit> match_at(const Prompt& prompt, std::span<const Row> table, std::size_t at);
// Whether the folded word is the table's word, its plural, or a near misspelling.
bool same_word(std::string_view word, std::string_view of_table);
// It is that word misspelt.
bool is_slip(std::string_view word, std::string_view of_table);
bool is_any(std::string_view word, std::span<const std::string_view> list);
// The words [first, last) as the prompt has them.
std::string text_of(const Prompt& prompt, std::size_t first, std::size_t last);

}  // namespace vidgen::spec
