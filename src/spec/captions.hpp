// SPDX-License-Identifier: Apache-2.0
// Captions: short lines chosen by what the beat is for, where and when it plays, what is shown and how it feels. They
// claim nothing that the prompt does not say: no numbers, no prices, no promises.
//
// Thread-safety: a Captioner belongs to one film and one thread; it remembers which lines that film has used.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "vidgen/spec.hpp"

namespace vidgen::spec {

struct CaptionRow {
  std::string_view purpose;                      // opening, detail, use, motion, change, message, brand, closing
  std::string_view place, time, category, mood;  // empty: any
  std::string_view text;                         // may hold {product} and {brand}
};

inline constexpr std::array<std::string_view, 5> kCaptionLanguages = {"en", "de", "fr", "es", "ja"};
// The rows of a language; English for one that has none.
std::span<const CaptionRow> caption_rows(std::string_view language = "en");
std::span<const CaptionRow> english_captions();
std::span<const CaptionRow> german_captions();
std::span<const CaptionRow> french_captions();
std::span<const CaptionRow> spanish_captions();
std::span<const CaptionRow> japanese_captions();

// A word that prompts say for a thing, in English as the tables know it, and the line that says no more than that.
struct BenefitRow {
  std::string_view phrase;
  std::array<std::string_view, kCaptionLanguages.size()> lines;
  std::string_view line(std::string_view language) const;
};
std::span<const BenefitRow> benefit_rows();

// What a beat's caption is for, by its role and action.
std::string_view purpose_of(const BeatTemplate& beat);

class Captioner {
 public:
  // `benefits` are lines of the prompt's own; they come before the table's. The language is one of kCaptionLanguages.
  Captioner(const Spec& spec, std::string language, std::vector<std::string> benefits)
      : spec_(spec), language_(std::move(language)), benefits_(std::move(benefits)) {}
  // The caption of a beat, broken into lines (opening 22, others 28 characters, two lines at most); empty when nothing
  // fits. `slogan` is what the prompt wants to be said at the end.
  std::string caption(const BeatTemplate& beat, const std::string& slogan);
  // The small line above `caption`. An end card names what the film is about: the brand, else the product where the
  // caption does not.
  std::string over(const BeatTemplate& beat, const std::string& caption) const;

 private:
  std::string line(std::string_view purpose, std::size_t width);
  std::string benefit(std::string_view purpose, std::size_t width);
  std::string filled(std::string_view text, std::size_t width) const;
  std::string broken(std::string_view text, std::size_t width) const;
  const Spec& spec_;
  std::string language_;
  std::vector<std::string> benefits_;  // not yet used, first first
  std::vector<std::string_view> used_;
};

// {product}, {brand}, {style}, {setting}, {category} replaced; other braces stay as they are.
std::string fill(std::string_view text, const Spec& spec);

}  // namespace vidgen::spec
