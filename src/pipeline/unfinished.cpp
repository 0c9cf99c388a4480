// SPDX-License-Identifier: Apache-2.0
#include "pipeline/unfinished.hpp"

#include "base/try.hpp"
#include "pipeline/holder.hpp"
#include "pipeline/prepare.hpp"
#include "pipeline/starting.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

std::string wish(Request request) {
  request.budget.reset();
  request.on_ambiguous = OnAmbiguous::ask;
  return to_json(request);
}

}  // namespace

Result<std::optional<JobRecord>> find_unfinished(Core& core, const Request& request) {
  const std::shared_ptr<Journal> journal = core.known_journal();
  if (!journal) return std::optional<JobRecord>();
  VIDGEN_TRY(adopted, adopt_files(request, nullptr));
  const std::string wanted = wish(adopted);
  VIDGEN_TRY(jobs, journal->jobs());
  for (JobRecord& job : jobs) {
    auto its = request_from_json(job.request);
    if (reads_only(job.status) || !its || wish(*its) != wanted) continue;
    VIDGEN_TRY(lease, journal->lease(job.id));
    if (lease.holder.empty() || holder_is_dead(lease.holder)) return std::optional<JobRecord>(std::move(job));
  }
  return std::optional<JobRecord>();
}

VIDGEN_NAMESPACE_END
