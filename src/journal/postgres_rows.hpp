// SPDX-License-Identifier: Apache-2.0
// The journal's records as rows of PostgreSQL's tables. Thread-safety: as the PgConnection they are given.
#pragma once

#include "journal/groups.hpp"
#include "journal/postgres_connection.hpp"
#include "vidgen/journal.hpp"

namespace vidgen::journal {

// One opened journal, by a name of its own, and the number of the group that it writes.
struct PgWriter {
  PgWriter() = default;
  std::string name;
  std::int64_t number = 0;
};

// The number of the last group of this writer that is durable. Waits for the end of a transaction of its that an earlier
// connection left behind.
Result<std::int64_t> last_durable(PgConnection& connection, const PgWriter& writer);
// Within a transaction, all of it: the locks, the conditions, the rows, the books. What fails is to be rolled back.
Status write(PgConnection& connection, const PgWriter& writer, Group group);

Result<std::optional<JobRecord>> find_job(PgConnection& connection, const std::string& id);
Result<std::vector<JobRecord>> all_jobs(PgConnection& connection);
Result<std::vector<Event>> events_after(PgConnection& connection, const std::string& job, std::int64_t seq);
Result<std::optional<ResultRecord>> find_result(PgConnection& connection, const std::string& key);
Result<std::vector<AttemptRecord>> attempts_of(PgConnection& connection, const std::string& job);
Result<Books> books_of(PgConnection& connection, const std::string& job, std::int64_t day);
Result<Lease> lease_of(PgConnection& connection, const std::string& job);
// A transaction of its own, by the database's clock.
Result<Lease> take_lease(PgConnection& connection, const LeaseRequest& request);

}  // namespace vidgen::journal
