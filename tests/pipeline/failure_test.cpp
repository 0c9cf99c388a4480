// SPDX-License-Identifier: Apache-2.0
// Bad input and bad luck: typed errors that lose nothing.
#include <fstream>

#include "wrapped.hpp"

namespace vidgen {
namespace {

TEST(Failure, ABadPromptLeavesNoJobBehind) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.prompt = "mug";
  auto film = pipeline.render(request);
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::input_refused);
  EXPECT_TRUE(pipeline.jobs()->empty());
}

TEST(Failure, AMissingPhotographIsNamed) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.images = {workspace.path() + "/nowhere.png"};
  auto film = pipeline.render(request);
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::file_missing);
  EXPECT_NE(film.error().message().find("nowhere.png"), std::string::npos);
}

TEST(Failure, NothingIsBoughtWithoutABudget) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.backend = "auto";
  request.model = "wan";
  auto plan = pipeline.plan(request);
  ASSERT_TRUE(plan) << plan.error().describe();
  EXPECT_GT(plan->likely, Money());
  auto film = pipeline.render(request);
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::budget);
  request.budget = Money::micros(1);
  film = pipeline.render(request);
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::budget);
}

TEST(Failure, AMissingBackendIsSaidBeforeAnythingRuns) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.backend = "auto";
  request.model = "wan";
  request.budget = usd(100);
  auto film = pipeline.render(request);
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::credentials) << film.error().describe();
  auto jobs = pipeline.jobs();
  ASSERT_TRUE(jobs);
  EXPECT_TRUE(pipeline.attempts(jobs->front().id)->empty());
}

TEST(Failure, ADamagedPhotographIsNamed) {
  test::Workspace workspace;
  std::string path = workspace.path() + "/holiday.png";
  std::ofstream(path) << "this is no picture";
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.images = {path};
  auto plan = pipeline.plan(request);
  ASSERT_FALSE(plan);
  EXPECT_NE(plan.error().message().find("holiday.png"), std::string::npos) << plan.error().describe();
}

TEST(Failure, AModelAndABackendThatContradictAreAUsageError) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.model = "wan";  // replicate's, and the request says local
  auto plan = pipeline.plan(request);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code(), Errc::invalid_argument);
}

TEST(Failure, InterpolationIsRefusedInWords) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.fps_mode = FpsMode::interpolate;
  auto plan = pipeline.plan(request);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code(), Errc::unsupported);
}

// Music is not worth a film: without a sound font it is delivered without, and says so.
TEST(Failure, AMissingSoundFontCostsTheMusicOnly) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config("/nonexistent/font.sf2"));
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  ASSERT_EQ(film->missing.size(), 1u);
  ASSERT_FALSE(film->notes.empty());
  EXPECT_NE(film->notes.front().find("soundfont_missing"), std::string::npos) << film->notes.front();
  EXPECT_EQ(film->frames, 90);
}

TEST(Failure, AFilmWithoutItsMusicIsNotTakenForOneThatHasIt) {
  test::Workspace workspace;
  Pipeline mute(workspace.config("/nonexistent/font.sf2"));
  auto without = mute.render(test::small_film());
  ASSERT_TRUE(without) << without.error().describe();
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_TRUE(film->missing.empty());
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_NE(film->sha256, without->sha256);
}

// What a later process says of the job is what the first one said.
TEST(Failure, WhatAFilmGoesWithoutIsSaidAfterAResumeToo) {
  test::Workspace workspace;
  {
    auto error = std::make_shared<std::optional<Error>>(Error(Errc::no_space, "for the test"));
    Pipeline stops(test::with_failing(workspace.config("/nonexistent/font.sf2"), "master", error));
    auto job = stops.submit(test::small_film(), "film");
    ASSERT_TRUE(job);
    EXPECT_EQ(job->wait().error().code(), Errc::no_space);
  }
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->missing, std::vector<std::string>{"music"});
  EXPECT_NE(film->sha256, test::small_film_sha256());
}

struct MusicFails {
  explicit MusicFails(Errc code) : error(std::make_shared<std::optional<Error>>(Error(code, "for the test"))) {}
  Config config() const {
    return test::with_failing(workspace.config(), "music", error);
  }
  test::Workspace workspace;
  std::shared_ptr<std::optional<Error>> error;
};

// What is wrong with the place, the budget, or known to nobody yet, says nothing about the music: the job stops there.
TEST(Failure, AFullDiskABudgetAndAQuestionDoNotCostTheMusic) {
  for (const Errc code : {Errc::no_space, Errc::journal, Errc::budget, Errc::ambiguous}) {
    MusicFails once(code);
    Pipeline pipeline(once.config());
    auto job = pipeline.submit(test::small_film(), "film");
    ASSERT_TRUE(job) << job.error().describe();
    auto film = job->wait();
    ASSERT_FALSE(film) << errc_row(code).name;
    EXPECT_EQ(film.error().code(), code);
    auto again = pipeline.attach("film");
    ASSERT_TRUE(again) << again.error().describe();
    film = again->wait();
    ASSERT_TRUE(film) << film.error().describe();
    EXPECT_TRUE(film->missing.empty()) << errc_row(code).name;
  }
}

TEST(Failure, AQuestionThatNobodyIsToBeAskedCostsTheMusic) {
  MusicFails once(Errc::ambiguous);
  Pipeline pipeline(once.config());
  Request request = test::small_film();
  request.on_ambiguous = OnAmbiguous::fail;
  auto film = pipeline.render(request);
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->missing.size(), 1U);
}

}  // namespace
}  // namespace vidgen
