// SPDX-License-Identifier: Apache-2.0
// One paid step from its intent to results that can be read, and each way in which it can end otherwise.
#include "base/point.hpp"
#include "bench.hpp"

namespace vidgen::test {
namespace {

class Generate : public Bench {};

std::optional<Error> transient() {
  return Error(Errc::provider, "internal server error");
}

TEST_F(Generate, EachMoveIsWrittenBeforeTheNext) {
  provider->remarks = {"no words were drawn"};
  const Result<StepOutcome> out = generate();
  ASSERT_TRUE(out) << out.error().describe();
  EXPECT_EQ(journal->written,
            (Words{"intent", "sent", "accepted", "running", "succeeded", "stored", "verified"}));
  EXPECT_EQ(states(), Words{"verified"});
  ASSERT_EQ(out->outputs.size(), 1U);
  EXPECT_EQ(out->outputs[0].sha256, picture.sha256);
  EXPECT_EQ(out->cost, Money::micros(90'000));
  EXPECT_EQ(notes, Words{"no words were drawn"});
  EXPECT_EQ(settled, (std::map<int, Money>{{1, Money::micros(90'000)}}));
  const base::Json facts = phases::facts_of(*out);
  EXPECT_EQ(facts.dump(), "{\"provider_id\":\"job-1\",\"attempt\":1,\"seed\":" + std::to_string(last().seed) +
                              ",\"remarks\":[\"no words were drawn\"]}");
}

TEST_F(Generate, TheRecordNamesAllThatIsNeededToFindIt) {
  ASSERT_TRUE(generate());
  const AttemptRecord& a = last();
  EXPECT_EQ(a.job, "film");
  EXPECT_EQ(a.step, "clip_01");
  EXPECT_EQ(a.key, "key");
  EXPECT_EQ(a.attempt, 1);
  EXPECT_EQ(a.provider, "fake");
  EXPECT_EQ(a.provider_id, "job-1");
  EXPECT_EQ(a.model, "fake/priced");
  EXPECT_EQ(a.reserved, usd(0.10));
  EXPECT_EQ(a.settled, Money::micros(90'000));
  EXPECT_EQ(a.time_ms, 1'800'000'000'000);
  EXPECT_EQ(a.mark, "mark-1");
  EXPECT_EQ(a.sent_ms, 77);
  EXPECT_EQ(a.created_ms, 110);
  EXPECT_EQ(a.ended_ms, 200);
  EXPECT_EQ(a.seed & 0x80000000U, 0U);
  EXPECT_EQ(a.fingerprint.size(), 64U);
  EXPECT_NE(a.price.find("\"0.100000\""), std::string::npos) << a.price;
  EXPECT_FALSE(a.orphan);
  EXPECT_EQ(step_outcome_from_json(a.outcome)->outputs, std::vector<Asset>(1, picture));
  const Attempt& asked = provider->asked[0];
  EXPECT_EQ(asked.job, "film");
  EXPECT_EQ(asked.key, "key");
  EXPECT_EQ(asked.number, 1);
  EXPECT_EQ(asked.seed, a.seed);
  EXPECT_EQ(asked.model, "fake/priced");
  EXPECT_EQ(asked.sent_ms, a.time_ms);
}

// The seed is an attempt's own, so that another's clip is never taken for it.
TEST_F(Generate, SeedsAndFingerprintsTellAttemptsApart) {
  ASSERT_TRUE(generate());
  std::set<std::uint32_t> seeds{last().seed};
  std::set<std::string> prints{last().fingerprint};
  auto once_more = [&](const char* what) {
    journal = std::make_shared<MemoryJournal>();
    ASSERT_TRUE(generate());
    EXPECT_EQ(prints.insert(last().fingerprint).second, true) << what;
    seeds.insert(last().seed);
  };
  request.seed = 8;
  once_more("seed");
  step.key = "another";
  once_more("key");
  generation.prompt = "a dog";
  once_more("words");
  images.assign(1, picture);
  once_more("a photograph");
  generation.has_first_frame = true;
  inputs.resize(1);
  inputs[0].outputs.assign(1, picture);
  once_more("a picture to begin with");
  EXPECT_EQ(seeds.size(), 3U);  // job, the user's seed, key and number
}

// Where tests let a process die: each comes after the write that it names, and after no other.
std::vector<base::Point> passed;

class Points : public Generate {
 protected:
  Points() {
    passed.clear();
    base::point_hook = [](base::Point point) { passed.push_back(point); };
  }
  ~Points() override { base::point_hook = nullptr; }
  using All = std::vector<base::Point>;
};

TEST_F(Points, ArePassedInTheirOrder) {
  ASSERT_TRUE(generate());
  using enum base::Point;
  All way = {intent, sending, answered, accepted, succeeded, fetched, stored, verified};
  std::erase_if(passed, [](base::Point p) { return p == file_written || p == file_synced || p == file_named; });
  EXPECT_EQ(passed, way);
}

TEST_F(Points, AreNotPassedWhereNothingWasWritten) {
  for (const char* state : {"intent", "sent", "accepted", "succeeded", "stored", "verified"}) {
    passed.clear();
    step.key += "!";
    journal->refuse = [&](const JournalBatch& b) {
      return b.attempts[0].state == state ? Status(Error(Errc::journal, "no")) : Status();
    };
    ASSERT_FALSE(generate());
    const std::string point = state == std::string("sent") ? "sending" : state;
    EXPECT_EQ(std::count(passed.begin(), passed.end(), *base::point_named(point)), 0) << state;
  }
}

TEST_F(Generate, WhatIsHandedToTheProviderIsTheStepsOwn) {
  config.webhook_url = "https://host/hook";
  std::shared_ptr<StepContext> with = context();
  with->tail = 12;
  double progress = 0;
  with->progress = [&](double part) { progress = part; };
  int seen = 0;
  provider->on_follow = [&](const BackendContext& at) {
    ++seen;
    EXPECT_EQ(at.job, "film");
    EXPECT_EQ(at.store, store);
    EXPECT_TRUE(at.pool);
    EXPECT_EQ(at.model->name, "priced");
    EXPECT_EQ(at.size, Size(640, 360));
    EXPECT_EQ(at.seconds, Rational(4));
    EXPECT_EQ(at.tail, Rational(12));
    EXPECT_EQ(at.deadline, Rational(600));
    EXPECT_EQ(at.webhook, "https://host/hook");
    EXPECT_TRUE(at.stop.stop_possible());
    at.progress(0.5);
    EXPECT_EQ(last().created_ms, 100);  // as the create said, since a stop may come now
    EXPECT_EQ(last().provider_id, "job-1");
    return std::nullopt;
  };
  ASSERT_TRUE(wait(phases::generate(with)));
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(progress, 0.5);
}

TEST_F(Generate, WhatDoesNotAnnounceMayBeSentFromItsIntentOn) {
  provider->announces = false;
  ASSERT_TRUE(generate());
  EXPECT_EQ(journal->written, (Words{"sent", "accepted", "running", "succeeded", "stored", "verified"}));
}

TEST_F(Generate, AFailureThatMayPassIsTriedThreeTimes) {
  provider->on_create = transient;
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::provider);
  EXPECT_EQ(states(), (Words{"failed", "failed", "failed"}));
  EXPECT_EQ(journal->all[2].attempt, 3);
  EXPECT_NE(journal->all[0].seed, journal->all[1].seed);
  EXPECT_EQ(notes.size(), 2U);
  EXPECT_TRUE(last().settled.is_zero());
}

TEST_F(Generate, AFailureThatStaysIsNotTriedAgain) {
  provider->on_create = [] { return Error(Errc::provider, "the model takes no such size"); };
  ASSERT_FALSE(generate());
  EXPECT_EQ(states(), Words{"failed"});
  provider->on_create = [] { return Error(Errc::credentials, "internal server error"); };
  ASSERT_FALSE(generate());
  EXPECT_EQ(states(), (Words{"failed", "failed"}));
}

TEST_F(Generate, ARunThatFailsIsPaidAndTriedAgain) {
  provider->ends_as = RemoteState::failed;
  provider->error = "CUDA out of memory";
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::provider);
  EXPECT_EQ(out.error().origin().provider, "fake");
  EXPECT_EQ(out.error().origin().request_id, "job-3");
  EXPECT_EQ(states(), (Words{"failed", "failed", "failed"}));
  EXPECT_EQ(settled.size(), 3U);
}

TEST_F(Generate, ARefusedPromptIsThePersonsToChange) {
  provider->ends_as = RemoteState::failed;
  provider->error = "NSFW content was found";
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::input_refused);
  EXPECT_EQ(states(), Words{"failed"});
}

TEST_F(Generate, ARunThatSomebodyElseCancelledIsNoCancelledJob) {
  provider->ends_as = RemoteState::cancelled;
  Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::provider);
  EXPECT_EQ(states(), Words{"cancelled"});
  cancelled = [] { return true; };
  out = generate();
  EXPECT_EQ(out.error().code(), Errc::cancelled);
  cancelled = [] { return false; };
  out = generate();
  EXPECT_EQ(out.error().code(), Errc::provider);
}

TEST_F(Generate, WhatNobodyNamesAPriceForIsBookedAtItsWorst) {
  provider->cost.reset();
  ASSERT_TRUE(generate());
  EXPECT_EQ(last().settled, usd(0.10));
  EXPECT_EQ(settled[1], usd(0.10));
}

TEST_F(Generate, AFailedRunWithoutAPriceIsNotBooked) {
  provider->cost.reset();
  provider->ends_as = RemoteState::failed;
  ASSERT_FALSE(generate());
  EXPECT_TRUE(last().settled.is_zero());
  EXPECT_TRUE(settled.empty());
}

TEST_F(Generate, ALostAnswerIsFound) {
  provider->lose = 1;
  const Result<StepOutcome> out = generate();
  ASSERT_TRUE(out) << out.error().describe();
  EXPECT_EQ(journal->written,
            (Words{"intent", "sent", "ambiguous", "accepted", "running", "succeeded", "stored", "verified"}));
  EXPECT_EQ(provider->jobs.size(), 1U);
  EXPECT_EQ(last().provider_id, "job-1");
}

TEST_F(Generate, ALostRequestIsMadeAnew) {
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

TEST_F(Generate, OthersIdsAreToldToTheSearch) {
  earlier("verified", "job-of-another-step").step = "clip_02";
  earlier("lost").step = "clip_02";
  provider->lose = 1;
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->owned, Words{"job-of-another-step"});
  EXPECT_EQ(last().attempt, 1);
}

TEST_F(Generate, WhatCannotBeToldIsAPersons) {
  provider->lose = 1;
  provider->on_find = [](const BackendContext&) { return Error(Errc::ambiguous, "it cannot be told"); };
  EXPECT_EQ(generate().error().code(), Errc::ambiguous);
  EXPECT_EQ(states(), Words{"ambiguous"});
  request.on_ambiguous = OnAmbiguous::retry;
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), (Words{"ambiguous", "verified"}));
  EXPECT_EQ(journal->all[0].detail, "given up, as --on-ambiguous retry says");
}

TEST_F(Generate, WhoWantsNoSearchGetsTheErrorAtOnce) {
  provider->lose = 1;
  request.on_ambiguous = OnAmbiguous::fail;
  EXPECT_EQ(generate().error().code(), Errc::ambiguous);
  EXPECT_EQ(provider->finds, 0);
  EXPECT_EQ(states(), Words{"ambiguous"});
}

// Nothing is asked about an attempt of which it is not written down that its answer was lost.
TEST_F(Generate, ALostAnswerIsWrittenDownBeforeItIsLookedFor) {
  provider->lose = 1;
  journal->refuse = [](const JournalBatch& b) {
    return b.attempts[0].state == "ambiguous" ? Status(Error(Errc::journal, "no")) : Status();
  };
  EXPECT_EQ(generate().error().code(), Errc::journal);
  EXPECT_EQ(provider->finds, 0);
  EXPECT_EQ(states(), Words{"sent"});
}

TEST_F(Generate, AStoppedJobDoesNotSearchOn) {
  provider->lose = 1;
  provider->on_find = [this](const BackendContext&) {
    stop.request_stop();
    return Error(Errc::interrupted, "stopped");
  };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_EQ(provider->finds, 1);
  EXPECT_EQ(states(), Words{"ambiguous"});
}

TEST_F(Generate, ACancelledJobSearchesOnSoThatItCanCancelThere) {
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

TEST_F(Generate, NothingIsBoughtAfterAStop) {
  stop.request_stop();
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_TRUE(journal->all.empty());
  EXPECT_TRUE(provider->asked.empty());
}

TEST_F(Generate, AStopWhileItFailsIsTheLastAttempt) {
  provider->on_create = [this] {
    stop.request_stop();
    return transient();
  };
  EXPECT_FALSE(generate());
  EXPECT_EQ(provider->asked.size(), 1U);
}

TEST_F(Generate, AStopLeavesTheRunThere) {
  provider->on_follow = [](const BackendContext&) { return Error(Errc::interrupted, "stopped"); };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_TRUE(provider->cancelled.empty());
  EXPECT_EQ(states(), Words{"accepted"});
  cancelled = [] { return false; };
  EXPECT_EQ(generate().error().code(), Errc::interrupted);
  EXPECT_TRUE(provider->cancelled.empty());
}

TEST_F(Generate, AnErrorWhileItWaitsLeavesItToBeJoined) {
  cancelled = [] { return true; };
  provider->on_follow = [](const BackendContext&) { return Error(Errc::network, "no route"); };
  EXPECT_EQ(generate().error().code(), Errc::network);
  EXPECT_TRUE(provider->cancelled.empty());
  EXPECT_EQ(states(), Words{"accepted"});
}

// What a cancelled run is booked at: what is said, nothing where it had not begun, else the worst case.
TEST_F(Generate, ACancelledRunIsBooked) {
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

TEST_F(Generate, TheLastWordIsAskedForFiveTimes) {
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

TEST_F(Generate, ARunThatIsGoneIsBookedAtItsWorst) {
  provider->on_follow = [](const BackendContext&) { return Error(Errc::not_found, "no such prediction"); };
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::expired);
  EXPECT_EQ(out.error().origin().request_id, "job-1");
  EXPECT_EQ(states(), Words{"failed"});
  EXPECT_EQ(last().settled, usd(0.10));
}

TEST_F(Generate, AResultThatIsGoneIsNotBoughtAgain) {
  provider->on_fetch = [] { return Error(Errc::expired, "deleted"); };
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code(), Errc::expired);
  EXPECT_EQ(states(), Words{"failed"});
  EXPECT_EQ(provider->asked.size(), 1U);
  EXPECT_EQ(last().settled, Money::micros(90'000));
}

TEST_F(Generate, AResultThatCannotBeFetchedNowIsFetchedLater) {
  provider->on_fetch = [] { return Error(Errc::no_space, "the disk is full"); };
  EXPECT_EQ(generate().error().code(), Errc::no_space);
  EXPECT_EQ(states(), Words{"succeeded"});
  provider->on_fetch = nullptr;
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), Words{"verified"});
  EXPECT_EQ(provider->asked.size(), 1U);
}

TEST_F(Generate, WhatCannotBeReadIsFetchedOnceMoreAndThenGivenUp) {
  provider->output = broken;
  const Result<StepOutcome> out = generate();
  ASSERT_FALSE(out);
  EXPECT_EQ(provider->fetches, 2);
  EXPECT_EQ(out.error().origin().request_id, "job-1");
  EXPECT_EQ(out.error().phase(), "what came back cannot be used");
  EXPECT_EQ(states(), Words{"failed"});
  EXPECT_EQ(provider->asked.size(), 1U);
}

TEST_F(Generate, WhatCanBeReadTheSecondTimeIsUsed) {
  provider->output = broken;
  provider->on_fetch = [this]() -> std::optional<Error> {
    if (provider->fetches == 2) provider->output = picture;
    return std::nullopt;
  };
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), Words{"verified"});
}

// Larger than this machine may read: it is not damaged, but nothing will come of it here.
TEST_F(Generate, WhatIsTooLargeIsGivenUpAndWhatIsNotThereIsNot) {
  config.media.max_pixels = 16;
  EXPECT_EQ(generate().error().code(), Errc::media_limit);
  EXPECT_EQ(states(), Words{"failed"});
  config.media = MediaLimits();
  step.key = "another";
  provider->output.sha256 = std::string(64, 'a');
  EXPECT_EQ(generate().error().code(), Errc::not_found);
  EXPECT_EQ(states().back(), "stored");
}

TEST_F(Generate, WhatIsMadeHereEndsWithThisProcess) {
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

class Budgets : public Generate {
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

// A process that slept between the write and its answer may have lost its lease: it looks again.
TEST_F(Generate, ASlowWriteBeforeSendingIsMadeAgain) {
  int sent = 0;
  journal->refuse = [&](const JournalBatch& batch) -> Status {
    if (batch.attempts[0].state == "sent" && ++sent < 3)
      hurry.waits(sent == 1 ? std::chrono::nanoseconds(std::chrono::seconds(5)) : std::chrono::nanoseconds(4'999'999'999));
    return {};
  };
  ASSERT_TRUE(generate());
  EXPECT_EQ(sent, 2);
  EXPECT_EQ(provider->jobs.size(), 1U);
}

TEST_F(Generate, WhatMayNotBeSentIsNotSent) {
  int sent = 0;
  journal->refuse = [&](const JournalBatch& batch) -> Status {
    if (batch.attempts[0].state != "sent") return {};
    if (++sent == 1) return hurry.waits(std::chrono::seconds(6)), Status();
    return Error(Errc::taken_over, "another has it");
  };
  EXPECT_EQ(generate().error().code(), Errc::taken_over);
  EXPECT_TRUE(provider->jobs.empty());
  EXPECT_EQ(provider->asked.size(), 1U);
}

// A provider may speak of a job when nobody waits for it any more.
TEST_F(Generate, WhatIsHeardTooLateChangesNothing) {
  std::function<void(const RemoteJob&)> heard;
  provider->on_follow = [&](const BackendContext& at) {
    heard = at.heard;
    return std::nullopt;
  };
  ASSERT_TRUE(generate());
  const Words before = journal->written;
  RemoteJob late;
  late.state = RemoteState::running;
  heard(late);
  EXPECT_EQ(journal->written, before);
}

TEST_F(Generate, OnlyThatItRunsIsWorthANote) {
  provider->on_follow = [this](const BackendContext& at) {
    RemoteJob job = provider->jobs["job-1"];
    at.heard(job);
    EXPECT_EQ(states(), Words{"accepted"});
    job.state = RemoteState::running;
    job.created_ms = 105;
    at.heard(job);
    EXPECT_EQ(states(), Words{"running"});
    EXPECT_EQ(last().created_ms, 105);
    return std::nullopt;
  };
  ASSERT_TRUE(generate());
}

TEST_F(Generate, AHostThatKeepsNoBooksOfItsOwnIsFine) {
  std::shared_ptr<StepContext> bare = context();
  bare->settled = nullptr;
  bare->cancelled = nullptr;
  EXPECT_TRUE(wait(phases::generate(bare)));
}

TEST_F(Generate, TheDeadlineIsWhatWasReservedFor) {
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->deadlines.back(), Rational(600));  // ten times as long as usual
  auto with = [this](Rational seconds_to_make) {
    model.seconds_to_make = seconds_to_make;
    step.key += "!";
    EXPECT_TRUE(generate());
    return provider->deadlines.back();
  };
  EXPECT_EQ(with(1), Rational(300));
  EXPECT_EQ(with(1000), Rational(1800));
  model.prices = {price_of(Money::micros(100), PriceKind::per_gpu_second)};
  model.prices[0].worst_units = 400;
  EXPECT_EQ(with(60), Rational(400));
  model.prices[0].worst_units = 0;
  EXPECT_EQ(with(60), Rational(600));
}

TEST_F(Generate, PicturesGoWhereThePlannerPutThem) {
  auto put = [this](int n) { return store->put("picture " + std::to_string(n), AssetKind::image, "image/png").value(); };
  generation.has_first_frame = generation.has_last_frame = true;
  images.assign(1, put(9));
  inputs.resize(4);
  for (int i = 0; i < 4; ++i) inputs[static_cast<std::size_t>(i)].outputs.assign(1, put(i));
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->inputs.first_frame, put(0));
  EXPECT_EQ(provider->inputs.last_frame, put(1));
  EXPECT_EQ(provider->inputs.references, (std::vector<Asset>{put(2), put(3)}));
  EXPECT_EQ(provider->inputs.images, images);
  inputs[1].outputs.clear();
  generation.has_last_frame = false;
  step.key = "another";
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->inputs.first_frame, put(0));
  EXPECT_FALSE(provider->inputs.last_frame);
  EXPECT_TRUE(provider->inputs.references.empty());
}

TEST_F(Generate, WhatIsNotThereIsSaidBeforeAnythingIsWritten) {
  step.params = "nonsense";
  EXPECT_FALSE(generate());
  step.params.clear();
  generation.model = "unknown";
  EXPECT_EQ(generate().error().code(), Errc::model_unknown);
  generation.model = "priced";
  for (const char* resource : {"provider:nobody", "cpu"}) {
    step.resource = resource;
    EXPECT_EQ(generate().error().code(), Errc::credentials);
  }
  EXPECT_TRUE(journal->all.empty());
}

TEST_F(Generate, FactsThatAreNoneAreEmpty) {
  StepOutcome out;
  for (const char* facts : {"", "nonsense", "[1]"}) {
    out.facts = facts;
    EXPECT_EQ(phases::facts_of(out).dump(), "{}");
  }
}

}  // namespace
}  // namespace vidgen::test
