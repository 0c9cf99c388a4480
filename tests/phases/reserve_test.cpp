// SPDX-License-Identifier: Apache-2.0
// What is reserved for an attempt before it is sent, and what holds it back.
#include "bench.hpp"

namespace vidgen::test {
namespace {

class Budgets : public Bench {
 protected:
  AttemptRecord other(Money reserved, const std::string& state) {
    AttemptRecord a;
    a.job = "film";
    a.step = "clip_09";
    a.key = "other";
    a.attempt = 1;
    a.state = state;
    a.reserved = a.settled = reserved;
    a.time_ms = config.clock->now_ms();
    return a;
  }
};

TEST_F(Budgets, NothingIsBoughtWithoutOne) {
  request.budget.reset();
  EXPECT_EQ(generate().error().code(), Errc::budget);
  EXPECT_TRUE(journal->all.empty());
  EXPECT_TRUE(provider->asked.empty());
  config.budget = usd(0.10);
  EXPECT_TRUE(generate());
}

TEST_F(Budgets, WhatCostsNothingNeedsNone) {
  request.budget.reset();
  step.most = Money();
  model.prices = {price_of(Money(), PriceKind::free)};
  EXPECT_TRUE(generate());
}

// What the plan holds for free may cost something since.
TEST_F(Budgets, APriceSinceThePlanNeedsOne) {
  request.budget.reset();
  step.most = Money();
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::budget);
}

TEST_F(Budgets, EachLimitCounts) {
  for (const char* name : {"job", "account", "day"}) {
    config = Config();
    config.backends.add(provider);
    config.clock = std::make_shared<Noon>();
    request.budget = usd(name == std::string("job") ? 0.09 : 5);
    if (name == std::string("account")) config.limits.per_account = usd(0.09);
    if (name == std::string("day")) config.limits.per_day = usd(0.09);
    const Result<StepOutcome> out = generate();
    ASSERT_FALSE(out) << name;
    EXPECT_EQ(out.error().code(), Errc::budget) << name;
    EXPECT_NE(out.error().message().find(name == std::string("job") ? "this film" : name), std::string::npos);
  }
  EXPECT_TRUE(journal->all.empty());
}

TEST_F(Budgets, ItWaitsForWhatIsUnderWay) {
  request.budget = usd(0.15);
  journal->put(other(usd(0.10), "sent"));
  int refused = 0;
  journal->refuse = [&](const JournalBatch&) -> Status {
    if (++refused < 4) return {};
    AttemptRecord done = other(usd(0.10), "failed");
    done.settled = Money();
    journal->put(done);
    return {};
  };
  const auto began = base::TimerClock::now();
  ASSERT_TRUE(generate());
  EXPECT_EQ(base::TimerClock::now() - began, std::chrono::milliseconds(1500));
}

// What is unclear waits for a person, who cannot be waited for.
TEST_F(Budgets, WhatIsUnclearIsNotWaitedFor) {
  for (const char* scope : {"job", "account", "day"}) {
    journal = std::make_shared<MemoryJournal>();
    journal->put(other(usd(0.10), "ambiguous"));
    config.limits = Limits();
    request.budget = usd(scope == std::string("job") ? 0.15 : 5);
    if (scope == std::string("account")) config.limits.per_account = usd(0.15);
    if (scope == std::string("day")) config.limits.per_day = usd(0.15);
    EXPECT_EQ(generate().error().code(), Errc::budget) << scope;
    EXPECT_EQ(states(), Words{"ambiguous"});
  }
}

TEST_F(Budgets, AStopEndsTheWait) {
  request.budget = usd(0.15);
  journal->put(other(usd(0.10), "sent"));
  int tries = 0;
  journal->refuse = [&](const JournalBatch&) -> Status {
    if (++tries == 3) stop.request_stop();
    return {};
  };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_EQ(tries, 3);
}

TEST_F(Budgets, BooksThatCannotBeReadAreAnError) {
  request.budget = usd(0.05);
  journal->without_books = true;
  EXPECT_EQ(generate().error().code(), Errc::journal);
}

}  // namespace
}  // namespace vidgen::test
