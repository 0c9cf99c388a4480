// SPDX-License-Identifier: Apache-2.0
// redo: another take of one clip, or an earlier one, as a revision of the plan. A take has a key of its own, and so has
// whatever continues from it; all else keeps its key, and so its result. The steps of take 2 of clip_03 are called
// clip_03_take_2 and last_03_take_2: an id stands for one key for as long as the job lives.
//
// outstanding: which steps of a plan have to be done at all.
//
// Thread-safety: pure functions. Errors: Errc::invalid_argument (no such shot or take), model_lacks.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "plan/planner.hpp"

namespace vidgen::plan {

struct Redo {
  Redo() = default;
  int shot = 0;           // index into Plan::clips
  int take = 0;           // an earlier one, from 1; 0: a new one
  RedoMode mode = RedoMode::cascade;
  std::string prompt;     // instead of the clip's words; empty: as they are
  const Spec* reading = nullptr;  // what the prompt says of product, place and style, for models that are told the beat
};

// The plan with that take. The clips that it keeps are laid out as they are; of the others the model's row is believed.
Result<Plan> redo(const Plan& plan, const Spec& spec, const ModelProfile& video, const ModelProfile& image,
                  const ModelProfile* music, const PlanOptions& options, const Redo& wanted);

// Ids of the steps that have to be done when the results of the steps named in `made` are there, in the plan's order. What
// leads only to results that are there is not among them, and the delivery always is.
std::vector<std::string> outstanding(const Plan& plan, const std::set<std::string>& made);

// The step that a clip is called by, whatever its take: "clip_03" of "clip_03_take_2".
std::string clip_of_take(const std::string& step);
// 2 of "clip_03_take_2", 1 of "clip_03".
int take_of(const std::string& step);

}  // namespace vidgen::plan
