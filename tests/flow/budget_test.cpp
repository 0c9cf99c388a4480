// SPDX-License-Identifier: Apache-2.0
#include "flow/budget.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "base/random.hpp"

namespace vidgen::flow {
namespace {

Reserve ask(Budget& b, const std::string& attempt, double worst, const std::string& job = "j", std::int64_t day = 1) {
  return b.reserve(attempt, job, usd(worst), day).value().answer;
}

TEST(budget, admission_is_by_the_likely_price) {
  Budget b;
  EXPECT_FALSE(b.admit("j", usd(0.01)));  // nothing is bought without a stated budget
  EXPECT_TRUE(b.admit("j", Money()));
  b.set_job_limit("j", usd(2));
  EXPECT_TRUE(b.admit("j", usd(2)));
  const Status no = b.admit("j", usd(2.5));
  ASSERT_FALSE(no);
  EXPECT_EQ(no.error().code(), Errc::budget);
  EXPECT_NE(no.error().message().find("$0.50"), std::string::npos);
}

TEST(budget, a_job_without_a_limit_may_spend_nothing) {
  Budget b;
  const auto no = b.reserve("a", "j", usd(0.01), 0);
  ASSERT_TRUE(no);
  EXPECT_EQ(no->answer, Reserve::pause);
  EXPECT_EQ(no->limit, "job");
  EXPECT_EQ(no->short_by, usd(0.01));
}

TEST(budget, waits_for_settlements_and_then_pauses) {
  Budget b;
  b.set_job_limit("j", usd(1));
  EXPECT_EQ(ask(b, "1", 0.6), Reserve::granted);
  const auto no = b.reserve("2", "j", usd(0.6), 1).value();
  EXPECT_EQ(no.answer, Reserve::wait);
  EXPECT_EQ(no.limit, "job");
  EXPECT_EQ(no.short_by, usd(0.2));
  EXPECT_EQ(ask(b, "3", 1.2), Reserve::pause);  // could never fit
  ASSERT_TRUE(b.settle("1", usd(0.3)));
  EXPECT_EQ(ask(b, "2", 0.6), Reserve::granted);
  ASSERT_TRUE(b.settle("2", usd(0.6)));
  EXPECT_EQ(ask(b, "4", 0.2), Reserve::pause);  // nothing is under way that could make room
  EXPECT_EQ(ask(b, "5", 0.1), Reserve::granted);
}

TEST(budget, unclear_money_is_held_and_lost_money_stays_held) {
  Budget b;
  b.set_job_limit("j", usd(1));
  ask(b, "1", 0.6);
  ASSERT_TRUE(b.unclear("1"));
  EXPECT_EQ(ask(b, "2", 0.6), Reserve::wait);
  ASSERT_TRUE(b.lost("1"));
  EXPECT_EQ(ask(b, "2", 0.6), Reserve::pause);
  EXPECT_EQ(b.job("j").committed(), usd(0.6));
  ASSERT_TRUE(b.unclear("1"));
  EXPECT_EQ(b.job("j").lost, usd(0.6));
  ASSERT_TRUE(b.settle("1", usd(0.5)));  // it turned up after all
  EXPECT_EQ(b.job("j").committed(), usd(0.5));
  EXPECT_EQ(b.job("j").lost, Money());
  ASSERT_TRUE(b.release("1"));  // too late: the first end stays
  EXPECT_EQ(b.job("j").spent, usd(0.5));
}

TEST(budget, limits_of_account_and_day) {
  SpendLimits limits;
  limits.account = usd(3);
  limits.day = usd(2);
  Budget b(limits);
  for (const char* j : {"a", "b"}) b.set_job_limit(j, usd(10));
  EXPECT_EQ(ask(b, "1", 1.5, "a", 1), Reserve::granted);
  EXPECT_EQ(b.reserve("2", "b", usd(1), 1).value().limit, "day");
  EXPECT_EQ(ask(b, "2", 1, "b", 2), Reserve::granted);
  EXPECT_EQ(b.reserve("3", "b", usd(1), 3).value().limit, "account");
  EXPECT_EQ(b.day(1).reserved, usd(1.5));
  EXPECT_EQ(b.account().reserved, usd(2.5));
}

TEST(budget, a_provider_that_charges_more_is_booked_as_it_is) {
  Budget b;
  b.set_job_limit("j", usd(1));
  ask(b, "1", 0.5);
  ASSERT_TRUE(b.settle("1", usd(1.2)));
  EXPECT_EQ(b.job("j").spent, usd(1.2));
  EXPECT_EQ(b.job("j").overrun, usd(0.7));
  EXPECT_EQ(ask(b, "2", 0), Reserve::pause);
}

TEST(budget, mistakes) {
  Budget b;
  b.set_job_limit("j", usd(5));
  EXPECT_EQ(b.settle("x", usd(1)).error().code(), Errc::not_found);
  EXPECT_EQ(b.reserve("1", "j", Money::micros(-1), 1).error().code(), Errc::invalid_argument);
  EXPECT_EQ(b.reserve("1", "j", Money::micros(INT64_MAX), 1).error().code(), Errc::invalid_argument);
  EXPECT_EQ(ask(b, "1", 1), Reserve::granted);
  EXPECT_EQ(ask(b, "1", 1), Reserve::granted);  // the same again
  EXPECT_EQ(b.job("j").reserved, usd(1));
  EXPECT_EQ(b.reserve("1", "j", usd(2), 1).error().code(), Errc::invalid_argument);
  EXPECT_EQ(b.settle("1", Money::micros(-1)).error().code(), Errc::invalid_argument);
  EXPECT_EQ(b.restore("1", "j", usd(1), 1, EntryState::settled, usd(1)).error().code(), Errc::invalid_argument);
}

// Random histories: never above a limit, the scopes agree, and a replay of the entries gives the same totals.
TEST(budget, never_above_a_limit) {
  struct Kept {
    std::string job;
    Money worst, cost;
    std::int64_t day = 0;
    EntryState state = EntryState::reserved;
  };
  for (std::uint64_t seed = 0; seed < 15000; ++seed) {
    base::Random r(seed);
    SpendLimits limits;
    limits.account = Money::micros(static_cast<std::int64_t>(r.below(4000)));
    if (r.below(2) == 0) limits.day = Money::micros(static_cast<std::int64_t>(r.below(2000)));
    Budget b(limits);
    std::map<std::string, Money> job_limits;
    for (const char* j : {"a", "b", "c"}) {
      job_limits[j] = Money::micros(static_cast<std::int64_t>(r.below(2000)));
      b.set_job_limit(j, job_limits[j]);
    }
    std::map<std::string, Kept> kept;
    for (int i = 0; i < 60; ++i) {
      const std::string id = std::to_string(r.below(30));
      if (!kept.count(id)) {
        Kept k;
        k.job = std::string(1, static_cast<char>('a' + r.below(3)));
        k.worst = Money::micros(static_cast<std::int64_t>(r.below(700)));
        k.day = static_cast<std::int64_t>(r.below(3));
        if (b.reserve(id, k.job, k.worst, k.day).value().answer == Reserve::granted) kept[id] = k;
      } else {
        Kept& k = kept[id];
        const bool over = k.state == EntryState::settled || k.state == EntryState::released;
        const std::uint64_t what = r.below(4);
        const Money cost =
            Money::micros(static_cast<std::int64_t>(r.below(static_cast<std::uint64_t>(k.worst.micros()) + 1)));
        if (what == 0) {
          ASSERT_TRUE(b.settle(id, cost));
        }
        if (what == 1) {
          ASSERT_TRUE(b.release(id));
        }
        if (what == 2) {
          ASSERT_TRUE(b.unclear(id));
        }
        if (what == 3) {
          ASSERT_TRUE(b.lost(id));
        }
        const EntryState to[] = {EntryState::settled, EntryState::released, EntryState::unclear, EntryState::lost};
        if (!over && !(what == 2 && k.state == EntryState::lost)) {
          k.state = to[what];
          if (what == 0) k.cost = cost;
        }
      }
      ASSERT_LE(b.account().committed(), *limits.account) << "seed " << seed;
      for (const auto& [j, limit] : job_limits) ASSERT_LE(b.job(j).committed(), limit) << "seed " << seed;
      if (limits.day) {
        for (std::int64_t d = 0; d < 3; ++d) ASSERT_LE(b.day(d).committed(), *limits.day) << "seed " << seed;
      }
    }
    Budget again;
    for (const auto& [id, k] : kept) ASSERT_TRUE(again.restore(id, k.job, k.worst, k.day, k.state, k.cost));
    ASSERT_EQ(again.account().spent, b.account().spent) << "seed " << seed;
    ASSERT_EQ(again.account().reserved, b.account().reserved) << "seed " << seed;
    ASSERT_EQ(again.account().unclear, b.account().unclear) << "seed " << seed;
    ASSERT_EQ(again.job("a").committed() + again.job("b").committed() + again.job("c").committed(),
              b.account().committed());
  }
}

}  // namespace
}  // namespace vidgen::flow
