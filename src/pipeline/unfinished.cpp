// SPDX-License-Identifier: Apache-2.0
#include "pipeline/unfinished.hpp"

#include <thread>

#include "base/try.hpp"
#include "pipeline/holder.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/runner.hpp"
#include "pipeline/starting.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

std::string wish(Request request) {
  request.budget.reset();
  request.on_ambiguous = OnAmbiguous::ask;
  return to_json(request);
}

// A holder that cannot be seen from here, as one in a container that is gone, is listened to for as long as a lease lasts.
Result<bool> nobody_runs(Journal& journal, const std::string& job) {
  constexpr auto kLook = std::chrono::milliseconds(200);
  Silence silence;
  VIDGEN_TRY(first, journal.lease(job));
  for (Lease now = first;;) {
    if (now.holder.empty() || holder_is_dead(now.holder)) return true;
    const bool writes = now.fence != first.fence || now.until_ms != first.until_ms;
    if (writes || holder_process(now.holder) != 0) return false;
    if (!silence.heard(now)) return true;
    std::this_thread::sleep_for(kLook);
    VIDGEN_TRY(next, journal.lease(job));
    now = std::move(next);
  }
}

}  // namespace

Result<std::optional<JobRecord>> find_unfinished(Core& core, const Request& request) {
  const std::shared_ptr<Journal> journal = core.known_journal();
  if (!journal) return std::optional<JobRecord>();
  VIDGEN_TRY(adopted, adopt_files(request, nullptr));
  const std::string wanted = wish(adopted.request);
  VIDGEN_TRY(jobs, journal->jobs());
  for (JobRecord& job : jobs) {
    auto its = request_from_json(job.request);
    if (reads_only(job.status) || job.reason == kCancelling || !its || wish(*its) != wanted) continue;
    VIDGEN_TRY(idle, nobody_runs(*journal, job.id));
    if (idle) return std::optional<JobRecord>(std::move(job));
  }
  return std::optional<JobRecord>();
}

VIDGEN_NAMESPACE_END
