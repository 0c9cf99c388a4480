// SPDX-License-Identifier: Apache-2.0
// Journal: the durable record of jobs, attempts, results and events. Writes are asynchronous and committed in groups;
// a step's effect waits for its batch. The built-in ones are SQLite in the workspace, and PostgreSQL.
//
// Thread-safety: every member from any thread. Readers block on a disk: call them on a pool. Errors: Errc::journal,
// journal_version (written by a newer version), no_space, read_only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vidgen/async.hpp"
#include "vidgen/progress.hpp"

VIDGEN_NAMESPACE_BEGIN

struct JobRecord {
  JobRecord() = default;
  std::string id;
  std::int64_t created_ms = 0;
  std::string request;  // JSON
  std::string spec;     // JSON, empty before phase 1
  std::string plan;     // JSON of the first revision, empty before it is made
  JobStatus status = JobStatus::queued;
  std::string reason;      // of needs_attention, failed
  std::string film;        // JSON, once complete
  std::int64_t owner = 0;  // process id of the one that runs it; 0: nobody
};

// One attempt at a step. States, each durable before what it names happens: planned; intent (its money is reserved,
// nothing has left); sent (the request may leave); ambiguous (nobody heard the answer); lost (it was not accepted);
// accepted (it has an id there); running; succeeded (it can be fetched); stored (its results are here); verified (they
// can be read); failed; cancelled.
struct AttemptRecord {
  AttemptRecord() = default;
  std::string job, step, key;
  int attempt = 1;
  std::string state;
  std::string provider, provider_id;
  std::uint32_t seed = 0;
  Money reserved, settled;  // the worst case before it is sent; what it came to
  std::int64_t time_ms = 0;  // of the intent: its day is the day that its money counts for
  std::string detail;        // error text
  std::string model;         // the provider's own name for it
  std::string fingerprint;   // SHA-256 of what is asked for: model, words, pictures, seed
  std::string mark;          // an upload's URL in its input that no other attempt has; empty: none
  std::string price;         // JSON of the price that it was reserved by, and is settled by whatever rows say later
  // By the provider's clock, milliseconds since 1970; 0: not known.
  std::int64_t sent_ms = 0, created_ms = 0, ended_ms = 0;
  bool orphan = false;  // paid for, and used by nobody
  std::string outcome;  // JSON of a StepOutcome: what it left in the store, once stored
};

// Money on the books of one scope.
struct Totals {
  Totals() = default;
  Money spent;     // of attempts that are over
  Money reserved;  // of those under way: their worst case
  Money unclear;   // of those that may have been accepted: their worst case
  Money overrun;   // of spent: what providers charged above the worst case
  Money orphaned;  // of spent: paid for, and used by nobody
  Money committed() const { return spent + reserved + unclear; }
  bool operator==(const Totals&) const = default;
};

// The books that an attempt of a job counts in: the job's, the account's (all jobs of the journal), and one day's.
struct Books {
  Books() = default;
  Totals job, account, day;
};

// What the books may come to; unset: no limit.
struct SpendLimits {
  SpendLimits() = default;
  std::optional<Money> job, account, day;
};

// Days since 1970 in UTC: what a limit by the day counts in.
inline std::int64_t day_of(std::int64_t time_ms) {
  return time_ms / 86'400'000;
}

// The right to write for a job. `fence` grows with every new holder, so that what an old one still writes is refused.
struct Lease {
  Lease() = default;
  std::string job;
  std::string holder;         // empty: nobody
  std::int64_t fence = 0;
  std::int64_t until_ms = 0;  // after that, anybody may take it
};

// Wants a lease. It is given when nobody has it, when it ran out by `now_ms` (0: it never does), when `holder` has it
// already, or when `instead_of` has it: one that is known to be dead.
struct LeaseRequest {
  LeaseRequest() = default;
  std::string job, holder, instead_of;
  std::int64_t now_ms = 0, until_ms = 0;  // journals with a clock of their own take the difference only
};

// What a step's key leads to, for every job of the workspace.
struct ResultRecord {
  ResultRecord() = default;
  std::string key;
  std::string outcome;  // JSON of a StepOutcome
};

// One batch is one transaction: all or nothing. Empty members are skipped.
struct JournalBatch {
  JournalBatch() = default;
  std::vector<JobRecord> jobs;  // inserted or replaced
  std::vector<AttemptRecord> attempts;
  std::vector<ResultRecord> results;
  std::vector<Event> events;
  // Conditions, judged in the same transaction. Where one does not hold, nothing is written.
  // The lease has not passed to another: else Errc::taken_over. It then lasts until `lease->until_ms` (with journals that
  // have a clock of their own, as long from now as it was taken for), and is given back when that is 0.
  std::optional<Lease> lease;
  // With the batch's attempts the books stay within: else Errc::budget.
  std::optional<SpendLimits> limits;
};

// The records as JSON documents, for journals that keep documents. Unknown keys are refused on reading.
VIDGEN_EXPORT std::string to_json(const JobRecord& record);
VIDGEN_EXPORT std::string to_json(const AttemptRecord& record);
VIDGEN_EXPORT std::string to_json(const ResultRecord& record);
// {"jobs": […], "attempts": […], "results": […], "events": […]}; empty lists are left out, and the conditions.
VIDGEN_EXPORT std::string to_json(const JournalBatch& batch);
VIDGEN_EXPORT Result<JobRecord> job_record_from_json(std::string_view json);
VIDGEN_EXPORT Result<AttemptRecord> attempt_record_from_json(std::string_view json);
VIDGEN_EXPORT Result<ResultRecord> result_record_from_json(std::string_view json);

class VIDGEN_EXPORT Journal {
 public:
  virtual ~Journal() = default;
  // Completes once the batch is durable, or failed. Batches become durable in the order of the calls.
  virtual void commit(JournalBatch batch, Handler<Status> handler) = 0;
  virtual Result<std::optional<JobRecord>> job(const std::string& id) = 0;
  virtual Result<std::vector<JobRecord>> jobs() = 0;  // newest first
  virtual Result<std::vector<Event>> events(const std::string& job, std::int64_t after) = 0;
  virtual Result<std::optional<ResultRecord>> result(const std::string& key) = 0;
  virtual Result<std::vector<AttemptRecord>> attempts(const std::string& job) = 0;
  // Who has a job now; a lease without a holder when nobody does.
  virtual Result<Lease> lease(const std::string& job) = 0;
  // The lease as it is afterwards: the caller's when `holder` is. Durable.
  virtual Result<Lease> take(const LeaseRequest& request) = 0;
  virtual Result<Books> books(const std::string& job, std::int64_t day) = 0;
};

VIDGEN_NAMESPACE_END
