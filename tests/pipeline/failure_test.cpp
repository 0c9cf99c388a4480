// SPDX-License-Identifier: Apache-2.0
// Bad input and bad luck: typed errors that lose nothing.
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "workspace.hpp"

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

TEST(Failure, APlaceThatCannotBeWrittenIsReadOnly) {
  test::Workspace workspace;
  std::ofstream(workspace.path() + "/films") << "a file where the folder should be";
  Pipeline pipeline(workspace.config());
  auto film = pipeline.render(test::small_film());
  ASSERT_FALSE(film);
  EXPECT_TRUE(film.error().code() == Errc::io || film.error().code() == Errc::read_only ||
              film.error().code() == Errc::file_missing)
      << film.error().describe();
}

// A disk that fills up ends the job with its own error; once there is room, the job goes on.
TEST(Failure, AFullDiskLosesNothing) {
  test::Workspace workspace;
  std::string small = workspace.path() + "/films";
  std::filesystem::create_directory(small);
  if (::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=2600k") != 0) GTEST_SKIP() << "mounting needs root";
  {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film(), "tight");
    if (job) {
      auto film = job->wait();
      EXPECT_FALSE(film);
      if (!film) {
        EXPECT_EQ(film.error().code(), Errc::no_space) << film.error().describe();
      }
    } else {
      EXPECT_EQ(job.error().code(), Errc::no_space) << job.error().describe();
    }
  }
  ASSERT_EQ(::mount("tmpfs", small.c_str(), "tmpfs", MS_REMOUNT, "size=200m"), 0);
  {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film(), "tight");
    ASSERT_TRUE(job) << job.error().describe();
    auto film = job->wait();
    EXPECT_TRUE(film) << film.error().describe();
  }
  ::umount2(small.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace vidgen
