// SPDX-License-Identifier: Apache-2.0
#include "local/music/chords.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vidgen::local {
namespace {

struct Degree {
  std::string_view upper, lower;
  int root;
};
constexpr Degree kDegrees[] = {{"VII", "vii", 11}, {"III", "iii", 4}, {"VI", "vi", 9}, {"IV", "iv", 5},
                               {"II", "ii", 2},    {"V", "v", 7},     {"I", "i", 0}};

// The longest match is the right one: "VI" begins with "V".
const Degree* read_degree(std::string_view& text, bool& minor) {
  const Degree* best = nullptr;
  for (const Degree& d : kDegrees)
    if (text.starts_with(d.upper) || text.starts_with(d.lower))
      if (!best || d.upper.size() > best->upper.size()) best = &d;
  if (!best) return nullptr;
  minor = text.starts_with(best->lower);
  text.remove_prefix(best->upper.size());
  return best;
}

bool apply_suffix(std::string_view suffix, bool minor, bool dominant, std::vector<int>& notes) {
  auto add = [&](std::initializer_list<int> more) { notes.insert(notes.end(), more); };
  if (suffix.empty()) return true;
  if (suffix == "7") return add({10}), true;
  if (suffix == "M7") return add({11}), true;
  if (suffix == "add9") return add({14}), true;
  if (suffix == "9") return (minor || dominant) ? add({10, 14}) : add({11, 14}), true;
  if (suffix == "M9") return add({11, 14}), true;
  if (suffix == "6") return add({9}), true;
  if (suffix == "5") return notes = {0, 7}, true;
  if (suffix == "sus4") return notes = {0, 5, 7}, true;
  if (suffix == "sus2") return notes = {0, 2, 7}, true;
  return false;
}

// Pitch classes that a voicing shall hold: when there are too many, the fifth goes first, then the root.
std::vector<int> essential_classes(const Chord& chord, int tonic, std::size_t voices) {
  std::vector<int> out;
  for (int i : chord.intervals) out.push_back((tonic + chord.root + i) % 12);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  const int root = (tonic + chord.root) % 12;
  for (int drop : {(root + 7) % 12, root})
    if (out.size() > voices) std::erase(out, drop);
  return out;
}

bool spaced_well(const std::vector<int>& v) {
  const int span = v.back() - v.front();
  if (span > 19 || span < 7) return false;
  for (std::size_t i = 1; i < v.size(); ++i) {
    const int gap = v[i] - v[i - 1];
    if (gap < 2 || gap > 9) return false;
  }
  const int first = v[1] - v[0];
  return !(v[0] < 52 && first < 5) && !(v[0] < 48 && first < 7);
}

double movement_cost(const std::vector<int>& v, const std::vector<int>& before) {
  if (before.size() != v.size()) return 0;
  double cost = 0;
  for (std::size_t i = 0; i < v.size(); ++i) cost += std::abs(v[i] - before[i]);
  cost += 4 * std::max(0, std::abs(v.back() - before.back()) - 4);
  const int outer = v.back() - v.front();
  const bool perfect = outer % 12 == 0 || outer % 12 == 7;
  if (outer == before.back() - before.front() && perfect && v[0] != before[0]) cost += 6;
  return cost;
}

double voicing_cost(const std::vector<int>& v, const std::vector<int>& classes, const VoicingWish& wish) {
  double cost = 0, mean = 0;
  for (int c : classes)
    if (std::none_of(v.begin(), v.end(), [c](int p) { return p % 12 == c; })) cost += 30;
  for (std::size_t i = 0; i < v.size(); ++i) {
    mean += v[i];
    if (i > 0 && v[i] - v[i - 1] == 2) cost += 2;
    for (std::size_t j = i + 1; j < v.size(); ++j) cost += clash(v[i], v[j]) ? 60 : 0;
    for (int other : {v[i] - 13, v[i] - 1, v[i] + 1, v[i] + 13})
      cost += wish.taken.test(static_cast<std::size_t>(other)) ? 60 : 0;
  }
  const double off = std::abs(mean / static_cast<double>(v.size()) - (wish.low + wish.high) / 2.0);
  cost += wish.previous.empty() ? 1.3 * off : .3 * off;
  return cost + movement_cost(v, wish.previous);
}

// Tries every ascending choice of `voices` out of `notes`.
class Search {
 public:
  Search(const std::vector<int>& notes, const std::vector<int>& classes, const VoicingWish& wish)
      : notes_(notes), classes_(classes), wish_(wish) {}
  std::vector<int> best() {
    extend(0);
    return best_;
  }

 private:
  void extend(std::size_t from) {
    if (now_.size() == static_cast<std::size_t>(wish_.voices)) return judge();
    for (std::size_t i = from; i < notes_.size(); ++i) {
      if (!now_.empty() && notes_[i] - now_.back() > 9) return;
      now_.push_back(notes_[i]);
      extend(i + 1);
      now_.pop_back();
    }
  }
  void judge() {
    if (!spaced_well(now_)) return;
    const double cost = voicing_cost(now_, classes_, wish_);
    if (best_.empty() || cost < cost_) {
      cost_ = cost;
      best_ = now_;
    }
  }
  const std::vector<int>&notes_, &classes_;
  const VoicingWish& wish_;
  std::vector<int> now_, best_;
  double cost_ = 0;
};

}  // namespace

bool Chord::has(int pitch_class) const {
  const int wanted = ((pitch_class % 12) + 12) % 12;
  return std::any_of(intervals.begin(), intervals.end(), [&](int i) { return (root + i) % 12 == wanted; });
}

Chord parse_chord(std::string_view symbol) {
  Chord chord;
  chord.symbol = symbol;
  std::string_view text = symbol, over;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    over = text.substr(slash + 1);
    text = text.substr(0, slash);
  }
  const bool flat = text.starts_with('b');
  if (flat) text.remove_prefix(1);
  bool minor = false;
  const Degree* degree = read_degree(text, minor);
  if (!degree) return chord;
  chord.root = (degree->root + (flat ? 11 : 0)) % 12;
  chord.intervals = {0, minor ? 3 : 4, 7};
  const int third = chord.intervals[1];
  chord.valid = apply_suffix(text, minor, degree->upper == "V", chord.intervals);
  if (!over.empty() && over != "3" && over != "7") chord.valid = false;
  chord.bass = over.empty() ? chord.root : (chord.root + (over == "3" ? third : 4)) % 12;
  return chord;
}

bool clash(int a, int b) {
  const int distance = std::abs(a - b);
  return distance == 1 || distance == 13;
}

bool clashes(int pitch, const Pitches& others) {
  for (int other : {pitch - 13, pitch - 1, pitch + 1, pitch + 13})
    if (other >= 0 && other < 128 && others.test(static_cast<std::size_t>(other))) return true;
  return false;
}

std::vector<int> voice_chord(const Chord& chord, const VoicingWish& wish) {
  const std::vector<int> classes = essential_classes(chord, wish.tonic, static_cast<std::size_t>(wish.voices));
  std::vector<int> notes;
  for (int p = wish.low; p <= wish.high; ++p)
    if (std::find(classes.begin(), classes.end(), p % 12) != classes.end()) notes.push_back(p);
  std::vector<int> best = Search(notes, classes, wish).best();
  if (!best.empty()) return best;
  // A range too narrow for the rules: whatever fits, lowest first.
  for (int p : notes)
    if (best.size() < static_cast<std::size_t>(wish.voices) && (best.empty() || p - best.back() >= 2))
      best.push_back(p);
  return best;
}

}  // namespace vidgen::local
