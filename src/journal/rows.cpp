// SPDX-License-Identifier: Apache-2.0
#include "journal/rows.hpp"

#include <utility>

#include "base/try.hpp"
#include "flow/budget.hpp"
#include "flow/conditions.hpp"

namespace vidgen::journal {
namespace {

Status write(Database& db, const JobRecord& j) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO jobs VALUES (?,?,?,?,?,?,?,?,?)"));
  s.bind(j.id).bind(j.created_ms).bind(j.request).bind(j.spec).bind(j.plan);
  return s.bind(to_string(j.status)).bind(j.reason).bind(j.film).bind(j.owner).done();
}

Status write(Database& db, const AttemptRecord& a) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO attempts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  s.bind(a.job).bind(a.step).bind(std::int64_t{a.attempt}).bind(a.key).bind(a.state).bind(a.provider);
  s.bind(a.provider_id).bind(std::int64_t{a.seed}).bind(a.reserved.micros()).bind(a.settled.micros());
  s.bind(a.time_ms).bind(a.detail).bind(static_cast<std::int64_t>(flow::held(a.state)));
  s.bind(day_of(a.time_ms)).bind(a.model).bind(a.fingerprint).bind(a.mark).bind(a.price).bind(a.sent_ms);
  return s.bind(a.created_ms).bind(a.ended_ms).bind(std::int64_t{a.orphan}).bind(a.outcome).done();
}

Status write(Database& db, const ResultRecord& r) {
  VIDGEN_TRY(s, db.prepare("INSERT OR REPLACE INTO results VALUES (?,?)"));
  return s.bind(r.key).bind(r.outcome).done();
}

Status write(Database& db, const Event& e) {
  VIDGEN_TRY(s, db.prepare("INSERT INTO events VALUES (?,?,?)"));
  return s.bind(e.job).bind(e.seq).bind(to_json(e)).done();
}

template <class T>
Status write_all(Database& db, const std::vector<T>& rows) {
  for (const T& row : rows) VIDGEN_CHECK(write(db, row));
  return {};
}

}  // namespace

Result<Lease> lease_of(Database& db, const std::string& job) {
  Lease lease;
  lease.job = job;
  VIDGEN_TRY(s, db.prepare("SELECT holder, fence, until_ms FROM leases WHERE job=?"));
  VIDGEN_TRY(row, s.bind(job).step());
  if (!row) return lease;
  lease.holder = s.text(0);
  lease.fence = s.number(1);
  lease.until_ms = s.number(2);
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
    const auto held = static_cast<flow::Held>(s.number(0));
    if (held == flow::Held::reserved) out.reserved = Money::micros(s.number(1));
    if (held == flow::Held::unclear) out.unclear = Money::micros(s.number(1));
    if (held != flow::Held::spent) continue;
    out.spent = Money::micros(s.number(2));
    out.overrun = Money::micros(s.number(3));
    out.orphaned = Money::micros(s.number(4));
  }
}

Status check_limits(Database& db, const JournalBatch& batch) {
  for (const AttemptRecord& a : batch.attempts) {
    VIDGEN_TRY(books, books_of(db, a.job, day_of(a.time_ms)));
    const flow::Verdict verdict = flow::judge(books, *batch.limits, Money());
    if (verdict.fit != flow::Fit::fits) return Error(Errc::budget, flow::describe(verdict));
  }
  return {};
}

JobRecord read_job(const Statement& s) {
  JobRecord j;
  j.id = s.text(0);
  j.created_ms = s.number(1);
  j.request = s.text(2);
  j.spec = s.text(3);
  j.plan = s.text(4);
  auto status = parse_job_status(s.text(5));
  j.status = status ? *status : JobStatus::failed;
  j.reason = s.text(6);
  j.film = s.text(7);
  j.owner = s.number(8);
  return j;
}

AttemptRecord read_attempt(const Statement& s) {
  AttemptRecord a;
  a.job = s.text(0);
  a.step = s.text(1);
  a.attempt = static_cast<int>(s.number(2));
  a.key = s.text(3);
  a.state = s.text(4);
  a.provider = s.text(5);
  a.provider_id = s.text(6);
  a.seed = static_cast<std::uint32_t>(s.number(7));
  a.reserved = Money::micros(s.number(8));
  a.settled = Money::micros(s.number(9));
  a.time_ms = s.number(10);
  a.detail = s.text(11);
  a.model = s.text(14);
  a.fingerprint = s.text(15);
  a.mark = s.text(16);
  a.price = s.text(17);
  a.sent_ms = s.number(18);
  a.created_ms = s.number(19);
  a.ended_ms = s.number(20);
  a.orphan = s.number(21) != 0;
  a.outcome = s.text(22);
  return a;
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
  ResultRecord r;
  r.key = s.text(0);
  r.outcome = s.text(1);
  return std::optional<ResultRecord>(std::move(r));
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
