// SPDX-License-Identifier: Apache-2.0
#include "spec/prompt.hpp"

#include <algorithm>
#include <array>

#include "spec/lexicon.hpp"
#include "spec/text.hpp"
#include "spec/words.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kNot[] = {"no", "not", "without", "never", "non", "avoid", "except", "minus"};
// After these a negation has ended: "no people but a dog".
constexpr std::string_view kTurns[] = {"but", "just", "only", "instead", "then", "with", "in", "on", "at"};
// Common words that resemble a word of the tables by a letter and are never meant as it.
constexpr std::string_view kNeverMeant[] = {
    "carton",     "cartons",
    "dessert",    "desserts",    "battle",    "battles",   "bench",     "block",     "chain",      "chains",
    "plane",      "planes",      "plans",     "planet",    "clock",     "match",     "moving",     "studios",
    "stages",     "forests",     "citing",    "couch",     "coach",     "server",    "moment",     "sliver",
    "shorts",     "sports",      "short",     "sport",     "sorts",     "baker",     "blunder",    "canon",
    "catch",      "change",      "changed",   "changes",   "chance",    "charge",    "charged",    "clarity",
    "classic",    "clearing",    "cleared",   "clearer",   "coding",    "convert",   "concern",    "confidence",
    "consisting", "cooper",      "chopper",   "coarse",    "source",    "deliver",   "electron",   "flying",
    "formal",     "fringe",      "garbage",   "massage",   "mediation", "midway",    "marked",     "marker",
    "instance",   "information", "parsing",   "paste",     "pasted",    "prevent",   "produce",    "produced",
    "project",    "projects",    "protector", "preset",    "presets",   "quirk",     "related",    "relayed",
    "report",     "reports",     "raising",   "routing",   "routine",   "shared",    "shape",      "shaped",
    "shapes",     "sitting",     "settle",    "smoothing", "squared",   "stateless", "string",     "springs",
    "spring",     "submit",      "subset",    "trained",   "wording",   "losing",    "hiding",     "heartbeat",
    "printed",    "pointer",     "packing",   "sweeping",  "lunge",     "lather",    "officer",    "officers",
    "volley",     "inland",      "sample",    "samples",   "simply",    "violent",   "mourning",   "moaning",
    "welding",    "weeding",     "jingle",    "county",    "counties",  "render",    "auction",    "auctions",
    "foodie",     "handle",      "wanted",    "minute",    "minutes",   "warmer",    "diver",      "drives",
    "drivers",    "stable",      "lovely",    "glance",    "clever",    "closer",    "closed",     "loving",
    "meaning",    "leaving",     "living",    "loading",   "landing",   "modem",     "modest",     "nature",
    "natural",    "naturally",   "orbit",     "parade",    "parched",   "patrol",    "pocket",     "polish",
    "potter",     "powder",      "poster",    "posted",    "reveal",    "rocket",    "salon",      "shower",
    "signal",     "single",      "sleeve",    "slower",    "smart",     "smile",     "stream",     "streams",
    "stress",     "strong",      "summer",    "supper",    "tables",    "tempo",     "temple",     "thread",
    "timber",     "touch",       "travel",    "trusty",    "unique",    "velvet",    "voyage",     "weekly",
    "winter",     "wonder",      "worker",    "writer",    "flowed",    "lightning", "lighting",   "strange",
    "stranger",   "staging",     "desired",   "deserts",   "bottled",   "shopped",   "stopped",    "stories",
    "parted",     "pants",       "parts",     "pasture",   "partner",   "electric",  "electrical", "electricity"};

constexpr std::string_view kElided[] = {"l", "d", "j", "m", "t", "s", "c", "n", "qu"};

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000) ||
         (c >= 0x2C00 && c < 0xFF00 && !(c >= 0x3000 && c <= 0x303F));
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool opens_quote(char32_t c) {
  return c == '"' || c == 0x201C || c == 0x201E || c == 0xAB || c == 0x300C || c == 0x300E;
}
bool closes_quote(char32_t c) {
  return c == '"' || c == 0x201D || c == 0x201C || c == 0xBB || c == 0x300D || c == 0x300F;
}
bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == ';' || c == 0x3002;
}

// French sets spaces inside its marks.
std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Reads a cleaned prompt once, from left to right.
class Scanner {
 public:
  explicit Scanner(Prompt& out) : out_(out) {}

  void run() {
    const std::string& s = out_.text;
    for (std::size_t at = 0; at < s.size();) {
      std::size_t start = at;
      char32_t c = next_code_point(s, at);
      if (is_letter(c) || is_digit(c))
        at = word_from(start);
      else
        between(c, start, at);
    }
  }

 private:
  void between(char32_t c, std::size_t start, std::size_t after) {
    hyphen_ = c == '-' || c == 0x2010 || c == 0x2011;
    if (c == ' ') return;
    if (!hyphen_ && c != '\'' && c != '&' && c != '%' && c != 0x2019) breaks_ = true;
    if (c == '-' && start > 0 && out_.text[start - 1] == ' ') breaks_ = true;
    if (ends_sentence(c)) first_ = true;
    if (quote_end_ != 0 && start + 1 >= quote_end_)
      quote_end_ = 0;
    else if (quote_end_ == 0 && opens_quote(c))
      open_quote(start, after);
    if (c == '&') lone_and();
  }

  // A quotation has a letter in it, ends, and is short; else its mark means nothing.
  void open_quote(std::size_t, std::size_t after) {
    const std::string& s = out_.text;
    bool letter = false;
    for (std::size_t at = after; at < s.size();) {
      std::size_t here = at;
      char32_t c = next_code_point(s, at);
      if (closes_quote(c)) {
        if (!letter || here - after > 60) return;
        Quote q;
        q.text = trimmed(std::string_view(s).substr(after, here - after));
        q.word = out_.words.size();
        out_.quotes.push_back(std::move(q));
        quote_end_ = here + 1;
        return;
      }
      letter = letter || is_letter(c);
    }
  }

  void lone_and() {
    Word w;
    w.text = w.low = "&";
    w.breaks = breaks_;
    w.quoted = quote_end_ != 0;
    out_.words.push_back(std::move(w));
    breaks_ = false;
  }

  std::size_t word_end(std::size_t start) const {
    const std::string& s = out_.text;
    std::size_t at = start;
    while (at < s.size()) {
      std::size_t here = at;
      char32_t c = next_code_point(s, at);
      if (is_letter(c) || is_digit(c)) continue;
      // Inside a word: an apostrophe between letters, a point or colon between digits.
      bool inside = here > start && at < s.size();
      std::size_t peek = at;
      char32_t next = inside ? next_code_point(s, peek) : 0;
      bool digit_before = inside && is_digit(static_cast<unsigned char>(s[here - 1]));
      if ((c == '\'' || c == 0x2019) && is_letter(next)) continue;
      if ((c == '.' || c == ':') && digit_before && is_digit(next)) continue;
      return here;
    }
    return at;
  }

  std::size_t word_from(std::size_t start) {
    std::size_t end = word_end(start);
    Word w;
    w.text = out_.text.substr(start, end - start);
    w.low = folded(w.text);
    if (w.low.ends_with("'s")) w.low.resize(w.low.size() - 2);
    if (w.low.ends_with("'")) w.low.pop_back();
    without_elision(w.low);
    letters(w);
    w.first = first_;
    w.breaks = breaks_;
    w.joined = hyphen_ && !breaks_;
    w.quoted = quote_end_ != 0;
    out_.words.push_back(std::move(w));
    first_ = breaks_ = hyphen_ = false;
    return end;
  }

  // "l'aube", "d'eau", "qu'il": the article is no part of the word.
  static void without_elision(std::string& low) {
    std::size_t mark = low.find('\'');
    if (mark == low.npos || mark + 3 > low.size()) return;
    if (is_any(std::string_view(low).substr(0, mark), kElided)) low.erase(0, mark + 1);
  }

  static void letters(Word& w) {
    std::size_t upper = 0, lower = 0, at = 0;
    for (char c : w.text) (c >= 'A' && c <= 'Z' ? upper : c >= 'a' && c <= 'z' ? lower : at)++;
    w.capital = !w.text.empty() && w.text[0] >= 'A' && w.text[0] <= 'Z';
    w.shout = upper >= 2 && lower == 0;
  }

  Prompt& out_;
  std::size_t quote_end_ = 0;  // byte behind the closing mark while inside a quotation
  bool first_ = true, breaks_ = false, hyphen_ = false;
};

void mark_negations(Prompt& p) {
  std::size_t reach = 0;
  for (Word& w : p.words) {
    if (w.breaks || is_any(w.low, kTurns)) reach = 0;
    if (reach > 0) {
      w.negated = true;
      if (w.low != "any" && w.low != "a" && w.low != "the") --reach;
    }
    if (is_any(w.low, kNot)) reach = 3;
  }
}

bool plural_of(std::string_view word, std::string_view one) {
  if (word.size() == one.size() + 1 && word.starts_with(one) && word.back() == 's') return true;
  if (word.size() == one.size() + 2 && word.starts_with(one) && word.ends_with("es")) return true;
  return one.size() > 2 && one.back() == 'y' && word.ends_with("ies") &&
         word.substr(0, word.size() - 3) == one.substr(0, one.size() - 1);
}

bool covers(const Prompt& p, std::string_view phrase, std::size_t at, std::size_t& end) {
  for (std::size_t pos = 0; pos <= phrase.size();) {
    std::size_t space = std::min(phrase.find(' ', pos), phrase.size());
    if (at >= p.words.size()) return false;
    const Word& w = p.words[at];
    if (w.quoted || (pos != 0 && w.breaks)) return false;
    std::string_view part = phrase.substr(pos, space - pos);
    if (w.exact ? w.low != part && !plural_of(w.low, part) : !same_word(w.low, part)) return false;
    ++at;
    pos = space + 1;
  }
  end = at;
  return true;
}

std::vector<Hit> hits_of(const Prompt& p, std::span<const Row> table, bool negated) {
  std::vector<Hit> out;
  for (std::size_t at = 0; at < p.words.size();) {
    auto hit = match_at(p, table, at);
    if (!hit) {
      ++at;
      continue;
    }
    if (!hit->row->value.empty() && p.words[at].negated == negated) out.push_back(*hit);
    at = hit->last;
  }
  return out;
}

}  // namespace

bool is_any(std::string_view word, std::span<const std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool same_word(std::string_view word, std::string_view of_table) {
  return word == of_table || plural_of(word, of_table) || is_slip(word, of_table);
}

bool is_slip(std::string_view word, std::string_view of_table) {
  if (word == of_table || plural_of(word, of_table)) return false;
  // One slip in a word of six letters or more, two in nine; the first letter is right as a rule.
  if (of_table.size() < 6 || word.size() < 5 || word[0] != of_table[0] || is_any(word, kNeverMeant)) return false;
  std::size_t most = of_table.size() >= 9 ? 2 : 1;
  return edits(word, of_table, most) <= most;
}

Prompt read_prompt(std::string cleaned) {
  Prompt p;
  p.text = std::move(cleaned);
  Scanner(p).run();
  p.language = translate(p);
  mark_negations(p);
  auto capitals = std::count_if(p.words.begin(), p.words.end(), [](const Word& w) { return w.capital && !w.quoted; });
  p.title_case = p.words.size() >= 4 && static_cast<std::size_t>(capitals) * 2 > p.words.size();
  return p;
}

std::optional<Hit> match_at(const Prompt& prompt, std::span<const Row> table, std::size_t at) {
  std::optional<Hit> best;
  int best_near = 0;
  for (const Row& row : table) {
    std::size_t end = 0;
    if (!covers(prompt, row.phrase, at, end)) continue;
    std::string_view head = row.phrase.substr(0, row.phrase.find(' '));
    int near = prompt.words[at].low == head ? 2 : plural_of(prompt.words[at].low, head) ? 1 : 0;
    if (best && (end < best->last || (end == best->last && near <= best_near))) continue;
    Hit hit;
    hit.row = &row;
    hit.first = at;
    hit.last = end;
    best = hit;
    best_near = near;
  }
  return best;
}

std::vector<Hit> hits(const Prompt& prompt, std::span<const Row> table) {
  return hits_of(prompt, table, false);
}
std::vector<Hit> negated_hits(const Prompt& prompt, std::span<const Row> table) {
  return hits_of(prompt, table, true);
}

std::string text_of(const Prompt& prompt, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last && i < prompt.words.size(); ++i) {
    const Word& w = prompt.words[i];
    if (w.text.empty()) continue;
    if (!out.empty() && !w.glued) out += w.joined ? "-" : " ";
    out += w.text;
  }
  return out;
}

}  // namespace vidgen::spec
