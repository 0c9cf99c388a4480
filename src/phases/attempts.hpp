// SPDX-License-Identifier: Apache-2.0
// The attempts of one step in the journal: what is written before and after each move, and what an earlier process left
// behind.
//
// Thread-safety: functions; they run on the strand and read the journal on the pool.
#pragma once

#include <optional>

#include "vidgen/generation.hpp"
#include "vidgen/phase.hpp"

namespace vidgen::phases {

struct Work;
using WorkPtr = std::shared_ptr<Work>;

// All of these fail when the journal cannot be read.
// Makes work->record a new attempt, with its number, its seed and what makes it recognisable.
Async<Result<Attempt>> next_attempt(WorkPtr work);
// The newest attempt at this step with this key that is not over without a result; nullopt when there is none.
Async<Result<std::optional<AttemptRecord>>> open_attempt(std::shared_ptr<StepContext> context);
// What the provider calls the attempts of this job.
Async<Result<std::vector<std::string>>> owned_ids(std::shared_ptr<StepContext> context);
Attempt attempt_of(const AttemptRecord& record);

// The intent, with its worst case reserved in the same write against the budgets of the job, the account and the day.
// Where it does not fit it waits for what is under way; where that cannot help, Errc::budget and nothing is written.
Async<Status> reserve(WorkPtr work);
// Just before a request leaves: from here on it may be there. Also the last look at the lease: Errc::taken_over.
Async<Status> note_sending(WorkPtr work, Sending what);
// What a job that was cancelled, or that nobody waits for, came to: asked for with patience, since else its worst case has
// to be booked.
Async<Result<RemoteJob>> last_word(std::shared_ptr<ModelBackend> backend, std::string id, BackendContext at);
// Writes what has become of an attempt; durable when it completes.
Async<Status> note_attempt(std::shared_ptr<StepContext> context, std::shared_ptr<AttemptRecord> record,
                           std::string state, std::string detail = {});
// The same without waiting: durable before anything that is noted later. For what nothing depends on: whether it came
// through is not looked at, since the next note says it again.
void note_later(const StepContext& context, AttemptRecord& record, std::string state);

}  // namespace vidgen::phases
