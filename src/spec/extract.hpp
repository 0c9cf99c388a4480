// SPDX-License-Identifier: Apache-2.0
// What a prompt says, by rules. Every finding keeps the words it comes from; what the prompt does not say stays empty.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spec/prompt.hpp"
#include "vidgen/time.hpp"

namespace vidgen::spec {

// A value and the words of the prompt that gave it.
struct Found {
  Found() = default;
  std::string value;
  std::string words;
  bool operator==(const Found&) const = default;
  explicit operator bool() const { return !value.empty(); }
};

struct FoundProduct {
  FoundProduct() = default;
  Found category;    // "bottle"; empty when no product noun is there
  std::string name;  // "steel water bottle"
  Found brand;
  Found material;
  std::vector<Found> colours;         // all that the prompt names
  Found colour;                       // the product's own, with its finish: "matte black"; not the background's
  std::vector<std::string> benefits;  // what the prompt says for it, as short lines in the prompt's language
  std::string slogan;               // quoted words that the film should say
  std::size_t first = 0, last = 0;  // words of the product's noun phrase
};

struct Extract {
  Extract() = default;
  FoundProduct product;
  std::string language = "en";
  Found place, time, music, mood, aesthetic;
  Found wordless;  // "no text": the film is to be without captions
  Found aspect;
  std::optional<Size> size;  // "1080x1920"
  std::optional<Rational> seconds;
  std::string seconds_words;
  std::vector<std::string> warnings;
};

Extract extract(const Prompt& prompt);

// Its parts, each usable alone.
FoundProduct find_product(const Prompt& prompt);
Found find_brand(const Prompt& prompt, std::size_t first, std::size_t last);
std::string find_slogan(const Prompt& prompt);
std::vector<Found> find_colours(const Prompt& prompt, const FoundProduct& product);
Found find_product_colour(const Prompt& prompt, const FoundProduct& product);
// Clauses and words behind or before the noun: "that keeps coffee hot", "handmade".
std::vector<std::string> find_benefits(const Prompt& prompt, std::size_t last);
void find_length(const Prompt& prompt, Extract& out);
void find_aspect(const Prompt& prompt, Extract& out);
Found find_music(const Prompt& prompt);
Found find_wordless(const Prompt& prompt);
// The heaviest row that matches, the first of equals; words [first, last) are skipped.
Found find_best(const Prompt& prompt, std::span<const Row> table, std::size_t first = 0, std::size_t last = 0);

}  // namespace vidgen::spec
