// SPDX-License-Identifier: Apache-2.0
#include "local/titles/lines.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace vidgen::local::titles {
namespace {

constexpr int kMostLines = 12;

// Words that lean on the next one: a line does not end with them.
constexpr std::array<std::string_view, 44> kLeaning = {
    "a",   "an",   "the",  "of",  "to",  "in",   "on",  "at",  "by",  "for", "with", "from",  "and",  "or",   "but",
    "nor", "as",   "is",   "are", "was", "your", "my",  "our", "its", "his", "her",  "their", "this", "that", "no",
    "not", "into", "than", "so",  "der", "die",  "das", "und", "le",  "la",  "les",  "de",    "el",   "y"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// What it costs the sense to end a line with this word: below 0 it is a good place.
double sense(const Word& word) {
  if (word.forced) return -0.6;
  if (word.text.empty()) return 0;
  const char last = word.text.back();
  if (last == '.' || last == '!' || last == '?' || last == ';' || last == ':') return -0.25;
  if (last == ',') return -0.15;
  if (!word.spaced) return 0.05;  // inside a word with a hyphen, between ideographs
  const std::string plain = lower(word.text);
  return std::find(kLeaning.begin(), kLeaning.end(), plain) != kLeaning.end() ? 0.25 : 0;
}

struct Span {
  double width = 0;
  int letters = 0;
};

// Sums up to each word, so that the length of any stretch is one subtraction.
class Ruler {
 public:
  explicit Ruler(const std::vector<Word>& words) : words_(words), sums_(words.size() + 1) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      sums_[i + 1].width = sums_[i].width + words[i].width + words[i].gap;
      sums_[i + 1].letters = sums_[i].letters + words[i].letters + space_after(i);
    }
  }
  Span span(std::size_t from, std::size_t to) const {
    if (to <= from) return {};
    return {sums_[to].width - sums_[from].width - words_[to - 1].gap,
            sums_[to].letters - sums_[from].letters - space_after(to - 1)};
  }

 private:
  int space_after(std::size_t i) const { return words_[i].spaced ? 1 : 0; }

  const std::vector<Word>& words_;
  std::vector<Span> sums_;
};

std::string join(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) {
    out += words[i].text;
    if (i + 1 < to && (words[i].spaced || words[i].forced)) out += ' ';
  }
  return out;
}

double line_cost(const std::vector<Word>& words, const Ruler& ruler, std::size_t from, std::size_t to, double ideal) {
  const double miss = ruler.span(from, to).width / ideal - 1;
  double cost = miss * miss;
  if (to < words.size()) return cost + sense(words[to - 1]);
  if (to - from == 1 && from > 0 && words[from].letters <= 5 && words[from - 1].spaced) cost += 0.5;  // a widow
  return cost;
}

using Table = std::vector<std::vector<double>>;

// cuts[k]: the first word of line k.
std::vector<std::size_t> best_cuts(const std::vector<Word>& words, std::size_t lines) {
  const std::size_t count = words.size();
  const Ruler ruler(words);
  const double ideal = std::max(ruler.span(0, count).width / static_cast<double>(lines), 1e-6);
  constexpr double kNever = std::numeric_limits<double>::infinity();
  Table cost(lines + 1, std::vector<double>(count + 1, kNever));
  std::vector<std::vector<std::size_t>> from(lines + 1, std::vector<std::size_t>(count + 1, 0));
  cost[0][0] = 0;
  for (std::size_t k = 1; k <= lines; ++k)
    for (std::size_t to = k; to <= count; ++to)
      for (std::size_t at = k - 1; at < to; ++at) {
        if (cost[k - 1][at] == kNever) continue;
        const double sum = cost[k - 1][at] + line_cost(words, ruler, at, to, ideal);
        if (sum < cost[k][to]) cost[k][to] = sum, from[k][to] = at;
      }
  std::vector<std::size_t> cuts(lines);
  std::size_t to = count;
  for (std::size_t k = lines; k > 0; --k) to = cuts[k - 1] = from[k][to];
  return cuts;
}

std::vector<std::size_t> own_cuts(const std::vector<Word>& words) {
  std::vector<std::size_t> cuts{0};
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i].forced) cuts.push_back(i + 1);
  return cuts;
}

std::vector<std::size_t> cuts_for(const std::vector<Word>& words, std::size_t lines) {
  std::vector<std::size_t> own = own_cuts(words);
  return own.size() == lines ? own : best_cuts(words, std::min(lines, words.size()));
}

// The share of its size at which the text fits when cut so.
double scale_of(const std::vector<Word>& words, const std::vector<std::size_t>& cuts, double size, double leading,
                const Limits& limits) {
  const Ruler ruler(words);
  double scale = 1;
  for (std::size_t k = 0; k < cuts.size(); ++k) {
    const Span line = ruler.span(cuts[k], k + 1 < cuts.size() ? cuts[k + 1] : words.size());
    if (line.width > 0) scale = std::min(scale, limits.width / (line.width * size));
    if (line.letters > limits.letters) scale = std::min(scale, static_cast<double>(limits.letters) / line.letters);
  }
  const double height = (static_cast<double>(cuts.size() - 1) * leading + 1) * size;
  return std::min(scale, limits.height / height);
}

Fitted fitted(const std::vector<Word>& words, const std::vector<std::size_t>& cuts, double scale) {
  Fitted out;
  out.scale = scale;
  for (std::size_t k = 0; k < cuts.size(); ++k)
    out.lines.push_back(join(words, cuts[k], k + 1 < cuts.size() ? cuts[k + 1] : words.size()));
  return out;
}

}  // namespace

std::vector<std::string> break_lines(const std::vector<Word>& words, int count) {
  if (words.empty()) return {};
  return fitted(words, cuts_for(words, static_cast<std::size_t>(std::max(count, 1))), 1).lines;
}

Fitted fit_lines(const std::vector<Word>& words, double size, double leading, const Limits& limits) {
  Fitted best;
  if (words.empty()) return best;
  best.scale = 0;
  const int own = static_cast<int>(own_cuts(words).size());
  const int most = std::min(kMostLines, static_cast<int>(words.size()));
  // Lines that the author broke are kept whole: fewer lines would put them together again.
  const int first = own <= limits.lines ? own : 1;
  for (int count = first; count <= most; ++count) {
    const std::vector<std::size_t> cuts = cuts_for(words, static_cast<std::size_t>(count));
    const double scale = scale_of(words, cuts, size, leading, limits);
    // One more line must earn its place.
    if (scale > best.scale * 1.02) best = fitted(words, cuts, scale);
    if (best.scale >= 1 || (count >= limits.lines && best.scale >= kLeastScale)) break;
  }
  return best;
}

}  // namespace vidgen::local::titles
