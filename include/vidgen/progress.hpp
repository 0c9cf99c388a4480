// SPDX-License-Identifier: Apache-2.0
// Event: what a job tells while it runs. Events are numbered, kept in the journal and can be replayed after any number.
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vidgen/money.hpp"
#include "vidgen/time.hpp"

VIDGEN_NAMESPACE_BEGIN

enum class JobStatus {
  queued,
  validating,
  generating_animatic,
  generating_references,
  generating_chunks,
  refining,
  exporting,
  complete,
  failed,
  cancelled,
  needs_attention,
  interrupted,
};

VIDGEN_EXPORT std::string_view to_string(JobStatus status);
VIDGEN_EXPORT Result<JobStatus> parse_job_status(std::string_view text);
// complete, failed or cancelled: no event follows.
VIDGEN_EXPORT bool is_final(JobStatus status);

struct Event {
  Event() = default;
  std::int64_t seq = 0;      // 1, 2, 3 … within the job
  std::int64_t time_ms = 0;  // since 1970, the machine's clock
  std::string job;
  std::string kind;  // "status", "step", "progress", "note", "plan", "film", "error"
  JobStatus status = JobStatus::queued;
  int phase = 0;        // 1 to 6
  double fraction = 0;  // of the whole job, 0 to 1; never falls
  Money cost;           // spent so far
  Rational eta;         // seconds left, likely; 0 when done
  std::string step;     // kind "step"
  std::string message;  // for people
  bool operator==(const Event&) const = default;
};

VIDGEN_EXPORT std::string to_json(const Event& event);
VIDGEN_EXPORT Result<Event> event_from_json(std::string_view json);

VIDGEN_NAMESPACE_END
