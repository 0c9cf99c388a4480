// SPDX-License-Identifier: Apache-2.0
// Reading, and leases.
#include "journal/postgres_rows.hpp"

#include "base/try.hpp"
#include "flow/conditions.hpp"
#include "journal/postgres_sums.hpp"
#include "journal/records.hpp"

namespace vidgen::journal {
namespace {

template <class T, class Read>
Result<std::vector<T>> all(Result<PgRows> rows, Read&& read) {
  if (!rows) return rows.error();
  std::vector<T> out;
  for (int i = 0; i < rows->count(); ++i) {
    VIDGEN_TRY(one, read((*rows)[i]));
    out.push_back(std::move(one));
  }
  return out;
}

template <class T, class Read>
Result<std::optional<T>> one(Result<PgRows> rows, Read&& read) {
  if (!rows) return rows.error();
  return rows->count() == 0 ? std::optional<T>() : std::optional<T>(read((*rows)[0]));
}

PgValues values_of(const std::string& text) {
  PgValues out;
  out.bind(text);
  return out;
}

Lease lease_in(const PgRows& rows, const std::string& job) {
  Lease lease;
  lease.job = job;
  if (rows.count() > 0) read_lease(rows[0], lease);
  return lease;
}

constexpr const char* kLease = "SELECT holder, fence, until_ms FROM vidgen.leases WHERE job=$1";
constexpr const char* kNow = "SELECT vidgen.now_ms()";

// By the clock of the database: from the request only how long it lasts.
LeaseRequest by_its_clock(LeaseRequest request, std::int64_t now_ms) {
  request.until_ms = now_ms + (request.until_ms - request.now_ms);
  request.now_ms = now_ms;
  return request;
}

Status put(PgConnection& connection, const Lease& lease, std::int64_t lasts_ms) {
  PgValues values;
  values.bind(lease.job).bind(lease.holder).bind(lease.fence).bind(lease.until_ms).bind(lasts_ms);
  VIDGEN_TRY(rows, connection.ask("UPDATE vidgen.leases SET holder=$2, fence=$3, until_ms=$4, lasts_ms=$5 WHERE job=$1",
                                  values));
  (void)rows;
  return {};
}

// Whoever watches a job asks five times a second: that takes no lock and writes nothing.
Result<bool> is_anothers(PgConnection& connection, const LeaseRequest& request, Lease& out) {
  connection.send(kLease, values_of(request.job));
  connection.send(kNow);
  VIDGEN_TRY(rows, connection.finish());
  out = lease_in(rows[0], request.job);
  return flow::taken(out, by_its_clock(request, rows[1][0].number(0))).holder != request.holder;
}

}  // namespace

Result<Lease> lease_of(PgConnection& connection, const std::string& job) {
  VIDGEN_TRY(rows, connection.ask(kLease, values_of(job)));
  return lease_in(rows, job);
}

Result<Lease> take_lease(PgConnection& connection, const LeaseRequest& request) {
  Lease seen;
  VIDGEN_TRY(anothers, is_anothers(connection, request, seen));
  if (anothers) return seen;
  PgTransaction transaction(connection);
  connection.send("INSERT INTO vidgen.leases VALUES ($1, '', 0, 0, 0) ON CONFLICT (job) DO NOTHING", values_of(request.job));
  connection.send((std::string(kLease) + " FOR UPDATE").c_str(), values_of(request.job));
  connection.send(kNow);  // after the lock: waiting for it takes time
  VIDGEN_TRY(rows, connection.finish());
  const LeaseRequest now = by_its_clock(request, rows[3][0].number(0));
  const Lease lease = flow::taken(lease_in(rows[2], request.job), now);
  if (lease.holder != request.holder) return lease;
  VIDGEN_CHECK(put(connection, lease, now.until_ms - now.now_ms));
  VIDGEN_CHECK(transaction.commit());
  return lease;
}

Result<std::optional<JobRecord>> find_job(PgConnection& connection, const std::string& id) {
  return one<JobRecord>(connection.ask("SELECT * FROM vidgen.jobs WHERE id=$1", values_of(id)), &read_job<PgRow>);
}

Result<std::vector<JobRecord>> all_jobs(PgConnection& connection) {
  return all<JobRecord>(connection.ask("SELECT * FROM vidgen.jobs ORDER BY created_ms DESC, id COLLATE \"C\" DESC"),
                        [](const PgRow& row) { return Result<JobRecord>(read_job(row)); });
}

Result<std::vector<Event>> events_after(PgConnection& connection, const std::string& job, std::int64_t seq) {
  PgValues values;
  values.bind(job).bind(seq);
  return all<Event>(connection.ask("SELECT event FROM vidgen.events WHERE job=$1 AND seq>$2 ORDER BY seq", values),
                    [](const PgRow& row) { return event_from_json(row.text(0)); });
}

Result<std::optional<ResultRecord>> find_result(PgConnection& connection, const std::string& key) {
  return one<ResultRecord>(connection.ask("SELECT key, outcome FROM vidgen.results WHERE key=$1", values_of(key)),
                           &read_result<PgRow>);
}

Result<std::vector<AttemptRecord>> attempts_of(PgConnection& connection, const std::string& job) {
  return all<AttemptRecord>(
      connection.ask("SELECT * FROM vidgen.attempts WHERE job=$1 ORDER BY step COLLATE \"C\", attempt", values_of(job)),
      [](const PgRow& row) { return Result<AttemptRecord>(read_attempt(row)); });
}

Result<Books> books_of(PgConnection& connection, const std::string& job, std::int64_t day) {
  VIDGEN_TRY(rows, connection.ask(kSums, values_of_sums(job, day)));
  return books_in(rows);
}

}  // namespace vidgen::journal
