// SPDX-License-Identifier: Apache-2.0
// What the film calls its subject, and films that are to be without words.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "make.hpp"

namespace vidgen {
namespace {

using testing_spec::spec_of;

// The last beat's two lines: "Botella | Compruébalo".
std::string card_of(const char* prompt) {
  const Beat last = spec_of(prompt).beats.back();
  return last.over + " | " + last.caption;
}

TEST(Naming, TheEndCardNamesWhatTheFilmIsAbout) {
  for (auto [prompt, name] : {std::pair("Botella de acero en la montaña, 20 segundos", "Botella"),
                              {"Un fauteuil en cuir dans un salon, ambiance calme", "Fauteuil"},
                              {"静かなリビングの木の椅子", "椅子"},
                              {"A film for a law firm, serious, 30 sec", "Law firm"},
                              {"a steel bottle on a desk", "steel bottle"},
                              {"perfume called \"Aurelia\" in a dark studio", "Aurelia"}})
    EXPECT_NE(card_of(prompt).find(name), std::string::npos) << prompt << ": " << card_of(prompt);
}

// Not a name: the word for the kind of thing, or what something is only likened to.
TEST(Naming, AnIdeaIsCalledByWhatItIsOf) {
  EXPECT_EQ(spec_of("The idea of slow travel, calm").product.name, "slow travel");
  EXPECT_EQ(card_of("an idea, calm, 20 seconds").substr(0, 3), " | ");
  EXPECT_EQ(spec_of("A poster-like film about the ocean").product.name, "");
  EXPECT_EQ(spec_of("An emotional film about a letter, no product, piano music").product.name, "letter");
}

TEST(Naming, PackagesSayWhatIsInThem) {
  EXPECT_EQ(spec_of("a carton of oat milk, fresh kitchen").product.name, "carton of oat milk");
}

TEST(Naming, WhatHappensKeepsItsProperName) {
  EXPECT_EQ(spec_of("Teaser for the Oslo Tea Festival 2031, bold").product.brand, "Oslo Tea Festival 2031");
  EXPECT_EQ(spec_of("a music festival by the sea, bold").product.brand, "");
  EXPECT_EQ(spec_of("Teaser for the Festival, bold").product.brand, "");
}

TEST(Naming, SlipsAreNotRepeated) {
  EXPECT_EQ(spec_of("make video of headfones in city").product.name, "headphones");
  EXPECT_EQ(spec_of("coffe mug on a desk").product.name, "coffee mug");
  EXPECT_EQ(spec_of("white sneeker in the street").product.name, "sneaker");
}

TEST(Naming, ATersePromptsFirstWordsAreItsSubject) {
  EXPECT_EQ(spec_of("cheesecake, cafe, slow").product.name, "cheesecake");
  EXPECT_EQ(spec_of("fireworks, night, loud").product.name, "fireworks");
  for (const char* none : {"inspiring, loud, city", "please make a film, slow", "sunset, beach, calm"})
    EXPECT_EQ(spec_of(none).product.name, "") << none;
}

TEST(Wordless, ThePromptCanAskForNoWords) {
  for (const char* prompt :
       {"headphones in a studio, no text, 8 seconds", "a mug on a desk without captions", "a mug, no titles please",
        "Kopfhörer im Studio, ohne Text, 8 Sekunden", "Tasse auf einem Schreibtisch, keine Untertitel",
        "une tasse dans un café, sans texte", "una taza en un café, sin texto", "机の上のマグカップ、文字なし"}) {
    const Spec s = spec_of(prompt);
    for (const Beat& b : s.beats) EXPECT_EQ(b.over + b.caption, "") << prompt;
    EXPECT_TRUE(std::any_of(s.reasons.begin(), s.reasons.end(),
                            [](const Reason& r) { return r.field == "captions" && r.value == "none"; }))
        << prompt;
  }
  EXPECT_NE(card_of("a text book on a desk"), " | ");
  EXPECT_NE(card_of("a mug on a desk, no music"), " | ");
}

}  // namespace
}  // namespace vidgen
