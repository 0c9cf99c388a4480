// SPDX-License-Identifier: Apache-2.0
// Money in a running film: every clip is reserved before it is sent, nothing goes above a limit, and a job that runs into
// one waits with everything kept until the limit is raised.
#include "shop.hpp"

namespace vidgen {
namespace {

using test::Shop;

TEST(BudgetOfAJob, WhatWasBoughtIsOnTheBooks) {
  Shop shop;
  Pipeline pipeline(shop.config());
  auto job = pipeline.submit(Shop::film(), "film");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  const auto plan = pipeline.plan(Shop::film()).value();
  ASSERT_GE(plan.clips.size(), 3U);
  const Money price = usd(0.10) * static_cast<std::int64_t>(plan.clips.size());
  const auto journal = pipeline.journal().value();
  const Books books = journal->books("film", day_of(machine_clock()->now_ms())).value();
  EXPECT_EQ(books.job.spent, price);
  EXPECT_EQ(books.job.reserved, Money());
  EXPECT_EQ(books.account, books.job);
}

TEST(BudgetOfAJob, ADayThatIsSpentPausesTheJobAndRaisingItGoesOn) {
  Shop shop;
  Config config = shop.config();
  config.limits.per_day = usd(0.25);
  std::map<std::string, int> before;
  {
    Pipeline pipeline(config);
    auto job = pipeline.submit(Shop::film(), "film");
    ASSERT_TRUE(job) << job.error().describe();
    auto film = job->wait();
    ASSERT_FALSE(film);
    EXPECT_EQ(film.error().code(), Errc::budget);
    EXPECT_NE(film.error().message().find("the day"), std::string::npos) << film.error().message();
    EXPECT_EQ(pipeline.job("film")->status, JobStatus::needs_attention);
    const Books books = pipeline.journal().value()->books("film", day_of(machine_clock()->now_ms())).value();
    EXPECT_EQ(books.day.committed(), usd(0.20));
    before = shop.stand.provider->created;
  }
  config.limits.per_day = usd(1);
  Pipeline pipeline(config);
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  for (const auto& [key, times] : before) EXPECT_EQ(shop.stand.provider->created[key], times) << "bought twice";
  EXPECT_EQ(shop.stand.provider->most_creates(), 1);
}

// The plan is of a day on which a clip cost ten cents; what is sent today is reserved at today's price.
TEST(BudgetOfAJob, APriceThatRoseSinceThePlanIsReserved) {
  Shop shop;
  Config config = shop.config();
  config.limits.per_day = usd(0.05);
  {
    Pipeline pipeline(config);
    auto job = pipeline.submit(Shop::film(), "film");
    ASSERT_TRUE(job) << job.error().describe();
    EXPECT_EQ(job->wait().error().code(), Errc::budget);
  }
  shop.set_price("0.30");
  config.limits.per_day = usd(0.45);
  {
    Pipeline pipeline(config);
    auto job = pipeline.attach("film");
    ASSERT_TRUE(job) << job.error().describe();
    EXPECT_EQ(job->wait().error().code(), Errc::budget);
    std::set<std::int64_t> reserved;
    for (const AttemptRecord& r : pipeline.attempts("film").value())
      if (r.step.rfind("clip", 0) == 0) reserved.insert(r.reserved.micros());
    EXPECT_EQ(reserved, std::set<std::int64_t>{300'000});
  }
}

TEST(BudgetOfAJob, AJobsOwnBudgetIsRaised) {
  Shop shop;
  Pipeline pipeline(shop.config());
  Request request = Shop::film();
  request.budget = usd(0.15);
  auto job = pipeline.submit(request, "film");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->wait().error().code(), Errc::budget);
  EXPECT_EQ(shop.bought(), 0);
  ASSERT_TRUE(pipeline.set_budget("film", usd(2)));
  auto again = pipeline.attach("film");
  ASSERT_TRUE(again) << again.error().describe();
  auto film = again->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(pipeline.set_budget("film", usd(3)).error().code(), Errc::invalid_argument);
  EXPECT_EQ(pipeline.set_budget("none", usd(3)).error().code(), Errc::not_found);
}

TEST(BudgetOfAJob, TwoJobsShareTheAccount) {
  Shop shop;
  Config config = shop.config();
  config.limits.per_account = usd(0.50);
  Pipeline pipeline(config);
  Request other = Shop::film();
  other.seed = 8;
  auto first = pipeline.submit(Shop::film(), "one");
  auto second = pipeline.submit(other, "two");
  ASSERT_TRUE(first && second);
  (void)first->wait();
  (void)second->wait();
  const Books books = pipeline.journal().value()->books("one", 0).value();
  EXPECT_LE(books.account.committed(), usd(0.50));
  EXPECT_EQ(books.account.committed(), usd(0.50));  // all of it was used
}

}  // namespace
}  // namespace vidgen
