// SPDX-License-Identifier: Apache-2.0
// Drums: patterns by level, small changes from bar to bar, fills, accents on the picture's cuts.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

constexpr int kKick = 36, kRim = 37, kSnare = 38, kClap = 39, kHat = 42, kOpenHat = 46, kShaker = 70;

bool one_of(int key, std::initializer_list<int> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

class DrumWriter {
 public:
  explicit DrumWriter(Draft& draft) : draft_(draft), style_(draft.style), rng_(seed_for(draft.seed, "drums")) {}

  void run() {
    for (std::size_t i = 0; i < draft_.bars().size(); ++i) bar(i);
    for (const CutPoint& cut : draft_.grid.cuts)
      if (cut.on_grid && cut.beat < draft_.grid.final_beat) accent(cut);
    ending();
  }

 private:
  struct Touch {
    double sigma_ms = 4, late_ms = 0;
    bool locked = false;
  };

  void hit(double beat, int key, double velocity, const Touch& touch) {
    DrumHit hit;
    const double shift = (touch.locked ? 0 : rng_.normal() * touch.sigma_ms) + touch.late_ms;
    hit.at = std::max(0.0, draft_.at(draft_.swung(beat)) + shift * 1e-3);
    hit.key = tuned(key);
    hit.velocity = std::clamp(static_cast<int>(std::lround(velocity + (touch.locked ? 0 : rng_.normal() * 4))), 8, 124);
    draft_.score.drums.push_back(hit);
  }

  // Timpani play the key's tonic and fifth, whatever the row wrote.
  int tuned(int key) const {
    if (!style_.timpani || !one_of(key, {41, 43, 45})) return key;
    const int wanted = (draft_.score.tonic + (key == 43 ? 7 : 0)) % 12;
    return 41 + (wanted - 41 % 12 + 12) % 12;
  }

  const DrumSet* set_for(int level) const {
    for (int l = level; l >= 1; --l)
      if (style_.drums[static_cast<std::size_t>(l - 1)][0].key != 0)
        return &style_.drums[static_cast<std::size_t>(l - 1)];
    return nullptr;
  }

  // The part that changes in every second bar of four, so that no bar stays the same for long.
  static int varied_key(const DrumSet& set) {
    for (int key : {kHat, kShaker, kRim, kSnare, kClap, kKick})
      for (const DrumLine& line : set)
        if (line.key == key) return key;
    return set[0].key;
  }

  void vary(std::string& steps, int key, const Bar& bar, int varied) const {
    const auto toggle = [&](std::size_t step, char with) {
      if (step < steps.size()) steps[step] = steps[step] == '.' ? with : '.';
    };
    const std::size_t n = steps.size();
    if (n < 8) return;
    if (bar.position % 4 == 1 && key == varied) toggle(one_of(key, {kKick}) ? n - 4 : n - 2, key == kKick ? '5' : '3');
    if (bar.position % 4 == 2 && key == kKick && bar.level >= 3) toggle(10, '5');
    if (bar.position % 4 == 3 && one_of(key, {kRim, kSnare}) && bar.level >= 3) steps[n - 3] = '3', steps[n - 1] = '4';
    if (bar.position % 8 == 5 && key == kHat) steps[7] = '3';
  }

  void bar(std::size_t i) {
    const Bar& bar = draft_.bars()[i];
    const DrumSet* set = set_for(bar.level);
    if (!set) return;
    const bool fills = draft_.changes_after(i) && bar.level >= 2 && bar.beats >= 3;
    const int varied = varied_key(*set);
    for (const DrumLine& line : *set) {
      if (line.key == 0) continue;
      std::string steps = bar_steps(line.steps, bar.beats, style_.metre);
      vary(steps, line.key, bar, varied);
      std::size_t end = steps.size();
      if (draft_.lifts_after(i)) end -= 2;
      if (fills && one_of(line.key, {kHat, kOpenHat, kShaker, kKick})) end = std::min(end, steps.size() - 4);
      play(bar, line.key, steps.substr(0, end));
    }
    if (fills) fill(i);
  }

  void play(const Bar& bar, int key, const std::string& steps) {
    for (std::size_t j = 0; j < steps.size(); ++j) {
      if (digit(steps[j]) < 0) continue;
      Touch touch;
      touch.sigma_ms = key == kKick ? 2 : one_of(key, {kSnare, kClap}) ? 3 : 4;
      if (one_of(key, {kRim, kSnare, kClap})) touch.late_ms = style_.snare_late_ms;
      if (one_of(key, {kHat, kShaker})) touch.late_ms = style_.snare_late_ms * .3;
      touch.locked = j == 0 && draft_.cut_on(bar.beat);
      const double weight = one_of(key, {kHat, kOpenHat}) ? style_.hat_weight : 1;
      hit(bar.beat + static_cast<double>(j) / 4, key, digit(steps[j]) * 13 * (.86 + .035 * bar.level) * weight, touch);
    }
  }

  void fill(std::size_t i) {
    const double last_beat = draft_.bars()[i].beat + draft_.bars()[i].beats - 1;
    const std::size_t steps = draft_.lifts_after(i) ? 2 : 4;  // the lift is preceded by a breath
    Touch touch;
    touch.sigma_ms = 3;
    for (std::size_t j = 0; j < steps; ++j)
      for (const DrumLine& line : style_.fill)
        if (j < line.steps.size() && digit(line.steps[j]) > 0)
          hit(last_beat + static_cast<double>(j) / 4, line.key, digit(line.steps[j]) * 12, touch);
  }

  void accent(const CutPoint& cut) {
    int level = 1;
    for (const Bar& bar : draft_.bars())
      if (bar.beat <= cut.beat) level = bar.level;
    Touch locked;
    locked.locked = true;
    if (level < 2) return;
    if (style_.crash) hit(cut.beat, style_.crash, (cut.major ? 92 : 66) * (.8 + .05 * level), locked);
    if (style_.drums_on_cuts) hit(cut.beat, kKick, cut.major ? 112 : 96, locked);
  }

  void ending() {
    Touch locked;
    locked.locked = true;
    if (style_.crash) hit(draft_.grid.final_beat, style_.crash, 100, locked);
    if (!style_.soft) hit(draft_.grid.final_beat, kKick, 104, locked);
  }

  Draft& draft_;
  const StyleRow& style_;
  Rng rng_;
};

}  // namespace

void write_drums(Draft& draft) {
  if (draft.style.has_drums()) DrumWriter(draft).run();
  auto& drums = draft.score.drums;
  std::stable_sort(drums.begin(), drums.end(), [](const DrumHit& a, const DrumHit& b) {
    return a.at != b.at ? a.at < b.at : a.key != b.key ? a.key < b.key : a.velocity > b.velocity;
  });
  // One drum struck twice at one instant is one stroke, the harder one.
  const auto same = [](const DrumHit& a, const DrumHit& b) { return a.key == b.key && b.at - a.at < .004; };
  drums.erase(std::unique(drums.begin(), drums.end(), same), drums.end());
}

}  // namespace vidgen::local
