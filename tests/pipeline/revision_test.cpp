// SPDX-License-Identifier: Apache-2.0
// Clips that come back shorter than promised: the film keeps its length, and the report says how.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "wrapped.hpp"

namespace vidgen {
namespace {

// The embedded provider, but its clips lack a part of what was ordered.
class ShortClips : public test::Wrapped {
 public:
  explicit ShortClips(Rational missing) : missing_(missing) {}
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    if (request.kind == ModelKind::video) request.seconds = request.seconds - missing_;
    return Wrapped::create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
  }

 private:
  Rational missing_;
};

TEST(Revision, ShortClipsKeepTheFilmsLength) {
  test::Workspace workspace;
  Config config = workspace.config();
  config.backends.add(std::make_shared<ShortClips>(Rational(1, 2)));
  Pipeline pipeline(config);
  auto film = pipeline.render(test::small_film(6));
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 180);
  EXPECT_EQ(probe(film->path)->frames, 180);
  EXPECT_FALSE(film->notes.empty());
  auto record = pipeline.job(film->job);
  ASSERT_TRUE(record);
  auto plan = plan_from_json(record->plan);
  ASSERT_TRUE(plan) << plan.error().describe();
  EXPECT_GT(plan->revision, 0);
}

// The music is found missing first; no later revision may count on it again.
TEST(Revision, ShortClipsOfAFilmWithoutItsMusic) {
  test::Workspace workspace;
  auto error = std::make_shared<std::optional<Error>>(Error(Errc::soundfont_missing, "for the test"));
  Config config = test::with_failing(workspace.config(), "music", error);
  config.backends.add(std::make_shared<ShortClips>(Rational(1, 2)));
  Pipeline pipeline(config);
  auto film = pipeline.render(test::small_film(6));
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 180);
  EXPECT_EQ(film->samples, 0);
  EXPECT_EQ(film->missing, std::vector<std::string>{"music"});
  EXPECT_GT(plan_from_json(pipeline.job(film->job)->plan)->revision, 1);
}

// The same under a name of its own: a provider whose clips' real lengths are worth remembering.
class OwnShortClips final : public ShortClips {
 public:
  using ShortClips::ShortClips;
  std::string name() const override { return "mine"; }
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    // What only the embedded ones are told.
    if (request.fps <= Rational(0)) request.fps = 24;
    if (request.spans.empty()) request.spans.emplace_back().beat.length = 90;
    return ShortClips::create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
  }
};

// Rows for it, made of those of the embedded provider.
std::string own_rows(const std::string& folder) {
  std::ifstream in(std::string(VIDGEN_SOURCE_DIR) + "/models/local.json");
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  text = std::regex_replace(text, std::regex("\"provider\": \"local\""), "\"provider\": \"mine\"");
  text = std::regex_replace(text, std::regex("\"local-"), "\"mine-");
  text = std::regex_replace(text, std::regex("\"(animatic|still|composer)\""), "\"my-$1\"");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/mine.json") << text;
  return folder;
}

TEST(Revision, TheNextJobCountsOnWhatReallyComesBack) {
  test::Workspace workspace;
  Config config = workspace.config();
  config.model_folder = own_rows(workspace.path() + "/models");
  config.backends.add(std::make_shared<OwnShortClips>(Rational(1, 2)));
  Pipeline pipeline(config);
  Request request = test::small_film(6);
  request.backend = "mine";
  auto first = pipeline.render(request);
  ASSERT_TRUE(first) << first.error().describe();
  EXPECT_GT(plan_from_json(pipeline.job(first->job)->plan)->revision, 0);
  // Other clips: each length that is asked for the first time may surprise once, and none twice.
  int revision = 1;
  for (std::uint64_t seed = 8; seed < 14 && revision > 0; ++seed) {
    request.seed = seed;
    const auto promised = pipeline.plan(request);
    ASSERT_TRUE(promised) << promised.error().describe();
    EXPECT_FALSE(promised->measured.empty());
    const auto film = pipeline.render(request);
    ASSERT_TRUE(film) << film.error().describe();
    EXPECT_EQ(film->frames, 180);
    const Plan plan = *plan_from_json(pipeline.job(film->job)->plan);
    EXPECT_EQ(plan.measured, promised->measured);
    revision = plan.revision;
  }
  EXPECT_EQ(revision, 0);
}

TEST(Revision, AStoppedRevisionGoesOn) {
  test::Workspace workspace;
  Config config = workspace.config();
  config.backends.add(std::make_shared<ShortClips>(Rational(1, 2)));
  {
    Pipeline pipeline(config);
    auto job = pipeline.submit(test::small_film(6), "short");
    ASSERT_TRUE(job);
    while (auto event = job->next_event())
      if (event->kind == "note") break;
    job->interrupt();
    (void)job->wait();
  }
  Pipeline pipeline(config);
  auto job = pipeline.attach("short");
  ASSERT_TRUE(job);
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 180);
}

}  // namespace
}  // namespace vidgen
