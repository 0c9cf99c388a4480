// SPDX-License-Identifier: Apache-2.0
// From beats to chains: which beats a chain covers, where boundaries move to save a clip, which transitions stay, and
// which clips each chain gets.
//
// Thread-safety: pure functions. Errors: Errc::model_lacks, plan_impossible, spec_invalid.
#pragma once

#include <string>
#include <vector>

#include "plan/layout.hpp"
#include "plan/planner.hpp"

namespace vidgen::plan {

// The film as chains, before it becomes steps.
struct Draft {
  Draft() = default;
  std::vector<Beat> beats;  // the spec's, boundaries moved
  std::vector<TimelineTransition> transitions;
  std::vector<ChainLayout> chains;
  std::vector<std::string> replaced, notes;
};

Result<Draft> draft_of(const Spec& spec, const ModelProfile& video, const PlanOptions& options);

// One chain for the whole film.
inline bool is_single(Continuity c) {
  return c == Continuity::take || c == Continuity::hybrid || c == Continuity::batch;
}
// Nothing is paid for a clip.
bool is_free(const ModelProfile& model);

}  // namespace vidgen::plan
