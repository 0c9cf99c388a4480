// SPDX-License-Identifier: Apache-2.0
// What goes in comes out, whole, in order, all or nothing.
#include "stand.hpp"

namespace vidgen::test {
namespace {

class JournalRecords : public OfBoth {
 protected:
  JournalPtr journal = home.open();
};
VIDGEN_OF_BOTH(JournalRecords);

TEST_P(JournalRecords, AnEmptyJournalHasNothing) {
  EXPECT_TRUE(journal->jobs().value().empty());
  EXPECT_EQ(journal->job("none").value(), std::nullopt);
  EXPECT_TRUE(journal->events("none", 0).value().empty());
  EXPECT_FALSE(journal->result("none").value());
  EXPECT_TRUE(journal->attempts("none").value().empty());
  EXPECT_TRUE(commit(*journal, JournalBatch()));
}

TEST_P(JournalRecords, AJobComesBackWhole) {
  JobRecord in = job("j1", 17);
  in.request = "{\"prompt\":\"it's a mug; DROP TABLE jobs\"}";
  in.spec = "{}";
  in.plan = std::string("a\0b", 3) + "é漢";
  in.status = JobStatus::needs_attention;
  in.reason = "budget";
  in.film = "{\"path\":\"x\"}";
  in.owner = 4711;
  JournalBatch batch;
  batch.jobs.push_back(in);
  ASSERT_TRUE(commit(*journal, batch));
  JobRecord out = journal->job("j1").value().value();
  EXPECT_EQ(out.created_ms, 17);
  EXPECT_EQ(out.request, in.request);
  EXPECT_EQ(out.spec, in.spec);
  EXPECT_EQ(out.plan, in.plan);
  EXPECT_EQ(out.status, in.status);
  EXPECT_EQ(out.reason, in.reason);
  EXPECT_EQ(out.film, in.film);
  EXPECT_EQ(out.owner, 4711);
}

TEST_P(JournalRecords, AJobIsReplacedAndTheNewestComesFirst) {
  JournalBatch batch;
  batch.jobs = {job("old", 1), job("new", 3), job("middle", 2)};
  ASSERT_TRUE(commit(*journal, batch));
  batch.jobs = {job("old", 1)};
  batch.jobs[0].status = JobStatus::complete;
  ASSERT_TRUE(commit(*journal, batch));
  auto jobs = journal->jobs().value();
  ASSERT_EQ(jobs.size(), 3U);
  EXPECT_EQ(jobs[0].id, "new");
  EXPECT_EQ(jobs[1].id, "middle");
  EXPECT_EQ(jobs[2].status, JobStatus::complete);
}

TEST_P(JournalRecords, AnAttemptComesBackWhole) {
  AttemptRecord in;
  in.job = "j";
  in.step = "clip-3";
  in.key = "abc";
  in.attempt = 2;
  in.state = "accepted";
  in.provider = "acme";
  in.provider_id = "p-1";
  in.seed = 0x7fffffff;
  in.reserved = usd(1.25);
  in.settled = Money::micros(1);
  in.time_ms = 1234567890123;
  in.detail = "took a while";
  JournalBatch batch;
  batch.attempts.push_back(in);
  ASSERT_TRUE(commit(*journal, batch));
  auto out = journal->attempts("j").value();
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].step, in.step);
  EXPECT_EQ(out[0].key, in.key);
  EXPECT_EQ(out[0].attempt, 2);
  EXPECT_EQ(out[0].state, in.state);
  EXPECT_EQ(out[0].provider, in.provider);
  EXPECT_EQ(out[0].provider_id, in.provider_id);
  EXPECT_EQ(out[0].seed, in.seed);
  EXPECT_EQ(out[0].reserved, in.reserved);
  EXPECT_EQ(out[0].settled, in.settled);
  EXPECT_EQ(out[0].time_ms, in.time_ms);
  EXPECT_EQ(out[0].detail, in.detail);
}

TEST_P(JournalRecords, EventsAreReplayedAfterAnyNumber) {
  ASSERT_TRUE(commit(*journal, events("j", 1, 10)));
  ASSERT_TRUE(commit(*journal, events("other", 1, 3)));
  auto out = journal->events("j", 7).value();
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[0], event("j", 8));
  EXPECT_EQ(out[2], event("j", 10));
  EXPECT_TRUE(journal->events("j", 10).value().empty());
}

TEST_P(JournalRecords, AResultIsOfTheWholeWorkspace) {
  JournalBatch batch;
  batch.results = {result("key", "{\"outputs\":[]}")};
  ASSERT_TRUE(commit(*journal, batch));
  EXPECT_EQ(journal->result("key").value()->outcome, "{\"outputs\":[]}");
}

TEST_P(JournalRecords, ABatchIsAllOrNothing) {
  ASSERT_TRUE(commit(*journal, events("j", 1, 1)));
  JournalBatch bad = events("j", 1, 1);  // that number is taken
  bad.jobs.push_back(job("j"));
  bad.results.push_back(result("key", "{}"));
  Status status = commit(*journal, bad);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code(), Errc::journal);
  EXPECT_EQ(journal->job("j").value(), std::nullopt);
  EXPECT_FALSE(journal->result("key").value());
  EXPECT_TRUE(commit(*journal, events("j", 2, 2)));  // and the journal goes on
}

TEST_P(JournalRecords, ABadBatchDoesNotTakeItsNeighbours) {
  ASSERT_TRUE(commit(*journal, events("j", 1, 1)));
  std::vector<std::future<Status>> done;
  for (int i = 0; i < 50; ++i)  // handed in at once, so they share transactions
    done.push_back(commit_later(*journal, i % 10 == 5 ? events("j", 1, 1) : events("j", 100 + i, 100 + i)));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)].get().has_value(), i % 10 != 5) << i;
  EXPECT_EQ(journal->events("j", 0).value().size(), 46U);
}

TEST_P(JournalRecords, WhatWasHandedInIsCommittedWhenTheJournalCloses) {
  std::vector<std::future<Status>> done;
  for (int i = 1; i <= 100; ++i) done.push_back(commit_later(*journal, events("j", i, i)));
  journal.reset();
  for (auto& one : done) EXPECT_TRUE(one.get());
  EXPECT_EQ(home.open()->events("j", 0).value().size(), 100U);
}

}  // namespace
}  // namespace vidgen::test
