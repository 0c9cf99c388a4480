// SPDX-License-Identifier: Apache-2.0
// Leases: one holder at a time, and nothing that an old one writes.
#include <atomic>
#include <thread>

#include "stand.hpp"

namespace vidgen::test {
namespace {

class JournalLease : public OfBoth {
 protected:
  Lease take(const std::string& holder, std::int64_t now, std::int64_t lasts, const std::string& instead_of = {}) {
    LeaseRequest want;
    want.job = "j";
    want.holder = holder;
    want.instead_of = instead_of;
    want.now_ms = now;
    want.until_ms = now + lasts;
    home.set_clock(now);
    return journal->take(want).value();
  }
  // So that a lease of kLasts then lasts until `until`.
  Status write(const Lease& lease, std::int64_t seq, std::int64_t until) {
    home.set_clock(until - kLasts);
    JournalBatch batch = events("j", seq, seq);
    batch.lease = lease;
    batch.lease->until_ms = until;
    return commit(*journal, std::move(batch));
  }
  std::size_t written() { return journal->events("j", 0).value().size(); }

  static constexpr std::int64_t kLasts = 100;
  JournalPtr journal = home.open();
};
VIDGEN_OF_BOTH(JournalLease);

TEST_P(JournalLease, OneHolderAtATime) {
  const Lease first = take("a", 1000, 100);
  EXPECT_EQ(first.holder, "a");
  EXPECT_EQ(first.fence, 1);
  EXPECT_EQ(take("a", 1050, 100).fence, 1);  // again: the same lease, for longer
  const Lease refused = take("b", 1100, 100);
  EXPECT_EQ(refused.holder, "a");
  EXPECT_EQ(refused.until_ms, 1150);
}

TEST_P(JournalLease, OneThatRanOutOrIsDeadIsTakenOver) {
  (void)take("a", 1000, 100);
  const Lease second = take("b", 1100, 100);
  EXPECT_EQ(second.holder, "b");
  EXPECT_EQ(second.fence, 2);
  EXPECT_EQ(take("c", 1101, 100, "a").holder, "b");  // who died is not who has it
  const Lease third = take("c", 1101, 100, "b");
  EXPECT_EQ(third.holder, "c");
  EXPECT_EQ(third.fence, 3);
}

TEST_P(JournalLease, AStaleHolderCanWriteNothing) {
  const Lease old = take("a", 1000, 100);
  ASSERT_TRUE(write(old, 1, 1200));
  EXPECT_EQ(take("b", 1150, 100).holder, "a");  // writing made it last longer
  const Lease now = take("b", 1200, 100);
  ASSERT_EQ(now.holder, "b");
  const Status refused = write(old, 2, 1300);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::taken_over);
  EXPECT_EQ(written(), 1U);
  EXPECT_TRUE(write(now, 2, 1300));
}

// Who listens gives no time: then a lease never runs out, but it can be taken from whom the listener names. A holder whose
// clock is set back or forward keeps it, and each of its writes shows.
TEST_P(JournalLease, WithoutATimeItIsTakenOnlyFromWhomTheListenerNames) {
  const Lease held = take("a", 100'000, kLasts);
  const auto listen = [this](const std::string& silent) {
    LeaseRequest want;
    want.job = "j";
    want.holder = "b";
    want.instead_of = silent;
    want.until_ms = kLasts;
    return journal->take(want).value();
  };
  std::int64_t seq = 0, heard = journal->lease("j")->until_ms;
  for (const std::int64_t until : {50'000, 900'000, 200, 100'000}) {
    ASSERT_TRUE(write(held, ++seq, until));
    const Lease now = journal->lease("j").value();
    EXPECT_NE(now.until_ms, heard) << "a sign of life";
    heard = now.until_ms;
    EXPECT_EQ(listen("").holder, "a");
    EXPECT_EQ(listen("c").holder, "a");
    EXPECT_EQ(journal->lease("j")->until_ms, heard) << "listening changes nothing";
  }
  const Lease taken = listen("a");
  EXPECT_EQ(taken.holder, "b");
  EXPECT_EQ(taken.fence, held.fence + 1);
  EXPECT_EQ(write(held, ++seq, 100'000).error().code(), Errc::taken_over);
}

TEST_P(JournalLease, AnOldFenceOfTheSameHolderIsStaleToo) {
  const Lease first = take("a", 1000, 10);
  (void)take("b", 1010, 10);
  const Lease again = take("a", 1020, 10);
  EXPECT_EQ(again.fence, 3);
  EXPECT_FALSE(write(first, 1, 1100));
  EXPECT_TRUE(write(again, 1, 1100));
}

TEST_P(JournalLease, GivenBackItIsFree) {
  const Lease lease = take("a", 1000, 100);
  ASSERT_TRUE(write(lease, 1, 0));
  EXPECT_EQ(journal->lease("j").value().until_ms, 0);
  EXPECT_FALSE(write(lease, 2, 1200));
  const Lease next = take("b", 1001, 100);
  EXPECT_EQ(next.holder, "b");
  EXPECT_EQ(next.fence, 2);
}

TEST_P(JournalLease, AStaleBatchDoesNotTakeItsNeighboursWithIt) {
  const Lease old = take("a", 1000, 10);
  const Lease now = take("b", 1010, 100);
  std::vector<std::future<Status>> done;
  for (int i = 0; i < 20; ++i) {
    JournalBatch batch = events("j", i + 1, i + 1);
    batch.lease = i % 2 == 0 ? now : old;
    done.push_back(commit_later(*journal, std::move(batch)));
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)].get().has_value(), i % 2 == 0) << i;
  EXPECT_EQ(written(), 10U);
}

// A process has many jobs, and what they write comes in one group: each lease is its own.
TEST_P(JournalLease, JobsThatAreWrittenTogetherKeepTheirOwn) {
  std::vector<Lease> held;
  home.set_clock(1000);
  for (int i = 0; i < 6; ++i) {
    LeaseRequest want;
    want.job = "job-" + std::to_string(i);
    want.holder = "holder-" + std::to_string(i);
    want.now_ms = 1000;
    want.until_ms = 1100 + i;
    held.push_back(journal->take(want).value());
  }
  held[3].fence += 1;  // nobody's
  std::vector<std::future<Status>> done;
  for (const Lease& lease : held) {
    JournalBatch batch = events(lease.job, 1, 1);
    batch.lease = lease;
    done.push_back(commit_later(*journal, std::move(batch)));
  }
  for (std::size_t i = 0; i < held.size(); ++i) {
    EXPECT_EQ(done[i].get().has_value(), i != 3) << i;
    const Lease now = journal->lease(held[i].job).value();
    EXPECT_EQ(now.holder, held[i].holder) << i;
    EXPECT_EQ(now.until_ms, held[i].until_ms) << i;
  }
}

// Eight processes want one job: each round has one winner, and the fences tell the order.
TEST_P(JournalLease, ManyWantOne) {
  constexpr int kProcesses = 8, kRounds = 40;
  home.set_clock(1000);
  std::atomic<int> won{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < kProcesses; ++t)
    threads.emplace_back([&, id = "p" + std::to_string(t)] {
      JournalPtr own = home.open();
      for (int round = 0; round < kRounds; ++round) {
        LeaseRequest want;
        want.job = "r" + std::to_string(round);
        want.holder = id;
        want.now_ms = 1000;
        want.until_ms = 2000;
        const auto got = own->take(want);
        if (got && got->holder == id) ++won;
      }
    });
  threads.clear();
  EXPECT_EQ(won, kRounds);
}

}  // namespace
}  // namespace vidgen::test
