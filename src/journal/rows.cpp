// SPDX-License-Identifier: Apache-2.0
#include "journal/rows.hpp"

#include <utility>

#include "base/try.hpp"
#include "flow/conditions.hpp"
#include "journal/records.hpp"

namespace vidgen::journal {
namespace {

constexpr const char* insert_of(const JobRecord*) {
  return "INSERT OR REPLACE INTO jobs VALUES (?,?,?,?,?,?,?,?,?)";
}
constexpr const char* insert_of(const AttemptRecord*) {
  return "INSERT OR REPLACE INTO attempts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
}
constexpr const char* insert_of(const ResultRecord*) {
  return "INSERT OR REPLACE INTO results VALUES (?,?)";
}
constexpr const char* insert_of(const Event*) {
  return "INSERT INTO events VALUES (?,?,?)";
}

template <class T>
Status write_one(Database& db, const T& record) {
  VIDGEN_TRY(s, db.prepare(insert_of(&record)));
  return bind(s, record).done();
}

template <class T>
Status write_all(Database& db, const std::vector<T>& rows) {
  for (const T& row : rows) VIDGEN_CHECK(write_one(db, row));
  return {};
}

}  // namespace

Result<Lease> lease_of(Database& db, const std::string& job) {
  Lease lease;
  lease.job = job;
  VIDGEN_TRY(s, db.prepare("SELECT holder, fence, until_ms FROM leases WHERE job=?"));
  VIDGEN_TRY(row, s.bind(job).step());
  if (!row) return lease;
  read_lease(s, lease);
  return lease;
}

namespace {

Status put(Database& db, const Lease& lease) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO leases VALUES (?,?,?,?)"));
  return s.bind(lease.job).bind(lease.holder).bind(lease.fence).bind(lease.until_ms).done();
}

Status keep(Database& db, Lease mine) {
  VIDGEN_TRY(now, lease_of(db, mine.job));
  VIDGEN_CHECK(flow::still_held(now, mine));
  if (mine.until_ms == 0) mine.holder.clear();
  return put(db, mine);
}

Result<Totals> totals(Database& db, const char* where, const std::string& job, std::int64_t day) {
  const std::string sql = std::string("SELECT held, SUM(reserved), SUM(settled), SUM(MAX(settled - reserved, 0)), "
                                      "SUM(settled * orphan) FROM attempts ") + where + " GROUP BY held";
  VIDGEN_TRY(s, db.prepare(sql.c_str()));
  if (std::string_view(where).find("job") != std::string_view::npos) s.bind(job);
  if (std::string_view(where).find("day") != std::string_view::npos) s.bind(day);
  Totals out;
  for (;;) {
    VIDGEN_TRY(row, s.step());
    if (!row) return out;
    read_sums(s, 0, out);
  }
}

Status check_limits(Database& db, const JournalBatch& batch) {
  for (const AttemptRecord& a : batch.attempts) {
    VIDGEN_TRY(books, books_of(db, a.job, day_of(a.time_ms)));
    VIDGEN_CHECK(within(books, *batch.limits));
  }
  return {};
}

// All rows of a statement, each by `read`.
template <class T, class Read>
Result<std::vector<T>> rows(Statement s, Read&& read) {
  std::vector<T> out;
  for (;;) {
    VIDGEN_TRY(row, s.step());
    if (!row) return out;
    VIDGEN_TRY(one, read(s));
    out.push_back(std::move(one));
  }
}

}  // namespace

Status write(Database& db, const JournalBatch& batch) {
  if (batch.lease) VIDGEN_CHECK(keep(db, *batch.lease));
  VIDGEN_CHECK(write_all(db, batch.jobs));
  VIDGEN_CHECK(write_all(db, batch.attempts));
  VIDGEN_CHECK(write_all(db, batch.results));
  VIDGEN_CHECK(write_all(db, batch.events));
  return batch.limits ? check_limits(db, batch) : Status();
}

Result<std::optional<JobRecord>> find_job(Database& db, const std::string& id) {
  VIDGEN_TRY(s, db.prepare("SELECT * FROM jobs WHERE id=?"));
  VIDGEN_TRY(row, s.bind(id).step());
  return row ? std::optional<JobRecord>(read_job(s)) : std::nullopt;
}

Result<std::vector<JobRecord>> all_jobs(Database& db) {
  VIDGEN_TRY(s, db.prepare("SELECT * FROM jobs ORDER BY created_ms DESC, id DESC"));
  return rows<JobRecord>(std::move(s), [](const Statement& row) { return Result<JobRecord>(read_job(row)); });
}

Result<std::vector<Event>> events_after(Database& db, const std::string& job, std::int64_t seq) {
  VIDGEN_TRY(s, db.prepare("SELECT event FROM events WHERE job=? AND seq>? ORDER BY seq"));
  s.bind(job).bind(seq);
  return rows<Event>(std::move(s), [](const Statement& row) { return event_from_json(row.text(0)); });
}

Result<std::optional<ResultRecord>> find_result(Database& db, const std::string& key) {
  VIDGEN_TRY(s, db.prepare("SELECT key, outcome FROM results WHERE key=?"));
  VIDGEN_TRY(row, s.bind(key).step());
  if (!row) return std::optional<ResultRecord>();
  return std::optional<ResultRecord>(read_result(s));
}

Result<std::vector<AttemptRecord>> attempts_of(Database& db, const std::string& job) {
  VIDGEN_TRY(s, db.prepare("SELECT * FROM attempts WHERE job=? ORDER BY step, attempt"));
  s.bind(job);
  return rows<AttemptRecord>(std::move(s), [](const Statement& row) { return Result<AttemptRecord>(read_attempt(row)); });
}

Result<Books> books_of(Database& db, const std::string& job, std::int64_t day) {
  Books out;
  const std::pair<const char*, Totals*> scopes[] = {{"WHERE job=?", &out.job}, {"", &out.account}, {"WHERE day=?", &out.day}};
  for (const auto& [where, scope] : scopes) {
    VIDGEN_TRY(sums, totals(db, where, job, day));
    *scope = sums;
  }
  return out;
}

Result<Lease> take_lease(Database& db, const LeaseRequest& r) {
  VIDGEN_TRY(now, lease_of(db, r.job));
  Lease lease = flow::taken(now, r);
  if (lease.holder == r.holder) VIDGEN_CHECK(put(db, lease));
  return lease;
}

}  // namespace vidgen::journal
