// SPDX-License-Identifier: Apache-2.0
#include "flow/budget.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/random.hpp"
#include "flow/conditions.hpp"

namespace vidgen::flow {
namespace {

Books books(double spent, double reserved, double unclear) {
  Books b;
  b.job.spent = usd(spent);
  b.job.reserved = usd(reserved);
  b.job.unclear = usd(unclear);
  b.account = b.day = b.job;
  return b;
}

SpendLimits job_limit(double most) {
  SpendLimits limits;
  limits.job = usd(most);
  return limits;
}

TEST(budget, fits_waits_or_pauses) {
  EXPECT_EQ(judge(books(0, 0.6, 0), job_limit(1), usd(0.4)).fit, Fit::fits);
  const Verdict wait = judge(books(0, 0.6, 0), job_limit(1), usd(0.6));
  EXPECT_EQ(wait.fit, Fit::wait);
  EXPECT_EQ(wait.limit, "job");
  EXPECT_EQ(wait.short_by, usd(0.2));
  EXPECT_EQ(judge(books(0.3, 0.3, 0), job_limit(1), usd(0.8)).fit, Fit::pause);  // nothing under way can make room
  EXPECT_EQ(judge(books(0, 0, 0.6), job_limit(1), usd(0.6)).fit, Fit::wait);     // unclear money may come back
  EXPECT_EQ(judge(books(1.2, 0, 0), job_limit(1), Money()).fit, Fit::pause);     // charged above the limit
}

TEST(budget, no_limit_is_no_limit_and_zero_is_one) {
  EXPECT_EQ(judge(books(1e6, 1e6, 0), SpendLimits(), usd(1e6)).fit, Fit::fits);
  EXPECT_EQ(judge(Books(), job_limit(0), usd(0.01)).fit, Fit::pause);
  EXPECT_EQ(judge(Books(), job_limit(0), Money()).fit, Fit::fits);
}

TEST(budget, the_worst_answer_of_the_three_counts_and_is_named) {
  SpendLimits limits = job_limit(1);
  limits.account = usd(0.9);
  limits.day = usd(0.5);
  Books b = books(0, 0.5, 0);
  b.day.reserved = Money();
  b.day.spent = usd(0.5);
  const Verdict no = judge(b, limits, usd(0.45));
  EXPECT_EQ(no.fit, Fit::pause);
  EXPECT_EQ(no.limit, "day");
  EXPECT_EQ(no.most, usd(0.5));
  EXPECT_NE(describe(no).find("the day, $0.50, is short by $0.45: raise it"), std::string::npos) << describe(no);
  EXPECT_NE(describe(judge(books(0, 0.9, 0), job_limit(1), usd(0.2))).find("may leave enough"), std::string::npos);
}

TEST(budget, what_a_state_holds) {
  for (const char* state : {"planned", "lost"}) EXPECT_EQ(held(state), Held::nothing) << state;
  for (const char* state : {"intent", "sent", "accepted", "running"}) EXPECT_EQ(held(state), Held::reserved) << state;
  for (const char* state : {"succeeded", "stored", "verified", "failed", "cancelled"})
    EXPECT_EQ(held(state), Held::spent) << state;
  EXPECT_EQ(held("ambiguous"), Held::unclear);
  EXPECT_EQ(held("a state of a later version"), Held::reserved);
}

Totals booked(const char* state, double reserved, double settled, bool orphan = false) {
  Totals totals = books(10, 20, 30).job;
  totals.overrun = totals.orphaned = usd(40);
  AttemptRecord a;
  a.state = state;
  a.reserved = usd(reserved);
  a.settled = usd(settled);
  a.orphan = orphan;
  book(totals, a);
  return totals;
}

TEST(budget, every_cent_goes_into_its_own_column) {
  const auto is = [](const Totals& t, double spent, double reserved, double unclear, double overrun, double orphaned) {
    EXPECT_EQ(t.spent, usd(spent));
    EXPECT_EQ(t.reserved, usd(reserved));
    EXPECT_EQ(t.unclear, usd(unclear));
    EXPECT_EQ(t.overrun, usd(overrun));
    EXPECT_EQ(t.orphaned, usd(orphaned));
  };
  is(booked("lost", 1, 2), 10, 20, 30, 40, 40);
  is(booked("sent", 1, 2), 10, 21, 30, 40, 40);
  is(booked("ambiguous", 1, 2), 10, 20, 31, 40, 40);
  is(booked("stored", 2, 2), 12, 20, 30, 40, 40);
  is(booked("stored", 3, 2), 12, 20, 30, 40, 40);        // less than was reserved
  is(booked("failed", 1, 3), 13, 20, 30, 42, 40);        // more
  is(booked("cancelled", 1, 1, true), 11, 20, 30, 40, 41);
}

TEST(budget, to_the_last_micro_dollar) {
  const Money all = usd(1), more = Money::micros(1'000'001), most = Money::micros(999'999);
  EXPECT_EQ(judge(Books(), job_limit(1), all).fit, Fit::fits);
  EXPECT_EQ(judge(Books(), job_limit(1), more).fit, Fit::pause);
  EXPECT_EQ(judge(books(0, 0.5, 0), job_limit(1), all).fit, Fit::wait);  // exactly what is left when that comes back
  EXPECT_EQ(judge(books(0, 0.5, 0), job_limit(1), most).fit, Fit::wait);
  EXPECT_EQ(judge(books(0, 0.5, 0), job_limit(1), more).fit, Fit::pause);
}

// Of limits that are hit alike the first is named: the film's own, which its owner can raise.
TEST(budget, a_film_hears_of_its_own_limit_first) {
  SpendLimits limits = job_limit(1);
  limits.account = limits.day = usd(1);
  const Verdict no = judge(books(0, 0.9, 0), limits, usd(0.2));
  EXPECT_EQ(no.limit, "job");
  EXPECT_NE(describe(no).find("this film's budget, $1.00, is short by $0.10"), std::string::npos) << describe(no);
  limits.job = usd(2);
  EXPECT_EQ(judge(books(0, 0.9, 0), limits, usd(0.2)).limit, "account");
  EXPECT_EQ(describe(Verdict()), "it fits");
}

LeaseRequest asks(const std::string& holder, std::int64_t now_ms, const std::string& instead_of = {}) {
  LeaseRequest r;
  r.job = "j";
  r.holder = holder;
  r.now_ms = now_ms;
  r.until_ms = now_ms + 100;
  r.instead_of = instead_of;
  return r;
}

TEST(budget, one_holder_of_a_job_at_a_time) {
  Conditions c;
  EXPECT_TRUE(c.lease("j").holder.empty());
  EXPECT_EQ(c.lease("j").job, "j");
  const Lease a = c.take(asks("a", 1000));
  EXPECT_EQ(a.holder, "a");
  EXPECT_EQ(a.until_ms, 1100);
  EXPECT_EQ(c.take(asks("a", 1050)).fence, a.fence);  // its own again: longer, and the same
  EXPECT_EQ(c.take(asks("b", 1149)).holder, "a");
  EXPECT_EQ(c.take(asks("b", 1149, "c")).holder, "a");
  const Lease b = c.take(asks("b", 1150));  // it ran out at this moment
  EXPECT_EQ(b.holder, "b");
  EXPECT_EQ(b.fence, a.fence + 1);
  EXPECT_EQ(c.take(asks("c", 1151, "b")).holder, "c");  // whose holder is dead
  EXPECT_EQ(c.lease("j").holder, "c");
}

TEST(budget, what_a_stale_holder_writes_is_refused) {
  Conditions c;
  const Lease stale = c.take(asks("a", 1000));
  Lease mine = c.take(asks("b", 2000));
  JournalBatch batch;
  batch.attempts.emplace_back();
  batch.attempts.back().job = "j";
  batch.attempts.back().state = "intent";
  batch.attempts.back().reserved = usd(1);
  batch.lease = stale;
  const Status refused = c.accept(batch);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::taken_over);
  EXPECT_TRUE(c.books("j", 0).job.reserved.is_zero());
  batch.lease = mine;
  batch.lease->fence -= 1;
  EXPECT_FALSE(c.accept(batch));
  batch.lease = mine;
  batch.lease->until_ms = 9000;
  EXPECT_TRUE(c.accept(batch));
  EXPECT_EQ(c.lease("j").until_ms, 9000);
  EXPECT_EQ(c.books("j", 0).job.reserved, usd(1));
  EXPECT_EQ(c.books("k", 0).account.reserved, usd(1));
  EXPECT_TRUE(c.books("k", 0).job.reserved.is_zero());
  EXPECT_TRUE(c.books("j", 1).day.reserved.is_zero());
  batch.lease->until_ms = 0;  // given back
  EXPECT_TRUE(c.accept(batch));
  EXPECT_TRUE(c.lease("j").holder.empty());
  EXPECT_EQ(c.take(asks("c", 1)).holder, "c");
}

// Random histories: what is committed is never above the limit, and every reservation that fits is granted.
TEST(budget, never_above_the_limit) {
  base::Random random(20261121);
  for (int history = 0; history < 300; ++history) {
    Conditions books_kept;
    const Money limit = usd(1 + static_cast<double>(random.below(300)) / 100);
    std::vector<AttemptRecord> open;
    for (int move = 0; move < 60; ++move) {
      if (open.empty() || random.below(2) == 0) {
        AttemptRecord a;
        a.job = "j" + std::to_string(random.below(3));
        a.step = "s" + std::to_string(move);
        a.state = "intent";
        a.reserved = Money::micros(static_cast<std::int64_t>(random.below(400'000)));
        JournalBatch batch;
        batch.attempts = {a};
        batch.limits.emplace();
        batch.limits->account = limit;
        const bool fits = books_kept.books("", 0).account.committed() + a.reserved <= limit;
        const Status accepted = books_kept.accept(batch);
        EXPECT_EQ(accepted.has_value(), fits);
        if (!accepted) {
          EXPECT_EQ(accepted.error().code(), Errc::budget);
        }
        if (fits) open.push_back(a);
      } else {
        const std::size_t which = random.below(open.size());
        AttemptRecord a = open[which];
        const char* states[] = {"accepted", "ambiguous", "stored", "failed", "lost"};
        a.state = states[random.below(5)];
        a.settled = Money::micros(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(a.reserved.micros()) + 1)));
        JournalBatch batch;
        batch.attempts = {a};
        ASSERT_TRUE(books_kept.accept(batch));
        const Held now = held(a.state);  // what is over stays over
        if (now == Held::spent || now == Held::nothing) open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
      }
      ASSERT_LE(books_kept.books("", 0).account.committed(), limit);
    }
  }
}

}  // namespace
}  // namespace vidgen::flow
