// SPDX-License-Identifier: Apache-2.0
// Providers whose jobs outlive this process: a stop leaves them alone, a resume joins them, a lost answer is found
// again, and nothing is made twice.
#include "outliving.hpp"

namespace vidgen {
namespace {

using test::Outliving;
using test::Stand;

std::vector<std::string> states_of(Pipeline& pipeline, const std::string& job, const std::string& step) {
  std::vector<std::string> out;
  for (const AttemptRecord& r : pipeline.attempts(job).value())
    if (r.step == step) out.push_back(r.state);
  return out;
}

TEST(Hosted, AStopLeavesTheJobThereAndAResumeJoinsIt) {
  Stand stand;
  stand.provider->held = true;
  Pipeline first(stand.config());
  auto job = first.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  test::until_a_clip_begins(*job);
  job->interrupt();
  EXPECT_EQ(job->wait().error().code(), Errc::interrupted);
  EXPECT_EQ(stand.provider->cancelled, 0);
  stand.provider->held = false;
  Pipeline second(stand.config());
  auto again = second.attach("film");
  ASSERT_TRUE(again) << again.error().describe();
  auto film = again->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_EQ(stand.provider->most_creates(), 1);
}

TEST(Hosted, ALostAnswerIsFoundAndNothingIsMadeTwice) {
  Stand stand;
  stand.provider->lose_answer = true;
  Pipeline pipeline(stand.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_EQ(stand.provider->searched, 1);
  EXPECT_EQ(stand.provider->most_creates(), 1);
}

TEST(Hosted, WhatNeverArrivedIsMadeByAnotherAttempt) {
  Stand stand;
  stand.provider->swallow = true;
  Pipeline pipeline(stand.config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  int lost = 0;
  for (const AttemptRecord& r : pipeline.attempts("film").value()) {
    if (r.state != "lost") continue;
    ++lost;
    EXPECT_EQ(states_of(pipeline, "film", r.step), (std::vector<std::string>{"lost", "verified"}));
  }
  EXPECT_EQ(lost, 1);
}

TEST(Hosted, WhatCannotBeToldWaitsForAPerson) {
  Stand stand;
  stand.provider->lose_answer = true;
  stand.provider->blind = true;
  Pipeline pipeline(stand.config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  auto film = job->wait();
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::ambiguous);
  EXPECT_EQ(pipeline.job("film")->status, JobStatus::needs_attention);
  EXPECT_EQ(stand.provider->most_creates(), 1);
  // Its answer is heard of in the end: the job goes on and pays nothing again.
  stand.provider->blind = false;
  auto again = pipeline.attach("film");
  ASSERT_TRUE(again) << again.error().describe();
  film = again->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(stand.provider->most_creates(), 1);
}

TEST(Hosted, APersonMaySayThatAnUnclearPaymentIsPaidOnceMore) {
  Stand stand;
  stand.provider->lose_answer = true;
  stand.provider->blind = true;
  Pipeline pipeline(stand.config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->wait().error().code(), Errc::ambiguous);
  ASSERT_TRUE(pipeline.set_on_ambiguous("film", OnAmbiguous::retry));
  auto again = pipeline.attach("film");
  ASSERT_TRUE(again) << again.error().describe();
  ASSERT_TRUE(again->wait());
  int unclear = 0;
  for (const AttemptRecord& r : pipeline.attempts("film").value()) unclear += r.state == "ambiguous" ? 1 : 0;
  EXPECT_EQ(unclear, 1);
  EXPECT_EQ(stand.provider->most_creates(), 2);
  EXPECT_EQ(pipeline.set_on_ambiguous("film", OnAmbiguous::ask).error().code(), Errc::invalid_argument);
}

// Each job costs a cent, also the one whose result cannot be used.
class Priced : public Outliving {
 public:
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    Result<RemoteJob> job = co_await Outliving::get(id, std::move(context));
    if (job && job->state == RemoteState::succeeded) {
      job->cost = Money::micros(10'000);
      std::lock_guard lock(paid_mutex_);
      if (refuse.exchange(false)) {
        job->state = RemoteState::failed;
        job->error = "internal server error";
      }
      paid_.insert(id);
    }
    co_return job;
  }
  Money paid() {
    std::lock_guard lock(paid_mutex_);
    return Money::micros(10'000 * static_cast<std::int64_t>(paid_.size()));
  }
  std::atomic<bool> refuse{true};

 private:
  std::mutex paid_mutex_;
  std::set<std::string> paid_;
};

TEST(Hosted, AFailedAttemptAndAnEarlierProcessArePartOfTheCost) {
  test::Workspace workspace;
  auto provider = std::make_shared<Priced>();
  Config config = workspace.config();
  config.backends.add(provider);
  Money before;
  {
    Pipeline first(config);
    auto job = first.submit(test::small_film(), "film");
    ASSERT_TRUE(job);
    while (auto event = job->next_event())
      if (event->message.rfind("done", 0) == 0 && event->step.rfind("clip", 0) == 0) break;
    job->interrupt();
    EXPECT_EQ(job->wait().error().code(), Errc::interrupted);
    before = provider->paid();
  }
  EXPECT_FALSE(provider->refuse);
  EXPECT_FALSE(before.is_zero());
  Pipeline second(config);
  auto again = second.attach("film");
  ASSERT_TRUE(again) << again.error().describe();
  auto film = again->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->cost, provider->paid());
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

TEST(Hosted, ACancelledJobIsCancelledThere) {
  Stand stand;
  stand.provider->held = true;
  Pipeline pipeline(stand.config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  test::until_a_clip_runs(pipeline);
  job->cancel();
  EXPECT_EQ(job->wait().error().code(), Errc::cancelled);
  EXPECT_GE(stand.provider->cancelled, 1);
}

}  // namespace
}  // namespace vidgen
