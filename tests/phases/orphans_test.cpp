// SPDX-License-Identifier: Apache-2.0
// Jobs at a provider that nobody waits for: found by their marks, cancelled where they run, on the books, told to people.
#include "bench.hpp"
#include "plan/model_json.hpp"

namespace vidgen::test {
namespace {

class Orphans : public Bench {
 protected:
  Orphans() {
    services->store = store;
    services->models.models["priced"] = model;
    ModelProfile other = model;
    other.name = "other";
    other.id = "fake/other";
    other.prices = {price_of(usd(0.20))};
    services->models.models["other"] = other;
    other.provider = "elsewhere";
    other.id = model.id;
    services->models.models["elsewhere"] = other;
  }
  Result<Words> sweep(bool over = false) {
    services->journal = journal;
    phases::Sweep s;
    s.job = "film";
    s.plan = plan;
    s.services = services;
    s.config = &config;
    s.pool = io.get_executor();
    s.over = over;
    return wait(phases::sweep_orphans(s));
  }
  // A job with the mark of an attempt.
  RemoteJob& seen(std::size_t attempt, RemoteState state, const std::string& id = "twin") {
    Sighting one;
    one.attempt = attempt;
    one.job.id = id;
    one.job.state = state;
    one.job.created_ms = 400;
    one.job.ended_ms = 500;
    provider->seen.push_back(one);
    provider->jobs[id] = one.job;
    return provider->jobs[id];
  }
  std::shared_ptr<Services> services = std::make_shared<Services>();
  std::shared_ptr<Plan> plan;
};

TEST_F(Orphans, NothingThereIsNothingToSay) {
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_TRUE(provider->sought.empty());
  earlier("verified", "job-1");
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(provider->sought, std::vector<std::size_t>{1});
  EXPECT_TRUE(journal->written.empty());
}

TEST_F(Orphans, ATwinIsCancelledBookedAndTold) {
  earlier("verified", "job-1").outcome = "{}";
  seen(0, RemoteState::running).cost = Money::micros(30);
  EXPECT_EQ(sweep().value(),
            Words{"a job that nobody waits for was found at fake (twin, for clip_01) and cancelled: " +
                  Money::micros(30).to_string()});
  EXPECT_EQ(provider->cancelled, Words{"twin"});
  ASSERT_EQ(states(), (Words{"verified", "cancelled"}));
  EXPECT_EQ(last().attempt, 2);
  EXPECT_EQ(last().provider_id, "twin");
  EXPECT_EQ(last().settled, Money::micros(30));
  EXPECT_EQ(last().created_ms, 400);
  EXPECT_EQ(last().ended_ms, 300);  // as it was heard after it was cancelled
  EXPECT_EQ(last().outcome, "");
  EXPECT_EQ(last().detail, "an orphan: nobody waits for it");
  EXPECT_TRUE(last().orphan);
  // Once is enough: now it is known.
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(journal->all.size(), 2U);
}

// A create that was taken twice, of a job that is over before either was fetched.
TEST_F(Orphans, AnOrphanMayHaveATwin) {
  earlier("running", "job-1");
  seen(0, RemoteState::running);
  EXPECT_EQ(sweep(true).value().size(), 2U);
  EXPECT_EQ(provider->cancelled, (Words{"job-1", "twin"}));
  EXPECT_EQ(states(), (Words{"cancelled", "cancelled"}));
  for (const AttemptRecord& a : journal->all) EXPECT_TRUE(a.orphan) << a.provider_id;
  EXPECT_EQ(sweep(true).value(), Words{});
}

TEST_F(Orphans, WhatItHadComeToIsWhatItCosts) {
  struct Case {
    RemoteState at_first, then;
    std::optional<Money> cost;
    const char* state;
    Money settled;
  };
  const Money worst = usd(0.10), said = Money::micros(30);
  const Case cases[] = {
      {RemoteState::queued, RemoteState::cancelled, std::nullopt, "cancelled", Money()},
      {RemoteState::running, RemoteState::cancelled, std::nullopt, "cancelled", worst},
      {RemoteState::running, RemoteState::succeeded, said, "succeeded", said},
      {RemoteState::succeeded, RemoteState::succeeded, std::nullopt, "succeeded", worst},
      {RemoteState::failed, RemoteState::failed, said, "failed", said},
      {RemoteState::failed, RemoteState::failed, std::nullopt, "failed", worst},
      {RemoteState::cancelled, RemoteState::cancelled, said, "cancelled", said},
  };
  for (const Case& c : cases) {
    journal = std::make_shared<MemoryJournal>();
    provider->seen.clear();
    provider->cancelled.clear();
    earlier("verified", "job-1");
    seen(0, c.at_first);
    provider->on_get = [&]() -> std::optional<Error> {
      provider->jobs["twin"].state = c.then;
      provider->jobs["twin"].cost = c.cost;
      return std::nullopt;
    };
    const std::string remark = sweep().value().at(0);
    EXPECT_EQ(last().state, c.state);
    EXPECT_EQ(last().settled, c.settled) << c.state;
    EXPECT_EQ(remark.find("had ended") == std::string::npos, last().state == "cancelled") << remark;
    EXPECT_EQ(provider->cancelled.empty(), c.at_first != RemoteState::queued && c.at_first != RemoteState::running);
  }
}

TEST_F(Orphans, WhatIsHeardOfNoMoreIsBookedByWhatWasSeen) {
  earlier("verified", "job-1");
  seen(0, RemoteState::running);
  provider->on_get = [] { return Error(Errc::not_found, "gone"); };
  EXPECT_EQ(sweep().value().size(), 1U);
  EXPECT_EQ(last().state, "cancelled");
  EXPECT_EQ(last().settled, usd(0.10));
  EXPECT_EQ(last().ended_ms, 500);
}

// The attempt that was taken for lost was there all the time: it is the orphan, not a new one.
TEST_F(Orphans, WhatWasTakenForLostIsTheOrphanItself) {
  earlier("lost");
  earlier("verified", "job-2");
  seen(0, RemoteState::succeeded);
  EXPECT_EQ(sweep().value().size(), 1U);
  EXPECT_EQ(states(), (Words{"succeeded", "verified"}));
  EXPECT_TRUE(journal->all[0].orphan);
  EXPECT_EQ(journal->all[0].provider_id, "twin");
}

TEST_F(Orphans, NumbersAreNotUsedTwice) {
  earlier("failed", "job-1");
  earlier("verified", "job-2");
  earlier("verified", "job-3").step = "clip_02";
  seen(0, RemoteState::succeeded, "twin of 1");
  seen(1, RemoteState::succeeded, "twin of 2");
  seen(1, RemoteState::succeeded, "twin of 2");  // listed twice
  seen(1, RemoteState::succeeded, "job-2");      // itself
  EXPECT_EQ(sweep().value().size(), 2U);
  ASSERT_EQ(journal->all.size(), 5U);
  EXPECT_EQ(journal->all[3].attempt, 3);
  EXPECT_EQ(journal->all[4].attempt, 4);
}

// Its answer was lost, and the job goes on: it will be looked for, so it is nobody's orphan yet.
TEST_F(Orphans, WhatWillBeLookedForIsLeftAlone) {
  for (const char* state : {"sent", "ambiguous"}) {
    journal = std::make_shared<MemoryJournal>();
    provider->seen.clear();
    earlier(state);
    seen(0, RemoteState::running);
    EXPECT_EQ(sweep().value(), Words{});
    EXPECT_EQ(states(), Words{state});
    EXPECT_TRUE(provider->cancelled.empty());
  }
  seen(0, RemoteState::running, "twin 2");
  journal->all[0].provider_id = "job-1";
  EXPECT_EQ(sweep().value().size(), 2U);
}

TEST_F(Orphans, WhatCannotBeThereIsNotAskedAfter) {
  for (const char* state : {"planned", "intent"}) earlier(state);
  earlier("verified", "job-2").model.clear();
  earlier("verified", "job-3").provider = "nobody";
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_TRUE(provider->sought.empty());
  earlier("verified", "job-4");
  provider->here = true;
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(sweep(true).value(), Words{});
  EXPECT_TRUE(provider->sought.empty());
  EXPECT_TRUE(journal->written.empty());
}

TEST_F(Orphans, WhoseBackendIsNotPartOfThisPipelineStaysOnTheBooks) {
  earlier("sent").provider = "nobody";
  EXPECT_EQ(sweep(true).value(), Words{});
  EXPECT_EQ(states(), Words{"sent"});
}

// Each model's list is its own, and is asked for at the price of then and the step's size.
TEST_F(Orphans, EachModelIsAskedAfterOnce) {
  plan = std::make_shared<Plan>();
  Step planned = step;
  planned.params = to_json(generation);
  plan->steps = {planned};
  Price price = price_of(usd(0.07));
  price.condition = "720p";
  earlier("verified", "job-1").price = plan::to_json(price);
  earlier("failed", "job-2");
  earlier("failed", "job-3").model = "fake/other";
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(provider->sought, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(provider->sizes, (std::vector<Size>{Size(640, 360), Size(640, 360)}));
  EXPECT_EQ(provider->seconds[1], Rational(4));
  ASSERT_EQ(provider->prices.size(), 1U);
  EXPECT_EQ(provider->prices[0].amount, usd(0.07));
  EXPECT_EQ(provider->prices[0].condition, "");
  plan->steps[0].params = "nonsense";
  journal->all.resize(1);
  journal->all[0].price = "nonsense";
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(provider->sizes[2], Size());
  EXPECT_EQ(provider->prices[0].amount, usd(0.10));
  journal->all[0].model = "fake/other";
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(provider->prices[0].amount, usd(0.20));
  plan->steps.clear();
  EXPECT_EQ(sweep().value(), Words{});
}

TEST_F(Orphans, WhatIsStillUnderWayWhenItIsOverIsClosed) {
  earlier("intent");
  earlier("sent");
  earlier("running", "job-3");
  earlier("verified", "job-4");
  provider->jobs["job-3"].id = "job-3";
  provider->jobs["job-3"].state = RemoteState::running;
  EXPECT_EQ(sweep(false).value(), Words{});
  EXPECT_EQ(states(), (Words{"intent", "sent", "running", "verified"}));
  EXPECT_EQ(sweep(true).value().size(), 1U);
  EXPECT_EQ(states(), (Words{"lost", "lost", "cancelled", "verified"}));
  EXPECT_EQ(provider->finds, 1);
  EXPECT_EQ(journal->all[1].detail, "it was not accepted");
  EXPECT_FALSE(journal->all[1].orphan);
  EXPECT_TRUE(journal->all[2].orphan);
  EXPECT_EQ(journal->all[2].settled, usd(0.10));  // nobody says what it ran for
  EXPECT_EQ(provider->cancelled, Words{"job-3"});
}

TEST_F(Orphans, ALostAnswerIsFoundWhenItIsOver) {
  const AttemptRecord& a = earlier("ambiguous");
  provider->by_seed[a.seed] = "job-1";
  provider->jobs["job-1"].id = "job-1";
  provider->jobs["job-1"].state = RemoteState::succeeded;
  provider->jobs["job-1"].cost = Money::micros(40);
  seen(0, RemoteState::succeeded, "job-1");
  provider->jobs["job-1"].cost = Money::micros(40);
  EXPECT_EQ(sweep(true).value().size(), 1U);
  EXPECT_EQ(states(), Words{"succeeded"});
  EXPECT_EQ(last().provider_id, "job-1");
  EXPECT_EQ(last().settled, Money::micros(40));
  EXPECT_TRUE(last().orphan);
}

TEST_F(Orphans, WhatNobodyCanTellStaysOnTheBooks) {
  earlier("ambiguous");
  provider->on_find = [](const BackendContext&) { return Error(Errc::ambiguous, "it cannot be told"); };
  EXPECT_EQ(sweep(true).value(), Words{});
  EXPECT_EQ(states(), Words{"ambiguous"});
}

// One that cannot be helped does not keep the others from it.
TEST_F(Orphans, OneAfterAnotherIsLookedAt) {
  earlier("intent");
  earlier("verified", "job-1");
  EXPECT_EQ(sweep().value(), Words{});
  EXPECT_EQ(provider->sought, std::vector<std::size_t>{1});
  journal = std::make_shared<MemoryJournal>();
  earlier("ambiguous");
  earlier("sent");
  provider->on_find = [this](const BackendContext&) -> std::optional<Error> {
    if (provider->finds == 1) return Error(Errc::ambiguous, "it cannot be told");
    return std::nullopt;
  };
  EXPECT_EQ(sweep(true).value(), Words{});
  EXPECT_EQ(states(), (Words{"ambiguous", "lost"}));
  journal = std::make_shared<MemoryJournal>();
  earlier("verified", "job-1");
  earlier("sent");
  EXPECT_EQ(sweep(true).value(), Words{});
  EXPECT_EQ(states(), (Words{"verified", "lost"}));
}

TEST_F(Orphans, WhatFailsIsSaid) {
  earlier("sent");
  provider->on_find = [](const BackendContext&) { return Error(Errc::network, "no route"); };
  EXPECT_EQ(sweep(true).error().code(), Errc::network);
  provider->on_find = nullptr;
  journal->refuse = [](const JournalBatch&) { return Error(Errc::no_space, "the disk is full"); };
  EXPECT_EQ(sweep(true).error().code(), Errc::no_space);
  journal->all[0].provider_id = "job-1";
  seen(0, RemoteState::running);
  EXPECT_EQ(sweep().error().code(), Errc::no_space);
  journal->refuse = nullptr;
  provider->on_sightings = [] { return Error(Errc::network, "no route"); };
  EXPECT_EQ(sweep().error().code(), Errc::network);
  journal->unreadable = [] { return true; };
  EXPECT_EQ(sweep().error().code(), Errc::journal);
}

}  // namespace
}  // namespace vidgen::test
