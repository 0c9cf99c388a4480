// SPDX-License-Identifier: Apache-2.0
// How a run ends: what it is booked at, what of it is fetched, and what is given up.
#include "bench.hpp"

namespace vidgen::test {
namespace {

class Ending : public Bench {};

// What a cancelled run is booked at: what is said, nothing where it had not begun, else the worst case.
TEST_F(Ending, ACancelledRunIsBooked) {
  cancelled = [] { return true; };
  provider->on_follow = [](const BackendContext&) { return Error(Errc::interrupted, "stopped"); };
  auto as = [this](RemoteState state, std::optional<Money> cost, std::function<std::optional<Error>()> on_get) {
    journal = std::make_shared<MemoryJournal>();
    provider->on_get = [=, this]() -> std::optional<Error> {
      auto& job = provider->jobs.rbegin()->second;
      job.state = state;
      job.cost = cost;
      job.ended_ms = 300;
      return on_get ? on_get() : std::nullopt;
    };
    EXPECT_EQ(generate().error().code(), Errc::cancelled);
    EXPECT_EQ(states(), Words{"cancelled"});
    EXPECT_EQ(settled[1], last().settled);
    return last();
  };
  EXPECT_EQ(as(RemoteState::cancelled, Money::micros(5), {}).settled, Money::micros(5));
  EXPECT_EQ(last().ended_ms, 300);
  EXPECT_EQ(as(RemoteState::cancelled, std::nullopt, {}).settled, usd(0.10));
  EXPECT_EQ(as(RemoteState::queued, std::nullopt, {}).settled, Money());
  EXPECT_EQ(as(RemoteState::queued, Money::micros(7), {}).settled, Money::micros(7));
  const auto gone = [] { return Error(Errc::not_found, "gone"); };
  EXPECT_EQ(as(RemoteState::queued, Money::micros(7), gone).settled, usd(0.10));
  EXPECT_EQ(last().ended_ms, 0);
}

TEST_F(Ending, TheLastWordIsAskedForFiveTimes) {
  cancelled = [] { return true; };
  provider->on_follow = [](const BackendContext&) { return Error(Errc::interrupted, "stopped"); };
  provider->on_get = [] { return Error(Errc::network, "no route"); };
  const auto began = base::TimerClock::now();
  EXPECT_EQ(generate().error().code(), Errc::cancelled);
  EXPECT_EQ(provider->gets, 5);
  EXPECT_EQ(base::TimerClock::now() - began, std::chrono::seconds(2 + 4 + 8 + 16));
  EXPECT_EQ(last().settled, usd(0.10));
  provider->gets = 0;
  step.key = "another";
  provider->on_get = [this]() -> std::optional<Error> {
    if (provider->gets == 2) return std::nullopt;
    return Error(Errc::network, "no route");
  };
  EXPECT_EQ(generate().error().code(), Errc::cancelled);
  EXPECT_EQ(provider->gets, 2);
  provider->gets = 0;
  step.key = "one more";
  provider->on_get = [] { return Error(Errc::credentials, "no"); };
  EXPECT_EQ(generate().error().code(), Errc::cancelled);
  EXPECT_EQ(provider->gets, 1);
}

TEST_F(Ending, ARunThatIsGoneIsBookedAtItsWorst) {
  provider->on_follow = [](const BackendContext&) { return Error(Errc::not_found, "no such prediction"); };
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::expired);
  EXPECT_EQ(out.error().origin().request_id, "job-1");
  EXPECT_EQ(states(), Words{"failed"});
  EXPECT_EQ(last().settled, usd(0.10));
}

TEST_F(Ending, AResultThatIsGoneIsNotBoughtAgain) {
  provider->on_fetch = [] { return Error(Errc::expired, "deleted"); };
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::expired);
  EXPECT_EQ(states(), Words{"failed"});
  EXPECT_EQ(provider->asked.size(), 1U);
  EXPECT_EQ(last().settled, Money::micros(90'000));
}

TEST_F(Ending, AResultThatCannotBeFetchedNowIsFetchedLater) {
  provider->on_fetch = [] { return Error(Errc::no_space, "the disk is full"); };
  EXPECT_EQ(generate().error().code(), Errc::no_space);
  EXPECT_EQ(states(), Words{"succeeded"});
  provider->on_fetch = nullptr;
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), Words{"verified"});
  EXPECT_EQ(provider->asked.size(), 1U);
}

TEST_F(Ending, WhatCannotBeReadIsFetchedOnceMoreAndThenGivenUp) {
  provider->output = broken;
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(provider->fetches, 2);
  EXPECT_EQ(out.error().origin().request_id, "job-1");
  EXPECT_EQ(out.error().phase(), "what came back cannot be used");
  EXPECT_EQ(states(), Words{"failed"});
  EXPECT_EQ(provider->asked.size(), 1U);
}

TEST_F(Ending, WhatCanBeReadTheSecondTimeIsUsed) {
  provider->output = broken;
  provider->on_fetch = [this]() -> std::optional<Error> {
    if (provider->fetches == 2) provider->output = picture;
    return std::nullopt;
  };
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), Words{"verified"});
}

// Larger than this machine may read: it is not damaged, but nothing will come of it here.
TEST_F(Ending, WhatIsTooLargeIsGivenUpAndWhatIsNotThereIsNot) {
  config.media.max_pixels = 16;
  EXPECT_EQ(generate().error().code(), Errc::media_limit);
  EXPECT_EQ(states(), Words{"failed"});
  config.media = MediaLimits();
  step.key = "another";
  provider->output.sha256 = std::string(64, 'a');
  EXPECT_EQ(generate().error().code(), Errc::not_found);
  EXPECT_EQ(states().back(), "stored");
}

TEST_F(Ending, WhatIsMadeHereEndsWithThisProcess) {
  provider->here = true;
  provider->announces = false;
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), Words{"stored"});  // it is not looked at again
  // A stop is its end, and it is asked for its reason.
  step.key = "another";
  int followed = 0;
  provider->on_follow = [&](const BackendContext& at) -> std::optional<Result<RemoteJob>> {
    if (++followed == 1) return Result<RemoteJob>(Error(Errc::interrupted, "stopped"));
    EXPECT_FALSE(at.stop.stop_possible());
    RemoteJob job = provider->jobs["job-2"];
    job.state = RemoteState::cancelled;
    return Result<RemoteJob>(job);
  };
  provider->on_fetch = [] { return Error(Errc::interrupted, "drawing was stopped"); };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_EQ(provider->cancelled, Words{"job-2"});
  EXPECT_EQ(states().back(), "cancelled");
  // Nothing to say, or something to hand out: the run's own words count.
  for (const bool none : {true, false}) {
    step.key += "!";
    provider->on_follow = nullptr;
    provider->ends_as = RemoteState::failed;
    provider->error = "no such font";
    provider->on_fetch = [none]() -> std::optional<Error> {
      if (none) return Error(Errc::not_found, "no such job");
      return std::nullopt;
    };
    const Result<StepOutcome> out = generate();
    EXPECT_EQ(out.error().code(), Errc::provider);
    EXPECT_NE(out.error().message().find("no such font"), std::string::npos);
  }
}

}  // namespace
}  // namespace vidgen::test
