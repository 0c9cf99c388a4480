// SPDX-License-Identifier: Apache-2.0
#include "spec/extract.hpp"

#include <algorithm>

#include "spec/tables.hpp"

namespace vidgen::spec {
namespace {

// Words that say that the one beside them is about the music.
constexpr std::string_view kMusicWords[] = {"music", "song",  "track", "beat",   "beats", "soundtrack",
                                            "score", "sound", "tune",  "sounds", "audio"};

constexpr Row kSilence[] = {
    {"music", "none", 1}, {"sound", "none", 1}, {"audio", "none", 1}, {"soundtrack", "none", 1}};

constexpr Row kWordless[] = {{"text", "none", 1},    {"words", "none", 1},     {"captions", "none", 1},
                             {"titles", "none", 1},  {"subtitles", "none", 1}, {"lettering", "none", 1},
                             {"writing", "none", 1}, {"typography", "none", 1}};

bool beside_music(const Prompt& p, const Hit& hit) {
  for (std::size_t i = hit.last; i < p.words.size() && i < hit.last + 2 && !p.words[i].breaks; ++i)
    if (is_any(p.words[i].low, kMusicWords)) return true;
  for (std::size_t back = 1; back <= 3 && back <= hit.first; ++back) {
    if (p.words[hit.first - back + 1].breaks) break;
    if (is_any(p.words[hit.first - back].low, kMusicWords)) return true;
  }
  for (std::size_t i = hit.first; i < hit.last; ++i)
    if (is_any(p.words[i].low, kMusicWords)) return true;
  return false;
}

Found found(const Prompt& p, const Hit& hit) {
  Found out;
  out.value = hit.row->value;
  out.words = text_of(p, hit.first, hit.last);
  return out;
}

}  // namespace

Found find_best(const Prompt& prompt, std::span<const Row> table, std::size_t first, std::size_t last) {
  const Hit* best = nullptr;
  std::vector<Hit> all = hits(prompt, table);
  for (const Hit& hit : all) {
    if (hit.first < last && hit.last > first) continue;
    if (!best || hit.row->weight > best->row->weight) best = &hit;
  }
  return best ? found(prompt, *best) : Found();
}

Found find_music(const Prompt& prompt) {
  if (auto silent = negated_hits(prompt, kSilence); !silent.empty()) return found(prompt, silent.front());
  std::vector<Hit> all = hits(prompt, music_rows());
  const Hit* best = nullptr;
  int most = 0;
  for (const Hit& hit : all) {
    int score = hit.row->weight + (beside_music(prompt, hit) ? 10 : 0);
    if (score <= most) continue;
    best = &hit;
    most = score;
  }
  return best ? found(prompt, *best) : Found();
}

Found find_wordless(const Prompt& prompt) {
  const std::vector<Hit> without = negated_hits(prompt, kWordless);
  return without.empty() ? Found() : found(prompt, without.front());
}

Extract extract(const Prompt& prompt) {
  Extract out;
  out.language = prompt.language;
  out.product = find_product(prompt);
  out.place = find_best(prompt, place_rows(), out.product.first, out.product.last);
  out.time = find_best(prompt, time_rows());
  out.music = find_music(prompt);
  out.wordless = find_wordless(prompt);
  out.mood = find_best(prompt, mood_rows());
  out.aesthetic = find_best(prompt, style_rows());
  find_length(prompt, out);
  find_aspect(prompt, out);
  return out;
}

}  // namespace vidgen::spec
