// SPDX-License-Identifier: Apache-2.0
// Clips that come back shorter than promised: the film keeps its length, and the report says how.
#include "wrapped.hpp"

namespace vidgen {
namespace {

// The embedded provider, but its clips lack a part of what was ordered.
class ShortClips final : public test::Wrapped {
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
