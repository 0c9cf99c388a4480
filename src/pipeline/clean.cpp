// SPDX-License-Identifier: Apache-2.0
#include "pipeline/clean.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/try.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// Between a put and the record that names the blob there is at most one commit.
constexpr std::int64_t kYoungMs = 600'000;

enum class Holds { everything, takes, selected, films, nothing };

// Whose blobs are whose, and which of them stay.
class Holdings {
 public:
  Holdings(Journal& journal, const Cleaning& how) : journal_(journal), how_(how) {}

  Status add(const JobRecord& job) {
    VIDGEN_TRY(holds, held_by(job));
    any_run_ = any_run_ || (how_.is_run && how_.is_run(job.id));
    VIDGEN_CHECK(add_request(job, holds));
    VIDGEN_CHECK(add_attempts(job, holds));
    if (job.plan.empty()) return {};
    VIDGEN_TRY(plan, plan_from_json(job.plan));
    for (const Step& step : plan.steps) VIDGEN_CHECK(add_result(job, step, keeps(plan, step, holds)));
    for (const PlanTake& take : plan.takes)
      for (const Step& step : take.steps) VIDGEN_CHECK(add_result(job, step, holds <= Holds::takes));
    return {};
  }

  bool stays(const Store& store, const std::string& sha) const {
    if (kept_.count(sha) > 0) return true;
    if (owner_.count(sha) > 0 && !any_run_) return false;
    const std::int64_t stored = store.stored_ms(sha);
    return stored == 0 ? any_run_ : how_.now_ms - stored < kYoungMs;
  }
  std::string owner(const std::string& sha) const {
    const auto found = owner_.find(sha);
    return found == owner_.end() ? std::string() : found->second;
  }

 private:
  Result<Holds> held_by(const JobRecord& job) const {
    const bool over = job.status == JobStatus::complete || job.status == JobStatus::cancelled;
    if (!over) return Holds::everything;
    if (how_.older_than_ms > 0) {
      VIDGEN_TRY(events, journal_.events(job.id, 0));
      const std::int64_t heard = events.empty() ? job.created_ms : events.back().time_ms;
      if (how_.now_ms - heard < how_.older_than_ms) return Holds::everything;
    }
    if (how_.keep == Keep::all) return Holds::takes;
    if (job.status == JobStatus::cancelled) return Holds::nothing;
    return how_.keep == Keep::selected ? Holds::selected : Holds::films;
  }

  static bool keeps(const Plan& plan, const Step& step, Holds holds) {
    if (holds <= Holds::takes) return true;
    if (holds == Holds::nothing) return false;
    if (step.kind == "master" || step.kind == "spec") return true;
    if (holds == Holds::films) return false;
    if (step.kind == "clip")
      return std::any_of(plan.clips.begin(), plan.clips.end(), [&](const PlanClip& c) { return c.step == step.id; });
    return step.kind == "music" || step.kind == "keyframe" || step.kind == "reference";
  }

  void add_blob(const std::string& job, const std::string& sha, bool stays) {
    owner_.emplace(sha, job);  // jobs come newest first
    if (stays) kept_.insert(sha);
  }

  void add_outcome(const std::string& job, const std::string& json, bool stays) {
    auto outcome = step_outcome_from_json(json);
    if (!outcome) return;
    for (const Asset& blob : outcome->outputs) add_blob(job, blob.sha256, stays);
  }

  Status add_result(const JobRecord& job, const Step& step, bool stays) {
    VIDGEN_TRY(known, journal_.result(step.key));
    if (known) add_outcome(job.id, known->outcome, stays);
    return {};
  }

  // What was paid for and not yet handed on is in no result.
  Status add_attempts(const JobRecord& job, Holds holds) {
    VIDGEN_TRY(attempts, journal_.attempts(job.id));
    for (const AttemptRecord& a : attempts)
      if (!a.outcome.empty()) add_outcome(job.id, a.outcome, holds <= Holds::takes);
    return {};
  }

  Status add_request(const JobRecord& job, Holds holds) {
    VIDGEN_TRY(request, request_from_json(job.request));
    auto add = [&](const std::string& ref) {
      if (ref.rfind("sha256:", 0) == 0) add_blob(job.id, ref.substr(7), holds <= Holds::selected);
    };
    for (const std::string& image : request.images) add(image);
    add(request.music_file);
    add(request.grade);
    return {};
  }

  Journal& journal_;
  const Cleaning& how_;
  std::set<std::string> kept_;
  std::map<std::string, std::string> owner_;
  bool any_run_ = false;
};

void count(CleanReport& report, const std::string& job, std::int64_t bytes) {
  report.blobs += 1;
  report.bytes += bytes;
  auto row = std::find_if(report.jobs.begin(), report.jobs.end(), [&](const CleanedJob& r) { return r.job == job; });
  if (row == report.jobs.end()) row = report.jobs.insert(row, CleanedJob());
  row->job = job;
  row->blobs += 1;
  row->bytes += bytes;
}

// As the jobs are listed; what belongs to none comes last.
void sort_like(std::vector<CleanedJob>& rows, const std::vector<JobRecord>& jobs) {
  const auto place = [&](const CleanedJob& row) {
    return std::find_if(jobs.begin(), jobs.end(), [&](const JobRecord& j) { return j.id == row.job; }) - jobs.begin();
  };
  std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

bool same(const std::vector<JobRecord>& a, const std::vector<JobRecord>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const JobRecord& x, const JobRecord& y) {
    return x.id == y.id && x.status == y.status && x.plan == y.plan;
  });
}

}  // namespace

Result<CleanReport> clean_store(Store& store, Journal& journal, const Cleaning& how) {
  constexpr int kLooks = 3;
  CleanReport report;
  for (int look = 1;; ++look) {
    VIDGEN_TRY(jobs, journal.jobs());
    Holdings holdings(journal, how);
    for (const JobRecord& job : jobs) VIDGEN_CHECK(holdings.add(job));
    VIDGEN_TRY(blobs, store.list());
    // A job that came meanwhile may need what none needed before.
    VIDGEN_TRY(now, journal.jobs());
    if (!same(jobs, now) && look < kLooks) continue;
    for (const Asset& blob : blobs) {
      if (holdings.stays(store, blob.sha256)) {
        report.kept_blobs += 1;
        report.kept_bytes += blob.bytes;
        continue;
      }
      if (!how.dry_run) VIDGEN_CHECK(store.remove(blob.sha256));
      count(report, holdings.owner(blob.sha256), blob.bytes);
    }
    sort_like(report.jobs, jobs);
    return report;
  }
}

VIDGEN_NAMESPACE_END
