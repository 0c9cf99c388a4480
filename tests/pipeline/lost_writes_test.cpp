// SPDX-License-Identifier: Apache-2.0
// Writes that do not come through: what is decided is not acted upon before it is durable, and what is noted in passing is
// not needed.
#include "outliving.hpp"
#include "refusing.hpp"

namespace vidgen {
namespace {

// A part that the film can do without, and that does not come about.
class Broken final : public StepKind {
 public:
  explicit Broken(std::shared_ptr<StepKind> inner) : inner_(std::move(inner)) {}
  std::string_view name() const override { return inner_->name(); }
  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext>) override {
    co_return Error(Errc::provider, "the instruments are out of tune");
  }

 private:
  std::shared_ptr<StepKind> inner_;
};

Config without_music(Config config) {
  return test::with_kind(std::move(config), "music",
                         [](std::shared_ptr<StepKind> kind) { return std::make_shared<Broken>(std::move(kind)); });
}

bool says_missing(const JournalBatch& batch) {
  for (const ResultRecord& r : batch.results)
    if (r.key.rfind("without/", 0) == 0) return true;
  return false;
}

// Else the next process would make, and perhaps buy, what this one has delivered the film without.
TEST(LostWrites, AFilmIsNotDeliveredWithoutAPartUnlessThatIsDurable) {
  test::Workspace workspace;
  Config config = without_music(workspace.config());
  int refused = 0;
  const auto journal = test::refuse(config, [&refused](const JournalBatch& batch) -> std::optional<Error> {
    if (!says_missing(batch) || refused++ > 0) return std::nullopt;
    return Error(Errc::no_space, "the disk is full");
  });
  Pipeline pipeline(config);
  auto film = pipeline.submit(test::small_film(), "film")->wait();
  ASSERT_FALSE(film) << "delivered, and the next process knows nothing of it";
  EXPECT_EQ(film.error().code(), Errc::no_space) << film.error().describe();
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(pipeline.job("film")->status, JobStatus::failed);
  // With room again: decided once, and durable.
  film = pipeline.attach("film")->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->missing.size(), 1U);
  const Plan plan = plan_from_json(pipeline.job("film")->plan).value();
  for (const Step& step : plan.steps)
    if (step.kind == "music") {
      EXPECT_TRUE(journal->result("without/film/" + step.id)->has_value());
    }
}

TEST(LostWrites, ThatAnAttemptRunsIsNotedInPassing) {
  test::Stand stand;
  Config config = stand.config();
  int refused = 0;
  const auto journal = test::refuse(config, [&refused](const JournalBatch& batch) -> std::optional<Error> {
    for (const AttemptRecord& a : batch.attempts)
      if (a.state == "running" && ++refused > 0) return Error(Errc::io, "the disk had a moment");
    return std::nullopt;
  });
  stand.provider->held = true;  // until each was seen to run
  Pipeline pipeline(config);
  auto job = pipeline.submit(test::small_film(), "film");
  test::until_a_clip_begins(*job);
  for (int i = 0; i < 500 && refused == 0; ++i) (void)job->wait_for(std::chrono::milliseconds(20));
  stand.provider->held = false;
  const auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_GT(refused, 0);
  EXPECT_EQ(stand.provider->most_creates(), 1);
  for (const AttemptRecord& a : pipeline.attempts("film").value()) EXPECT_EQ(a.state, "verified") << a.step;
}

}  // namespace
}  // namespace vidgen
