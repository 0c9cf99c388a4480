// SPDX-License-Identifier: Apache-2.0
// Servers that die, connections that are cut, answers that are lost, processes that stand still.
#include <signal.h>

#include <atomic>
#include <semaphore>
#include <thread>

#include "base/point.hpp"
#include "stand.hpp"
#include "support/child.hpp"

namespace vidgen::test {
namespace {

constexpr const char* kCutAll =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    "pg_backend_pid()";

// A batch of all kinds of records, recognisable by its number.
JournalBatch whole(int number) {
  const std::string name = "b" + std::to_string(number);
  JournalBatch batch = events(name, 1, 3);
  batch.jobs.push_back(job(name));
  batch.results.push_back(result(name, "{}"));
  return batch;
}

class PostgresFaults : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!home.there()) GTEST_SKIP() << "no PostgreSQL server is installed (Debian: postgresql)";
  }
  std::string sql(const std::string& text) { return PostgresServer::get()->sql(text, home.address()); }
  // Until a query gives what is wanted; false: it never did.
  bool wait_for(const std::string& query, const std::string& wanted) {
    for (int i = 0; i < 3000; ++i) {
      if (sql(query) == wanted) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  // Commits wait for a second server that does not exist, until they are let go. The server hears of it when it comes to
  // it: a commit that slips through before is made again under another number. 0: it never waited.
  int commit_that_waits(Journal& journal, std::future<Status>& done) {
    PostgresServer::get()->sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    sql("SELECT pg_reload_conf()");
    for (int number = 1; number <= 1000; ++number) {
      done = commit_later(journal, whole(number));
      for (int i = 0; i < 3000 && done.wait_for(std::chrono::milliseconds(10)) != std::future_status::ready; ++i)
        if (sql(kWaiting) == "1\n") return number;
    }
    return 0;
  }
  void let_go() {
    PostgresServer::get()->sql("ALTER SYSTEM RESET synchronous_standby_names");
    sql("SELECT pg_reload_conf()");
  }
  void TearDown() override {
    if (home.there()) let_go();  // also when the test gave up in the middle: the next one has to commit
  }
  static constexpr const char* kWaiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  Home home{Kind::postgres};
};

// How many of a batch's five records are there.
int there(Journal& journal, int number) {
  const std::string name = "b" + std::to_string(number);
  const auto found = journal.job(name);
  const auto kept = journal.result(name);
  return static_cast<int>(journal.events(name, 0).value().size()) + (found.value() ? 1 : 0) + (kept.value() ? 1 : 0);
}

// Commits batch after batch, many under way at once, while somebody makes trouble.
class Committing {
 public:
  explicit Committing(JournalPtr journal)
      : journal_(std::move(journal)), thread_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            for (int i = 0; i < 8; ++i) done_.push_back(commit_later(*journal_, whole(static_cast<int>(done_.size()))));
            done_.back().wait();
            committed_ = static_cast<int>(done_.size());
          }
        }) {}
  // False: it stands still.
  bool until(int more) const {
    const int from = committed_;
    for (int i = 0; i < 30000 && committed_ < from + more; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return committed_ >= from + more;
  }
  std::vector<std::future<Status>>& stop() {
    thread_.request_stop();
    thread_.join();
    return done_;
  }

 private:
  JournalPtr journal_;
  std::vector<std::future<Status>> done_;
  std::atomic<int> committed_{0};
  std::jthread thread_;
};

TEST_F(PostgresFaults, AServerThatIsKilledAndComesBackLosesNothingThatWasDurable) {
  Committing committing(home.open());
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(committing.until(40));
    PostgresServer::get()->kill();
    ASSERT_TRUE(PostgresServer::get()->start());
  }
  ASSERT_TRUE(committing.until(40));
  auto& done = committing.stop();
  JournalPtr after = home.open();
  for (int i = 0; i < static_cast<int>(done.size()); ++i) {
    const Status status = done[static_cast<std::size_t>(i)].get();
    EXPECT_TRUE(status) << status.error().describe();  // it is only away for a moment
    ASSERT_EQ(there(*after, i), 5) << i;
  }
}

// Without patience: what is said to have failed is not half there.
TEST_F(PostgresFaults, WhatFailedWithTheServerIsThereWholeOrNotAtAll) {
  Committing committing(opened(journal::open_postgres(home.address(), std::chrono::milliseconds(0))));
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(committing.until(40));
    PostgresServer::get()->kill();
    ASSERT_TRUE(PostgresServer::get()->start());
  }
  ASSERT_TRUE(committing.until(40));
  auto& done = committing.stop();
  JournalPtr after = home.open();
  int failed = 0;
  for (int i = 0; i < static_cast<int>(done.size()); ++i) {
    const Status status = done[static_cast<std::size_t>(i)].get();
    const int found = there(*after, i);
    if (!status) {
      ++failed;
      EXPECT_EQ(status.error().code(), Errc::journal) << status.error().describe();
      ASSERT_TRUE(found == 0 || found == 5) << i << ": " << found;
    } else {
      ASSERT_EQ(found, 5) << i;
    }
  }
  EXPECT_GT(failed, 0);
}

// By its own row a journal tells, after a lost connection, whether its last group was written: no other may write there.
TEST_F(PostgresFaults, EachJournalIsAWriterOfItsOwn) {
  JournalPtr one = home.open(), other = home.open();
  ASSERT_TRUE(commit(*one, whole(1)));
  ASSERT_TRUE(commit(*other, whole(2)));
  EXPECT_EQ(sql("SELECT count(*) FROM vidgen.writers WHERE writer <> '' AND number > 0"), "2\n");
}

TEST_F(PostgresFaults, ConnectionsThatAreCutAreMadeAgain) {
  JournalPtr reader = home.open();
  Committing committing(home.open());
  for (int round = 0; round < 30; ++round) {
    ASSERT_TRUE(committing.until(8));
    sql(kCutAll);
    EXPECT_TRUE(reader->jobs());
  }
  auto& done = committing.stop();
  for (int i = 0; i < static_cast<int>(done.size()); ++i) {
    const Status status = done[static_cast<std::size_t>(i)].get();
    EXPECT_TRUE(status) << status.error().describe();
    ASSERT_EQ(there(*reader, i), 5) << i;
  }
}

// The server has committed, and is cut off before it can say so: it waits for a second server that does not exist.
TEST_F(PostgresFaults, ACommitWhoseAnswerWasLostIsLookedUp) {
  JournalPtr journal = home.open();
  std::future<Status> done;
  const int number = commit_that_waits(*journal, done);
  ASSERT_GT(number, 0);
  ASSERT_EQ(sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"), "t\n");
  ASSERT_TRUE(wait_for(kWaiting, "1\n"));  // the next connection asks, and waits as well
  let_go();
  const Status status = done.get();
  EXPECT_TRUE(status) << status.error().describe();
  EXPECT_EQ(there(*journal, number), 5);
  EXPECT_EQ(sql("SELECT count(*) FROM vidgen.events"), std::to_string(3 * number) + "\n");
}

// Given up by a journal without patience, and durable all the same: the next batch is another one, and is written.
TEST_F(PostgresFaults, ACommitThatWasGivenUpIsNotTakenForTheNextOne) {
  JournalPtr journal = opened(journal::open_postgres(home.address(), std::chrono::milliseconds(0)));
  std::future<Status> done;
  const int number = commit_that_waits(*journal, done);
  ASSERT_GT(number, 0);
  ASSERT_EQ(sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"), "t\n");
  const Status given_up = done.get();
  ASSERT_FALSE(given_up);
  EXPECT_NE(given_up.error().message().find("not known"), std::string::npos) << given_up.error().describe();
  let_go();
  const Status next = commit(*journal, whole(number + 1));
  EXPECT_TRUE(next) << next.error().describe();
  EXPECT_EQ(there(*journal, number), 5);
  EXPECT_EQ(there(*journal, number + 1), 5);
}

// The other way: the server dies in the COMMIT, before it counts.
TEST_F(PostgresFaults, ACommitThatDidNotComeThroughIsMadeAgain) {
  JournalPtr journal = home.open();
  sql("CREATE SEQUENCE times; CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
      "IF nextval('times') <= 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END$$;"
      "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON vidgen.results DEFERRABLE INITIALLY DEFERRED "
      "FOR EACH ROW EXECUTE FUNCTION die()");
  const Status status = commit(*journal, whole(1));
  EXPECT_TRUE(status) << status.error().describe();
  EXPECT_EQ(there(*journal, 1), 5);
  EXPECT_EQ(sql("SELECT last_value FROM times"), "3\n");
}

TEST_F(PostgresFaults, TwoProcessesReserveNoMoreThanThereIs) {
  constexpr int kEach = 500, kRoom = 37;
  ASSERT_TRUE(home.open());
  int start[2] = {-1, -1};
  ASSERT_EQ(::pipe(start), 0);
  auto reserve = [&](const std::string& step, const std::function<void()>& report) {
    JournalPtr own = home.open();
    report();
    char go = 0;
    if (::read(start[0], &go, 1) != 1) return;
    std::vector<std::future<Status>> asked;
    for (int i = 1; i <= kEach; ++i) {
      JournalBatch batch;
      AttemptRecord& a = batch.attempts.emplace_back();
      a.job = "j";
      a.step = step;
      a.attempt = i;
      a.state = "intent";
      a.reserved = usd(0.10);
      batch.limits.emplace();
      batch.limits->job = usd(3.75);
      asked.push_back(commit_later(*own, std::move(batch)));
    }
    for (auto& one : asked)
      if (one.get()) report();
  };
  Child first([&](const std::function<void()>& report) { reserve("a", report); });
  Child second([&](const std::function<void()>& report) { reserve("b", report); });
  ASSERT_TRUE(first.wait_for(1) && second.wait_for(1));
  ASSERT_EQ(::write(start[1], "go", 2), 2);  // a letter each
  EXPECT_EQ(first.drain() + second.drain(), kRoom);
  ::close(start[0]);
  ::close(start[1]);
  EXPECT_EQ(home.open()->books("j", 0).value().job.reserved, usd(3.70));
}

// Of two who reserve at once the second sees what the first has reserved, though that is not committed when it asks.
std::binary_semaphore written{0}, may_commit{0};
std::atomic<bool> first_one{true};

JournalBatch reservation(int number) {
  JournalBatch batch;
  AttemptRecord& a = batch.attempts.emplace_back();
  a.job = "j";
  a.step = "clip";
  a.attempt = number;
  a.state = "intent";
  a.reserved = usd(0.60);
  batch.limits.emplace();
  batch.limits->job = usd(1);
  return batch;
}

TEST_F(PostgresFaults, WhoReservesWaitsForWhoWasBefore) {
  JournalPtr one = home.open(), two = home.open();
  first_one = true;
  base::point_hook = [](base::Point point) {
    if (point != base::Point::group_written || !first_one.exchange(false)) return;
    written.release();
    may_commit.acquire();
  };
  auto before = commit_later(*one, reservation(1));
  written.acquire();
  auto after = commit_later(*two, reservation(2));
  const char* waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  for (int i = 0; i < 3000 && sql(waiting) != "1\n"; ++i)
    if (after.wait_for(std::chrono::milliseconds(10)) == std::future_status::ready) break;
  may_commit.release();
  EXPECT_TRUE(before.get());
  const Status refused = after.get();
  EXPECT_TRUE(!refused && refused.error().code() == Errc::budget);
  base::point_hook = nullptr;
  EXPECT_EQ(two->books("j", 0).value().job.reserved, usd(0.60));
}

// A holder whose lease has just run out writes while another takes the job: one of the two is refused. The holder is
// stopped by a clock that waits, right after its lease was judged.
TEST_F(PostgresFaults, NobodyTakesAJobWhileItsHolderWrites) {
  JournalPtr holder = home.open(), other = home.open();
  sql("CREATE TABLE go (); CREATE TABLE clock (ms bigint); INSERT INTO clock VALUES (1000);"
      "CREATE OR REPLACE FUNCTION vidgen.now_ms() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$BEGIN "
      "WHILE EXISTS (SELECT FROM vidgen.writers WHERE xmin = pg_current_xact_id()::xid) AND NOT EXISTS (SELECT FROM go) "
      "LOOP PERFORM pg_sleep(0.01); END LOOP; RETURN (SELECT ms FROM clock); END$$");
  LeaseRequest want;
  want.job = "j";
  want.holder = "a";
  want.until_ms = 100;
  JournalBatch batch = events("j", 1, 1);
  batch.lease = holder->take(want).value();
  auto late = commit_later(*holder, std::move(batch));
  ASSERT_TRUE(wait_for("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", "1\n"));
  sql("UPDATE clock SET ms = 1100");
  want.holder = "b";
  auto taken = std::async(std::launch::async, [&] { return other->take(want); });
  const char* waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  for (int i = 0; i < 3000 && sql(waiting) != "1\n"; ++i)
    if (taken.wait_for(std::chrono::milliseconds(10)) == std::future_status::ready) break;
  sql("INSERT INTO go DEFAULT VALUES");
  const Status status = late.get();
  const Result<Lease> lease = taken.get();
  ASSERT_TRUE(lease) << lease.error().describe();
  EXPECT_NE(status.has_value(), lease->holder == "b");
  EXPECT_EQ(other->events("j", 0).value().size(), status ? 1U : 0U);
}

// Two find a job free: who comes second waits, and leaves the winner's lease as it is.
TEST_F(PostgresFaults, WhoComesSecondChangesNothing) {
  JournalPtr journal = home.open();
  home.set_clock(1000);
  sql("CREATE TABLE go ()");
  auto winner = std::async(std::launch::async, [&] {
    return sql("DO $$BEGIN INSERT INTO vidgen.leases VALUES ('j', 'b', 7, 900000, 500);"
               " WHILE NOT EXISTS (SELECT FROM go) LOOP PERFORM pg_sleep(0.01); END LOOP; END$$");
  });
  EXPECT_TRUE(wait_for("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", "1\n"));
  LeaseRequest want;
  want.job = "j";
  want.holder = "a";
  want.until_ms = 100;
  auto second = std::async(std::launch::async, [&] { return journal->take(want); });
  EXPECT_TRUE(wait_for("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", "1\n"));
  sql("INSERT INTO go DEFAULT VALUES");
  winner.get();
  EXPECT_EQ(second.get().value().holder, "b");
  EXPECT_EQ(sql("SELECT * FROM vidgen.leases"), "j|b|7|900000|500\n");
}

// A process that stands still within its transaction, as a suspended machine does, holds nobody up for long, and writes
// nothing when it wakes.
TEST_F(PostgresFaults, WhoStandsStillInATransactionIsPassedBy) {
  JournalPtr journal = home.open();
  home.set_clock(1000);
  LeaseRequest want;
  want.job = "j";
  want.holder = "a";
  want.until_ms = 100;
  const Lease old = journal->take(want).value();
  int told[2] = {-1, -1};
  ASSERT_EQ(::pipe(told), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    JournalPtr own = home.open();
    base::point_hook = [](base::Point point) {
      if (point == base::Point::group_written) ::raise(SIGSTOP);
    };
    JournalBatch batch = events("j", 1, 1);
    batch.lease = old;
    const Status status = commit(*own, std::move(batch));
    const char said = !status && status.error().code() == Errc::taken_over ? 'o' : 'x';
    ::_exit(::write(told[1], &said, 1) == 1 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
  ASSERT_TRUE(WIFSTOPPED(status));
  home.set_clock(1100);
  want.holder = "b";
  const auto taken = journal->take(want);
  ASSERT_TRUE(taken) << taken.error().describe();
  EXPECT_EQ(taken->holder, "b");
  ::kill(child, SIGCONT);
  char said = 0;
  EXPECT_EQ(::read(told[0], &said, 1), 1);
  EXPECT_EQ(said, 'o');
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(journal->events("j", 0).value().empty());
  ::close(told[0]);
  ::close(told[1]);
}

}  // namespace
}  // namespace vidgen::test
