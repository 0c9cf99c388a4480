// SPDX-License-Identifier: Apache-2.0
// Answers that nobody heard, requests that never arrived, and what is asked of whom about them.
#include "bench.hpp"

namespace vidgen::test {
namespace {

class Lost : public Bench {};

std::optional<Error> transient() {
  return Error(Errc::provider, "internal server error");
}

TEST_F(Lost, ALostAnswerIsFound) {
  provider->lose = 1;
  const Result<StepOutcome> out = generate();
  ASSERT_TRUE(out) << out.error().describe();
  EXPECT_EQ(journal->written,
            (Words{"intent", "sent", "ambiguous", "accepted", "running", "succeeded", "stored", "verified"}));
  EXPECT_EQ(provider->jobs.size(), 1U);
  EXPECT_EQ(last().provider_id, "job-1");
}

TEST_F(Lost, ALostRequestIsMadeAnew) {
  provider->swallow = 1;
  const Result<StepOutcome> out = generate();
  ASSERT_TRUE(out) << out.error().describe();
  EXPECT_EQ(states(), (Words{"lost", "verified"}));
  EXPECT_EQ(notes.size(), 1U);
  provider->swallow = 3;
  step.key = "another";
  EXPECT_FALSE(generate());
  EXPECT_EQ(states().size(), 5U);
}

TEST_F(Lost, OthersIdsAreToldToTheSearch) {
  earlier("verified", "job-of-another-step").step = "clip_02";
  earlier("lost").step = "clip_02";
  provider->lose = 1;
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->owned, Words{"job-of-another-step"});
  EXPECT_EQ(last().attempt, 1);
}

TEST_F(Lost, WhatCannotBeToldIsAPersons) {
  provider->lose = 1;
  provider->on_find = [](const BackendContext&) { return Error(Errc::ambiguous, "it cannot be told"); };
  EXPECT_EQ(generate().error().code(), Errc::ambiguous);
  EXPECT_EQ(states(), Words{"ambiguous"});
  request.on_ambiguous = OnAmbiguous::retry;
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), (Words{"ambiguous", "verified"}));
  EXPECT_EQ(journal->all[0].detail, "given up, as --on-ambiguous retry says");
}

TEST_F(Lost, WhoWantsNoSearchGetsTheErrorAtOnce) {
  provider->lose = 1;
  request.on_ambiguous = OnAmbiguous::fail;
  EXPECT_EQ(generate().error().code(), Errc::ambiguous);
  EXPECT_EQ(provider->finds, 0);
  EXPECT_EQ(states(), Words{"ambiguous"});
}

// Nothing is asked about an attempt of which it is not written down that its answer was lost.
TEST_F(Lost, ALostAnswerIsWrittenDownBeforeItIsLookedFor) {
  provider->lose = 1;
  journal->refuse = [](const JournalBatch& b) {
    return b.attempts[0].state == "ambiguous" ? Status(Error(Errc::journal, "no")) : Status();
  };
  EXPECT_EQ(generate().error().code(), Errc::journal);
  EXPECT_EQ(provider->finds, 0);
  EXPECT_EQ(states(), Words{"sent"});
}

TEST_F(Lost, AStoppedJobDoesNotSearchOn) {
  provider->lose = 1;
  provider->on_find = [this](const BackendContext&) {
    stop.request_stop();
    return Error(Errc::interrupted, "stopped");
  };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_EQ(provider->finds, 1);
  EXPECT_EQ(states(), Words{"ambiguous"});
}

TEST_F(Lost, ACancelledJobSearchesOnSoThatItCanCancelThere) {
  provider->lose = 1;
  cancelled = [this] { return stop.stop_requested(); };
  provider->on_find = [this](const BackendContext& at) -> std::optional<Error> {
    if (!at.stop.stop_possible()) return std::nullopt;
    stop.request_stop();
    return Error(Errc::interrupted, "stopped");
  };
  provider->on_follow = [](const BackendContext&) { return Error(Errc::interrupted, "stopped"); };
  EXPECT_EQ(generate().error().code(), Errc::cancelled);
  EXPECT_EQ(provider->finds, 2);
  EXPECT_EQ(provider->cancelled, Words{"job-1"});
  EXPECT_FALSE(provider->stoppable);
  EXPECT_EQ(states(), Words{"cancelled"});
}

TEST_F(Lost, NothingIsBoughtAfterAStop) {
  stop.request_stop();
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_TRUE(journal->all.empty());
  EXPECT_TRUE(provider->asked.empty());
}

TEST_F(Lost, AStopWhileItFailsIsTheLastAttempt) {
  provider->on_create = [this] {
    stop.request_stop();
    return transient();
  };
  EXPECT_FALSE(generate());
  EXPECT_EQ(provider->asked.size(), 1U);
}

TEST_F(Lost, AStopLeavesTheRunThere) {
  provider->on_follow = [](const BackendContext&) { return Error(Errc::interrupted, "stopped"); };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_TRUE(provider->cancelled.empty());
  EXPECT_EQ(states(), Words{"accepted"});
  cancelled = [] { return false; };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_TRUE(provider->cancelled.empty());
}

TEST_F(Lost, AnErrorWhileItWaitsLeavesItToBeJoined) {
  cancelled = [] { return true; };
  provider->on_follow = [](const BackendContext&) { return Error(Errc::network, "no route"); };
  EXPECT_EQ(generate().error().code(), Errc::network);
  EXPECT_TRUE(provider->cancelled.empty());
  EXPECT_EQ(states(), Words{"accepted"});
}

}  // namespace
}  // namespace vidgen::test
