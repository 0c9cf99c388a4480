// SPDX-License-Identifier: Apache-2.0
#include "local/music/tempo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "local/music/sections.hpp"

namespace vidgen::local {
namespace {

constexpr double kOffsetStep = .04, kOffsetMost = .32, kBpmStep = .5;
constexpr double kTolerance = .035, kMajorTolerance = .015;  // seconds between cut and beat
constexpr double kHalfBeatCost = 14, kSkipCost = 60, kMajorSkipCost = 250, kHopeless = 1e6;
constexpr double kShortest = 2.5;  // seconds; a shorter film is one chord

struct Ring {
  double least, preferred, most;
};

Ring ring_of(const StyleRow& style, double seconds) {
  Ring r{style.ring[0], style.ring[1], style.ring[2]};
  if (seconds < 20)
    for (double* x : {&r.least, &r.preferred, &r.most}) *x = std::max(1.2, *x * std::max(.55, seconds / 20));
  r.most = std::min(r.most, .6 * seconds);
  r.preferred = std::min({r.preferred, r.most, .45 * seconds});
  r.least = std::min(r.least, .25 * seconds);
  return r;
}

// What the search works on.
struct Task {
  const StyleRow& style;
  double seconds;
  const std::vector<CutPoint>& cuts;
  Ring ring;
  double preferred, insistence;  // beats a minute; cost of each beat off
  double given;                  // beats a minute; 0: searched for
};

double preferred_tempo(const StyleRow& style, double pace) {
  const double p = std::clamp(std::isfinite(pace) ? pace : 0, -1.0, 1.0);
  return style.bpm_preferred + p * (p > 0 ? style.bpm_high - style.bpm_preferred : style.bpm_preferred - style.bpm_low);
}

struct Fit {
  double cost = std::numeric_limits<double>::infinity();
  double bpm = 0, period = 0, offset = 0;
  std::vector<CutPoint> cuts;
  std::vector<Anchor> anchors;
  double final_beat = 0, final_at = 0;
};

double bar_cost(double beats, int metre) {
  const double rest = std::fmod(beats, metre);
  if (rest == 0) return 0;
  return rest * 2 == metre ? 14 : 32;
}

// One tempo and offset: which cuts the beat is bent to meet. A cut may be left out when meeting it would spoil the
// others; then it counts as met only if a half beat happens to fall on it. Viterbi's way: for each cut, on a whole beat
// and on a half beat, the cheapest road there from one of the cuts before.
class Lattice {
 public:
  Lattice(const Task& task, double bpm, double offset)
      : task_(task),
        bpm_(bpm),
        period_(60 / bpm),
        offset_(offset),
        count_(static_cast<double>(std::max<std::size_t>(1, task.cuts.size()))) {}

  double solve() {
    nodes_.assign(2 * (task_.cuts.size() + 1), Node{});
    nodes_[0].cost = 60 * offset_ + task_.insistence * std::abs(bpm_ - task_.preferred);
    nodes_[0].seconds = offset_;
    for (std::size_t j = 1; j <= task_.cuts.size(); ++j)
      for (std::size_t i = j > kLookBack ? j - kLookBack : 0; i < j; ++i)
        for (std::size_t half = 0; half < 2; ++half) reach(2 * i + half, j);
    for (std::size_t n = 0; n < nodes_.size(); ++n) finish(n);
    return cost_;
  }

  Fit fit() const {
    Fit fit;
    fit.cost = cost_;
    fit.bpm = bpm_;
    fit.period = period_;
    fit.offset = offset_;
    fit.final_beat = final_beat_;
    fit.final_at = final_at_;
    std::vector<bool> met(task_.cuts.size() + 1);
    for (std::size_t n = last_;; n = nodes_[n].from) {
      fit.anchors.emplace(fit.anchors.begin(), nodes_[n].beat, nodes_[n].seconds);
      met[n / 2] = true;
      if (n / 2 == 0) break;
    }
    fit.cuts = task_.cuts;
    for (std::size_t j = 0; j < fit.cuts.size(); ++j) place(fit.cuts[j], met[j + 1], fit.anchors);
    return fit;
  }

 private:
  static constexpr std::size_t kLookBack = 6;
  struct Node {
    double cost = std::numeric_limits<double>::infinity();
    double beat = 0, seconds = 0, section = 0;
    std::size_t from = 0;
  };

  // Roads from node `n` to cut number `j` (from 1), on the beats around it.
  void reach(std::size_t n, std::size_t j) {
    const Node& from = nodes_[n];
    if (!std::isfinite(from.cost)) return;
    const CutPoint& cut = task_.cuts[j - 1];
    const double grain = cut.major ? 1 : .5;
    const double below = std::floor((from.beat + (cut.seconds - from.seconds) / period_) / grain) * grain;
    for (double beat : {below, below + grain})
      if (beat >= from.beat + .5) step(n, j, beat);
  }

  void step(std::size_t n, std::size_t j, double beat) {
    const Node& from = nodes_[n];
    const CutPoint& cut = task_.cuts[j - 1];
    const double plain = (beat - from.beat) * period_;
    const double stretch = std::clamp((cut.seconds - from.seconds) / plain, 1 - task_.style.bend, 1 + task_.style.bend);
    Node to = from;
    to.beat = beat;
    to.seconds = from.seconds + stretch * plain;
    to.from = n;
    const double missed = std::abs(to.seconds - cut.seconds);
    if (missed > (cut.major ? kMajorTolerance : kTolerance)) return;
    to.cost += (cut.major ? 3 : 1) * missed * 1e3 / count_ + 250 * std::abs(stretch - 1) / count_;
    if (beat != std::floor(beat)) to.cost += kHalfBeatCost;
    if (cut.major) {
      to.cost += (beat - from.section < 3 ? 150 : 0) + bar_cost(beat - from.section, task_.style.metre);
      to.section = beat;
    }
    for (std::size_t k = n / 2 + 1; k < j && to.cost < kHopeless; ++k)
      to.cost += skip_cost(from, period_ * stretch, task_.cuts[k - 1]);
    Node& best = nodes_[2 * j + (beat != std::floor(beat) ? 1 : 0)];
    if (to.cost < best.cost - 1e-9) best = to;
  }

  double skip_cost(const Node& from, double pace, const CutPoint& cut) const {
    if (cut.major) return kMajorSkipCost;
    const double halves = (from.beat + (cut.seconds - from.seconds) / pace) * 2;
    const double missed = std::abs(halves - std::round(halves)) / 2 * pace;
    return missed <= kTolerance ? missed * 1e3 / count_ + kHalfBeatCost / 2 : kSkipCost;
  }

  // The last chord is a beat inside the ring's window, best a downbeat.
  void finish(std::size_t n) {
    const Node& from = nodes_[n];
    if (!(from.cost < cost_)) return;
    double cost = from.cost;
    for (std::size_t k = n / 2 + 1; k <= task_.cuts.size() && cost < cost_; ++k)
      cost += skip_cost(from, period_, task_.cuts[k - 1]);
    const auto beat_at = [&](double ring) { return from.beat + (task_.seconds - ring - from.seconds) / period_; };
    const double first = std::max({1.0, std::ceil(from.beat), std::ceil(beat_at(task_.ring.most) - 1e-9)});
    for (double beat = first; beat <= std::floor(beat_at(task_.ring.least) + 1e-9); ++beat) {
      const double at = from.seconds + (beat - from.beat) * period_;
      const double whole = cost + bar_cost(beat - from.section, task_.style.metre) +
                           12 * std::abs(task_.seconds - at - task_.ring.preferred);
      if (whole >= cost_ - 1e-9) continue;
      cost_ = whole;
      last_ = n;
      final_beat_ = beat;
      final_at_ = at;
    }
  }

  // Which half beat plays on the cut, and how far from it.
  void place(CutPoint& cut, bool met, const std::vector<Anchor>& anchors) const {
    std::size_t i = 0;
    while (i + 1 < anchors.size() && anchors[i + 1].seconds <= cut.seconds + kTolerance) ++i;
    if (!met) cut.major = false;
    const bool last = i + 1 == anchors.size();
    const double pace =
        last ? period_ : (anchors[i + 1].seconds - anchors[i].seconds) / (anchors[i + 1].beat - anchors[i].beat);
    cut.beat = std::max(0.0, std::round((anchors[i].beat + (cut.seconds - anchors[i].seconds) / pace) * 2) / 2);
    cut.residual_ms = (beat_seconds(anchors, period_, cut.beat) - cut.seconds) * 1e3;
    cut.on_grid = std::abs(cut.residual_ms) <= kTolerance * 1e3 + 1e-6 && cut.beat <= final_beat_;
  }

  const Task& task_;
  double bpm_, period_, offset_, count_;
  std::vector<Node> nodes_;  // 2 j + half; j = 0 is the start
  double cost_ = std::numeric_limits<double>::infinity();
  double final_beat_ = 0, final_at_ = 0;
  std::size_t last_ = 0;
};

// Pads begin at once, whatever the offset; without one the film would start in silence.
bool starts_with_pad(const StyleRow& style) {
  for (const LayerRow& layer : style.used_layers())
    if (layer.kind == LayerKind::pad && layer.level == 1) return true;
  return false;
}

Fit search(const Task& task) {
  // Very many cuts: fewer tempi are tried, so that the time stays bounded.
  const double step = kBpmStep * std::max(1.0, std::floor(static_cast<double>(task.cuts.size()) / 150));
  const bool pad = starts_with_pad(task.style);
  double least = std::numeric_limits<double>::infinity();
  Fit best;
  const double low = task.given > 0 ? task.given : task.style.bpm_low;
  const double high = task.given > 0 ? task.given : task.style.bpm_high;
  for (double bpm = low; bpm <= high; bpm += step) {
    const double most = pad && task.given <= 0 ? std::min(kOffsetMost, 30 / bpm) : 0;
    for (int o = 0; o * kOffsetStep <= most + 1e-9; ++o) {
      Lattice lattice(task, bpm, o * kOffsetStep);
      if (lattice.solve() >= least - 1e-9) continue;
      best = lattice.fit();
      least = best.cost;
    }
  }
  return best;
}

Fit search_widening(const StyleRow& style, double seconds, const std::vector<CutPoint>& cuts, double pace,
                    double given) {
  const Ring ring = ring_of(style, seconds);
  const double preferred = given > 0 ? given : preferred_tempo(style, pace);
  const double insistence = preferred == style.bpm_preferred ? .25 : .8;  // what was asked for counts more
  for (int widen = 0; widen <= 2; ++widen) {
    const Ring wider{std::max(std::min(1.0, ring.least), ring.least - .6 * widen), ring.preferred,
                     ring.most + 1.2 * widen};
    Fit fit = search({style, seconds, cuts, wider, preferred, insistence, given});
    if (std::isfinite(fit.cost)) return fit;
  }
  return {};
}

Grid one_chord(const StyleRow& style, double seconds, std::vector<CutPoint> cuts) {
  Grid grid;
  grid.bpm = style.bpm_preferred;
  grid.period = 60 / grid.bpm;
  grid.ring = seconds;
  grid.anchors.emplace_back(0, 0);
  for (CutPoint& cut : cuts) cut.major = false;
  for (CutPoint& cut : cuts) cut.residual_ms = -cut.seconds * 1e3;
  grid.cuts = std::move(cuts);
  return grid;
}

}  // namespace

double beat_seconds(const std::vector<Anchor>& anchors, double period, double beat) {
  if (anchors.empty()) return beat * period;
  if (beat <= anchors.front().beat) return anchors.front().seconds;
  const auto after =
      std::upper_bound(anchors.begin(), anchors.end(), beat, [](double b, const Anchor& a) { return b < a.beat; });
  const Anchor& left = *(after - 1);
  if (after == anchors.end()) return left.seconds + (beat - left.beat) * period;
  return left.seconds + (beat - left.beat) * (after->seconds - left.seconds) / (after->beat - left.beat);
}

Grid fit_tempo(const StyleRow& style, double seconds, const std::vector<double>& cuts, double end_card, double pace,
               double bpm) {
  const SectionPlan plan = choose_sections(style, seconds, cuts, end_card);
  if (seconds < kShortest) return one_chord(style, seconds, plan.cuts);
  Fit fit = search_widening(style, seconds, plan.cuts, pace, bpm);
  if (!std::isfinite(fit.cost)) return one_chord(style, seconds, plan.cuts);
  Grid grid;
  grid.bpm = fit.bpm;
  grid.period = fit.period;
  grid.offset = fit.offset;
  grid.cuts = std::move(fit.cuts);
  grid.anchors = std::move(fit.anchors);
  grid.final_beat = fit.final_beat;
  grid.final_at = fit.final_at;
  grid.ring = seconds - fit.final_at;
  grid.bars = lay_bars(style, plan, grid, seconds);
  return grid;
}

}  // namespace vidgen::local
