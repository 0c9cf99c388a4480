// SPDX-License-Identifier: Apache-2.0
// Another take of a shot: what is made again, what is kept, what it costs, and who may order it.
#include <thread>

#include "base/commit.hpp"
#include "base/digest.hpp"
#include "base/try.hpp"
#include "shop.hpp"

namespace vidgen {
namespace {

using test::Shop;

RedoRequest shot(int n) {
  RedoRequest r;
  r.shot = n;
  return r;
}

std::string sum_of(const std::string& path) {
  return base::sha256_file(path).value_or("no file");
}

std::vector<std::string> sums_of_clips(const Pipeline& pipeline, const std::string& job, std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(sum_of(pipeline.folder(job) + "/chunks/chunk_0" + std::to_string(i) + ".mp4"));
  return out;
}

Money spent(Pipeline& pipeline, const std::string& job) {
  return pipeline.journal().value()->books(job, 0)->job.spent;
}

Result<Film> made(Pipeline& pipeline, const std::string& id, const Request& request) {
  VIDGEN_TRY(job, pipeline.submit(request, id));
  return job.wait();
}

void take_elsewhere(Pipeline& pipeline, const std::string& job) {
  LeaseRequest theirs;
  theirs.job = job;
  theirs.holder = "another machine";
  theirs.now_ms = machine_clock()->now_ms();
  theirs.until_ms = theirs.now_ms + 600'000;
  ASSERT_EQ(pipeline.journal().value()->take(theirs)->holder, theirs.holder);
}

TEST(RedoOfAShot, OneClipIsMadeAndItsSiblingsStay) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  const auto film = made(pipeline, "film", test::small_film(6));
  ASSERT_TRUE(film) << film.error().describe();
  const Plan before = plan_from_json(pipeline.job("film")->plan).value();
  const auto clips = sums_of_clips(pipeline, "film", before.clips.size());
  auto job = pipeline.redo("film", shot(1));
  ASSERT_TRUE(job) << job.error().describe();
  std::set<std::string> started;
  double reached = 0;
  while (auto event = job->next_event()) {
    EXPECT_GE(event->fraction, reached);
    reached = event->fraction;
    if (event->message.rfind("started", 0) == 0) started.insert(event->step);
  }
  const auto again = job->wait();
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_NE(again->sha256, film->sha256);
  EXPECT_EQ(again->frames, film->frames);
  const auto now = sums_of_clips(pipeline, "film", before.clips.size());
  EXPECT_NE(now[0], clips[0]);
  EXPECT_EQ(std::vector(now.begin() + 1, now.end()), std::vector(clips.begin() + 1, clips.end()));
  EXPECT_EQ(started.count("clip_00_take_2"), 1U);
  for (const std::string& step : started) EXPECT_TRUE(step == "clip_00_take_2" || step.rfind("clip", 0) != 0) << step;
  EXPECT_EQ(started.count("seg_00"), 1U);
  EXPECT_EQ(started.count("seg_0" + std::to_string(before.clips.size() - 1)), 0U) << "nothing of it changed";
  EXPECT_EQ(pipeline.job("film")->status, JobStatus::complete);
}

TEST(RedoOfAShot, OneThatFailsTakesNothingAway) {
  test::Workspace workspace;
  auto error = std::make_shared<std::optional<Error>>();
  Pipeline pipeline(test::with_failing(workspace.config(), "master", error));
  const auto film = made(pipeline, "film", test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  const std::string before = pipeline.job("film")->film;
  *error = Error(Errc::verify_failed, "for the test");
  auto job = pipeline.redo("film", shot(1));
  ASSERT_TRUE(job) << job.error().describe();
  EXPECT_EQ(job->wait().error().code(), Errc::verify_failed);
  EXPECT_EQ(pipeline.job("film")->film, before);
  EXPECT_EQ(sum_of(film->path), film->sha256);
}

TEST(RedoOfAShot, AnEarlierTakeIsTheEarlierFilmForNothing) {
  Shop shop;
  Pipeline pipeline(shop.config());
  const auto film = made(pipeline, "film", Shop::film());
  ASSERT_TRUE(film) << film.error().describe();
  RedoRequest wanted = shot(2);
  wanted.budget = usd(1);
  const auto other = pipeline.redo("film", wanted)->wait();
  ASSERT_TRUE(other) << other.error().describe();
  EXPECT_NE(other->sha256, film->sha256);
  const int bought = shop.bought();
  wanted = shot(2);
  wanted.take = 1;
  EXPECT_EQ(pipeline.redo_plan("film", wanted)->refresh.most, Money());
  const auto back = pipeline.redo("film", wanted)->wait();
  ASSERT_TRUE(back) << back.error().describe();
  EXPECT_EQ(back->sha256, film->sha256);
  wanted.take = 2;
  EXPECT_EQ(pipeline.redo("film", wanted)->wait()->sha256, other->sha256);
  EXPECT_EQ(shop.bought(), bought);
  wanted.take = 7;
  EXPECT_EQ(pipeline.redo("film", wanted).error().code(), Errc::invalid_argument);
}

// What followed it then differs from what follows now and was never made: it is left, with a cut, rather than bought.
TEST(RedoOfAShot, AnEarlierTakeBuysNothingThatFollows) {
  Shop shop;
  Pipeline pipeline(shop.config());
  Request request = Shop::film();
  request.continuity = Continuity::take;
  ASSERT_TRUE(made(pipeline, "film", request));
  RedoRequest wanted = shot(1);
  wanted.budget = usd(2);
  ASSERT_TRUE(pipeline.redo("film", wanted)->wait());
  wanted.shot = 2;
  ASSERT_TRUE(pipeline.redo("film", wanted)->wait());
  const int bought = shop.bought();
  wanted = shot(1);
  wanted.take = 1;
  const auto plan = pipeline.redo_plan("film", wanted);
  ASSERT_TRUE(plan) << plan.error().describe();
  EXPECT_EQ(plan->mode, RedoMode::cut);
  EXPECT_EQ(plan->refresh.most, Money());
  const auto film = pipeline.redo("film", wanted)->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(shop.bought(), bought);
  wanted.mode = RedoMode::cascade;
  wanted.take = 2;
  EXPECT_EQ(pipeline.redo_plan("film", wanted)->refresh.most, Money()) << "and that is how it was before";
}

TEST(RedoOfAShot, NothingIsBoughtWithoutABudgetOfItsOwn) {
  Shop shop;
  Pipeline pipeline(shop.config());
  ASSERT_TRUE(made(pipeline, "film", Shop::film()));
  const int bought = shop.bought();
  const Money before = spent(pipeline, "film");
  const auto plan = pipeline.redo_plan("film", shot(1));
  ASSERT_TRUE(plan) << plan.error().describe();
  EXPECT_EQ(plan->refresh.likely, usd(0.10));
  const auto refused = pipeline.redo("film", shot(1));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::budget);
  EXPECT_NE(refused.error().message().find("$0.10"), std::string::npos) << refused.error().message();
  RedoRequest poor = shot(1);
  poor.budget = usd(0.05);
  EXPECT_EQ(pipeline.redo("film", poor).error().code(), Errc::budget);
  EXPECT_EQ(pipeline.job("film")->status, JobStatus::complete) << "a refusal changes nothing";
  EXPECT_EQ(shop.bought(), bought);
  poor.budget = usd(0.10);
  const auto film = pipeline.redo("film", poor)->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(shop.bought(), bought + 1);
  EXPECT_EQ(spent(pipeline, "film"), before + usd(0.10));
  EXPECT_EQ(film->cost, before + usd(0.10));
}

TEST(RedoOfAShot, AJobThatIsBeingRunIsRefused) {
  Shop shop;
  Pipeline pipeline(shop.config());
  shop.stand.provider->held = true;
  auto job = pipeline.submit(Shop::film(), "film");
  ASSERT_TRUE(job);
  while (auto event = job->next_event())
    if (event->kind == "plan") break;
  RedoRequest wanted = shot(1);
  wanted.budget = usd(1);
  EXPECT_EQ(pipeline.redo("film", wanted).error().code(), Errc::needs_attention);
  const std::string plan = pipeline.job("film")->plan;
  Pipeline other(shop.config());  // as another process would
  const auto refused = other.redo("film", wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::needs_attention);
  EXPECT_NE(refused.error().message().find("stop that one first"), std::string::npos) << refused.error().message();
  EXPECT_EQ(other.job("film")->plan, plan);
  shop.stand.provider->held = false;
  ASSERT_TRUE(job->wait());
  EXPECT_EQ(pipeline.redo("none", wanted).error().code(), Errc::not_found);
}

// All that the journal says of a job, and of the money, as a digest.
std::string all_of(Pipeline& pipeline, const std::string& job) {
  const auto journal = pipeline.journal().value();
  std::string out = to_json(*journal->job(job).value());
  for (const AttemptRecord& a : journal->attempts(job).value()) out += to_json(a);
  const Totals books = journal->books(job, 0)->account;
  out += std::to_string(journal->events(job, 0)->size()) + books.spent.to_string() + books.reserved.to_string();
  return base::sha256_hex(out);
}

struct Refusal {
  const char* what;
  RedoRequest wanted;
  Errc code;
  const char* says;  // what there is, or what to do
};

void expect_refused(Pipeline& pipeline, const std::string& job, const Refusal& row) {
  const std::string before = all_of(pipeline, job);
  const auto refused = pipeline.redo(job, row.wanted);
  ASSERT_FALSE(refused) << row.what;
  EXPECT_EQ(refused.error().code(), row.code) << row.what;
  EXPECT_NE(refused.error().message().find(row.says), std::string::npos) << row.what << ": " << refused.error().message();
  EXPECT_EQ(all_of(pipeline, job), before) << row.what;
}

TEST(RedoOfAShot, WhatIsRefusedSaysWhatToDoAndChangesNothing) {
  Shop shop(Need::no);
  Pipeline pipeline(shop.config());
  ASSERT_TRUE(made(pipeline, "film", Shop::film()));
  const int bought = shop.bought();
  const auto wanted = [](int n, int take, std::optional<RedoMode> mode, std::optional<Money> budget, const char* prompt = "") {
    RedoRequest r = shot(n);
    r.take = take;
    r.mode = mode;
    r.budget = budget;
    r.prompt = prompt;
    return r;
  };
  const Refusal rows[] = {
      {"no such shot", wanted(9, 0, {}, usd(1)), Errc::invalid_argument, "the film has 5"},
      {"before the first shot", wanted(0, 0, {}, usd(1)), Errc::invalid_argument, "the film has 5"},
      {"no such take", wanted(1, 7, {}, usd(1)), Errc::invalid_argument, "it has 1"},
      {"the take that is shown", wanted(1, 1, {}, usd(1)), Errc::invalid_argument, "the one that the film shows"},
      {"words for an old take", wanted(1, 1, {}, usd(1), "a falling mug"), Errc::invalid_argument, "takes no prompt"},
      {"a model without last frames", wanted(2, 0, RedoMode::pin, usd(1)), Errc::model_lacks, "choose mode \"cascade\""},
      {"no budget", wanted(1, 0, {}, {}), Errc::budget, "--budget 0.10"},
      {"too small a budget", wanted(1, 0, {}, usd(0.09)), Errc::budget, "more than its budget of $0.09"},
  };
  for (const Refusal& row : rows) expect_refused(pipeline, "film", row);
  EXPECT_EQ(shop.bought(), bought);
  EXPECT_TRUE(pipeline.job("film")->status == JobStatus::complete);

  JobRecord other = pipeline.job("film").value();
  const auto write = [&](const char* id, JobStatus status) {
    other.id = id;
    other.status = status;
    JournalBatch batch;
    batch.jobs.push_back(other);
    ASSERT_TRUE(base::commit_now(*pipeline.journal().value(), std::move(batch)));
  };
  write("stopped", JobStatus::cancelled);
  expect_refused(pipeline, "stopped", {"cancelled", wanted(1, 0, {}, usd(1)), Errc::invalid_argument, "was cancelled"});
  other.plan.clear();
  write("early", JobStatus::interrupted);
  expect_refused(pipeline, "early", {"no plan yet", wanted(1, 0, {}, usd(1)), Errc::invalid_argument, "vidgen resume early"});
  EXPECT_EQ(shop.bought(), bought);
}

// What a provider is still working on is not dropped from the plan: it is paid for.
TEST(RedoOfAShot, AClipThatIsUnderWayIsWaitedFor) {
  Shop shop;
  Pipeline pipeline(shop.config());
  shop.stand.provider->held = true;
  auto job = pipeline.submit(Shop::film(), "film");
  ASSERT_TRUE(job);
  while (auto event = job->next_event())
    if (event->kind == "step" && event->step == "clip_00") break;
  const auto accepted = [&] {
    const auto attempts = pipeline.journal().value()->attempts("film").value();
    const auto is_known = [](const AttemptRecord& a) { return a.step == "clip_00" && !a.provider_id.empty(); };
    return std::any_of(attempts.begin(), attempts.end(), is_known);
  };
  for (int i = 0; i < 2000 && !accepted(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  job->interrupt();
  (void)job->wait();
  RedoRequest wanted = shot(1);
  wanted.budget = usd(1);
  const auto refused = pipeline.redo("film", wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), Errc::needs_attention);
  EXPECT_NE(refused.error().message().find("resume"), std::string::npos) << refused.error().message();
}

TEST(RedoOfAShot, OtherWordsShowAnotherPlace) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  const auto film = made(pipeline, "film", test::small_film(6));
  ASSERT_TRUE(film);
  RedoRequest wanted = shot(1);
  wanted.prompt = "a ceramic mug on a meadow in the evening";
  const auto again = pipeline.redo("film", wanted)->wait();
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_NE(again->sha256, film->sha256);
  wanted.prompt = "x";
  EXPECT_FALSE(pipeline.redo("film", wanted));
}

TEST(JobsOfAWorkspace, WhoHasTheLeaseSaysWhetherAJobIsRun) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto journal = pipeline.journal().value();
  JournalBatch batch;
  for (const char* id : {"left", "theirs"}) {
    JobRecord r;
    r.id = id;
    r.request = to_json(test::small_film());
    r.status = JobStatus::generating_chunks;
    r.owner = std::string(id) == "left" ? 1 : 999'999'999;  // 1 is alive, and in a container it is anybody
    batch.jobs.push_back(r);
  }
  ASSERT_TRUE(base::commit_now(*journal, std::move(batch)));
  take_elsewhere(pipeline, "theirs");
  EXPECT_EQ(pipeline.job("left")->status, JobStatus::interrupted);
  EXPECT_EQ(pipeline.job("theirs")->status, JobStatus::generating_chunks);
}

}  // namespace
}  // namespace vidgen
