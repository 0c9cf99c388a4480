// SPDX-License-Identifier: Apache-2.0
// Starting: how a job gets a runner in this process, or a watcher when another process runs it.
//
// Thread-safety: all from any thread; they block on the journal. Errors: those of Pipeline::submit() and attach().
#pragma once

#include <memory>
#include <string>

#include "pipeline/core.hpp"
#include "vidgen/job.hpp"
#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN

Result<Job> submit_blocking(const std::shared_ptr<Core>& core, const Request& request, const std::string& wanted);
// A job that is over gives a handle that only reads; one that nobody runs goes on here; one that another process runs is
// watched, and goes on here when that process ends without finishing it.
Result<Job> attach_blocking(const std::shared_ptr<Core>& core, const std::string& id);

Status set_budget_blocking(const std::shared_ptr<Core>& core, const std::string& id, Money budget);

// The lease of a job, for `core`: taken from a holder that is known to be dead. Another's when its holder() differs.
Result<Lease> take_lease(Core& core, Journal& journal, const std::string& job);
// A job with its lease in hand.
Status run_job(const std::shared_ptr<Core>& core, const std::shared_ptr<Services>& services,
               std::shared_ptr<JobState> state, JobRecord record, const Lease& lease);
// The lease for what may only be done to a job that nobody runs; else Errc::needs_attention says who does.
Result<Lease> lease_of_idle(Core& core, Journal& journal, const std::string& job);
// Gives a lease back with which nothing was done.
Status give_back(Core& core, const std::shared_ptr<Journal>& journal, const Lease& lease);
// What a handle hears of a job that is over.
Result<Film> outcome_of(const JobRecord& record);

VIDGEN_NAMESPACE_END
