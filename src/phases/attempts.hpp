// SPDX-License-Identifier: Apache-2.0
// The attempts of one step in the journal: what is written before and after each move, and what an earlier process left
// behind. States: intent, accepted, succeeded, stored, failed, cancelled, ambiguous, lost.
//
// Thread-safety: functions; they run on the strand and read the journal on the pool.
#pragma once

#include <optional>

#include "vidgen/generation.hpp"
#include "vidgen/phase.hpp"

namespace vidgen::phases {

// A new attempt, with its number and its seed.
Async<Attempt> next_attempt(std::shared_ptr<StepContext> context, std::uint64_t user_seed);
// The newest attempt at this step with this key that has neither failed nor been stored; nullopt when there is none.
Async<std::optional<AttemptRecord>> open_attempt(std::shared_ptr<StepContext> context);
Attempt attempt_of(const AttemptRecord& record);

// Writes what has become of an attempt; durable when it completes.
Async<Status> note_attempt(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record,
                           std::string state, std::string detail = {});
// The intent, with its worst case reserved in the same write against the budgets of the job, the account and the day.
// Where it does not fit it waits for what is under way; where that cannot help, Errc::budget and nothing is written.
Async<Status> reserve(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record);
AttemptRecord record_of(const StepContext& context, const Attempt& attempt);

}  // namespace vidgen::phases
