// SPDX-License-Identifier: Apache-2.0
#include "local/music/tempo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "local/music/sections.hpp"

namespace vidgen::local {
namespace {

constexpr double kOffsetStep = .04, kOffsetMost = .32, kBpmStep = .5;
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
};

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

// Follows the cuts at one tempo and offset.
class Walk {
 public:
  Walk(const Task& task, double bpm, double offset) : task_(task) {
    fit_.bpm = bpm;
    fit_.period = 60 / bpm;
    fit_.offset = offset;
    fit_.cost = 60 * offset + .25 * std::abs(bpm - task.style.bpm_preferred);
    fit_.anchors.emplace_back(0, offset);
    fit_.cuts.reserve(task.cuts.size());
  }
  Fit run() {
    for (const CutPoint& cut : task_.cuts) step(cut);
    finish();
    return std::move(fit_);
  }

 private:
  void step(CutPoint cut) {
    const Anchor last = fit_.anchors.back();
    const double exact = last.beat + (cut.seconds - last.seconds) / fit_.period;
    double beat = cut.major ? std::max(1.0, std::round(exact)) : std::round(exact * 2) / 2;
    if (cut.major && beat < last.beat + .5) beat = std::ceil(last.beat);
    if (cut.major) {
      const double beats = beat - section_;
      fit_.cost += (beats < 3 ? 150 : 0) + bar_cost(beats, task_.style.metre);
      section_ = beat;
    } else if (beat != std::floor(beat)) {
      fit_.cost += 14;
    }
    cut.on_grid = beat >= last.beat + .5;
    cut.beat = cut.on_grid ? beat : last.beat;
    cut.residual_ms = ((cut.on_grid ? bend(cut, last) : last.seconds) - cut.seconds) * 1e3;
    if (cut.on_grid || cut.major) {
      cut.on_grid = true;
      fit_.cost += (cut.major ? 3 : 1) * std::abs(cut.residual_ms) / static_cast<double>(task_.cuts.size());
    }
    fit_.cuts.push_back(cut);
  }

  // Stretches the stretch between two cuts so that the beat meets the cut, as far as the style allows.
  double bend(const CutPoint& cut, const Anchor& last) {
    const double plain = (cut.beat - last.beat) * fit_.period;
    const double wanted = (cut.seconds - last.seconds) / plain;
    const double stretch = std::clamp(wanted, 1 - task_.style.bend, 1 + task_.style.bend);
    fit_.cost += 250 * std::abs(stretch - 1) / static_cast<double>(task_.cuts.size());
    fit_.anchors.emplace_back(cut.beat, last.seconds + stretch * plain);
    return fit_.anchors.back().seconds;
  }

  // The last chord is a beat inside the ring's window, best a downbeat.
  void finish() {
    const Anchor last = fit_.anchors.back();
    const auto beat_before_end = [&](double ring) {
      return last.beat + (task_.seconds - ring - last.seconds) / fit_.period;
    };
    const double from = std::max(std::ceil(last.beat), std::ceil(beat_before_end(task_.ring.most) - 1e-9));
    const double to = std::floor(beat_before_end(task_.ring.least) + 1e-9);
    double best = std::numeric_limits<double>::infinity();
    for (double beat = std::max(1.0, from); beat <= to; ++beat) {
      const double at = last.seconds + (beat - last.beat) * fit_.period;
      const double cost =
          bar_cost(beat - section_, task_.style.metre) + 12 * std::abs(task_.seconds - at - task_.ring.preferred);
      if (cost >= best) continue;
      best = cost;
      fit_.final_beat = beat;
      fit_.final_at = at;
    }
    fit_.cost += best;
  }

  const Task& task_;
  Fit fit_;
  double section_ = 0;
};

Fit search(const Task& task) {
  Fit best;
  const int tempi = static_cast<int>((task.style.bpm_high - task.style.bpm_low) / kBpmStep);
  for (int i = 0; i <= tempi; ++i) {
    const double bpm = task.style.bpm_low + i * kBpmStep;
    const double most = std::min(kOffsetMost, 30 / bpm);
    for (int o = 0; o * kOffsetStep <= most + 1e-9; ++o) {
      Fit fit = Walk(task, bpm, o * kOffsetStep).run();
      if (fit.cost < best.cost - 1e-9) best = std::move(fit);
    }
  }
  return best;
}

Fit search_widening(const StyleRow& style, double seconds, const std::vector<CutPoint>& cuts) {
  const Ring ring = ring_of(style, seconds);
  for (int widen = 0; widen <= 2; ++widen) {
    const Ring wider{std::max(std::min(1.0, ring.least), ring.least - .6 * widen), ring.preferred,
                     ring.most + 1.2 * widen};
    Fit fit = search({style, seconds, cuts, wider});
    if (std::isfinite(fit.cost)) return fit;
  }
  return {};
}

// Drops cuts from the end until a last chord fits.
Fit search_dropping(const StyleRow& style, double seconds, std::vector<CutPoint> cuts) {
  Fit fit = search_widening(style, seconds, cuts);
  double limit = seconds - ring_of(style, seconds).least;
  std::vector<CutPoint> late;
  for (; !std::isfinite(fit.cost) && !cuts.empty(); limit -= .5) {
    do {
      late.insert(late.begin(), cuts.back());
      cuts.pop_back();
    } while (!cuts.empty() && cuts.back().seconds > limit);
    fit = search_widening(style, seconds, cuts);
  }
  for (CutPoint& cut : late) cut.major = false;
  fit.cuts.insert(fit.cuts.end(), late.begin(), late.end());
  return fit;
}

Grid one_chord(const StyleRow& style, double seconds, std::vector<CutPoint> cuts) {
  Grid grid;
  grid.bpm = style.bpm_preferred;
  grid.period = 60 / grid.bpm;
  grid.ring = seconds;
  grid.anchors.emplace_back(0, 0);
  for (CutPoint& cut : cuts) cut.major = false;
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

Grid fit_tempo(const StyleRow& style, double seconds, const std::vector<double>& cuts, double end_card) {
  const SectionPlan plan = choose_sections(style, seconds, cuts, end_card);
  if (seconds < kShortest) return one_chord(style, seconds, plan.cuts);
  Fit fit = search_dropping(style, seconds, plan.cuts);
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
