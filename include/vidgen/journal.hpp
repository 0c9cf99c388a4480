// SPDX-License-Identifier: Apache-2.0
// Journal: the durable record of jobs, attempts, results and events. Writes are asynchronous and committed in groups;
// a step's effect waits for its batch. The built-in one is SQLite in the workspace.
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

// One attempt at a step. States: planned, intent, sent, accepted, running, succeeded, stored, verified, failed,
// cancelled, ambiguous, lost.
struct AttemptRecord {
  AttemptRecord() = default;
  std::string job, step, key;
  int attempt = 1;
  std::string state;
  std::string provider, provider_id;
  std::uint32_t seed = 0;
  Money reserved, settled;
  std::int64_t time_ms = 0;
  std::string detail;  // error text
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
};

// The records as JSON documents, for journals that keep documents. Unknown keys are refused on reading.
VIDGEN_EXPORT std::string to_json(const JobRecord& record);
VIDGEN_EXPORT std::string to_json(const AttemptRecord& record);
VIDGEN_EXPORT std::string to_json(const ResultRecord& record);
// {"jobs": […], "attempts": […], "results": […], "events": […]}; empty lists are left out.
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
};

VIDGEN_NAMESPACE_END
