// SPDX-License-Identifier: Apache-2.0
// What must hold for the shots and the words of any film, whatever its prompt: each check says what is wrong, or
// nothing. They know the promises, not the rules that keep them.
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "spec/text.hpp"
#include "vidgen/spec.hpp"

namespace vidgen::testing_spec {

// Shots that show the subject at one size look like a jump when they stand side by side.
inline std::string_view size_of_shot(std::string_view shot) {
  if (shot == "tracking") return "medium_wide";
  return shot == "extreme_close_up" ? std::string_view("macro") : shot;
}

inline std::string wrong_with_shots(const Spec& s) {
  for (std::size_t i = 1; i < s.beats.size(); ++i)
    if (size_of_shot(s.beats[i].shot) == size_of_shot(s.beats[i - 1].shot)) return s.beats[i].shot + " twice";
  if (s.beats.empty() || s.beats.back().role != "closing") return "no end card";
  constexpr std::array<std::string_view, 4> kHero = {"close_up", "medium_wide", "medium", "low_angle"};
  const bool hero = std::any_of(s.beats.begin(), s.beats.end(), [&](const Beat& b) {
    return std::find(kHero.begin(), kHero.end(), size_of_shot(b.shot)) != kHero.end();
  });
  return hero ? std::string() : "no hero shot";
}

// What a shot shows, in the words of who orders a film: the place, the product, a detail, use, motion, features.
inline bool is_seen(const Beat& b, std::string_view what) {
  const auto one_of = [](std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (what == "place") return one_of(b.shot, {"wide", "medium_wide", "top_down"});
  if (what == "product") return one_of(b.shot, {"close_up", "medium_close_up", "medium", "medium_wide", "low_angle"});
  if (what == "detail") return one_of(b.shot, {"macro", "extreme_close_up"});
  if (what == "motion") return b.shot == "tracking" || one_of(b.camera, {"tracking", "whip_pan", "handheld"});
  if (what == "use") return one_of(b.action, {"usage_scenario", "use_product", "introduce_character", "action"});
  return what == "features" && b.action == "feature_highlight";
}

inline std::string plain_lower(std::string_view text) {
  std::string out = spec::folded(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// All words of the film, one line a caption.
inline std::string words_of(const Spec& s) {
  std::string out;
  for (const Beat& b : s.beats) out += plain_lower(b.over) + "\n" + plain_lower(b.caption) + "\n";
  return out;
}

// Figures, signs and promises that captions may hold only if the prompt has them. A promise is looked for in the
// five languages that captions are written in.
inline std::string invented_in(const Spec& s) {
  constexpr std::array<std::string_view, 25> kClaims = {
      "$",        "€",       "£",        "¥",          "%",      "円",   "free",    "best",  "guarantee",
      "cheapest", "save ",   "proven",   "number one", "gratis", "beste", "garantie", "gratuit", "meilleur",
      "mejor",    "garantiz", "無料",    "最高",       "保証",   "only today", "award"};
  const std::string words = words_of(s), prompt = plain_lower(s.prompt);
  for (char digit = '0'; digit <= '9'; ++digit)
    if (words.find(digit) != words.npos && prompt.find(digit) == prompt.npos) return std::string("a ") + digit;
  for (std::string_view claim : kClaims)
    if (words.find(claim) != words.npos && prompt.find(claim) == prompt.npos) return std::string(claim);
  return {};
}

inline std::string too_long_in(const Spec& s) {
  for (const Beat& b : s.beats) {
    const std::size_t width = b.role == "opening" ? 22 : 28;
    std::size_t lines = 1;
    for (std::size_t at = 0; at <= b.caption.size(); ++lines) {
      const std::size_t end = std::min(b.caption.find('\n', at), b.caption.size());
      if (spec::count_code_points(std::string_view(b.caption).substr(at, end - at)) > width || lines > 2)
        return b.caption;
      at = end + 1;
    }
    if (spec::count_code_points(b.over) > 34) return b.over;
  }
  return {};
}

// A caption in the wrong language, judged by small words that the asked language does not have.
inline std::string foreign_in(const Spec& s, std::string_view language) {
  struct Small {
    std::string_view language, words;
  };
  constexpr Small kSmall[] = {{"en", " the and it you of with is this your "},
                              {"de", " der die das und ist mit dein ein eine hier es "},
                              {"fr", " le la les et est avec une voici ici "},
                              {"es", " el la los y es con una aqui "}};
  for (const Beat& b : s.beats) {
    if (b.caption.empty() || s.prompt.find(b.caption) != s.prompt.npos) continue;
    const bool kana = std::any_of(b.caption.begin(), b.caption.end(), [](char c) { return (c & 0xf0) == 0xe0; });
    if (language == "ja" && !kana) return b.caption;
    const std::string line = " " + plain_lower(b.caption) + " ";
    for (const Small& small : kSmall)
      for (std::size_t at = 0; small.language != language && language != "ja" && at + 1 < small.words.size();) {
        const std::size_t end = small.words.find(' ', at + 1);
        const std::string_view word = small.words.substr(at, end + 1 - at);
        bool shared = false;
        for (const Small& own : kSmall)
          shared = shared || (own.language == language && own.words.find(word) != own.words.npos);
        if (!shared && line.find(word) != line.npos) return b.caption;
        at = end;
      }
  }
  return {};
}

}  // namespace vidgen::testing_spec
