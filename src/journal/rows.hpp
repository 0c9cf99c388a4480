// SPDX-License-Identifier: Apache-2.0
// The journal's records as rows of SQLite's tables. Thread-safety: as the Database they are given.
#pragma once

#include "journal/database.hpp"
#include "vidgen/journal.hpp"

namespace vidgen::journal {

// Within a transaction: the conditions first, then all rows, then the books. What fails is to be rolled back.
Status write(Database& db, const JournalBatch& batch);

Result<std::optional<JobRecord>> find_job(Database& db, const std::string& id);
Result<std::vector<JobRecord>> all_jobs(Database& db);
Result<std::vector<Event>> events_after(Database& db, const std::string& job, std::int64_t seq);
Result<std::optional<ResultRecord>> find_result(Database& db, const std::string& key);
Result<std::vector<AttemptRecord>> attempts_of(Database& db, const std::string& job);
Result<Books> books_of(Database& db, const std::string& job, std::int64_t day);
Result<Lease> lease_of(Database& db, const std::string& job);
// Within a transaction.
Result<Lease> take_lease(Database& db, const LeaseRequest& request);

}  // namespace vidgen::journal
