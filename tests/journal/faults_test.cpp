// SPDX-License-Identifier: Apache-2.0
// A file that is damaged while it is open: tables that are gone, rows that cannot be read, writes that are refused, no
// memory. Every call says so with an error, none takes what it could not read for an empty answer, and what is not
// damaged goes on.
#include <sqlite3.h>

#include "journal/database.hpp"
#include "journal/schema.hpp"
#include "stand.hpp"
#include "support/temp.hpp"

namespace vidgen::test {
namespace {

using journal::Database;

// A calculation that fails when a row is read, not when the statement is made.
constexpr const char* kPoison = "abs(-9223372036854775807 - 1) > 0";

class JournalFaults : public ::testing::Test {
 protected:
  TempFolder folder;
  std::string path = folder.file("vidgen.db");
  JournalPtr journal = open(path);

  void SetUp() override {
    ASSERT_TRUE(commit(*journal, whole()));
    ASSERT_EQ(journal->take(request("me")).value().holder, "me");
  }
  // Something for each table.
  static JournalBatch whole() {
    JournalBatch batch = events("j", 1, 2);
    batch.jobs.push_back(job("j"));
    batch.results.push_back(result("k", "{}"));
    batch.attempts.push_back(attempt());
    return batch;
  }
  static AttemptRecord attempt() {
    AttemptRecord a;
    a.job = "j";
    a.step = "clip";
    a.attempt = 1;
    a.state = "intent";
    a.reserved = usd(0.10);
    return a;
  }
  static LeaseRequest request(const std::string& holder) {
    LeaseRequest r;
    r.job = "j";
    r.holder = holder;
    r.now_ms = 1000;
    r.until_ms = 2000;
    return r;
  }
  void damage(const std::string& sql) {
    auto db = Database::open(path).value();
    const Status done = db->run(sql.c_str());
    ASSERT_TRUE(done) << done.error().describe();
  }
  // A table whose rows cannot be read, and that takes writes and drops them.
  void poison(const std::string& table) {
    damage("ALTER TABLE " + table + " RENAME TO kept; CREATE VIEW " + table + " AS SELECT * FROM kept WHERE " + kPoison +
           "; CREATE TRIGGER taker INSTEAD OF INSERT ON " + table + " BEGIN SELECT 1; END");
  }
  void refuse_writes(const std::string& table) {
    damage("CREATE TRIGGER refuser BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
  }
  template <class T>
  static void fails(const Result<T>& answer, const std::string& what) {
    ASSERT_FALSE(answer) << what;
    EXPECT_EQ(answer.error().code(), Errc::journal) << what << ": " << answer.error().describe();
  }
  static void fails(const Status& answer, const std::string& what) {
    ASSERT_FALSE(answer) << what;
    EXPECT_EQ(answer.error().code(), Errc::journal) << what << ": " << answer.error().describe();
  }
  template <class T, class Right>
  static void answers(const Result<T>& answer, bool damaged, const std::string& what, Right right) {
    if (damaged) return fails(answer, what);
    ASSERT_TRUE(answer) << what << ": " << answer.error().describe();
    EXPECT_TRUE(right(*answer)) << what;
  }
  // Each read, and the table that it reads.
  void reads(const std::string& table) {
    answers(journal->job("j"), table == "jobs", "job", [](const auto& j) { return j.has_value(); });
    answers(journal->jobs(), table == "jobs", "jobs", [](const auto& all) { return all.size() == 1; });
    answers(journal->events("j", 0), table == "events", "events", [](const auto& all) { return all.size() >= 2; });
    answers(journal->result("k"), table == "results", "result", [](const auto& r) { return r.has_value(); });
    answers(journal->attempts("j"), table == "attempts", "attempts", [](const auto& all) { return all.size() == 1; });
    answers(journal->books("j", 0), table == "attempts", "books",
            [](const Books& b) { return b.job.reserved == usd(0.10) && b.account == b.job && b.day == b.job; });
    answers(journal->lease("j"), table == "leases", "lease", [](const Lease& l) { return l.holder == "me"; });
  }
  // Batches with something for one table each.
  std::vector<std::pair<std::string, JournalBatch>> one_each() {
    std::vector<std::pair<std::string, JournalBatch>> out;
    JournalBatch batch;
    batch.jobs.push_back(job("j"));
    out.emplace_back("jobs", std::exchange(batch, {}));
    batch.attempts.push_back(attempt());
    out.emplace_back("attempts", std::exchange(batch, {}));
    batch.results.push_back(result("k", "{}"));
    out.emplace_back("results", std::exchange(batch, {}));
    out.emplace_back("events", events("j", next_, next_));
    ++next_;
    batch.lease = journal->lease("j").value_or(Lease());
    batch.lease->job = "j";
    out.emplace_back("leases", std::exchange(batch, {}));
    return out;
  }
  void writes(const std::string& table) {
    for (const auto& [name, batch] : one_each()) {
      const Status done = commit(*journal, batch);
      if (name == table) {
        fails(done, table);
      } else {
        EXPECT_TRUE(done) << name << " with " << table << " damaged: " << (done ? "" : done.error().describe());
      }
    }
    if (table == "leases") fails(journal->take(request("me")), table);
  }
  std::int64_t next_ = 10;
};

constexpr const char* kTables[] = {"jobs", "attempts", "results", "events", "leases"};

class JournalFaultsOfATable : public JournalFaults, public ::testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Each, JournalFaultsOfATable, ::testing::ValuesIn(kTables));

TEST_P(JournalFaultsOfATable, ThatIsGoneIsSaidByEveryCall) {
  damage(std::string("DROP TABLE ") + GetParam());
  for (int i = 0; i < 2; ++i) {  // a connection learns of it while it steps, and knows when it prepares the next
    reads(GetParam());
    writes(GetParam());
  }
}

TEST_P(JournalFaultsOfATable, ThatCannotBeReadIsNeverTakenForEmpty) {
  poison(GetParam());
  reads(GetParam());
}

TEST_P(JournalFaultsOfATable, ThatRefusesWritesSaysSo) {
  refuse_writes(GetParam());
  writes(GetParam());
  reads("none");
}

// The write went well and the sums cannot be read: what may not fit is not written.
TEST_F(JournalFaults, LimitsThatCannotBeCheckedHoldNobodyUpButTheBatch) {
  poison("attempts");
  JournalBatch batch;
  batch.attempts.push_back(attempt());
  EXPECT_TRUE(commit(*journal, batch));
  batch.limits.emplace();
  batch.limits->job = usd(100);
  fails(commit(*journal, batch), "limits");
}

TEST_F(JournalFaults, ABadBatchDoesNotTakeItsNeighboursWithIt) {
  refuse_writes("results");
  std::vector<std::future<Status>> good, bad;
  for (std::int64_t seq = 10; seq < 30; ++seq) {
    JournalBatch batch;
    batch.results.push_back(result("k", "{}"));
    bad.push_back(commit_later(*journal, std::move(batch)));
    good.push_back(commit_later(*journal, events("j", seq, seq)));
  }
  for (auto& one : bad) EXPECT_FALSE(one.get());
  for (auto& one : good) EXPECT_TRUE(one.get());
  EXPECT_EQ(journal->events("j", 0).value().size(), 22U);
}

TEST_F(JournalFaults, AnEventThatIsNoEventIsSaid) {
  damage("INSERT INTO events VALUES ('j', 3, 'nonsense')");
  EXPECT_FALSE(journal->events("j", 0));
  EXPECT_TRUE(journal->events("j", 3).value().empty());
}

TEST_F(JournalFaults, AStatusOfALaterVersionIsAFailure) {
  damage("UPDATE jobs SET status='dreaming'");
  EXPECT_EQ(journal->job("j").value()->status, JobStatus::failed);
}

TEST_F(JournalFaults, WhatIsNotThereIsNoError) {
  EXPECT_FALSE(journal->job("none").value());
  EXPECT_FALSE(journal->result("none").value());
  EXPECT_TRUE(journal->attempts("none").value().empty());
  EXPECT_TRUE(journal->lease("none").value().holder.empty());
}

TEST_F(JournalFaults, AFileWhoseTablesAreThereWithoutAVersionIsRefused) {
  auto db = Database::open(folder.file("old.db")).value();
  ASSERT_TRUE(db->run("CREATE TABLE jobs (x)"));
  EXPECT_FALSE(journal::open_sqlite(folder.file("old.db")));
}

// SQLite's own limit stands in for a machine without memory.
TEST_F(JournalFaults, WithoutMemoryEachCallSaysSo) {
  auto db = Database::open(path).value();
  auto statement = db->prepare("SELECT ?");
  ASSERT_TRUE(statement);
  sqlite3_hard_heap_limit64(1);
  auto none = Database::open(folder.file("other.db"));
  auto prepared = db->prepare("SELECT 1");
  statement->bind(std::string(5000, 'x'));
  auto row = statement->step();
  sqlite3_hard_heap_limit64(0);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), Errc::no_memory) << none.error().describe();
  ASSERT_FALSE(prepared);
  EXPECT_EQ(prepared.error().code(), Errc::no_memory) << prepared.error().describe();
  EXPECT_FALSE(row);  // and not the row of a parameter that is NULL
  (void)statement->done();
  EXPECT_TRUE(statement->bind("y").step().value());  // there is memory again
  EXPECT_EQ(statement->text(0), "y");
  auto number = db->prepare("SELECT 12345, NULL");
  ASSERT_TRUE(number->step().value());
  sqlite3_hard_heap_limit64(1);
  EXPECT_THROW((void)number->text(0), std::bad_alloc);  // never an empty text
  sqlite3_hard_heap_limit64(0);
  (void)number->done();
  EXPECT_TRUE(number->step().value());
  EXPECT_EQ(number->text(0), "12345");
  EXPECT_EQ(number->text(1), "");
}

TEST_F(JournalFaults, WhatItIsThatStandsInTheWayIsSaid) {
  auto db = Database::open(path).value(), other = Database::open(path).value();
  ASSERT_TRUE(db->run("PRAGMA busy_timeout=0"));
  ASSERT_TRUE(other->run("BEGIN IMMEDIATE"));
  EXPECT_FALSE(db->busy());
  EXPECT_FALSE(journal::Transaction::begin(*db));
  EXPECT_TRUE(db->busy());
  ASSERT_TRUE(other->run("ROLLBACK"));
  auto reads = db->prepare("SELECT * FROM events").value();
  ASSERT_TRUE(reads.step().value());
  EXPECT_FALSE(db->run("DROP TABLE events"));  // while it is read
  EXPECT_TRUE(db->busy());
  ASSERT_TRUE(other->run("PRAGMA query_only=1"));
  const Status only = other->run("DELETE FROM jobs");
  ASSERT_FALSE(only);
  EXPECT_EQ(only.error().code(), Errc::read_only);
}

TEST_F(JournalFaults, AParameterTooManyIsSaid) {
  auto db = Database::open(path).value();
  auto statement = db->prepare("SELECT ?").value();
  statement.bind(std::int64_t{1}).bind(std::int64_t{2});
  EXPECT_FALSE(statement.step());
}

}  // namespace
}  // namespace vidgen::test
