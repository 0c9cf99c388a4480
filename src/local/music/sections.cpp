// SPDX-License-Identifier: Apache-2.0
#include "local/music/sections.hpp"

#include <algorithm>
#include <cmath>

#include "local/music/tempo.hpp"

namespace vidgen::local {
namespace {

constexpr double kCutsApart = .08;  // seconds; nearer cuts are one
constexpr double kLongFilm = 90;    // seconds; longer films rise and fall more than once
constexpr int kWaveBars = 8;

std::vector<double> usable_cuts(const std::vector<double>& cuts, double seconds, double end_card) {
  std::vector<double> sorted;
  const auto usable = [&](double c) { return std::isfinite(c) && c > .2 && c < seconds - .5; };
  for (double c : cuts)
    if (usable(c)) sorted.push_back(c);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> out;
  for (double c : sorted)
    if (out.empty() || c - out.back() >= kCutsApart) out.push_back(c);
  if (!usable(end_card)) return out;
  std::erase_if(out, [&](double c) { return std::abs(c - end_card) < kCutsApart; });
  out.insert(std::upper_bound(out.begin(), out.end(), end_card), end_card);
  return out;
}

struct Want {
  double SectionPlan::*section;
  double share, from, to;  // of the film's length
};
// In the order of importance.
constexpr Want kWants[] = {
    {&SectionPlan::lift, .47, .36, .60}, {&SectionPlan::build, .18, .08, .34}, {&SectionPlan::peak, .69, .60, .80}};

double nearest_cut(const std::vector<double>& cuts, double seconds, const Want& want) {
  double best = -1;
  for (double c : cuts)
    if (c >= want.from * seconds && c <= want.to * seconds)
      if (best < 0 || std::abs(c - want.share * seconds) < std::abs(best - want.share * seconds)) best = c;
  return best;
}

struct Mark {
  double beat;
  Section section;
};

std::vector<Mark> section_marks(const SectionPlan& plan, const Grid& grid) {
  std::vector<Mark> marks{{0, Section::intro}};
  for (const CutPoint& cut : grid.cuts) {
    if (!cut.major || !cut.on_grid || cut.beat >= grid.final_beat || cut.beat <= marks.back().beat) continue;
    Section section = Section::end;
    if (cut.seconds == plan.build) section = Section::build;
    if (cut.seconds == plan.lift) section = Section::lift;
    if (cut.seconds == plan.peak) section = Section::peak;
    marks.push_back({cut.beat, section});
  }
  marks.push_back({grid.final_beat, Section::final});
  return marks;
}

void add_bars(std::vector<Bar>& bars, int metre, const Mark& from, double until) {
  const int beats = static_cast<int>(std::lround(until - from.beat));
  std::vector<int> lengths(static_cast<std::size_t>(beats / metre), metre);
  if (const int rest = beats % metre; rest == 1 && !lengths.empty())
    ++lengths.back();
  else if (rest > 0)
    lengths.push_back(rest);
  double beat = from.beat;
  for (int length : lengths) {
    Bar bar;
    bar.beat = beat;
    bar.beats = length;
    bar.section = from.section;
    bars.push_back(bar);
    beat += length;
  }
}

// Sections for which there was no cut begin at a bar near their usual place.
void fill_missing(std::vector<Bar>& bars, const SectionPlan& plan, double final_beat) {
  if (plan.lift < 0)
    for (Bar& bar : bars)
      if (bar.section <= Section::build && bar.beat >= .45 * final_beat) bar.section = Section::lift;
  if (plan.build < 0)
    for (Bar& bar : bars)
      if (bar.section == Section::intro && bar.beat >= .18 * final_beat) bar.section = Section::build;
  if (plan.peak >= 0) return;
  std::vector<Bar*> lift;
  for (Bar& bar : bars)
    if (bar.section == Section::lift) lift.push_back(&bar);
  for (std::size_t i = lift.size() / 2; lift.size() >= 6 && i < lift.size(); ++i) lift[i]->section = Section::peak;
}

// A long film does not stay on one level for minutes: eight bars each, in waves.
void make_waves(std::vector<Bar>& bars) {
  constexpr Section kWave[] = {Section::build, Section::lift,  Section::peak, Section::build,
                               Section::lift,  Section::build, Section::lift, Section::peak};
  int bars_done = 0;
  for (Bar& bar : bars) {
    const int wave = bars_done++ / kWaveBars;
    if (bar.section == Section::end) continue;
    bar.section = wave == 0 ? Section::intro : kWave[static_cast<std::size_t>(wave - 1) % std::size(kWave)];
  }
}

void number_bars(std::vector<Bar>& bars, const Grid& grid) {
  for (std::size_t i = 0; i < bars.size();) {
    std::size_t j = i;
    while (j < bars.size() && bars[j].section == bars[i].section) ++j;
    for (std::size_t k = i; k < j; ++k) {
      bars[k].position = static_cast<int>(k - i);
      bars[k].section_bars = static_cast<int>(j - i);
      bars[k].level = level_of(bars[k].section);
      bars[k].start = beat_seconds(grid.anchors, grid.period, bars[k].beat);
      bars[k].end = beat_seconds(grid.anchors, grid.period, bars[k].beat + bars[k].beats);
    }
    i = j;
  }
}

}  // namespace

std::string_view section_name(Section section) {
  constexpr std::string_view kNames[] = {"intro", "build", "lift", "peak", "end", "final"};
  return kNames[static_cast<int>(section)];
}

int level_of(Section section) {
  constexpr int kLevels[] = {1, 2, 3, 4, 4, 4};
  return kLevels[static_cast<int>(section)];
}

SectionPlan choose_sections(const StyleRow& style, double seconds, const std::vector<double>& cuts, double end_card) {
  SectionPlan plan;
  const std::vector<double> usable = usable_cuts(cuts, seconds, end_card);
  const double apart = .8 * 8 * 60 / ((style.bpm_low + style.bpm_high) / 2);  // eight beats
  std::vector<double> majors;
  const auto take = [&](double& section, double cut) {
    if (cut < 0 || std::any_of(majors.begin(), majors.end(), [&](double m) { return std::abs(m - cut) < apart; }))
      return;
    section = cut;
    majors.push_back(cut);
  };
  const bool given = end_card > .5 * seconds && std::find(usable.begin(), usable.end(), end_card) != usable.end();
  if (given) take(plan.end, end_card);
  if (!given && !usable.empty() && usable.back() > .68 * seconds) take(plan.end, usable.back());
  for (const Want& want : kWants) take(plan.*want.section, nearest_cut(usable, seconds, want));
  for (double c : usable) {
    CutPoint cut;
    cut.seconds = c;
    cut.major = std::find(majors.begin(), majors.end(), c) != majors.end();
    plan.cuts.push_back(cut);
  }
  return plan;
}

std::vector<Bar> lay_bars(const StyleRow& style, const SectionPlan& plan, const Grid& grid, double seconds) {
  std::vector<Bar> bars;
  const std::vector<Mark> marks = section_marks(plan, grid);
  for (std::size_t i = 0; i + 1 < marks.size(); ++i) add_bars(bars, style.metre, marks[i], marks[i + 1].beat);
  fill_missing(bars, plan, grid.final_beat);
  if (seconds > kLongFilm) make_waves(bars);
  number_bars(bars, grid);
  return bars;
}

}  // namespace vidgen::local
