// SPDX-License-Identifier: Apache-2.0
// Whether the models can take what a plan would give them. A plan never falls back silently: it fails and says which
// model lacks what, and what to choose instead.
// Thread-safety: pure functions. Errors: Errc::model_lacks, plan_impossible.
#pragma once

#include "plan/planner.hpp"

namespace vidgen::plan {

Status check_models(const Spec& spec, const ModelProfile& video, const ModelProfile& image, const ModelProfile* music,
                    const PlanOptions& options);

}  // namespace vidgen::plan
