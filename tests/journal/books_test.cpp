// SPDX-License-Identifier: Apache-2.0
// The books: what attempts count, and that no reservation goes above a limit, whoever asks at the same time.
#include "flow/budget.hpp"

#include <atomic>
#include <thread>

#include "flow/conditions.hpp"
#include "journal/database.hpp"
#include "journal/schema.hpp"
#include "stand.hpp"

namespace vidgen::test {
namespace {

constexpr std::int64_t kDay = 86'400'000;

AttemptRecord attempt(const std::string& job, int number, const std::string& state, double reserved, double settled = 0,
                      std::int64_t time_ms = kDay) {
  AttemptRecord a;
  a.job = job;
  a.step = "clip";
  a.attempt = number;
  a.state = state;
  a.reserved = usd(reserved);
  a.settled = usd(settled);
  a.time_ms = time_ms;
  return a;
}

JournalBatch intent(const AttemptRecord& a, std::optional<Money> job, std::optional<Money> account = {},
                    std::optional<Money> day = {}) {
  JournalBatch batch;
  batch.attempts.push_back(a);
  batch.limits.emplace();
  batch.limits->job = job;
  batch.limits->account = account;
  batch.limits->day = day;
  return batch;
}

class JournalBooks : public OfBoth {
 protected:
  JournalPtr journal = home.open();
};
VIDGEN_OF_BOTH(JournalBooks);

TEST_P(JournalBooks, EachStateCountsWhatItMayCost) {
  JournalBatch batch;
  const char* states[] = {"planned", "intent", "sent",   "accepted",  "running",   "succeeded",
                          "stored",  "failed", "cancelled", "ambiguous", "lost", "verified"};
  int n = 0;
  for (const char* state : states) batch.attempts.push_back(attempt("j", ++n, state, 0.10, 0.03));
  batch.attempts.push_back(attempt("j", ++n, "stored", 0.10, 0.50));         // charged above its worst case
  batch.attempts.push_back(attempt("k", 1, "stored", 0.20, 0.20, 2 * kDay));  // another job, another day
  ASSERT_TRUE(commit(*journal, batch));
  const Books books = journal->books("j", 1).value();
  EXPECT_EQ(books.job.reserved, usd(0.40));
  EXPECT_EQ(books.job.unclear, usd(0.10));
  EXPECT_EQ(books.job.spent, usd(5 * 0.03 + 0.50));
  EXPECT_EQ(books.job.overrun, usd(0.40));
  EXPECT_EQ(books.day, books.job);
  EXPECT_EQ(books.account.spent, books.job.spent + usd(0.20));
  flow::Conditions memory;  // the same rules without a database
  for (const AttemptRecord& a : batch.attempts) memory.load(a);
  EXPECT_EQ(memory.books("j", 1).job, books.job);
  EXPECT_EQ(memory.books("j", 1).account, books.account);
}

TEST_P(JournalBooks, WhatDoesNotFitIsNotWritten) {
  ASSERT_TRUE(commit(*journal, intent(attempt("j", 1, "intent", 0.60), usd(1))));
  const Status refused = commit(*journal, intent(attempt("j", 2, "intent", 0.60), usd(1)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::budget);
  EXPECT_NE(refused.error().message().find("short by $0.20"), std::string::npos) << refused.error().message();
  EXPECT_EQ(journal->attempts("j").value().size(), 1U);
  ASSERT_TRUE(commit(*journal, intent(attempt("j", 1, "stored", 0.60, 0.30), std::nullopt)));
  EXPECT_TRUE(commit(*journal, intent(attempt("j", 2, "intent", 0.60), usd(1))));
}

// Whatever is written with it, and before it in the same group.
TEST_P(JournalBooks, NothingHidesAReservationThatDoesNotFit) {
  for (int n = 0; n < 16; ++n) {
    const std::string name = "job-" + std::to_string(n);
    JournalBatch batch = intent(attempt(name, 1, "intent", 0.60), usd(0.50)), before;
    if (n & 1) batch.jobs.push_back(job(name));
    if (n & 2) batch.results.push_back(result(name, "{}"));
    if (n & 4) batch.events = events(name, 1, 2).events;
    if (n & 8) before = events("other", 3 * n, 3 * n + 2);
    auto first = commit_later(*journal, before);
    const Status refused = commit(*journal, batch);
    ASSERT_FALSE(refused) << n;
    EXPECT_EQ(refused.error().code(), Errc::budget) << n;
    EXPECT_TRUE(first.get()) << n;
    EXPECT_TRUE(journal->attempts(name).value().empty()) << n;
  }
}

TEST_P(JournalBooks, TheAccountAndTheDayHaveLimitsOfTheirOwn) {
  ASSERT_TRUE(commit(*journal, intent(attempt("a", 1, "intent", 0.60), usd(9), usd(1), usd(0.7))));
  const Status account = commit(*journal, intent(attempt("b", 1, "intent", 0.60, 0, 2 * kDay), usd(9), usd(1)));
  ASSERT_FALSE(account);
  EXPECT_NE(account.error().message().find("account"), std::string::npos);
  EXPECT_FALSE(commit(*journal, intent(attempt("b", 1, "intent", 0.20), usd(9), usd(1), usd(0.7))));
  EXPECT_TRUE(commit(*journal, intent(attempt("b", 1, "intent", 0.20, 0, 2 * kDay), usd(9), usd(1), usd(0.7))));
}

// A thousand at once, from several journals at one place, on a budget that has room for 37.
TEST_P(JournalBooks, NoReservationGoesAboveALimitHoweverManyAsk) {
  constexpr int kThreads = 4, kEach = 250, kRoom = 37;
  std::atomic<int> granted{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&, t] {
        JournalPtr own = home.open();
        std::vector<std::future<Status>> asked;
        for (int i = 0; i < kEach; ++i)
          asked.push_back(commit_later(*own, intent(attempt("j", t * kEach + i + 1, "intent", 0.10), usd(3.75))));
        for (auto& one : asked)
          if (one.get()) ++granted;
      });
  }
  EXPECT_EQ(granted, kRoom);
  EXPECT_EQ(journal->books("j", 1).value().job.reserved, usd(3.70));
}

TEST(JournalBooksOfOld, AFileOfTheFirstVersionIsMigratedWithItsMoney) {
  TempFolder folder;
  const std::string path = folder.file("old.db");
  {
    auto db = journal::Database::open(path).value();
    ASSERT_TRUE(db->run(journal::kMigrations[0]));
    ASSERT_TRUE(db->run("INSERT INTO attempts VALUES ('j','a',1,'k','stored','p','id',7,100000,90000,86400001,'')"));
    ASSERT_TRUE(db->run("INSERT INTO attempts VALUES ('j','b',1,'k','ambiguous','p','',8,200000,0,86400001,'')"));
    ASSERT_TRUE(db->run("INSERT INTO attempts VALUES ('j','c',1,'k','accepted','p','x',9,300000,0,86400001,'')"));
    ASSERT_TRUE(db->run("PRAGMA user_version=1"));
  }
  const Books books = open(path)->books("j", 1).value();
  EXPECT_EQ(books.job.spent, usd(0.09));
  EXPECT_EQ(books.job.unclear, usd(0.20));
  EXPECT_EQ(books.job.reserved, usd(0.30));
  EXPECT_EQ(books.day, books.job);
}

}  // namespace
}  // namespace vidgen::test
