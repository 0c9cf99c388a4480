// SPDX-License-Identifier: Apache-2.0
// Melodies: one to four notes a bar in the form a b a c, chord notes where they are heard.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

struct Beat16 {
  int step = 0, length = 0;
};
using Rhythm = std::array<Beat16, 4>;  // shorter ones end with length 0

constexpr Rhythm kSlow[] = {{{{0, 12}}}, {{{0, 6}, {6, 2}, {8, 8}}}, {{{0, 8}, {8, 8}}}, {{{0, 14}}}};
constexpr Rhythm kQuick[] = {
    {{{0, 6}, {6, 2}, {8, 8}}}, {{{4, 4}, {8, 8}}}, {{{0, 6}, {6, 2}, {8, 4}, {12, 4}}}, {{{0, 14}}}};

// Rhythms and contour that all melodies of a piece share.
struct Motif {
  std::array<int, 3> rhythm{};  // a, b, c
  std::array<int, 8> contour{};
};

Motif motif_of(std::uint64_t seed) {
  Rng rng(seed_for(seed, "motif"));
  Motif motif;
  motif.rhythm[0] = rng.below(3);
  motif.rhythm[1] = (motif.rhythm[0] + 1 + rng.below(2)) % 3;
  motif.rhythm[2] = 3;
  for (int& c : motif.contour) c = rng.below(5) - 2;
  return motif;
}

class MelodyWriter {
 public:
  MelodyWriter(Draft& draft, int layer)
      : draft_(draft),
        row_(draft.style.layers[static_cast<std::size_t>(layer)]),
        pen_(draft, layer),
        motif_(motif_of(draft.seed)) {}

  void run() {
    for (std::size_t i = 0; i < draft_.bars().size(); ++i) {
      if (plays(row_, draft_.bars()[i].level))
        bar(i);
      else
        last_ = -1;
    }
    pen_.done();
  }

 private:
  void bar(std::size_t i) {
    constexpr int kForm[] = {0, 1, 0, 2};
    const Bar& bar = draft_.bars()[i];
    const bool slow = row_.more.sparse || draft_.style.bpm_preferred < 90;
    const auto which = static_cast<std::size_t>(motif_.rhythm[static_cast<std::size_t>(kForm[bar.position % 4])]);
    const Rhythm& rhythm = slow ? kSlow[which] : kQuick[which];
    for (std::size_t q = 0; q < rhythm.size() && rhythm[q].length > 0; ++q) {
      if (rhythm[q].step >= bar.beats * 4) continue;
      const int length = std::min(rhythm[q].length, bar.beats * 4 - rhythm[q].step);
      sing(i, rhythm[q].step, length, static_cast<int>(q));
    }
  }

  void sing(std::size_t i, int step, int length, int index) {
    const Bar& bar = draft_.bars()[i];
    const bool strong = step % 8 == 0 || length >= 6;
    last_ = choose(i, strong, index);
    const double from = bar.beat + step / 4.0, to = bar.beat + (step + length * .96) / 4;
    const double velocity = row_.velocity * draft_.intensity(i);
    Pen::Touch touch(6);
    touch.offset_ms = 4;
    mark(i, strong, last_);
    pen_.note(from, to, last_, velocity + (step == 0 ? 4 : -2), touch);
    if (!row_.more.octaves || last_ - 12 < 52) return;
    mark(i, strong, last_ - 12);
    pen_.note(from, to, last_ - 12, velocity - 12, touch);
  }

  void mark(std::size_t i, bool strong, int pitch) {
    if (strong) draft_.taken[i].set(static_cast<std::size_t>(pitch));
  }

  bool allowed(std::size_t i, bool strong, int pitch) const {
    constexpr int kMinor[] = {0, 2, 3, 5, 7, 8, 10}, kMajor[] = {0, 2, 4, 5, 7, 9, 11};
    const int* scale = draft_.style.minor ? kMinor : kMajor;
    const int degree = (pitch - draft_.score.tonic + 120) % 12;
    if (!strong) return std::find(scale, scale + 7, degree) != scale + 7;
    if (!draft_.chords[i].has(degree) || clashes(pitch, draft_.taken[i])) return false;
    return !row_.more.octaves || !clashes(pitch - 12, draft_.taken[i]);
  }

  double cost(std::size_t i, int pitch, int index) const {
    const Bar& bar = draft_.bars()[i];
    const int phrase = bar.position % 4;
    const double centre =
        (row_.low + row_.high) / 2.0 + (phrase == 1 || phrase == 2 ? 3 : 0) + 2 * (bar.position / 4 % 2);
    if (last_ < 0) return std::abs(pitch - centre);
    const int step = motif_.contour[static_cast<std::size_t>((phrase * 3 + index) % 8)];
    return std::abs(pitch - (last_ + 2 * step)) + .25 * std::abs(pitch - centre) + (pitch == last_ ? 1.5 : 0);
  }

  int choose(std::size_t i, bool strong, int index) const {
    int best = -1;
    double least = 1e9;
    // If every chord note clashes (it never has), a chord note is still the smaller evil: the root.
    for (int p = row_.low; p <= row_.high; ++p) {
      const double c = cost(i, p, index) + (allowed(i, strong, p)                          ? 0
                                            : draft_.chords[i].has(p - draft_.score.tonic) ? 1e3
                                                                                           : 1e6);
      if (c < least) least = c, best = p;
    }
    return best;
  }

  Draft& draft_;
  const LayerRow& row_;
  Pen pen_;
  Motif motif_;
  int last_ = -1;
};

}  // namespace

void write_melody(Draft& draft, int layer) {
  MelodyWriter(draft, layer).run();
}

}  // namespace vidgen::local
