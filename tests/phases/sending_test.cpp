// SPDX-License-Identifier: Apache-2.0
// The moment of sending, and what is handed over and heard.
#include "bench.hpp"

namespace vidgen::test {
namespace {

class Sending : public Bench {};

// A process that slept between the write and its answer may have lost its lease: it looks again.
TEST_F(Sending, ASlowWriteBeforeSendingIsMadeAgain) {
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

TEST_F(Sending, WhatMayNotBeSentIsNotSent) {
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
TEST_F(Sending, WhatIsHeardTooLateChangesNothing) {
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

TEST_F(Sending, OnlyThatItRunsIsWorthANote) {
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

TEST_F(Sending, AHostThatKeepsNoBooksOfItsOwnIsFine) {
  std::shared_ptr<StepContext> bare = context();
  bare->settled = nullptr;
  bare->cancelled = nullptr;
  EXPECT_TRUE(wait(phases::generate(bare)));
}

TEST_F(Sending, TheDeadlineIsWhatWasReservedFor) {
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

TEST_F(Sending, PicturesGoWhereThePlannerPutThem) {
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

TEST_F(Sending, WhatIsNotThereIsSaidBeforeAnythingIsWritten) {
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

TEST_F(Sending, FactsThatAreNoneAreEmpty) {
  StepOutcome out;
  for (const char* facts : {"", "nonsense", "[1]"}) {
    out.facts = facts;
    EXPECT_EQ(phases::facts_of(out).dump(), "{}");
  }
}

}  // namespace
}  // namespace vidgen::test
