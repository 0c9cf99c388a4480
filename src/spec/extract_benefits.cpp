// SPDX-License-Identifier: Apache-2.0
// What the prompt itself says for the product, as lines that may stand in the picture. Nothing is added to it.
#include <algorithm>

#include "spec/captions.hpp"
#include "spec/extract.hpp"
#include "spec/text.hpp"

namespace vidgen::spec {
namespace {

constexpr std::string_view kRelative[] = {"that", "which"};
constexpr std::string_view kVerbs[] = {
    "keeps",   "holds",   "follows", "fits",  "folds", "charges",  "makes",   "helps",    "lights",
    "cleans",  "turns",   "moves",   "works", "grows", "protects", "saves",   "connects", "glows",
    "floats",  "plays",   "brews",   "tells", "wakes", "carries",  "stays",   "learns",   "brings",
    "warms",   "cools",   "lets",    "lasts", "never", "teaches",  "reminds", "gives",    "opens",
    "listens", "repairs", "shows"};
constexpr std::size_t kMostWords = 9, kMostLetters = 50, kMostLines = 3;

void begin_sentence(std::string& text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
}

// "that keeps coffee hot for hours" -> "Keeps coffee hot for hours".
void add_clause(const Prompt& p, std::size_t from, std::vector<std::string>& out) {
  for (std::size_t i = from; i + 1 < p.words.size(); ++i) {
    const Word& verb = p.words[i + 1];
    if (!is_any(p.words[i].low, kRelative) || verb.breaks || verb.quoted || !is_any(verb.low, kVerbs)) continue;
    std::size_t end = i + 2;
    while (end < p.words.size() && !p.words[end].breaks && !p.words[end].quoted) ++end;
    std::string line = text_of(p, i + 1, end);
    if (end - i - 1 < 2 || end - i - 1 > kMostWords || count_code_points(line) > kMostLetters) continue;
    begin_sentence(line);
    out.push_back(std::move(line));
    return;
  }
}

}  // namespace

std::vector<std::string> find_benefits(const Prompt& p, std::size_t last) {
  std::vector<std::string> out;
  add_clause(p, std::min(last, p.words.size()), out);
  std::vector<Row> rows;
  for (const BenefitRow& benefit : benefit_rows()) {
    Row row;
    row.phrase = benefit.phrase;
    row.value = benefit.line(p.language);
    rows.push_back(row);
  }
  for (const Hit& hit : hits(p, rows))
    if (out.size() < kMostLines && std::find(out.begin(), out.end(), hit.row->value) == out.end())
      out.emplace_back(hit.row->value);
  return out;
}

}  // namespace vidgen::spec
