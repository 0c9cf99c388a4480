// SPDX-License-Identifier: Apache-2.0
// Captions: short lines chosen by what the beat is for, where and when it plays, what is shown and how it feels. They
// claim nothing that the prompt does not say: no numbers, no prices, no promises.
//
// Thread-safety: a Captioner belongs to one film and one thread; it remembers which lines that film has used.
#pragma once

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

std::span<const CaptionRow> caption_rows();
// What a beat's caption is for, by its role and action.
std::string_view purpose_of(const BeatTemplate& beat);

class Captioner {
 public:
  explicit Captioner(const Spec& spec) : spec_(spec) {}
  // The caption of a beat, broken into lines (opening 22, others 28 characters, two lines at most); empty when nothing
  // fits. `slogan` is what the prompt wants to be said at the end.
  std::string caption(const BeatTemplate& beat, const std::string& slogan);
  std::string over(const BeatTemplate& beat) const;

 private:
  std::string line(std::string_view purpose, std::size_t width);
  std::string filled(std::string_view text, std::size_t width) const;
  const Spec& spec_;
  std::vector<std::string_view> used_;
};

// {product}, {brand}, {style}, {setting}, {category} replaced; other braces stay as they are.
std::string fill(std::string_view text, const Spec& spec);

}  // namespace vidgen::spec
