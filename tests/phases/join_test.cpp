// SPDX-License-Identifier: Apache-2.0
// What an earlier process had begun: joined again, never bought anew while it may be there. And a journal that fails, at
// any write and any read: whatever it loses, the next process pays for nothing twice.
#include "bench.hpp"
#include "plan/model_json.hpp"

namespace vidgen::test {
namespace {

class Join : public Bench {
 protected:
  // At the provider, with the mark of the newest attempt.
  std::string there() {
    const std::string id = "job-" + std::to_string(provider->jobs.size() + 1);
    provider->jobs[id].id = id;
    provider->jobs[id].created_ms = 100;
    provider->by_seed[last().seed] = id;
    return id;
  }
  std::string stored(const Asset& asset) const {
    StepOutcome out;
    out.outputs.assign(1, asset);
    out.cost = Money::micros(1);
    return to_json(out);
  }
};

TEST_F(Join, AnIntentIsLostBecauseNothingWasSent) {
  earlier("intent");
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), (Words{"lost", "verified"}));
  EXPECT_EQ(journal->all[0].detail, "nothing was sent");
  EXPECT_EQ(last().attempt, 2);
  EXPECT_EQ(provider->finds, 0);
}

TEST_F(Join, WhatWasSentIsLookedFor) {
  for (const char* state : {"sent", "ambiguous", "a state of later"}) {
    journal = std::make_shared<MemoryJournal>();
    earlier(state);
    const std::string id = there();
    ASSERT_TRUE(generate()) << state;
    EXPECT_EQ(states(), Words{"verified"}) << state;
    EXPECT_EQ(last().provider_id, id);
  }
  EXPECT_TRUE(provider->asked.empty());
}

// A model without a seed is found by its mark alone.
TEST_F(Join, TheSearchKnowsWhatWasWrittenBeforeItWasSent) {
  AttemptRecord& left = earlier("sent");
  left.mark = "a URL of its own";
  left.sent_ms = 99;
  const std::uint32_t seed = left.seed;
  there();
  ASSERT_TRUE(generate());
  const Attempt& a = provider->sought_for;
  EXPECT_EQ(a.mark, "a URL of its own");
  EXPECT_EQ(a.sent_ms, 99);
  EXPECT_EQ(a.seed, seed);
  EXPECT_EQ(a.model, model.id);
  EXPECT_EQ(a.job, "film");
  EXPECT_EQ(a.key, step.key);
  EXPECT_EQ(a.number, 1);
}

TEST_F(Join, WhatWasSentAndNeverArrivedIsMadeAnew) {
  earlier("sent");
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), (Words{"lost", "verified"}));
  EXPECT_EQ(journal->all[0].detail, "it was not accepted");
}

TEST_F(Join, AnErrorOfTheSearchBuysNothing) {
  earlier("sent");
  provider->on_find = [](const BackendContext&) { return Error(Errc::network, "no route"); };
  EXPECT_EQ(generate().error().code(), Errc::network);
  EXPECT_EQ(states(), Words{"sent"});
  EXPECT_TRUE(provider->asked.empty());
}

TEST_F(Join, WhatHasAnIdIsFollowed) {
  for (const char* state : {"accepted", "running", "succeeded", "sent"}) {
    journal = std::make_shared<MemoryJournal>();
    earlier(state);
    journal->all[0].provider_id = there();
    ASSERT_TRUE(generate()) << state;
    EXPECT_EQ(states(), Words{"verified"}) << state;
  }
  EXPECT_TRUE(provider->asked.empty());
  EXPECT_EQ(provider->finds, 0);
}

TEST_F(Join, WhatIsStoredIsUsed) {
  earlier("stored", "job-1").outcome = stored(picture);
  Result<StepOutcome> out = generate();
  ASSERT_TRUE(out) << out.error().describe();
  EXPECT_EQ(out->cost, Money::micros(1));
  EXPECT_EQ(states(), Words{"verified"});
  EXPECT_EQ(journal->written, Words{"verified"});
  out = generate();
  ASSERT_TRUE(out);
  EXPECT_EQ(journal->written, Words{"verified"});
  EXPECT_EQ(provider->fetches, 0);
  EXPECT_TRUE(provider->followed.empty());
}

TEST_F(Join, WhatIsStoredAndCannotBeUsedIsFetchedAgain) {
  StepOutcome gone;
  gone.outputs.assign(1, picture);
  gone.outputs[0].sha256 = std::string(64, '0');
  for (const std::string& outcome : {std::string("nonsense"), to_json(gone), stored(broken)}) {
    journal = std::make_shared<MemoryJournal>();
    earlier("stored");
    journal->all[0].provider_id = there();
    journal->all[0].outcome = outcome;
    ASSERT_TRUE(generate()) << outcome;
    EXPECT_EQ(states(), Words{"verified"});
  }
  EXPECT_EQ(provider->fetches, 3);
  EXPECT_TRUE(provider->asked.empty());
}

// That it cannot be looked at now says nothing about it.
TEST_F(Join, WhatIsStoredAndCannotBeCheckedWaits) {
  earlier("stored", "job-1").outcome = stored(picture);
  journal->refuse = [](const JournalBatch&) { return Error(Errc::no_space, "the disk is full"); };
  EXPECT_EQ(generate().error().code(), Errc::no_space);
  EXPECT_EQ(provider->fetches, 0);
  EXPECT_EQ(states(), Words{"stored"});
}

TEST_F(Join, WhatIsOverIsMadeAnew) {
  for (const char* state : {"planned", "failed", "cancelled", "lost"}) {
    journal = std::make_shared<MemoryJournal>();
    earlier(state, "job-1");
    ASSERT_TRUE(generate()) << state;
    EXPECT_EQ(states(), (Words{state, "verified"}));
  }
  EXPECT_EQ(provider->asked.size(), 4U);
}

// The newest of the same key counts; orphans, other keys and other steps do not.
TEST_F(Join, OnlyWhatIsThisStepsOwnIsJoined) {
  earlier("accepted", "orphan").orphan = true;
  earlier("accepted", "other key").key = "other";
  earlier("accepted", "other step").step = "clip_02";
  earlier("lost");
  earlier("accepted");
  journal->all.back().provider_id = there();
  const int newest = last().attempt;
  std::swap(journal->all[0], journal->all[4]);
  ASSERT_TRUE(generate());
  EXPECT_EQ(journal->all[0].state, "verified");
  EXPECT_EQ(journal->all[0].attempt, newest);
  EXPECT_EQ(provider->followed.size(), 1U);
  EXPECT_TRUE(provider->asked.empty());
}

TEST_F(Join, ItGoesByThePriceThatWasReserved) {
  earlier("accepted");
  journal->all[0].provider_id = there();
  Price then = price_of(usd(0.07));
  then.condition = "720p";
  journal->all[0].price = plan::to_json(then);
  ASSERT_TRUE(generate());
  ASSERT_EQ(provider->prices.size(), 1U);
  EXPECT_EQ(provider->prices[0].amount, usd(0.07));
  EXPECT_EQ(provider->prices[0].condition, "");
  step.key = "another";  // what is new goes by today's
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->prices[0].amount, usd(0.10));
}

TEST_F(Join, AFailedRunOfEarlierIsTriedAgain) {
  earlier("accepted");
  journal->all[0].provider_id = there();
  provider->on_follow = [this](const BackendContext&) -> std::optional<Result<RemoteJob>> {
    provider->ends_as = provider->followed.size() == 1 ? RemoteState::failed : RemoteState::succeeded;
    provider->error = "please retry";
    return std::nullopt;
  };
  ASSERT_TRUE(generate());
  EXPECT_EQ(states(), (Words{"failed", "verified"}));
}

TEST_F(Join, WhatWasMadeHereIsMadeAgain) {
  provider->here = true;
  earlier("sent");
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->finds, 0);
  EXPECT_EQ(provider->asked.size(), 1U);
  journal = std::make_shared<MemoryJournal>();
  earlier("stored", "job-1").outcome = stored(broken);  // of this process: not looked at
  ASSERT_TRUE(generate());
  EXPECT_EQ(provider->asked.size(), 1U);
}

// Whatever write or read fails, and whatever the provider does: an error, and afterwards one job there and one used.
using Faulty = Join;

struct Way {
  const char* name;
  std::function<void(Provider&)> set;
};

TEST_F(Faulty, AJournalThatFailsOnceCostsNothingTwice) {
  const Way ways[] = {{"plain", [](Provider&) {}},
                      {"lost answer", [](Provider& p) { p.lose = 1; }},
                      {"lost request", [](Provider& p) { p.swallow = 1; }},
                      {"silent", [](Provider& p) { p.announces = false; }},
                      {"silent, lost answer", [](Provider& p) { p.announces = false, p.lose = 1; }}};
  for (const Way& way : ways)
    for (const bool reading : {false, true})
      for (int at = 1;; ++at) {
        const std::string where = std::string(way.name) + (reading ? ", read " : ", write ") + std::to_string(at);
        journal = std::make_shared<MemoryJournal>();
        provider = std::make_shared<Provider>();
        provider->output = picture;
        config.backends.add(provider);
        way.set(*provider);
        int n = 0;
        if (reading) journal->unreadable = [&] { return ++n == at; };
        if (!reading)
          journal->refuse = [&](const JournalBatch&) { return ++n == at ? Status(Error(Errc::journal, "no")) : Status(); };
        const Result<StepOutcome> first = generate();
        const bool failed = n >= at;
        EXPECT_LE(provider->jobs.size(), 1U) << where;
        journal->unreadable = nullptr;
        journal->refuse = nullptr;
        const Result<StepOutcome> second = generate();
        ASSERT_TRUE(second) << where << ": " << second.error().describe();
        EXPECT_EQ(provider->jobs.size(), 1U) << where;
        EXPECT_EQ(states().back(), "verified") << where;
        for (std::size_t i = 0; i + 1 < journal->all.size(); ++i)
          EXPECT_TRUE(states()[i] == "lost" || states()[i] == "failed") << where << ": " << states()[i];
        if (failed) continue;
        EXPECT_TRUE(first) << where;
        break;
      }
}

// The same with a process that had begun before.
TEST_F(Faulty, AJournalThatFailsWhileItIsJoinedCostsNothingTwice) {
  for (const char* state : {"intent", "sent", "sent in vain", "ambiguous", "accepted", "stored"})
    for (const bool reading : {false, true})
      for (int at = 1; at < 9; ++at) {
        const std::string where = std::string(state) + (reading ? ", read " : ", write ") + std::to_string(at);
        journal = std::make_shared<MemoryJournal>();
        provider = std::make_shared<Provider>();
        provider->output = picture;
        config.backends.add(provider);
        const bool in_vain = state == std::string("sent in vain");
        earlier(in_vain ? "sent" : state);
        if (state != std::string("intent") && !in_vain) {
          const std::string id = there();
          if (state == std::string("accepted") || state == std::string("stored")) journal->all[0].provider_id = id;
        }
        journal->all[0].outcome = state == std::string("stored") ? stored(picture) : "";
        int n = 0;
        if (reading) journal->unreadable = [&] { return ++n == at; };
        if (!reading)
          journal->refuse = [&](const JournalBatch&) { return ++n == at ? Status(Error(Errc::journal, "no")) : Status(); };
        (void)generate();
        journal->unreadable = nullptr;
        journal->refuse = nullptr;
        ASSERT_TRUE(generate()) << where;
        EXPECT_LE(provider->jobs.size(), 1U) << where;
        EXPECT_EQ(states().back(), "verified") << where;
        for (std::size_t i = 0; i + 1 < journal->all.size(); ++i)  // nothing holds money that is not spent
          EXPECT_TRUE(states()[i] == "lost" || states()[i] == "failed") << where << ": " << states()[i];
      }
}

TEST_F(Faulty, WhatIsGivenUpIsWrittenFirst) {
  earlier("sent");
  request.on_ambiguous = OnAmbiguous::retry;
  provider->on_find = [](const BackendContext&) { return Error(Errc::ambiguous, "it cannot be told"); };
  journal->refuse = [](const JournalBatch&) { return Error(Errc::journal, "no"); };
  EXPECT_EQ(generate().error().code(), Errc::journal);
  EXPECT_TRUE(provider->asked.empty());
}

}  // namespace
}  // namespace vidgen::test
