// SPDX-License-Identifier: Apache-2.0
// Starting: how a job gets a runner in this process, or a watcher when another process runs it.
//
// Thread-safety: all from any thread; they block on the journal. Errors: those of Pipeline::submit() and attach().
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/timer.hpp"
#include "pipeline/core.hpp"
#include "vidgen/job.hpp"
#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN

Result<Job> submit_blocking(const std::shared_ptr<Core>& core, const Request& request, const std::string& wanted);
// A job that is over gives a handle that only reads; one that nobody runs goes on here; one that another process runs is
// watched, and goes on here when that process ends without finishing it.
Result<Job> attach_blocking(const std::shared_ptr<Core>& core, const std::string& id);

// Of a job that no process runs and that is not over.
Status change_request_blocking(const std::shared_ptr<Core>& core, const std::string& id,
                               const std::function<void(Request&)>& change);

// The lease of a job, for `core`: taken from a holder that is known to be dead, or from `silent`. Another's when its
// holder() differs.
Result<Lease> take_lease(Core& core, Journal& journal, const std::string& job, const std::string& silent = {});
// Listens to the one who holds a lease: by a steady clock of our own, since two machines, and one that is set, do not
// agree what time it is.
class Silence {
 public:
  // What the journal says now. False: nothing was written for as long as a lease lasts.
  bool heard(const Lease& lease);

 private:
  Lease last_;
  base::TimerClock::time_point since_ = base::TimerClock::now();
};
// "job X is being run by process 12", or by whom.
std::string run_by(const std::string& job, const std::string& holder);
// A job with its lease in hand.
Status run_job(const std::shared_ptr<Core>& core, const std::shared_ptr<Services>& services,
               std::shared_ptr<JobState> state, JobRecord record, const Lease& lease);
// The lease for what may only be done to a job that nobody runs; else Errc::needs_attention says who does.
Result<Lease> lease_of_idle(Core& core, Journal& journal, const std::string& job);
// Gives a lease back with which nothing was done.
Status give_back(Core& core, const std::shared_ptr<Journal>& journal, const Lease& lease);
// Nothing can be gone on with.
bool reads_only(JobStatus status);
// What a handle hears of a job that is over.
Result<Film> outcome_of(const JobRecord& record);

VIDGEN_NAMESPACE_END
