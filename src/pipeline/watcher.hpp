// SPDX-License-Identifier: Apache-2.0
// Watching a job that another process runs: its events are told as they come, from the journal, and its end is the
// handle's. When that process dies, stops or falls silent, the job goes on here.
#pragma once

#include <memory>

#include "pipeline/core.hpp"
#include "vidgen/journal.hpp"

VIDGEN_NAMESPACE_BEGIN

class JobState;

// Starts it; it ends by JobState::finish, or by handing the state to a runner. `lease`: who has it.
void watch_job(std::shared_ptr<Core> core, std::shared_ptr<Services> services, std::shared_ptr<JobState> state,
               const Lease& lease);

VIDGEN_NAMESPACE_END
