// SPDX-License-Identifier: Apache-2.0
// What a provider sees: an intent that is durable before the request, the id of its answer before anything else, a
// cancel when the job is cancelled, an attempt of its own each time.
#include <algorithm>
#include <atomic>
#include <set>

#include "journal/sqlite.hpp"
#include "wrapped.hpp"

namespace vidgen {
namespace {

// A backend that does not announce the moment of sending: its intent says "sent". Reads the journal through a connection of its own whenever it is called.
class Witness final : public test::Wrapped {
 public:
  explicit Witness(const std::string& workspace) : path_(workspace + "/vidgen.db") {}
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    ++created;
    if (!noted(attempt.job, {"sent"}, [&](const AttemptRecord& r) {
          return r.key == attempt.key && r.attempt == attempt.number && r.seed == attempt.seed && r.provider == "local";
        }))
      ++without_intent;
    if (!seeds.insert(attempt.seed).second || attempt.seed > 0x7fffffffU) ++bad_seeds;
    job_ = attempt.job;
    return Wrapped::create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    if (!noted(job_, {"accepted", "running"}, [&](const AttemptRecord& r) { return r.provider_id == id; })) ++without_id;
    return Wrapped::get(std::move(id), std::move(context));
  }
  int created = 0, without_intent = 0, without_id = 0, bad_seeds = 0;
  std::set<std::uint32_t> seeds;

 private:
  template <class Match>
  bool noted(const std::string& job, const std::set<std::string>& states, Match match) {
    auto journal = journal::open_sqlite(path_);
    if (!journal) return false;
    auto attempts = (*journal)->attempts(job);
    if (!attempts) return false;
    for (const AttemptRecord& r : *attempts)
      if (states.count(r.state) != 0 && match(r)) return true;
    return false;
  }
  std::string path_, job_;
};

TEST(Promise, EachRequestHasADurableIntentAndEachAnswerItsId) {
  test::Workspace workspace;
  Config config = workspace.config();
  auto witness = std::make_shared<Witness>(config.workspace);
  config.backends.add(witness);
  auto film = Pipeline(config).render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_GT(witness->created, 2);
  EXPECT_EQ(witness->without_intent, 0);
  EXPECT_EQ(witness->without_id, 0);
  EXPECT_EQ(witness->bad_seeds, 0);
}

// Clips that never end unless they are cancelled; long after a cancel that never came they give up by themselves.
class Endless final : public test::Wrapped {
 public:
  Async<Result<RemoteJob>> create(GenerationRequest request, GenerationInputs inputs, Attempt attempt,
                                  BackendContext context) override {
    if (request.kind != ModelKind::video)
      return Wrapped::create(std::move(request), std::move(inputs), std::move(attempt), std::move(context));
    ++clips;
    RemoteJob job;
    job.id = "endless-" + attempt.key.substr(0, 8);
    return said(job);
  }
  Async<Result<RemoteJob>> get(std::string id, BackendContext context) override {
    if (id.rfind("endless-", 0) != 0) return Wrapped::get(std::move(id), std::move(context));
    RemoteJob job;
    job.id = id;
    job.state = RemoteState::running;
    if (stopped && ++asked_in_vain_ > 40) job.state = RemoteState::failed;
    if (cancelled.count(id) != 0) job.state = RemoteState::cancelled;
    return said(job);
  }
  Async<Status> cancel(std::string id, BackendContext context) override {
    if (id.rfind("endless-", 0) == 0) cancelled.insert(id);
    return Wrapped::cancel(std::move(id), std::move(context));
  }
  std::atomic<int> clips{0};
  std::atomic<bool> stopped{false};
  std::set<std::string> cancelled;

 private:
  int asked_in_vain_ = 0;
  static Async<Result<RemoteJob>> said(RemoteJob job) { co_return job; }
};

void until_a_clip_runs(Job& job) {
  while (auto event = job.next_event())
    if (event->kind == "step" && event->message.rfind("started", 0) == 0 && event->step.rfind("clip", 0) == 0) return;
  ADD_FAILURE() << "no clip was started";
}

TEST(Promise, ACancelReachesTheProvider) {
  test::Workspace workspace;
  Config config = workspace.config();
  auto endless = std::make_shared<Endless>();
  config.backends.add(endless);
  Pipeline pipeline(config);
  auto job = pipeline.submit(test::small_film(), "stopped");
  ASSERT_TRUE(job);
  until_a_clip_runs(*job);
  endless->stopped = true;
  job->cancel();
  auto film = job->wait();
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::cancelled);
  EXPECT_EQ(static_cast<int>(endless->cancelled.size()), endless->clips);
  for (const AttemptRecord& r : pipeline.attempts("stopped").value())
    if (r.provider_id.rfind("endless-", 0) == 0) {
      EXPECT_EQ(r.state, "cancelled");
    }
}

// An attempt after a stop is another attempt: its own number and seed, and the record of the first one stays.
TEST(Promise, ASecondAttemptHasItsOwnNumberAndSeed) {
  test::Workspace workspace;
  {
    Config config = workspace.config();
    auto endless = std::make_shared<Endless>();
    config.backends.add(endless);
    Pipeline pipeline(config);
    auto job = pipeline.submit(test::small_film(), "twice");
    ASSERT_TRUE(job);
    until_a_clip_runs(*job);
    endless->stopped = true;
    job->interrupt();
    EXPECT_EQ(job->wait().error().code(), Errc::interrupted);
  }
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach("twice");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  const auto attempts = pipeline.attempts("twice").value();
  std::set<std::uint32_t> seeds;
  int second = 0;
  for (const AttemptRecord& r : attempts) {
    EXPECT_TRUE(seeds.insert(r.seed).second) << r.step << " attempt " << r.attempt;
    if (r.attempt < 2) continue;
    ++second;
    EXPECT_EQ(r.state, "stored");
    const bool kept = std::any_of(attempts.begin(), attempts.end(), [&](const AttemptRecord& first) {
      return first.step == r.step && first.attempt == 1 && first.state != "stored";
    });
    EXPECT_TRUE(kept) << r.step;
  }
  EXPECT_GT(second, 0);
}

}  // namespace
}  // namespace vidgen
