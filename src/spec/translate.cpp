// SPDX-License-Identifier: Apache-2.0
// translate: which language a prompt is in, and its words as the tables know them.
#include <algorithm>
#include <string>

#include "spec/lexicon.hpp"
#include "spec/tables.hpp"
#include "spec/text.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kGermanEndings[] = {"e", "n", "en", "er", "es", "em", "s", "ere"};
constexpr std::string_view kFrenchEndings[] = {"s", "x", "e", "es", "le"};
constexpr std::string_view kSpanishEndings[] = {"s", "es", "a", "as"};
// Letters that German puts between the parts of a compound.
constexpr std::string_view kJoints[] = {"", "s", "n", "en", "e"};

constexpr std::size_t kShortestStem = 3, kShortestPart = 4;

enum class Fit { none, ending, exact };

bool ends_as(std::string_view word, std::string_view stem, const Language& language) {
  if (stem.size() < kShortestStem) return false;
  if (word.starts_with(stem) && is_any(word.substr(stem.size()), language.endings)) return true;
  if (!language.gender || !stem.ends_with('o') || !word.starts_with(stem.substr(0, stem.size() - 1))) return false;
  std::string_view ending = word.substr(stem.size() - 1);
  return ending == "a" || ending == "as" || ending == "os";
}

Fit fit_word(std::string_view word, std::string_view stem, const Language& language) {
  if (word == stem) return Fit::exact;
  return ends_as(word, stem, language) ? Fit::ending : Fit::none;
}

struct Reading {
  Reading() = default;
  std::size_t count = 0;  // words of the prompt
  std::string english;
};

// How well the row fits at word `at`; `count` is set to its words.
Fit fit_phrase(const Prompt& p, std::size_t at, const Foreign& row, const Language& language, std::size_t& count) {
  Fit fit = Fit::exact;
  count = 0;
  for (std::size_t pos = 0; pos <= row.phrase.size(); ++count) {
    std::size_t space = std::min(row.phrase.find(' ', pos), row.phrase.size());
    if (at + count >= p.words.size()) return Fit::none;
    const Word& w = p.words[at + count];
    if (w.quoted || (count > 0 && w.breaks)) return Fit::none;
    fit = std::min(fit, fit_word(w.low, row.phrase.substr(pos, space - pos), language));
    if (fit == Fit::none) return fit;
    pos = space + 1;
  }
  return fit;
}

// The longest row at word `at`; of equals the one without an ending.
Reading look_up(const Prompt& p, std::size_t at, const Language& language) {
  Reading best;
  Fit best_fit = Fit::none;
  for (const Foreign& row : language.words) {
    std::size_t count = 0;
    Fit fit = fit_phrase(p, at, row, language, count);
    if (fit == Fit::none || count < best.count || (count == best.count && fit <= best_fit)) continue;
    best.count = count;
    best.english = row.english;
    best_fit = fit;
  }
  return best;
}

std::string_view part_of_compound(std::string_view part, const Language& language) {
  for (std::string_view joint : kJoints)
    for (const Foreign& row : language.words)
      if (part.size() == row.phrase.size() + joint.size() && part.starts_with(row.phrase) && part.ends_with(joint) &&
          row.phrase.size() >= kShortestStem)
        return row.english;
  return {};
}

// "Edelstahlflasche": the longest known word at its end, and what is known of the rest.
Reading take_apart(std::string_view word, const Language& language) {
  Reading out;
  std::size_t most = kShortestPart - 1;
  for (const Foreign& row : language.words) {
    if (row.phrase.size() <= most || is_modifier_stop(row.english)) continue;
    for (std::size_t from = kShortestStem; from + row.phrase.size() <= word.size(); ++from) {
      if (fit_word(word.substr(from), row.phrase, language) == Fit::none) continue;
      std::string head(part_of_compound(word.substr(0, from), language));
      out.english = (head.empty() ? "" : head + " ") + std::string(row.english);
      out.count = 1;
      most = row.phrase.size();
      break;
    }
  }
  return out;
}

Reading read_at(const Prompt& p, std::size_t at, const Language& language) {
  Reading out = look_up(p, at, language);
  if (out.count == 0 && language.compounds && !p.words[at].quoted) out = take_apart(p.words[at].low, language);
  return out;
}

bool holds_word(std::string_view phrase, std::string_view word) {
  for (std::size_t pos = 0; pos <= phrase.size();) {
    std::size_t space = std::min(phrase.find(' ', pos), phrase.size());
    if (phrase.substr(pos, space - pos) == word) return true;
    pos = space + 1;
  }
  return false;
}

bool english_knows(std::string_view word) {
  if (is_modifier_stop(word) || is_dropped_modifier(word)) return true;
  for (auto rows : {category_rows(), material_rows(), colour_rows(), place_rows(), time_rows(), music_rows(),
                    mood_rows(), style_rows(), template_rows(), aspect_rows()})
    for (const Row& row : rows)
      if (holds_word(row.phrase, word)) return true;
  return false;
}

// Words that only this language knows, less those that only English knows.
int lead_of(const Prompt& p, const Language& language) {
  int foreign = 0, english = 0;
  for (std::size_t at = 0; at < p.words.size();) {
    if (p.words[at].quoted) {
      ++at;
      continue;
    }
    Reading r = read_at(p, at, language);
    for (std::size_t i = 0; i < std::max<std::size_t>(r.count, 1); ++i) {
      bool known = english_knows(p.words[at + i].low);
      foreign += r.count > 0 && (!known || r.count > 1) ? 1 : 0;
      english += r.count == 0 && known ? 1 : 0;
    }
    at += std::max<std::size_t>(r.count, 1);
  }
  return foreign >= 2 ? foreign - english : 0;
}

// ---- Japanese

bool is_kana(char32_t c) {
  return c >= 0x3041 && c <= 0x30FF;
}
bool is_east_asian(char32_t c) {
  return is_kana(c) || (c >= 0x3400 && c <= 0x9FFF) || c == 0x3005;
}
int script_of(char32_t c) {
  if (c >= 0x30A0 && c <= 0x30FF) return 1;
  if (c >= 0x3041 && c <= 0x309F) return 2;
  return is_east_asian(c) ? 3 : 4;
}

bool has_kana(const Prompt& p) {
  for (std::size_t at = 0; at < p.text.size();)
    if (is_kana(next_code_point(p.text, at))) return true;
  return false;
}

const Foreign* longest_at(std::string_view text, const Language& language) {
  const Foreign* best = nullptr;
  for (const Foreign& row : language.words)
    if (text.starts_with(row.phrase) && (!best || row.phrase.size() > best->phrase.size())) best = &row;
  return best;
}

// How much of `text` no row knows: up to another script, or a row of two characters or more.
std::size_t unknown_length(std::string_view text, const Language& language) {
  constexpr std::size_t kTwoCharacters = 6;  // bytes
  std::size_t at = 0;
  const int script = script_of(next_code_point(text, at));
  while (at < text.size()) {
    std::size_t after = at;
    if (script_of(next_code_point(text, after)) != script) break;
    const Foreign* row = longest_at(text.substr(at), language);
    if (row && row->phrase.size() >= kTwoCharacters) break;
    at = after;
  }
  return at;
}

// One run of letters as the words it is made of.
void split_run(const Word& run, const Language& language, std::vector<Word>& out) {
  for (std::size_t at = 0; at < run.text.size();) {
    std::string_view rest = std::string_view(run.text).substr(at);
    const Foreign* row = longest_at(rest, language);
    std::size_t size = row ? row->phrase.size() : unknown_length(rest, language);
    Word w = run;
    w.text = std::string(rest.substr(0, size));
    w.low = row ? std::string(row->phrase) : folded(w.text);
    w.glued = at > 0;
    w.breaks = run.breaks && at == 0;
    w.joined = run.joined && at == 0;
    out.push_back(std::move(w));
    at += size;
  }
}

void split_words(Prompt& p, const Language& language) {
  std::vector<Word> out;
  std::vector<std::size_t> place;
  for (const Word& w : p.words) {
    place.push_back(out.size());
    if (w.quoted)
      out.push_back(w);
    else
      split_run(w, language, out);
  }
  for (Quote& q : p.quotes)
    if (q.word < place.size()) q.word = place[q.word];
  p.words = std::move(out);
}

// ---- any

// The words [at, at + count) become the English ones; the prompt's own words stay with the last of them.
void append_read(const Prompt& p, std::size_t at, const Reading& reading, std::vector<Word>& out) {
  std::string text = text_of(p, at, at + reading.count);
  Word first = p.words[at];
  if (reading.english.empty()) {  // a particle: it stays with the word before it
    if (!out.empty() && !out.back().quoted && first.glued) out.back().text += text;
    return;
  }
  for (std::size_t pos = 0; pos <= reading.english.size();) {
    std::size_t space = std::min(reading.english.find(' ', pos), reading.english.size());
    Word w = first;
    w.low = reading.english.substr(pos, space - pos);
    w.text = space == reading.english.size() ? text : "";
    w.capital = w.shout = false;
    if (pos > 0) w.breaks = w.joined = w.first = false;
    out.push_back(std::move(w));
    pos = space + 1;
  }
}

void carry_over(Prompt& p, const Language& language) {
  std::vector<Word> out;
  std::vector<std::size_t> place(p.words.size(), 0);
  for (std::size_t at = 0; at < p.words.size();) {
    Reading r = read_at(p, at, language);
    for (std::size_t i = 0; i < std::max<std::size_t>(r.count, 1); ++i) place[at + i] = out.size();
    if (r.count > 0) {
      append_read(p, at, r, out);
    } else {
      out.push_back(p.words[at]);
      out.back().exact = true;
    }
    at += std::max<std::size_t>(r.count, 1);
  }
  for (Quote& q : p.quotes)
    if (q.word < place.size()) q.word = place[q.word];
  p.words = std::move(out);
}

}  // namespace

std::span<const Language> languages() {
  static constexpr std::string_view kCodes[] = {"de", "fr", "es", "ja"};
  static const Language kLanguages[] = {
      {kCodes[0], german_words(), kGermanEndings, true, true, false},
      {kCodes[1], french_words(), kFrenchEndings, false, true, false},
      {kCodes[2], spanish_words(), kSpanishEndings, false, true, true},
      {kCodes[3], japanese_words(), {}, false, false, false},
  };
  return kLanguages;
}

std::string_view translate(Prompt& prompt) {
  const Language* best = nullptr;
  int most = 0;
  for (const Language& language : languages()) {
    int lead = language.spaces ? lead_of(prompt, language) : has_kana(prompt) ? 1000 : 0;
    if (lead <= most) continue;
    best = &language;
    most = lead;
  }
  if (!best) return "en";
  if (!best->spaces) split_words(prompt, *best);
  carry_over(prompt, *best);
  return best->code;
}

}  // namespace vidgen::spec
