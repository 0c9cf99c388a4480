// SPDX-License-Identifier: Apache-2.0
// The brand: only what the prompt itself gives as a name. Quotation marks first, then "called X", "by X", then a
// capitalised word beside the product.
#include "spec/extract.hpp"
#include "spec/tables.hpp"
#include "spec/text.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kNaming[] = {"called", "named"};
constexpr std::string_view kOwning[] = {"by", "from"};
constexpr std::string_view kLabels[] = {"name", "brand", "logo"};
constexpr std::string_view kSaying[] = {"words", "word",     "text",    "slogan", "tagline", "says", "saying",
                                        "title", "headline", "caption", "line",   "reads",   "claim"};
constexpr std::string_view kOpeners[] = {"introducing", "meet", "presenting", "present"};

bool starts_name(const Prompt& p, std::size_t at) {
  if (at >= p.words.size()) return false;
  const Word& w = p.words[at];
  return w.capital && !w.quoted && !is_never_brand(w.low);
}

// Words [at, end) are a run of capitalised words: "Oak & Pine", "Salt Road 2".
std::size_t run_end(const Prompt& p, std::size_t at) {
  std::size_t end = at;
  while (end < p.words.size() && end - at < 4 && (end == at || !p.words[end].breaks)) {
    const Word& w = p.words[end];
    bool number = !w.low.empty() && w.low.find_first_not_of("0123456789") == w.low.npos;
    bool joint = w.low == "&" && end > at && starts_name(p, end + 1);
    if (!starts_name(p, end) && !joint && !(number && end > at)) break;
    ++end;
  }
  return end;
}

Found run_at(const Prompt& p, std::size_t at) {
  Found out;
  std::size_t end = run_end(p, at);
  out.value = text_of(p, at, end);
  out.words = out.value;
  return out;
}

bool says(const Prompt& p, const Quote& q) {
  for (std::size_t back = 1; back <= 2 && back <= q.word; ++back)
    if (is_any(p.words[q.word - back].low, kSaying)) return true;
  return false;
}

Found quoted_brand(const Prompt& p) {
  Found out;
  for (const Quote& q : p.quotes) {
    if (says(p, q) || count_code_points(q.text) > 40) continue;
    out.value = q.text;
    out.words = "\"" + q.text + "\"";
    return out;
  }
  return out;
}

// "called X", "brand X", "name is X", "logo of X", "by X".
Found announced_brand(const Prompt& p) {
  for (std::size_t i = 0; i + 1 < p.words.size(); ++i) {
    const Word& w = p.words[i];
    if (w.quoted) continue;
    std::size_t next = i + 1;
    bool naming = is_any(w.low, kNaming) || is_any(w.low, kOwning);
    if (is_any(w.low, kLabels)) {
      naming = true;
      if (p.words[next].low == "is" || p.words[next].low == "of") ++next;
    }
    if (naming && next < p.words.size() && (!p.words[next].breaks || is_any(w.low, kLabels)) && starts_name(p, next))
      return run_at(p, next);
  }
  return {};
}

// The run touches a product noun, so it names the thing ("Berlin Design Conference") and not its maker.
bool holds_noun(const Prompt& p, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i)
    if (match_at(p, category_rows(), i)) return true;
  return false;
}

bool may_begin(const Prompt& p, std::size_t at) {
  return starts_name(p, at) && !p.words[at].first && !p.words[at].shout && !match_at(p, place_rows(), at) &&
         !match_at(p, colour_rows(), at) && !match_at(p, material_rows(), at) && !match_at(p, aspect_rows(), at);
}

// A capitalised run just before the product's phrase or just behind it, or after "Introducing".
Found neighbour_brand(const Prompt& p, std::size_t first, std::size_t last) {
  if (p.title_case) return {};
  for (std::size_t i = 0; i + 1 < p.words.size(); ++i)
    if (is_any(p.words[i].low, kOpeners) && starts_name(p, i + 1) && !holds_noun(p, i + 1, run_end(p, i + 1)))
      return run_at(p, i + 1);
  if (last == 0) return {};
  std::size_t from = first;
  while (from > 0 && first - from < 4 && !p.words[from].breaks &&
         (may_begin(p, from - 1) || p.words[from - 1].low == "&"))
    --from;
  for (std::size_t i = from; i < last; ++i) {
    if (!may_begin(p, i) || holds_noun(p, i, run_end(p, i))) continue;
    return run_at(p, i);
  }
  if (last < p.words.size() && !p.words[last].breaks && may_begin(p, last)) return run_at(p, last);
  return {};
}

// A word such as "FreshMart", capital inside, is a name wherever it stands.
Found camel_brand(const Prompt& p) {
  for (std::size_t i = 0; i < p.words.size(); ++i) {
    const Word& w = p.words[i];
    bool inner = false;
    for (std::size_t c = 1; c < w.text.size(); ++c)
      inner = inner || (w.text[c] >= 'A' && w.text[c] <= 'Z' && w.text[c - 1] >= 'a' && w.text[c - 1] <= 'z');
    if (inner && w.capital && !w.quoted && !is_never_brand(w.low) && !match_at(p, category_rows(), i))
      return run_at(p, i);
  }
  return {};
}

}  // namespace

Found find_brand(const Prompt& prompt, std::size_t first, std::size_t last) {
  if (Found f = quoted_brand(prompt)) return f;
  if (Found f = announced_brand(prompt)) return f;
  if (Found f = neighbour_brand(prompt, first, last)) return f;
  return camel_brand(prompt);
}

std::string find_slogan(const Prompt& prompt) {
  for (const Quote& q : prompt.quotes)
    if (says(prompt, q)) return q.text;
  return {};
}

}  // namespace vidgen::spec
