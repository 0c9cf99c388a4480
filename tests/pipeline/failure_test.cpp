// SPDX-License-Identifier: Apache-2.0
// Bad input and bad luck: typed errors that lose nothing.
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

}  // namespace
}  // namespace vidgen
