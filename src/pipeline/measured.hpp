// SPDX-License-Identifier: Apache-2.0
// What clips of a model really come back as, kept in the journal for the plans of later jobs. A row of models/ says
// what is promised; the last clip of a length says what is delivered. The embedded models keep their word and are left
// out.
//
// Thread-safety: as the journal's. Blocking: remembered() reads it.
#pragma once

#include <optional>

#include "vidgen/journal.hpp"
#include "vidgen/model.hpp"
#include "vidgen/phase.hpp"

VIDGEN_NAMESPACE_BEGIN

// The record of a clip that arrived; nullopt when there is nothing to learn from it.
std::optional<ResultRecord> measured_length(const Step& step, const StepOutcome& outcome, const ModelSet& models);
// The profile with the lengths that came back otherwise than its row says.
ModelProfile with_measured(ModelProfile model, Journal& journal);

VIDGEN_NAMESPACE_END
