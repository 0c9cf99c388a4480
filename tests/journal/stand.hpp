// SPDX-License-Identifier: Apache-2.0
// What the journal's tests share: a place for a journal of either kind, commits that wait, records to commit.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "journal/postgres.hpp"
#include "journal/sqlite.hpp"
#include "support/postgres.hpp"
#include "support/temp.hpp"

namespace vidgen::test {

using JournalPtr = std::shared_ptr<Journal>;

inline JournalPtr opened(Result<JournalPtr> journal) {
  EXPECT_TRUE(journal) << (journal ? "" : journal.error().describe());
  return journal ? *journal : nullptr;
}

inline JournalPtr open(const std::string& path) {
  return opened(journal::open_sqlite(path));
}

enum class Kind { sqlite, postgres };

// Where one journal is: a file, or a database of a server of our own.
class Home {
 public:
  explicit Home(Kind kind) : kind_(kind) {
    if (kind == Kind::sqlite) address_ = folder_.file("vidgen.db");
    if (kind != Kind::postgres || !journal::find_libpq()) return;
    if (PostgresServer* server = PostgresServer::get()) address_ = server->make_database();
    EXPECT_EQ(PostgresServer::why(), "");
  }
  // False: this machine has no PostgreSQL server, or this build no journal for it.
  bool there() const { return !address_.empty(); }
  const std::string& address() const { return address_; }
  Result<JournalPtr> try_open() const {
    return kind_ == Kind::sqlite ? journal::open_sqlite(address_) : journal::open_postgres(address_);
  }
  JournalPtr open() const { return there() ? opened(try_open()) : nullptr; }

  // What time it is for a journal with a clock of its own.
  void set_clock(std::int64_t ms) const {
    if (kind_ == Kind::postgres)
      PostgresServer::get()->sql("CREATE OR REPLACE FUNCTION vidgen.now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT " +
                                     std::to_string(ms) + "::bigint'",
                                 address_);
  }
  // A server may still be busy with the last words of a process that was killed: waits until nobody is connected.
  void wait_until_left() const {
    if (kind_ == Kind::sqlite) return;
    const char* others =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for (int i = 0; i < 2000 && PostgresServer::get()->sql(others, address_) != "0\n"; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

 private:
  const Kind kind_;
  TempFolder folder_;
  std::string address_;
};

// A test that both journals have to pass.
class OfBoth : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (!home.there()) GTEST_SKIP() << "no PostgreSQL server is installed (Debian: postgresql)";
  }
  Home home{GetParam()};
};

inline std::string name_of(const ::testing::TestParamInfo<Kind>& kind) {
  return kind.param == Kind::sqlite ? "SQLite" : "PostgreSQL";
}

#define VIDGEN_OF_BOTH(suite) \
  INSTANTIATE_TEST_SUITE_P(Both, suite, ::testing::Values(Kind::sqlite, Kind::postgres), name_of)

inline std::future<Status> commit_later(Journal& journal, JournalBatch batch) {
  auto promise = std::make_shared<std::promise<Status>>();
  auto future = promise->get_future();
  journal.commit(std::move(batch), [promise](Status status) { promise->set_value(std::move(status)); });
  return future;
}

inline Status commit(Journal& journal, JournalBatch batch) {
  return commit_later(journal, std::move(batch)).get();
}

inline JobRecord job(const std::string& id, std::int64_t created_ms = 1) {
  JobRecord j;
  j.id = id;
  j.created_ms = created_ms;
  j.request = "{}";
  return j;
}

inline Event event(const std::string& job, std::int64_t seq) {
  Event e;
  e.job = job;
  e.seq = seq;
  e.kind = "note";
  e.message = "number " + std::to_string(seq);
  return e;
}

inline JournalBatch events(const std::string& job, std::int64_t first, std::int64_t last) {
  JournalBatch batch;
  for (std::int64_t seq = first; seq <= last; ++seq) batch.events.push_back(event(job, seq));
  return batch;
}

inline ResultRecord result(const std::string& key, const std::string& outcome) {
  ResultRecord r;
  r.key = key;
  r.outcome = outcome;
  return r;
}

}  // namespace vidgen::test
