// SPDX-License-Identifier: Apache-2.0
// The product: which noun the film is about, and the words that belong to it.
#include <algorithm>

#include "spec/extract.hpp"
#include "spec/tables.hpp"
#include "spec/text.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kOwners[] = {"our", "my", "new", "your"};
constexpr std::string_view kUnknownAfter[] = {"for",         "our",       "my",   "promote", "advertise",
                                              "introducing", "launching", "about"};
constexpr std::string_view kSubjects[] = {"for",     "of",     "launching", "launch",    "introducing",
                                          "present", "sell",   "about",     "featuring", "advertise",
                                          "product", "called", "named"};
constexpr std::string_view kAsides[] = {"on",   "in",   "at",   "near",   "by",     "with", "through", "under",
                                        "over", "into", "from", "inside", "beside", "to",   "like"};
// Words between a preposition and its noun.
constexpr std::string_view kArticles[] = {"a", "an", "the", "our", "my", "your", "some", "this"};

constexpr Row kProduct[] = {{"product", "none", 1}};

bool is_place(const Prompt& p, std::size_t at) {
  auto hit = match_at(p, place_rows(), at);
  return hit && !hit->row->value.empty() && hit->row->weight >= 2;
}

// Words before a noun that make it an aside: a place, a tool, or what something else is made of.
int aside_at(const Prompt& p, std::size_t at) {
  const std::string& word = p.words[at].low;
  bool made = at > 0 && p.words[at - 1].low == "made" && (word == "of" || word == "from");
  if (made) return 16;
  return is_any(word, kAsides) ? 7 : 0;
}

// How likely this noun is what the film is about: its row's weight, what stands before it, and how early it comes.
// Next to nothing is no candidate: 0.
int score_of(const Prompt& p, const Hit& hit) {
  int score = hit.row->weight * 4;
  int aside = 0;
  bool near = true;  // still inside the noun phrase, going left
  for (std::size_t back = 1; back <= 4 && back <= hit.first && near && aside == 0; ++back) {
    const Word& w = p.words[hit.first - back];
    if (p.words[hit.first - back + 1].breaks) break;
    aside = aside_at(p, hit.first - back);
    if (aside == 0 && is_any(w.low, kOwners)) score += 5;
    if (aside == 0 && is_any(w.low, kSubjects)) score += 4;
    near = !is_modifier_stop(w.low) || is_any(w.low, kArticles) || is_any(w.low, kOwners);
  }
  score -= aside + static_cast<int>(std::min<std::size_t>(hit.first, 40) / 4);
  return score <= (aside > 0 ? 3 : 1) ? 0 : score;
}

// "poster-like"
bool likens(const Prompt& p, std::size_t behind) {
  return behind < p.words.size() && p.words[behind].joined && p.words[behind].low == "like";
}

std::optional<Hit> best_noun(const Prompt& p) {
  std::optional<Hit> best;
  int most = 0;
  // Who wants no product means none of the things that are only known to be one.
  const bool none = !negated_hits(p, kProduct).empty();
  for (const Hit& hit : hits(p, category_rows())) {
    int score = score_of(p, hit);
    if (score <= most || likens(p, hit.last) || (none && hit.row->value == "product")) continue;
    best = hit;
    most = score;
  }
  return best;
}

bool is_colour(const Prompt& p, std::size_t at) {
  auto hit = match_at(p, colour_rows(), at);
  return hit && !hit->row->value.empty();
}

bool is_material(const Prompt& p, std::size_t at) {
  auto hit = match_at(p, material_rows(), at);
  return hit && !hit->row->value.empty();
}

// A word that may describe the noun at its right: no small word, no place, no brand, no style or length.
bool describes(const Prompt& p, std::size_t at) {
  const Word& w = p.words[at];
  if (w.quoted || w.low == "&" || is_modifier_stop(w.low)) return false;
  if (w.low.find_first_of("0123456789:") != w.low.npos) return false;
  if (is_place(p, at) && !is_material(p, at)) return false;
  return true;
}

bool is_brandish(const Prompt& p, std::size_t at) {
  const Word& w = p.words[at];
  return w.capital && !w.first && !p.title_case && !w.shout && !is_never_brand(w.low) && !is_material(p, at) &&
         !is_colour(p, at) && !match_at(p, category_rows(), at);
}

// Left end of the noun phrase: at most three describing words.
std::size_t phrase_start(const Prompt& p, std::size_t first) {
  std::size_t start = first;
  while (start > 0 && first - start < 4 && !p.words[start].breaks && describes(p, start - 1) &&
         !is_brandish(p, start - 1))
    --start;
  return start;
}

// A guess at a misspelling is good enough to find a mood, not to strike a word from a name.
bool is_exactly(std::string_view word, std::span<const Row> rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& r) { return r.phrase == word && !r.value.empty(); });
}

// Words that do not name the thing are left out: colours (unless it is the material), praise, moods.
bool names_it(const Prompt& p, std::size_t at, const std::string& category) {
  const Word& w = p.words[at];
  if (is_dropped_modifier(w.low)) return false;
  if (w.text.find('\'') != w.text.npos || is_exactly(w.low, mood_rows()) || is_exactly(w.low, aspect_rows()))
    return false;
  bool precious = category == "watch" || category == "jewellery";
  if (is_colour(p, at)) return precious && is_material(p, at);
  return true;
}

void lower_first(std::string& text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
}

// "抹茶の" names nothing.
void without_particle(std::string& text) {
  for (std::string_view particle : {"の", "な"})
    if (text.ends_with(particle)) text.resize(text.size() - particle.size());
}

// The noun's word as the table spells it, where the prompt's is a slip of it.
std::string_view spelled(const Prompt& p, const Hit& noun, std::size_t at) {
  const std::string_view word = p.words[at].low;
  if (noun.row == nullptr || at < noun.first || at >= noun.last) return word;
  std::string_view rest = noun.row->phrase;
  for (std::size_t i = noun.first; i < at; ++i) rest.remove_prefix(std::min(rest.find(' ') + 1, rest.size()));
  const std::string_view part = rest.substr(0, rest.find(' '));
  return is_slip(word, part) ? part : word;
}

// "carton of oat milk", "the idea of slow travel": the words behind it say what it is.
std::string of_what(const Prompt& p, std::size_t last, std::size_t most) {
  if (last + 1 >= p.words.size() || p.words[last].low != "of" || p.words[last].breaks) return {};
  std::size_t end = last + 1;
  while (end < p.words.size() && end - last <= most && !p.words[end].breaks && !p.words[end].quoted) ++end;
  return text_of(p, last + 1, end);
}

// "the Berlin Design Conference 2027": what happens has a name of its own.
Found proper_name(const Prompt& p, const Hit& noun) {
  const auto is_name = [&](std::size_t at) { return p.words[at].capital && !p.words[at].first && !p.words[at].shout; };
  Found out;
  std::size_t start = noun.first, end = noun.last;
  if (p.title_case || !is_name(noun.first)) return out;
  while (start > 0 && noun.first - start < 3 && !p.words[start].breaks && is_name(start - 1)) --start;
  if (start == noun.first) return out;
  const auto is_year = [](std::string_view w) { return w.size() == 4 && w.find_first_not_of("0123456789") == w.npos; };
  if (end < p.words.size() && !p.words[end].breaks && is_year(p.words[end].low)) ++end;
  out.value = out.words = text_of(p, start, end);
  return out;
}

std::string name_of(const Prompt& p, std::size_t start, const Hit& noun, std::size_t end, const std::string& category) {
  std::string out;
  for (std::size_t i = start; i < end; ++i) {
    if (i < noun.first && !names_it(p, i, category)) continue;
    // Another language's nouns are written as the prompt writes them.
    const std::string_view word = p.language == "en" ? spelled(p, noun, i) : p.words[i].text;
    if (word.empty()) continue;
    if (!out.empty() && !p.words[i].glued) out += p.words[i].joined ? "-" : " ";
    out += word;
  }
  if (p.language == "fr" || p.language == "es") lower_first(out);
  if (p.language == "ja") without_particle(out);
  return out;
}

// Without a known noun: the words after "ad for", "our", or the first article, as far as they may be a name.
bool name_unknown(const Prompt& p, FoundProduct& out) {
  for (std::size_t i = 0; i < p.words.size(); ++i) {
    bool asks = is_any(p.words[i].low, kUnknownAfter) || (i == 0 && is_any(p.words[i].low, kArticles));
    if (!asks || p.words[i].quoted || p.words[i].negated) continue;
    std::size_t first = i + 1;
    while (first < p.words.size() && is_modifier_stop(p.words[first].low) && !p.words[first].breaks) ++first;
    std::size_t last = first;
    while (last < p.words.size() && last - first < 4 && (last == first || !p.words[last].breaks) && describes(p, last))
      ++last;
    if (first >= p.words.size() || p.words[first].breaks || last == first || likens(p, last) ||
        is_exactly(p.words[last - 1].low, mood_rows()))
      continue;
    Hit noun;
    noun.first = last - 1;
    out.name = name_of(p, first, noun, last, "product");
    out.first = first;
    out.last = last;
    return true;
  }
  return false;
}

bool is_of_another_kind(const Prompt& p, std::size_t at) {
  for (std::span<const Row> table : {place_rows(), time_rows(), mood_rows(), style_rows(), music_rows(), aspect_rows()})
    if (match_at(p, table, at)) return true;
  return is_colour(p, at);
}

// "cheesecake, café, slow": what stands first, alone, and is no place, hour or mood.
bool name_first(const Prompt& p, FoundProduct& out) {
  std::size_t last = 0;
  while (last < p.words.size() && last < 4 && (last == 0 || !p.words[last].breaks)) {
    if (p.words[last].negated || !describes(p, last) || is_of_another_kind(p, last)) return false;
    ++last;
  }
  if (last == 0 || last == p.words.size() || !p.words[last].breaks) return false;
  Hit noun;
  noun.first = last - 1;
  out.name = name_of(p, 0, noun, last, "product");
  out.last = last;
  return true;
}

// Right behind the noun phrase: "bag leather", "ring of gold", "bouteille en acier".
bool is_behind(const Prompt& p, std::size_t last, std::size_t at) {
  if (last < p.words.size() && at == last + 1 && (p.words[last].low == "of" || p.words[last].low == "in"))
    return !p.words[last].breaks && !p.words[at].breaks;
  return at == last && !p.words[at].breaks;
}

Found material_of(const Prompt& p, std::size_t first, std::size_t last) {
  Found out;
  for (const Hit& hit : hits(p, material_rows())) {
    bool inside = hit.first >= first && hit.first < last;
    bool beside = is_behind(p, last, hit.first);
    std::string_view value = hit.row->value;
    // A material elsewhere belongs to something else unless it is one that names itself: "…, glass jar".
    bool loose = out.value.empty() && value != "fabric" && value != "gold" && value != "silver" &&
                 hit.last < p.words.size() + 1 && (hit.last >= p.words.size() || !is_place(p, hit.last)) &&
                 !match_at(p, place_rows(), hit.first);
    if (!inside && !beside && !loose) continue;
    if (!inside && !beside && hit.last < p.words.size() && !p.words[hit.last].breaks && describes(p, hit.last) &&
        !is_colour(p, hit.last))
      continue;
    if (inside || out.value.empty()) {
      out.value = value;
      out.words = text_of(p, hit.first, hit.last);
    }
    if (inside) break;
  }
  return out;
}

// Where the noun stands with the words that say most about it: "… from a titanium flask, then the flask alone".
Hit fullest(const Prompt& p, const Hit& noun) {
  Hit best = noun;
  auto extent = [&](const Hit& h) { return h.first - phrase_start(p, h.first); };
  for (const Hit& hit : hits(p, category_rows()))
    if (hit.row == noun.row && extent(hit) > extent(best)) best = hit;
  return best;
}

}  // namespace

FoundProduct find_product(const Prompt& p) {
  FoundProduct out;
  Found own;
  if (auto noun = best_noun(p)) {
    *noun = fullest(p, *noun);
    out.category.value = noun->row->value;
    std::replace(out.category.value.begin(), out.category.value.end(), ' ', '_');
    out.category.words = text_of(p, noun->first, noun->last);
    out.first = phrase_start(p, noun->first);
    out.last = noun->last;
    while (out.last < p.words.size() && !p.words[out.last].breaks && is_tail_noun(p.words[out.last].low)) ++out.last;
    out.name = name_of(p, out.first, *noun, out.last, out.category.value);
    const std::string what = of_what(p, out.last, out.category.value == "idea" ? 5 : 3);
    if (out.category.value == "idea" && !what.empty()) out.name = what;
    if (out.category.value == "box" && !what.empty()) out.name += " of " + what;
    out.material = material_of(p, out.first, out.last);
    if (out.category.value == "event") own = proper_name(p, *noun);
  } else if (!name_unknown(p, out)) {
    name_first(p, out);
  }
  out.brand = find_brand(p, out.first, out.last);
  if (!out.brand) out.brand = own;
  out.slogan = find_slogan(p);
  out.colours = find_colours(p, out);
  out.colour = find_product_colour(p, out);
  out.benefits = find_benefits(p, out.last);
  return out;
}

}  // namespace vidgen::spec
