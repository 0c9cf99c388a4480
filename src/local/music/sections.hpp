// SPDX-License-Identifier: Apache-2.0
// Which cuts start a section, and the bars between them. Pure; used by the tempo fit. Thread-safety: functions of
// values.
#pragma once

#include <vector>

#include "local/music/music.hpp"
#include "local/music/styles.hpp"

namespace vidgen::local {

struct Grid;

struct SectionPlan {
  SectionPlan() = default;
  std::vector<CutPoint> cuts;  // ascending, at least 80 ms apart; `major` is set
  // When each section starts; negative: no cut starts it.
  double build = -1, lift = -1, peak = -1, end = -1;
};

SectionPlan choose_sections(const StyleRow& style, double seconds, const std::vector<double>& cuts, double end_card);

// Bars from the first beat to the last chord. Beats that are left over before a section make a short or a long bar.
std::vector<Bar> lay_bars(const StyleRow& style, const SectionPlan& plan, const Grid& grid, double seconds);

}  // namespace vidgen::local
