// SPDX-License-Identifier: Apache-2.0
// Writing a group of batches. Three exchanges with the server, however large it is: the locks, the rows, the end.
//
// Locks are taken first and in one order (the books, then leases by the name of the job), so that two groups never wait
// for each other. Who reserves money holds the books alone: it sees every reservation that was made before, and no other
// is made until its own is durable. Who writes under a lease holds the lease's row: nobody can take it meanwhile.
#include <map>
#include <set>

#include "base/try.hpp"
#include "flow/conditions.hpp"
#include "journal/postgres_rows.hpp"
#include "journal/postgres_sums.hpp"
#include "journal/records.hpp"

namespace vidgen::journal {
namespace {

constexpr const char* kBooksAlone = "SELECT pg_advisory_xact_lock(hashtext('vidgen'), hashtext('books'))";
constexpr const char* kLeaseAlone = "SELECT holder, fence, until_ms, lasts_ms FROM vidgen.leases WHERE job=$1 FOR UPDATE";

constexpr const char* kWriteJob =
    "INSERT INTO vidgen.jobs VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (id) DO UPDATE SET"
    " (created_ms, request, spec, plan, status, reason, film, owner) = (excluded.created_ms, excluded.request,"
    " excluded.spec, excluded.plan, excluded.status, excluded.reason, excluded.film, excluded.owner)";
constexpr const char* kWriteAttempt =
    "INSERT INTO vidgen.attempts VALUES"
    " ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23)"
    " ON CONFLICT (job, step, attempt) DO UPDATE SET (key, state, provider, provider_id, seed, reserved, settled,"
    " time_ms, detail, held, day, model, fingerprint, mark, price, sent_ms, created_ms, ended_ms, orphan, outcome) ="
    " (excluded.key, excluded.state, excluded.provider, excluded.provider_id, excluded.seed, excluded.reserved,"
    " excluded.settled, excluded.time_ms, excluded.detail, excluded.held, excluded.day, excluded.model,"
    " excluded.fingerprint, excluded.mark, excluded.price, excluded.sent_ms, excluded.created_ms, excluded.ended_ms,"
    " excluded.orphan, excluded.outcome)";
constexpr const char* kWriteResult =
    "INSERT INTO vidgen.results VALUES ($1,$2) ON CONFLICT (key) DO UPDATE SET outcome = excluded.outcome";
constexpr const char* kWriteEvent = "INSERT INTO vidgen.events VALUES ($1,$2,$3)";
constexpr const char* kKeepLease = "UPDATE vidgen.leases SET holder=$2, until_ms=$3 WHERE job=$1";
constexpr const char* kWriter =
    "INSERT INTO vidgen.writers VALUES ($1, $2, now()) ON CONFLICT (writer) DO UPDATE SET"
    " (number, at) = (excluded.number, excluded.at)";

struct Held {
  Held() = default;
  Lease lease;
  std::int64_t lasts_ms = 0;
};

// What a group wants locked, then what it found.
struct Locked {
  Locked() = default;
  std::map<std::string, Held> leases;
  bool books = false;
  std::int64_t now_ms = 0;
};

Locked wanted_by(Group group) {
  Locked out;
  for (const auto& [batch, handler] : group) {
    if (batch.lease) out.leases[batch.lease->job].lease.job = batch.lease->job;
    out.books = out.books || batch.limits;
  }
  return out;
}

PgValues values_of(const PgWriter& writer) {
  PgValues out;
  out.bind(writer.name).bind(writer.number);
  return out;
}

void read_held(const PgRows& rows, Held& held) {
  if (rows.count() == 0) return;
  read_lease(rows[0], held.lease);
  held.lasts_ms = rows[0].number(3);
}

Status lock(PgConnection& connection, const PgWriter& writer, Locked& locked) {
  connection.send(kWriter, values_of(writer));
  if (locked.books) connection.send(kBooksAlone);
  for (const auto& [job, held] : locked.leases) {
    PgValues values;
    values.bind(job);
    connection.send(kLeaseAlone, values);
  }
  connection.send("SELECT vidgen.now_ms()");  // after the locks: waiting for them takes time
  VIDGEN_TRY(rows, connection.finish());
  locked.now_ms = rows.back()[0].number(0);
  auto row = rows.end() - 1 - static_cast<std::ptrdiff_t>(locked.leases.size());
  for (auto& [job, held] : locked.leases) read_held(*row++, held);
  return {};
}

// The rows are locked, so what they become is judged here.
Status judge_leases(Group group, Locked& locked) {
  for (const auto& [batch, handler] : group) {
    if (!batch.lease) continue;
    Held& held = locked.leases[batch.lease->job];
    VIDGEN_CHECK(flow::still_held(held.lease, *batch.lease));
    held.lease.until_ms = batch.lease->until_ms == 0 ? 0 : locked.now_ms + held.lasts_ms;
    if (held.lease.until_ms == 0) held.lease.holder.clear();
  }
  return {};
}

template <class T>
int send_all(PgConnection& connection, const char* sql, const std::vector<T>& records) {
  for (const T& record : records) {
    PgValues values;
    connection.send(sql, bind(values, record));
  }
  return static_cast<int>(records.size());
}

int send_records(PgConnection& connection, const JournalBatch& batch) {
  return send_all(connection, kWriteJob, batch.jobs) + send_all(connection, kWriteAttempt, batch.attempts) +
         send_all(connection, kWriteResult, batch.results) + send_all(connection, kWriteEvent, batch.events);
}

int send_leases(PgConnection& connection, const Locked& locked) {
  for (const auto& [job, held] : locked.leases) {
    PgValues values;
    values.bind(job).bind(held.lease.holder).bind(held.lease.until_ms);
    connection.send(kKeepLease, values);
  }
  return static_cast<int>(locked.leases.size());
}

// Where among the answers the books of a batch are.
struct Sums {
  Sums(std::size_t at, const SpendLimits& most) : answer(at), limits(&most) {}
  std::size_t answer;
  const SpendLimits* limits;
};

Status write_rows(PgConnection& connection, Group group, const Locked& locked) {
  std::vector<Sums> sums;
  int sent = send_leases(connection, locked);
  for (const auto& [batch, handler] : group) {
    sent += send_records(connection, batch);
    if (!batch.limits) continue;
    std::set<std::pair<std::string, std::int64_t>> asked;
    for (const AttemptRecord& a : batch.attempts) {
      if (!asked.emplace(a.job, day_of(a.time_ms)).second) continue;
      connection.send(kSums, values_of_sums(a.job, day_of(a.time_ms)));
      sums.emplace_back(static_cast<std::size_t>(sent++), *batch.limits);
    }
  }
  if (sent == 0) return {};
  VIDGEN_TRY(rows, connection.finish());
  for (const Sums& one : sums) VIDGEN_CHECK(within(books_in(rows[one.answer]), *one.limits));
  return {};
}

}  // namespace

Status write(PgConnection& connection, const PgWriter& writer, Group group) {
  Locked locked = wanted_by(group);
  VIDGEN_CHECK(lock(connection, writer, locked));
  VIDGEN_CHECK(judge_leases(group, locked));
  return write_rows(connection, group, locked);
}

Result<std::int64_t> last_durable(PgConnection& connection, const PgWriter& writer) {
  PgValues values;
  values.bind(writer.name);
  VIDGEN_TRY(rows, connection.ask("INSERT INTO vidgen.writers VALUES ($1, 0, now()) ON CONFLICT (writer) DO UPDATE SET"
                                  " at = excluded.at RETURNING number",
                                  values));
  return rows[0].number(0);
}

PgValues values_of_sums(const std::string& job, std::int64_t day) {
  PgValues out;
  out.bind(job).bind(day);
  return out;
}

Books books_in(const PgRows& rows) {
  Books out;
  Totals* const scopes[] = {&out.job, &out.account, &out.day};
  for (int i = 0; i < rows.count(); ++i) read_sums(rows[i], 1, *scopes[rows[i].number(0)]);
  return out;
}

}  // namespace vidgen::journal
