// SPDX-License-Identifier: Apache-2.0
#include "plan/on_beat.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace vidgen::plan {
namespace {

constexpr double kNoBar = .08;       // seconds that a cut may be farther away and begin a bar
constexpr double kStays = 20;        // seconds that a cut which stays counts as
constexpr double kFarthest = 4;      // seconds that a cut may move
constexpr double kOtherTempo = .02;  // seconds a cut may move in place of a beat a minute from the preferred tempo
constexpr double kTempoStep = .5;

// What may be done with one cut.
struct Choice {
  Frames at = 0;
  double cost = 0;
  bool stays = false;
  double total = std::numeric_limits<double>::infinity();
  std::size_t from = 0;
};

struct Cutting {
  std::vector<Frames> cuts;
  int stay = 0;
  double cost = std::numeric_limits<double>::infinity();
};

double seconds(Frames frames, Rational fps) {
  return (Rational(frames) / fps).to_double();
}

std::vector<Choice> choices(const Spec& spec, Frames cut, const std::vector<MusicBeat>& beats) {
  std::vector<Choice> out;
  for (const MusicBeat& beat : beats) {
    const double away = std::abs(seconds(beat.at - cut, spec.fps));
    if (away > kFarthest || beat.at <= 0 || beat.at >= spec.frames) continue;
    Choice c;
    c.at = beat.at;
    c.cost = away + (beat.bar ? 0 : kNoBar);
    out.push_back(c);
  }
  Choice stay;
  stay.at = cut;
  stay.cost = kStays;
  stay.stays = std::none_of(out.begin(), out.end(), [&](const Choice& c) { return c.at == cut; });
  out.push_back(stay);
  return out;
}

// The least lengths of the shots: a second, or what a shot has.
std::vector<Frames> least_lengths(const Spec& spec) {
  std::vector<Frames> out;
  for (const Beat& beat : spec.beats) out.push_back(std::min(beat.length, spec.fps.ceil()));
  return out;
}

// The cheapest choice for all cuts together, from left to right.
Cutting best_cutting(const Spec& spec, const std::vector<MusicBeat>& beats) {
  const std::vector<Frames> least = least_lengths(spec);
  std::vector<std::vector<Choice>> rows{{Choice()}};
  rows[0][0].total = 0;
  for (std::size_t i = 1; i < spec.beats.size(); ++i) {
    rows.push_back(choices(spec, spec.beats[i].start, beats));
    for (Choice& c : rows[i])
      for (std::size_t p = 0; p < rows[i - 1].size(); ++p) {
        const Choice& before = rows[i - 1][p];
        if (c.at - before.at < least[i - 1] || before.total + c.cost >= c.total) continue;
        c.total = before.total + c.cost;
        c.from = p;
      }
  }
  Cutting out;
  std::size_t last = 0;
  for (std::size_t p = 0; p < rows.back().size(); ++p)
    if (spec.frames - rows.back()[p].at >= least.back() && rows.back()[p].total < out.cost)
      out.cost = rows.back()[p].total, last = p;
  if (!std::isfinite(out.cost)) return out;
  for (std::size_t i = rows.size(); i-- > 1;) {
    out.cuts.insert(out.cuts.begin(), rows[i][last].at);
    out.stay += rows[i][last].stays;
    last = rows[i][last].from;
  }
  return out;
}

// A transition is at most half as long as the shorter shot beside it.
void fit_transitions(Spec& spec) {
  for (std::size_t i = 0; i < spec.transitions.size() && i + 1 < spec.beats.size(); ++i) {
    SpecTransition& t = spec.transitions[i];
    t.frames = std::min(t.frames, std::min(spec.beats[i].length, spec.beats[i + 1].length) / 2);
    if (t.frames < 2) t = SpecTransition();
  }
}

void apply(Spec& spec, const std::vector<Frames>& cuts) {
  for (std::size_t i = 0; i < spec.beats.size(); ++i) {
    const Frames from = i == 0 ? 0 : cuts[i - 1], to = i < cuts.size() ? cuts[i] : spec.frames;
    spec.beats[i].start = from;
    spec.beats[i].length = to - from;
  }
  fit_transitions(spec);
}

const StyleTempo& tempo_of(std::string_view style) {
  const auto& rows = style_tempi();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const StyleTempo& r) { return r.style == style; });
  return row != rows.end() ? *row : rows[1];
}

// What the words of the spec ask for within the style's range.
double preferred(const StyleTempo& row, const std::string& tempo) {
  if (tempo == "slow") return row.low;
  return tempo == "fast" ? row.high : row.preferred;
}

std::vector<MusicBeat> grid_of(const Spec& spec, Rational bpm, int metre) {
  std::vector<MusicBeat> out;
  for (std::int64_t k = 0;; ++k) {
    const Frames at = (Rational(60 * k) / bpm * spec.fps).round();
    if (at >= spec.frames) return out;
    out.emplace_back(at, k % metre == 0);
  }
}

}  // namespace

int cut_to(Spec& spec, const std::vector<MusicBeat>& beats) {
  spec.soundtrack.beats.clear();
  for (const MusicBeat& beat : beats) spec.soundtrack.beats.push_back(beat.at);
  const Cutting cutting = best_cutting(spec, beats);
  if (!std::isfinite(cutting.cost)) return static_cast<int>(spec.beats.size()) - 1;
  apply(spec, cutting.cuts);
  return cutting.stay;
}

int cut_to_composed(Spec& spec) {
  const StyleTempo& row = tempo_of(spec.audio.style);
  const double wish = preferred(row, spec.audio.tempo);
  double least = std::numeric_limits<double>::infinity();
  for (double bpm = row.low; bpm <= row.high; bpm += kTempoStep) {
    const Rational exact(std::llround(bpm * 2), 2);
    const double cost = best_cutting(spec, grid_of(spec, exact, row.metre)).cost + kOtherTempo * std::abs(bpm - wish);
    if (cost >= least) continue;
    least = cost;
    spec.audio.bpm = exact;
  }
  if (!std::isfinite(least)) spec.audio.bpm = Rational(row.preferred);
  return cut_to(spec, grid_of(spec, spec.audio.bpm, row.metre));
}

const std::vector<StyleTempo>& style_tempi() {
  static const std::vector<StyleTempo> rows = {{"cinematic", 76, 104, 88, 4}, {"corporate", 104, 128, 116, 4},
                                               {"pop", 108, 126, 118, 4},     {"lofi", 70, 88, 80, 4},
                                               {"ambient", 60, 80, 70, 4},    {"electronic", 116, 130, 124, 4},
                                               {"acoustic", 88, 116, 100, 4}, {"luxury", 62, 84, 72, 3},
                                               {"tech", 96, 122, 110, 4},     {"playful", 100, 132, 118, 4}};
  return rows;
}

}  // namespace vidgen::plan
