// SPDX-License-Identifier: Apache-2.0
#include "spec/llm_text.hpp"

#include <algorithm>

#include "spec/llm_prompt.hpp"
#include "spec/llm_stops.hpp"
#include "spec/tables.hpp"
#include "spec/text.hpp"

namespace vidgen::spec {
namespace {

constexpr std::size_t kMostBytes = 1000, kLongestWord = 24, kLeakWords = 6, kMostReasonWords = 40;

Judged refusal(std::string why) {
  Judged out;
  out.refused = std::move(why);
  return out;
}

bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// Typographic marks as plain ones; a colon or semicolon before a space as a comma.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = next_code_point(text, at);
    bool pause = (c == ':' || c == ';') && (at == text.size() || text[at] == ' ');
    if (c == 0x2018 || c == 0x2019)
      out += '\'';
    else if (c >= 0x2010 && c <= 0x2015)
      out += '-';
    else if (c == 0x2026)
      out += '.';
    else if (pause)
      out += ',';
    else
      append_utf8(out, c);
  }
  return out;
}

// A full stop ends a sentence or stands between digits; anything else is a file's or a host's.
bool stops_well(std::string_view text, std::size_t at) {
  if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '.') return false;
  if (at + 1 == text.size() || text[at + 1] == ' ') return true;
  return is_digit(static_cast<unsigned char>(text[at - 1])) && is_digit(static_cast<unsigned char>(text[at + 1]));
}

std::string wrong_mark(std::string_view text, std::string_view marks) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t here = at;
    char32_t c = next_code_point(text, at);
    if (c == '.' && !stops_well(text, here)) return "holds what looks like an address or a file";
    if (is_latin(c) || is_digit(c) || c == ' ' || c == '.') continue;
    if (c < 0x80 && marks.find(static_cast<char>(c)) != marks.npos) continue;
    return c < 0x80 ? "holds a mark that plain sentences do not need" : "is not plain English";
  }
  return {};
}

std::string spelled(const Prompt& p, std::size_t first, std::size_t last) {
  std::string out = " ";
  for (std::size_t i = first; i < last && i < p.words.size(); ++i) out += p.words[i].low + " ";
  return out;
}

// Six words in a row from our own rules: the model was talked into telling them.
bool leaks(const Prompt& text) {
  if (text.words.size() < kLeakWords) return false;
  Prompt rules = read_prompt(folded_spaces(llm_rules()));
  std::string all = spelled(rules, 0, rules.words.size());
  for (std::size_t i = 0; i + kLeakWords <= text.words.size(); ++i)
    if (all.find(spelled(text, i, i + kLeakWords)) != all.npos) return true;
  return false;
}

bool has(const Prompt& prompt, const std::string& low) {
  return std::any_of(prompt.words.begin(), prompt.words.end(),
                     [&](const Word& w) { return w.low == low && !w.negated; });
}

// Cleaned and of plain marks, or refused.
Judged cleaned(std::string_view text, std::string_view marks, std::size_t most_words) {
  if (text.size() > kMostBytes) return refusal("is too long");
  if (first_invalid(text) != text.npos) return refusal("is not valid UTF-8");
  Judged out;
  out.text = plain(folded_spaces(text));
  if (out.text.empty()) return refusal("is empty");
  if (std::string why = wrong_mark(out.text, marks); !why.empty()) return refusal(why);
  Prompt words = read_prompt(out.text);
  if (words.words.empty()) return refusal("says nothing");
  if (words.words.size() > most_words) return refusal("has more than " + std::to_string(most_words) + " words");
  for (const Word& w : words.words)
    if (count_code_points(w.text) > kLongestWord) return refusal("holds something that is no word");
  if (!hits(words, order_rows()).empty() || !negated_hits(words, order_rows()).empty() || leaks(words))
    return refusal("speaks of instructions, programs or words in the picture");
  return out;
}

bool inner_capital(const Word& w) {
  for (std::size_t i = 1; i < w.text.size(); ++i)
    if (w.text[i] >= 'A' && w.text[i] <= 'Z' && w.text[i - 1] != '\'') return true;
  return false;
}

// A name that the prompt does not have: a capital inside a sentence, capitals inside a word, or a mark known anywhere.
std::string strange_name(const Prompt& text, const Prompt& prompt) {
  for (const Word& w : text.words) {
    bool named = (w.capital && !w.first && w.text != "I") || w.shout || inner_capital(w) || is_mark(w.low);
    if (named && !has(prompt, w.low)) return "names something that the prompt does not";
    if (w.low.find_first_of("0123456789") != w.low.npos && !has(prompt, w.low))
      return "gives a number that the prompt does not";
  }
  return {};
}

bool means(const Prompt& prompt, std::span<const Row> table, std::string_view value) {
  std::vector<Hit> all = hits(prompt, table);
  return std::any_of(all.begin(), all.end(), [&](const Hit& h) { return h.row->value == value; });
}

std::string strange_colour(const Prompt& text, const Prompt& prompt) {
  for (auto* find : {&hits, &negated_hits})
    for (const Hit& hit : find(text, colour_rows()))
      if (!means(prompt, colour_rows(), hit.row->value) && !has(prompt, text.words[hit.first].low))
        return "gives a colour that the prompt does not";
  return {};
}

std::string strange_claim(const Prompt& text, const Prompt& prompt) {
  for (auto* find : {&hits, &negated_hits})
    for (const Hit& hit : find(text, claim_rows())) {
      std::vector<Hit> said = hits(prompt, claim_rows());
      bool same = std::any_of(said.begin(), said.end(), [&](const Hit& h) { return h.row->phrase == hit.row->phrase; });
      if (!same) return "claims something that the prompt does not";
    }
  return {};
}

// Where the words of `wanted` stand in a row in the prompt, unnegated; npos when nowhere.
std::size_t place_of(const Prompt& wanted, const Prompt& prompt) {
  std::size_t n = wanted.words.size();
  for (std::size_t at = 0; n > 0 && at + n <= prompt.words.size(); ++at) {
    bool same = true;
    for (std::size_t i = 0; i < n && same; ++i) {
      const Word& w = prompt.words[at + i];
      same = w.low == wanted.words[i].low && !w.negated;
    }
    if (same) return at;
  }
  return std::string::npos;
}

bool is_noun(const std::string& low) {
  auto rows = category_rows();
  return std::any_of(rows.begin(), rows.end(), [&](const Row& r) { return r.phrase == low && !r.value.empty(); });
}

// The words of a fact: short, valid, and there.
Judged fact_words(std::string_view text, Prompt& out) {
  if (text.size() > 200) return refusal("is too long");
  if (first_invalid(text) != text.npos) return refusal("is not valid UTF-8");
  out = read_prompt(folded_spaces(text));
  if (out.words.empty()) return refusal("says nothing");
  if (out.words.size() > 6) return refusal("has more than 6 words");
  return {};
}

// A word of its own that could be a name: no small word, no kind of thing, no colour.
bool may_name(const Prompt& prompt, std::size_t at) {
  const Word& w = prompt.words[at];
  if (w.quoted || w.capital) return !is_modifier_stop(w.low);
  return !is_modifier_stop(w.low) && !match_at(prompt, category_rows(), at) && !match_at(prompt, colour_rows(), at) &&
         !match_at(prompt, material_rows(), at);
}

}  // namespace

Judged judge_clip_text(std::string_view text, const Prompt& prompt, std::size_t most_words) {
  Judged out = cleaned(text, "',-()!?", most_words);
  if (!out) return out;
  Prompt words = read_prompt(out.text);
  for (auto* strange : {&strange_name, &strange_colour, &strange_claim})
    if (std::string why = strange(words, prompt); !why.empty()) return refusal(why);
  return out;
}

Judged judge_reason(std::string_view text) {
  return cleaned(text, "',-()!?\"", kMostReasonWords);
}

Judged judge_brand(std::string_view text, const Prompt& prompt, const std::string& by_rules) {
  Prompt words;
  if (Judged no = fact_words(text, words); !no) return no;
  Judged out;
  if (!by_rules.empty() && folded(by_rules) == folded(folded_spaces(text))) {
    out.text = by_rules;
    return out;
  }
  std::size_t at = place_of(words, prompt);
  if (at == std::string::npos) return refusal("is not in the prompt");
  bool name = false;
  for (std::size_t i = 0; i < words.words.size(); ++i) name = name || may_name(prompt, at + i);
  if (!name) return refusal("is no name in the prompt");
  out.text = text_of(prompt, at, at + words.words.size());
  if (count_code_points(out.text) > 40) return refusal("is too long");
  return out;
}

Judged judge_name(std::string_view text, const Prompt& prompt) {
  Prompt words;
  if (Judged no = fact_words(text, words); !no) return no;
  Judged out;
  for (const Word& w : words.words) {
    if (!has(prompt, w.low) && !is_noun(w.low)) return refusal("has words that are not in the prompt");
    out.text += (out.text.empty() ? "" : w.joined ? "-" : " ") + w.low;
  }
  if (count_code_points(out.text) > 60) return refusal("is too long");
  return out;
}

Judged judge_fact(std::string_view text, const Prompt& prompt, std::span<const Row> table) {
  Prompt words;
  if (Judged no = fact_words(text, words); !no) return no;
  Judged out;
  for (const Hit& hit : hits(words, table))
    if (hit.first == 0 && hit.last == words.words.size() && means(prompt, table, hit.row->value)) {
      out.text = hit.row->value;
      return out;
    }
  std::size_t at = place_of(words, prompt);
  if (at == std::string::npos || words.words.size() > 3) return refusal("is not in the prompt");
  for (std::size_t i = at; i < at + words.words.size(); ++i)
    if (is_modifier_stop(prompt.words[i].low) || match_at(prompt, category_rows(), i))
      return refusal("is not named by the prompt");
  for (std::size_t i = 0; i < words.words.size(); ++i) out.text += (i ? " " : "") + words.words[i].low;
  if (count_code_points(out.text) > 40) return refusal("is too long");
  return out;
}

}  // namespace vidgen::spec
