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

}  // namespace
}  // namespace vidgen::test
