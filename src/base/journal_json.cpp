// SPDX-License-Identifier: Apache-2.0
// The journal's records as JSON documents.
#include "base/json.hpp"
#include "base/try.hpp"
#include "vidgen/journal.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

using base::Json;
using base::Reader;

Json value_of(const JobRecord& r) {
  Json j = Json::object();
  j.set("id", r.id).set("created_ms", r.created_ms).set("request", r.request).set("spec", r.spec);
  j.set("plan", r.plan).set("status", to_string(r.status)).set("reason", r.reason).set("film", r.film);
  j.set("owner", r.owner);
  return j;
}

Json value_of(const AttemptRecord& r) {
  Json j = Json::object();
  j.set("job", r.job).set("step", r.step).set("key", r.key).set("attempt", r.attempt).set("state", r.state);
  j.set("provider", r.provider).set("provider_id", r.provider_id).set("seed", std::int64_t{r.seed});
  j.set("reserved_micros", r.reserved.micros()).set("settled_micros", r.settled.micros());
  j.set("time_ms", r.time_ms).set("detail", r.detail).set("model", r.model).set("fingerprint", r.fingerprint);
  j.set("mark", r.mark).set("price", r.price).set("sent_ms", r.sent_ms).set("created_ms", r.created_ms);
  j.set("ended_ms", r.ended_ms).set("orphan", r.orphan).set("outcome", r.outcome);
  return j;
}

Json value_of(const ResultRecord& r) {
  Json j = Json::object();
  j.set("key", r.key).set("outcome", r.outcome);
  return j;
}

Json value_of(const Event& event) {
  auto parsed = Json::parse(to_json(event));
  return parsed ? *parsed : Json::object();
}

template <class Record>
void list(Json& batch, const char* name, const std::vector<Record>& records) {
  if (records.empty()) return;
  Json out = Json::array();
  for (const Record& r : records) out.push(value_of(r));
  batch.set(name, out);
}

}  // namespace

std::string to_json(const JobRecord& record) {
  return value_of(record).dump();
}
std::string to_json(const AttemptRecord& record) {
  return value_of(record).dump();
}
std::string to_json(const ResultRecord& record) {
  return value_of(record).dump();
}
std::string to_json(const JournalBatch& batch) {
  Json j = Json::object();
  list(j, "jobs", batch.jobs);
  list(j, "attempts", batch.attempts);
  list(j, "results", batch.results);
  list(j, "events", batch.events);
  return j.dump();
}

Result<JobRecord> job_record_from_json(std::string_view json) {
  VIDGEN_TRY(j, Json::parse(json));
  JobRecord out;
  std::string status;
  Reader r(j, Errc::json_invalid, "job");
  r.get("id", out.id).get("created_ms", out.created_ms).get("request", out.request).get("spec", out.spec);
  r.get("plan", out.plan).get("status", status).get("reason", out.reason).get("film", out.film);
  r.get("owner", out.owner);
  VIDGEN_CHECK(r.finish(true));
  VIDGEN_TRY(parsed, parse_job_status(status));
  out.status = parsed;
  return out;
}

Result<AttemptRecord> attempt_record_from_json(std::string_view json) {
  VIDGEN_TRY(j, Json::parse(json));
  AttemptRecord out;
  std::int64_t seed = 0, reserved = 0, settled = 0;
  Reader r(j, Errc::json_invalid, "attempt");
  r.get("job", out.job).get("step", out.step).get("key", out.key).get("attempt", out.attempt).get("state", out.state);
  r.get("provider", out.provider).get("provider_id", out.provider_id).get("seed", seed);
  r.get("reserved_micros", reserved).get("settled_micros", settled).get("time_ms", out.time_ms);
  r.get("detail", out.detail).opt("model", out.model).opt("fingerprint", out.fingerprint).opt("mark", out.mark);
  r.opt("price", out.price).opt("sent_ms", out.sent_ms).opt("created_ms", out.created_ms);
  r.opt("ended_ms", out.ended_ms).opt("orphan", out.orphan).opt("outcome", out.outcome);
  VIDGEN_CHECK(r.finish(true));
  if (seed < 0 || seed > 0x7fffffff) return Error(Errc::json_invalid, "attempt.seed: expected 31 bits");
  out.seed = static_cast<std::uint32_t>(seed);
  out.reserved = Money::micros(reserved);
  out.settled = Money::micros(settled);
  return out;
}

Result<ResultRecord> result_record_from_json(std::string_view json) {
  VIDGEN_TRY(j, Json::parse(json));
  ResultRecord out;
  Reader r(j, Errc::json_invalid, "result");
  r.get("key", out.key).get("outcome", out.outcome);
  VIDGEN_CHECK(r.finish(true));
  return out;
}

VIDGEN_NAMESPACE_END
