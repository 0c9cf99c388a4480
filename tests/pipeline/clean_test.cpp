// SPDX-License-Identifier: Apache-2.0
// What may be removed from the store, and what never: whatever an open job, a kept take or a running process needs.
#include <filesystem>
#include <map>
#include <tuple>

#include "base/commit.hpp"
#include "shop.hpp"

namespace vidgen {
namespace {

using test::Shop;

constexpr std::int64_t kHour = 3'600'000;

// The machine's clock, moved.
class MovedClock final : public Clock {
 public:
  std::int64_t now_ms() override { return machine_clock()->now_ms() + ahead_ms; }
  std::int64_t ahead_ms = 0;
};

std::string blob_of(Pipeline& pipeline, const std::string& key) {
  const auto known = pipeline.journal().value()->result(key).value();
  return known ? step_outcome_from_json(known->outcome)->outputs.front().sha256 : std::string();
}

bool has(Pipeline& pipeline, const std::string& sha) {
  return pipeline.store().value()->contains(sha);
}

Plan plan_of(Pipeline& pipeline, const std::string& job) {
  return plan_from_json(pipeline.job(job)->plan).value();
}

struct TwoTakes {
  TwoTakes() {
    RedoRequest wanted;
    wanted.shot = 1;
    EXPECT_TRUE(pipeline.submit(test::small_film(6), "film")->wait());
    EXPECT_TRUE(pipeline.redo("film", wanted)->wait());
    const Plan plan = plan_of(pipeline, "film");
    first = blob_of(pipeline, plan.takes.front().steps.back().key);
    second = blob_of(pipeline, plan.find(plan.clips[0].step)->key);
    EXPECT_NE(first, second);
  }
  test::Workspace workspace;
  Pipeline pipeline{workspace.config()};
  std::string first, second;
};

TEST(Clean, AllKeepsEveryTakeAndSelectedTheOneThatIsShown) {
  TwoTakes w;
  ASSERT_TRUE(w.pipeline.clean(Keep::all, false));
  EXPECT_TRUE(has(w.pipeline, w.first));
  EXPECT_TRUE(has(w.pipeline, w.second));
  const auto dry = w.pipeline.clean(Keep::selected, true);
  ASSERT_TRUE(dry);
  EXPECT_TRUE(has(w.pipeline, w.first));
  ASSERT_EQ(dry->jobs.size(), 1U);
  EXPECT_EQ(dry->jobs[0].job, "film");
  EXPECT_EQ(dry->jobs[0].bytes, dry->bytes);
  EXPECT_EQ(w.pipeline.clean(Keep::selected, false)->bytes, dry->bytes);
  EXPECT_FALSE(has(w.pipeline, w.first));
  EXPECT_TRUE(has(w.pipeline, w.second));
  ASSERT_TRUE(w.pipeline.clean(Keep::final_, false));
  EXPECT_FALSE(has(w.pipeline, w.second));
}

TEST(Clean, AnOpenJobLosesNothing) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto store = pipeline.store().value();
  JobRecord open;
  open.id = "open";
  open.status = JobStatus::failed;  // it can be resumed
  Request request = test::small_film();
  request.images.push_back("sha256:" + store->put("a photograph", AssetKind::image, "")->sha256);
  open.request = to_json(request);
  AttemptRecord paid;  // fetched, and not yet a result
  paid.job = "open";
  paid.step = "clip_00";
  paid.key = "k";
  paid.state = "stored";
  StepOutcome outcome;
  outcome.outputs.push_back(store->put("a clip", AssetKind::video, "").value());
  paid.outcome = to_json(outcome);
  JournalBatch batch;
  batch.jobs.push_back(open);
  batch.attempts.push_back(paid);
  ASSERT_TRUE(base::commit_now(*pipeline.journal().value(), std::move(batch)));
  Config later = workspace.config();
  auto clock = std::make_shared<MovedClock>();
  clock->ahead_ms = 1000 * kHour;
  later.clock = clock;
  Pipeline cleaner(later);
  EXPECT_EQ(cleaner.clean(Keep::final_, false)->blobs, 0);
  open.status = JobStatus::cancelled;
  JournalBatch over;
  over.jobs.push_back(open);
  ASSERT_TRUE(base::commit_now(*pipeline.journal().value(), std::move(over)));
  EXPECT_EQ(cleaner.clean(Keep::all, true)->blobs, 0);
  EXPECT_EQ(cleaner.clean(Keep::final_, true)->blobs, 2);
}

// Between a put and the commit that names the blob.
TEST(Clean, WhatIsYoungAndNobodyKnowsStays) {
  test::Workspace workspace;
  Config config = workspace.config();
  auto clock = std::make_shared<MovedClock>();
  config.clock = clock;
  Pipeline pipeline(config);
  auto store = pipeline.store().value();
  const std::string sha = store->put("on its way", AssetKind::other, "")->sha256;
  EXPECT_EQ(pipeline.clean(Keep::final_, false)->blobs, 0);
  clock->ahead_ms = kHour;
  const auto seen = pipeline.clean(Keep::final_, true);
  EXPECT_EQ(seen->blobs, 1);
  ASSERT_EQ(seen->jobs.size(), 1U);
  EXPECT_EQ(seen->jobs[0].job, "");
  // Put again, it is young again.
  std::filesystem::last_write_time(store->path(sha).value(),
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  clock->ahead_ms = 0;
  EXPECT_EQ(pipeline.clean(Keep::final_, true)->blobs, 1);
  ASSERT_TRUE(store->put("on its way", AssetKind::other, ""));
  EXPECT_EQ(pipeline.clean(Keep::final_, true)->blobs, 0);
}

// Another process runs a job: what it may have put just now, also where an old film made the same, stays.
TEST(Clean, AnotherProcessAtWorkIsSafe) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  ASSERT_TRUE(pipeline.submit(test::small_film(), "film")->wait());
  EXPECT_GT(pipeline.clean(Keep::final_, true)->blobs, 0);
  JobRecord theirs;
  theirs.id = "theirs";
  theirs.request = to_json(test::small_film());
  theirs.status = JobStatus::generating_chunks;
  JournalBatch batch;
  batch.jobs.push_back(theirs);
  ASSERT_TRUE(base::commit_now(*pipeline.journal().value(), std::move(batch)));
  LeaseRequest lease;
  lease.job = "theirs";
  lease.holder = "another machine";
  lease.now_ms = machine_clock()->now_ms();
  lease.until_ms = lease.now_ms + kHour;
  ASSERT_TRUE(pipeline.journal().value()->take(lease));
  EXPECT_EQ(pipeline.clean(Keep::final_, true)->blobs, 0);
}

TEST(Clean, OnlyWhatIsOldEnough) {
  TwoTakes w;
  EXPECT_EQ(w.pipeline.clean(Keep::final_, false, std::chrono::hours(24))->blobs, 0);
  Config later = w.workspace.config();
  auto clock = std::make_shared<MovedClock>();
  clock->ahead_ms = 25 * kHour;
  later.clock = clock;
  Pipeline cleaner(later);
  EXPECT_GT(cleaner.clean(Keep::final_, true, std::chrono::hours(24))->blobs, 0);
}

std::map<std::string, std::int64_t> blobs_of(Pipeline& pipeline) {
  std::map<std::string, std::int64_t> out;
  for (const Asset& blob : pipeline.store().value()->list().value()) out[blob.sha256] = blob.bytes;
  return out;
}

// All that the journal knows, but for the leases.
std::string journal_of(Pipeline& pipeline) {
  const auto journal = pipeline.journal().value();
  std::string out;
  for (const JobRecord& job : journal->jobs().value()) {
    out += to_json(job);
    for (const AttemptRecord& a : journal->attempts(job.id).value()) out += to_json(a);
    for (const Event& e : journal->events(job.id, 0).value()) out += to_json(e);
    const Totals books = journal->books(job.id, 0)->account;
    out += books.spent.to_string() + books.orphaned.to_string();
    const Plan plan = job.plan.empty() ? Plan() : plan_from_json(job.plan).value();
    for (const Step& step : plan.steps)
      if (const auto known = journal->result(step.key).value()) out += to_json(*known);
  }
  return out;
}

TEST(Clean, ADryRunRemovesNothingAndSaysExactlyWhatTheRealOneRemoves) {
  Shop shop;
  Pipeline pipeline(shop.config());
  RedoRequest wanted;
  wanted.shot = 1;
  wanted.budget = usd(1);
  ASSERT_TRUE(pipeline.submit(Shop::film(), "film")->wait());
  ASSERT_TRUE(pipeline.redo("film", wanted)->wait());
  const std::string known = journal_of(pipeline);
  EXPECT_NE(known.find("verified"), std::string::npos);
  for (const Keep keep : {Keep::all, Keep::selected, Keep::final_}) {
    const auto before = blobs_of(pipeline);
    const CleanReport said = pipeline.clean(keep, true).value();
    EXPECT_EQ(blobs_of(pipeline), before) << "a dry run";
    EXPECT_EQ(said.blobs > 0, keep != Keep::all);
    const CleanReport done = pipeline.clean(keep, false).value();
    const auto after = blobs_of(pipeline);
    std::int64_t bytes = 0;
    for (const auto& [sha, size] : before) bytes += after.count(sha) == 0 ? size : 0;
    EXPECT_EQ(static_cast<std::int64_t>(before.size() - after.size()), said.blobs);
    EXPECT_EQ(bytes, said.bytes);
    EXPECT_EQ(static_cast<std::int64_t>(after.size()), said.kept_blobs);
    EXPECT_EQ(std::tie(done.blobs, done.bytes, done.kept_blobs, done.kept_bytes),
              std::tie(said.blobs, said.bytes, said.kept_blobs, said.kept_bytes));
    ASSERT_EQ(done.jobs.size(), said.jobs.size());
    for (std::size_t i = 0; i < done.jobs.size(); ++i) EXPECT_EQ(done.jobs[i].bytes, said.jobs[i].bytes);
    EXPECT_EQ(journal_of(pipeline), known) << "what was done and paid stays written down";
  }
}

// Two films of the same clips, one of them old.
TEST(Clean, WhatAnotherFilmNeedsStays) {
  test::Workspace workspace;
  Config yesterday = workspace.config();
  auto clock = std::make_shared<MovedClock>();
  clock->ahead_ms = -25 * kHour;
  yesterday.clock = clock;
  ASSERT_TRUE(Pipeline(yesterday).submit(test::small_film(), "old")->wait());
  Pipeline pipeline(workspace.config());
  EXPECT_GT(pipeline.clean(Keep::final_, true, std::chrono::hours(24))->blobs, 0) << "old enough";
  const auto before = blobs_of(pipeline);
  const auto film = pipeline.submit(test::small_film(), "new")->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_TRUE(film->reused);
  EXPECT_EQ(pipeline.clean(Keep::final_, false, std::chrono::hours(24))->blobs, 0) << "the new one is made of it";
  for (const auto& [sha, bytes] : before) EXPECT_TRUE(has(pipeline, sha)) << sha;
  EXPECT_GT(pipeline.clean(Keep::final_, false)->blobs, 0);
  EXPECT_TRUE(has(pipeline, film->sha256));
}

// What was paid for and cleaned has a price again, and nobody pays it by accident.
TEST(Clean, WhatIsEvictedIsNeverBoughtSilently) {
  Shop shop;
  Pipeline pipeline(shop.config());
  ASSERT_TRUE(pipeline.submit(Shop::film(), "film")->wait());
  const int bought = shop.bought();
  Request again = Shop::film();
  again.budget.reset();
  const Plan plan = pipeline.plan(again).value();
  EXPECT_EQ(pipeline.refresh(plan)->most, Money()) << "it is all there";
  ASSERT_TRUE(pipeline.render(again)) << "and so it costs nothing";
  ASSERT_TRUE(pipeline.clean(Keep::final_, false));
  const Refresh left = pipeline.refresh(plan).value();
  EXPECT_EQ(left.likely, usd(0.10) * static_cast<std::int64_t>(plan.clips.size()));
  EXPECT_GE(left.evicted.size(), plan.clips.size());
  EXPECT_EQ(pipeline.render(again).error().code(), Errc::budget);
  RedoRequest wanted;
  wanted.shot = 1;
  const auto refused = pipeline.redo("film", wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::budget);
  EXPECT_EQ(shop.bought(), bought);
}

}  // namespace
}  // namespace vidgen
