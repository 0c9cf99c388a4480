// SPDX-License-Identifier: Apache-2.0
// A machine without an encoder or without fonts: the error says what to install, what was made is kept, and the job
// goes on once the part is there.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "base/json.hpp"
#include "wrapped.hpp"

namespace vidgen {
namespace {

// The built-in step kind on a machine that has other encoders: it runs with other names in its settings.
class WithEncoders final : public StepKind {
 public:
  WithEncoders(std::shared_ptr<StepKind> inner, std::string names)
      : inner_(std::move(inner)), names_(std::move(names)) {}
  std::string_view name() const override { return inner_->name(); }
  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override {
    auto other = std::make_shared<StepContext>(*context);
    const std::string usual = "\"encoder\":\"\"";
    const auto at = other->step.params.find(usual);
    EXPECT_NE(at, std::string::npos) << other->step.params;
    if (at != std::string::npos) other->step.params.replace(at, usual.size(), "\"encoder\":\"" + names_ + "\"");
    return inner_->run(std::move(other));
  }

 private:
  std::shared_ptr<StepKind> inner_;
  std::string names_;
};

Config with_encoders(Config config, const std::string& names) {
  return test::with_kind(std::move(config), "segment", [&names](std::shared_ptr<StepKind> kind) {
    return std::make_shared<WithEncoders>(std::move(kind), names);
  });
}

TEST(MissingEncoder, KeepsTheClipsAndGoesOnWhenItIsThere) {
  test::Workspace workspace;
  std::size_t bought = 0;
  {
    Pipeline pipeline(with_encoders(workspace.config(), "libnobody264"));
    auto job = pipeline.submit(test::small_film(), "mug");
    ASSERT_TRUE(job);
    auto film = job->wait();
    ASSERT_FALSE(film);
    EXPECT_EQ(film.error().code(), Errc::encoder_missing) << film.error().describe();
    EXPECT_NE(film.error().describe().find("install"), std::string::npos) << film.error().describe();
    EXPECT_EQ(pipeline.job("mug")->status, JobStatus::failed);
    bought = pipeline.attempts("mug")->size();
    EXPECT_GT(bought, 0u);
  }
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach("mug");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  // What was finished when the encoder was missed is not made again.
  std::size_t stored = 0;
  const auto attempts = pipeline.attempts("mug");
  ASSERT_TRUE(attempts);
  for (const AttemptRecord& a : *attempts)
    if (a.state == "stored") ++stored;
  auto plan = plan_from_json(pipeline.job("mug")->plan);
  ASSERT_TRUE(plan);
  std::size_t steps = 0;
  for (const Step& step : plan->steps)
    if (step.resource.rfind("provider:", 0) == 0) ++steps;
  EXPECT_EQ(stored, steps);
}

TEST(MissingEncoder, ASecondChoiceMakesTheFilmAndTheReportSaysSo) {
  test::Workspace workspace;
  Pipeline pipeline(with_encoders(workspace.config(), "libnobody264,libx264"));
  auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 90);
  bool said = false;
  for (const std::string& note : film->notes) said = said || note.find("libnobody264") != std::string::npos;
  EXPECT_TRUE(said);
  std::ifstream in(film->report);
  auto report = base::Json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  ASSERT_TRUE(report);
  int segments = 0;
  for (const base::Json& step : (*report)["steps"].items())
    if (step["kind"].as_string() == "segment") {
      ++segments;
      EXPECT_EQ(step["facts"]["encoder"].as_string(), "libx264");
    }
  EXPECT_GT(segments, 0);
}

constexpr const char* kWorkspace = "VIDGEN_TEST_WORKSPACE_WITHOUT_FONTS";

// Runs in a process of its own, because fonts are looked for once in a process.
TEST(MissingFonts, DISABLED_ChildWithoutFonts) {
  const char* place = std::getenv(kWorkspace);
  if (!place) GTEST_SKIP() << "a part of the next test";
  Config config;
  config.workspace = place;
  config.backends.add(local_backend());
  Pipeline pipeline(std::move(config));
  auto job = pipeline.submit(test::small_film(), "mute");
  ASSERT_TRUE(job);
  auto film = job->wait();
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::font_missing) << film.error().describe();
  EXPECT_NE(film.error().describe().find("install"), std::string::npos) << film.error().describe();
}

TEST(MissingFonts, SayWhatToInstallAndTheJobGoesOn) {
  test::Workspace workspace;
  std::ofstream(workspace.path() + "/fonts.conf")
      << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>" << workspace.path()
      << "/none</dir><cachedir>" << workspace.path() << "/cache</cachedir></fontconfig>";
  const std::string fonts = "FONTCONFIG_FILE=" + workspace.path() + "/fonts.conf";
  const std::string place = std::string(kWorkspace) + "=" + workspace.path() + "/films";
  std::vector<char*> environment;
  for (char** e = environ; *e; ++e) environment.push_back(*e);
  environment.push_back(const_cast<char*>(fonts.c_str()));
  environment.push_back(const_cast<char*>(place.c_str()));
  environment.push_back(nullptr);
  char program[] = "/proc/self/exe", filter[] = "--gtest_filter=MissingFonts.DISABLED_ChildWithoutFonts";
  char run[] = "--gtest_also_run_disabled_tests";
  char* arguments[] = {program, filter, run, nullptr};
  pid_t child = 0;
  ASSERT_EQ(::posix_spawn(&child, program, nullptr, nullptr, arguments, environment.data()), 0);
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach("mute");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

}  // namespace
}  // namespace vidgen
