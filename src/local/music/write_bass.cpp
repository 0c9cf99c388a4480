// SPDX-License-Identifier: Apache-2.0
// Bass lines.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "local/music/draft.hpp"

namespace vidgen::local {
namespace {

constexpr int kHighestBass = 47;

class BassWriter {
 public:
  BassWriter(Draft& draft, int layer)
      : draft_(draft), row_(draft.style.layers[static_cast<std::size_t>(layer)]), pen_(draft, layer) {}

  void run() {
    for (std::size_t i = 0; i < draft_.bars().size(); ++i)
      if (plays(row_, draft_.bars()[i].level)) bar(i);
    pen_.done();
  }

 private:
  // The octave of a pitch class that is nearest to `to`, and not far from the instrument's best place.
  int nearest(int pitch_class, double to) const {
    int best = row_.low;
    double least = 1e9;
    for (int p = row_.low; p <= row_.high; ++p) {
      const double cost = std::abs(p - to) + .2 * std::abs(p - 35);
      if ((p - pitch_class) % 12 == 0 && cost < least) least = cost, best = p;
    }
    return best;
  }

  int pitch_of(char c, int root, const Chord& chord) const {
    if (c == '8') return root + 12 <= kHighestBass ? root + 12 : root;
    if (c != '5') return root;
    const int fifth = root + 7 <= row_.high ? root + 7 : root - 5;
    return fifth >= row_.low && chord.has(fifth - draft_.score.tonic) ? fifth : root;
  }

  void bar(std::size_t i) {
    const Bar& bar = draft_.bars()[i];
    const Chord& chord = draft_.chords[i];
    const double centre = previous_ > 0 ? previous_ : (row_.low + row_.high) / 2.0 - 2;
    const int root = previous_ = nearest(draft_.score.tonic + chord.bass, centre);
    std::string steps = bar_steps(pattern_for(row_, bar.level), bar.beats, draft_.style.metre);
    const std::size_t breath = draft_.lifts_after(i) ? 2 : 0;
    const bool leads = bar.beats >= 3 && bar.position % 4 == 3 && i + 1 < draft_.bars().size() && bar.level >= 2 &&
                       !breath && !row_.more.pedal;
    const std::size_t last = steps.size() - (leads ? 2 : breath);
    for (std::size_t j = 0; j < last; ++j) {
      if (steps[j] != 'R' && steps[j] != '5' && steps[j] != '8') continue;
      std::size_t end = j + 1;
      while (end < last && steps[end] == '-') ++end;
      Pen::Touch touch(3);
      touch.locked = j == 0 && draft_.cut_on(bar.beat);
      const double weight = j == 0 ? 5 : j % 4 != 0 ? -3 : 0;
      pen_.note(bar.beat + static_cast<double>(j) / 4, bar.beat + (static_cast<double>(end) - .15) / 4,
                pitch_of(steps[j], root, chord), row_.velocity * draft_.intensity(i) + weight, touch);
    }
    if (leads) approach(i, root);
  }

  // A step of the scale next to the coming root.
  void approach(std::size_t i, int root) {
    constexpr int kMinor[] = {0, 2, 3, 5, 7, 8, 10}, kMajor[] = {0, 2, 4, 5, 7, 9, 11};
    const int* scale = draft_.style.minor ? kMinor : kMajor;
    const int target = nearest(draft_.score.tonic + draft_.chords[i + 1].bass, root);
    int best = -1;
    double least = 1e9;
    for (int p = row_.low; p <= row_.high; ++p) {
      const int degree = (p - draft_.score.tonic + 120) % 12;
      if (std::find(scale, scale + 7, degree) == scale + 7 || p == root || std::abs(p - root) > 7) continue;
      const double cost = std::abs(std::abs(p - target) - 2) + .1 * std::abs(p - root);
      if (cost < least) least = cost, best = p;
    }
    if (best < 0) return;
    const Bar& bar = draft_.bars()[i];
    const double end = bar.beat + bar.beats;
    pen_.note(end - .5, end - .05, best, row_.velocity * draft_.intensity(i) - 4, Pen::Touch(3));
  }

  Draft& draft_;
  const LayerRow& row_;
  Pen pen_;
  int previous_ = 0;
};

}  // namespace

void write_bass(Draft& draft, int layer) {
  BassWriter(draft, layer).run();
}

}  // namespace vidgen::local
