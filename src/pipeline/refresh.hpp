// SPDX-License-Identifier: Apache-2.0
// What of a plan is in the workspace already, and what the rest costs.
//
// Thread-safety: functions; kept_results() blocks on journal and store.
#pragma once

#include <set>
#include <string>

#include "vidgen/pipeline.hpp"

VIDGEN_NAMESPACE_BEGIN

struct KeptResults {
  KeptResults() = default;
  std::set<std::string> keys;     // of steps whose results are there, with all their blobs
  std::set<std::string> evicted;  // keys of steps that were done once and whose blobs are gone
};

// Of a job; empty: of none. What the job has decided to go without counts as there.
Result<KeptResults> kept_results(const Plan& plan, const std::string& job, Journal& journal, Store& store);
// Where it is written that a job goes without the result of a step.
std::string missing_key(const std::string& job, const std::string& step);
Refresh refresh_of(const Plan& plan, const KeptResults& kept);

VIDGEN_NAMESPACE_END
