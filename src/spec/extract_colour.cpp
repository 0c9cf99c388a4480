// SPDX-License-Identifier: Apache-2.0
// Colours: all that a prompt names, and which of them is the product's. "White sneakers on a white background" has
// white sneakers; "headphones in a white studio" says nothing of the headphones.
#include <algorithm>

#include "spec/extract.hpp"
#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kFinishes[] = {
    "matte", "matt",  "glossy", "shiny",  "metallic", "satin",    "brushed", "dark",
    "deep",  "light", "pale",   "pastel", "pearl",    "polished"};
// What a product is made of when words go on: "black ear cups", "red finish".
constexpr std::string_view kParts[] = {
    "ear",   "cups",    "handle",  "lid",    "cap",     "strap",   "straps",  "accent",
    "trim",  "finish",  "colour",  "color",  "edition", "version", "body",    "case",
    "model", "details", "accents", "design", "frame",   "shell",   "coating", "sole"};
// Words between a noun and the colour behind it.
constexpr std::string_view kLinks[] = {"in", "of", "is", "who", "and", "the", "&", "very", "colour", "color", "finish"};
constexpr std::string_view kGrounds[] = {
    "background", "backround", "backdrop", "studio", "wall",  "room", "stage", "light",
    "lights",     "velvet",    "silk",     "leaves", "table", "sky",  "sand",  "lighting"};

bool is_finish(const Prompt& p, std::size_t at) {
  return at < p.words.size() && !p.words[at].quoted && is_any(p.words[at].low, kFinishes);
}

bool is_row(const Prompt& p, std::size_t at, std::span<const Row> rows) {
  auto hit = match_at(p, rows, at);
  return hit && !hit->row->value.empty();
}

// The colour describes a thing behind it that is not the product.
bool belongs_elsewhere(const Prompt& p, const Hit& hit, const FoundProduct& product) {
  std::size_t at = hit.last;
  while (at < p.words.size() && !p.words[at].breaks &&
         (is_finish(p, at) || is_row(p, at, colour_rows()) || is_row(p, at, material_rows())) &&
         !is_any(p.words[at].low, kGrounds))
    ++at;
  if (hit.first > 0 && !p.words[hit.first].breaks && is_any(p.words[hit.first - 1].low, kGrounds)) return true;
  if (at >= p.words.size() || p.words[at].breaks) return false;
  if (at >= product.first && at < product.last) return false;
  const std::string& next = p.words[at].low;
  if (is_any(next, kGrounds) || is_row(p, at, place_rows())) return true;
  return !is_any(next, kParts) && !is_modifier_stop(next) && !is_dropped_modifier(next) &&
         !is_row(p, at, category_rows()) && !is_row(p, at, mood_rows()) && !is_row(p, at, aspect_rows()) &&
         !is_row(p, at, time_rows());
}

// Nothing but links, finishes and other such words between the noun phrase and the colour.
bool follows(const Prompt& p, std::size_t last, std::size_t at) {
  if (at < last) return false;
  for (std::size_t i = last; i <= at; ++i) {
    if (p.words[i].breaks) return false;
    if (i == at) break;
    bool link = is_any(p.words[i].low, kLinks) || is_finish(p, i) || is_row(p, i, material_rows()) ||
                is_row(p, i, colour_rows());
    if (!link) return false;
  }
  return true;
}

Found with_finish(const Prompt& p, const Hit& hit) {
  Found out;
  out.value = hit.row->value;
  std::size_t first = hit.first, last = hit.last;
  if (first > 0 && !p.words[first].breaks && is_finish(p, first - 1))
    out.value = p.words[--first].low + " " + out.value;
  else if (last < p.words.size() && !p.words[last].breaks && is_finish(p, last) && p.language != "en")
    out.value = p.words[last++].low + " " + out.value;
  out.words = text_of(p, first, last);
  return out;
}

// "black and gold": the second is the accent.
void add_second(const Prompt& p, const Hit& first, const std::vector<Hit>& all, Found& out) {
  for (const Hit& next : all) {
    bool joined = next.first == first.last + 1 && !p.words[first.last].breaks && !p.words[next.first].breaks &&
                  (p.words[first.last].low == "and" || p.words[first.last].low == "&");
    if (!joined) continue;
    out.value += " and " + std::string(next.row->value);
    out.words += " " + text_of(p, first.last, next.last);
  }
}

}  // namespace

std::vector<Found> find_colours(const Prompt& p, const FoundProduct& product) {
  std::vector<Found> out;
  for (const Hit& hit : hits(p, colour_rows())) {
    Found f;
    f.value = hit.row->value;
    f.words = text_of(p, hit.first, hit.last);
    bool metal = f.value == "silver" || f.value == "copper";
    if (metal && (product.category.value == "jewellery" || product.material.value == f.value)) continue;
    auto same = [&](const Found& other) { return other.value == f.value; };
    if (std::none_of(out.begin(), out.end(), same) && out.size() < 8) out.push_back(f);
  }
  return out;
}

Found find_product_colour(const Prompt& p, const FoundProduct& product) {
  const std::vector<Hit> all = hits(p, colour_rows());
  const Hit* best = nullptr;
  int most = 0;
  for (const Hit& hit : all) {
    bool inside = hit.first >= product.first && hit.first < product.last;
    int score = inside ? 3 : follows(p, product.last, hit.first) ? 2 : 1;
    if (!inside && belongs_elsewhere(p, hit, product)) continue;
    if (score <= most) continue;
    best = &hit;
    most = score;
  }
  if (!best) return {};
  Found out = with_finish(p, *best);
  add_second(p, *best, all, out);
  return out;
}

}  // namespace vidgen::spec
