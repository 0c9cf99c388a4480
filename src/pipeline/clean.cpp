// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/json.hpp"
#include "base/try.hpp"
#include "pipeline/clean.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// Kinds of steps whose results a policy keeps for a film that is complete.
bool keeps(Keep keep, const std::string& kind) {
  if (keep == Keep::all) return true;
  if (kind == "master" || kind == "spec") return true;
  return keep == Keep::selected && (kind == "clip" || kind == "music" || kind == "keyframe" || kind == "reference");
}

Status keep_results(const Plan& plan, bool open, Keep keep, Journal& journal, std::set<std::string>& kept) {
  for (const Step& step : plan.steps) {
    if (!open && !keeps(keep, step.kind)) continue;
    VIDGEN_TRY(known, journal.result(step.key));
    if (!known) continue;
    VIDGEN_TRY(outcome, step_outcome_from_json(known->outcome));
    for (const Asset& a : outcome.outputs) kept.insert(a.sha256);
  }
  return {};
}

Status keep_files_of(const std::string& request_json, std::set<std::string>& kept) {
  VIDGEN_TRY(request, request_from_json(request_json));
  auto keep = [&kept](const std::string& ref) {
    if (ref.rfind("sha256:", 0) == 0) kept.insert(ref.substr(7));
  };
  for (const std::string& image : request.images) keep(image);
  keep(request.music_file);
  keep(request.grade);
  return {};
}

}  // namespace

Result<CleanReport> clean_store(Store& store, Journal& journal, Keep keep, bool dry_run) {
  std::set<std::string> kept;
  VIDGEN_TRY(jobs, journal.jobs());
  for (const JobRecord& job : jobs) {
    if (job.status == JobStatus::cancelled && keep != Keep::all) continue;
    bool open = job.status != JobStatus::complete;
    if (open || keep != Keep::final_) VIDGEN_CHECK(keep_files_of(job.request, kept));
    if (job.plan.empty()) continue;
    VIDGEN_TRY(plan, plan_from_json(job.plan));
    VIDGEN_CHECK(keep_results(plan, open, keep, journal, kept));
  }
  CleanReport report;
  VIDGEN_TRY(blobs, store.list());
  for (const Asset& blob : blobs) {
    bool stays = kept.count(blob.sha256) != 0;
    (stays ? report.kept_blobs : report.blobs) += 1;
    (stays ? report.kept_bytes : report.bytes) += blob.bytes;
    if (!stays && !dry_run) VIDGEN_CHECK(store.remove(blob.sha256));
  }
  return report;
}

VIDGEN_NAMESPACE_END
