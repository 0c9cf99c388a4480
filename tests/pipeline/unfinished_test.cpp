// SPDX-License-Identifier: Apache-2.0
// The job that was begun for the same film: which one it is, and which it is not.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "base/commit.hpp"
#include "base/timer.hpp"
#include "outliving.hpp"
#include "stills.hpp"

namespace vidgen {
namespace {

class Unfinished : public ::testing::Test {
 protected:
  // As a process leaves it that was stopped or has died.
  void begin(const std::string& id, const Request& request, JobStatus status = JobStatus::interrupted,
             const std::string& reason = {}) {
    JobRecord job;
    job.id = id;
    job.created_ms = ++created_;
    job.request = to_json(request);
    job.status = status;
    job.reason = reason;
    JournalBatch batch;
    batch.jobs.push_back(std::move(job));
    ASSERT_TRUE(base::commit_now(*pipeline.journal().value(), std::move(batch)));
  }
  void hold(const std::string& id, const std::string& holder, std::int64_t until_ms) {
    LeaseRequest want;
    want.job = id;
    want.holder = holder;
    want.until_ms = until_ms;
    ASSERT_EQ(pipeline.journal().value()->take(want)->holder, holder);
  }
  std::string found(const Request& request) {
    const auto job = pipeline.unfinished(request);
    EXPECT_TRUE(job) << job.error().describe();
    return job && *job ? (*job)->id : "none";
  }
  test::Workspace workspace;
  Pipeline pipeline{workspace.config()};

 private:
  std::int64_t created_ = 0;
};

TEST_F(Unfinished, IsTheNewestForTheSameFilm) {
  EXPECT_EQ(found(test::small_film()), "none");
  begin("first", test::small_film());
  EXPECT_EQ(found(test::small_film()), "first");
  begin("second", test::small_film(), JobStatus::needs_attention, "the budget");
  EXPECT_EQ(found(test::small_film()), "second");
  begin("third", test::small_film(), JobStatus::failed, "no encoder");  // it can be gone on with
  EXPECT_EQ(found(test::small_film()), "third");
}

TEST_F(Unfinished, AnotherBudgetOrAnswerIsTheSameFilm) {
  begin("begun", test::small_film());
  Request again = test::small_film();
  again.budget = usd(7);
  again.on_ambiguous = OnAmbiguous::retry;
  EXPECT_EQ(found(again), "begun");
  Request other = test::small_film();
  other.prompt += ".";
  EXPECT_EQ(found(other), "none");
  other = test::small_film();
  other.seed = 8;
  EXPECT_EQ(found(other), "none");
  other = test::small_film();
  other.out = "elsewhere.mp4";
  EXPECT_EQ(found(other), "none");
  EXPECT_EQ(found(test::small_film(4)), "none");
}

// A grey PNG with something behind it that nobody reads.
std::string picture(const std::string& behind) {
  return test::make_png(test::PngKind::grey, 64, 64, [](int, int) { return test::Rgba{90, 90, 90, 255}; }) + behind;
}

TEST_F(Unfinished, APictureIsItsBytes) {
  const auto with = [this](const std::string& name, const std::string& bytes) {
    Request request = test::small_film();
    request.images.push_back(workspace.path() + "/" + name);
    std::ofstream(request.images.back()) << bytes;
    return request;
  };
  Request adopted = test::small_film();
  adopted.images.push_back("sha256:" + pipeline.store().value()->put(picture("mug"), AssetKind::image, "")->sha256);
  begin("begun", adopted);
  EXPECT_EQ(found(with("a.png", picture("mug"))), "begun");
  EXPECT_EQ(found(with("b.png", picture("mug"))), "begun");
  EXPECT_EQ(found(with("a.png", picture("jug"))), "none");
}

TEST_F(Unfinished, IsNotWhatIsOverOrBeingCancelled) {
  begin("complete", test::small_film(), JobStatus::complete);
  begin("cancelled", test::small_film(), JobStatus::cancelled);
  begin("nearly", test::small_film(), JobStatus::generating_chunks, "being cancelled");
  EXPECT_EQ(found(test::small_film()), "none");
}

TEST_F(Unfinished, AskingMakesNoWorkspace) {
  Config config = workspace.config();
  config.workspace = workspace.path() + "/elsewhere";
  EXPECT_FALSE(Pipeline(config).unfinished(test::small_film())->has_value());
  EXPECT_FALSE(std::filesystem::exists(config.workspace));
}

TEST_F(Unfinished, AJobOfALivingProcessIsItsOwn) {
  test::Stand stand;
  stand.provider->held = true;
  Pipeline theirs(stand.config()), ours(stand.config());
  auto job = theirs.submit(test::small_film(), "theirs");
  ASSERT_TRUE(job);
  test::until_a_clip_begins(*job);
  EXPECT_FALSE(ours.unfinished(test::small_film())->has_value());
  job->interrupt();
  EXPECT_FALSE(job->wait());
  const auto left = ours.unfinished(test::small_film()).value();
  ASSERT_TRUE(left);
  EXPECT_EQ(left->id, "theirs");
}

TEST_F(Unfinished, AfterAKillItIsGoneOnWith) {
  const pid_t child = ::fork();
  if (child == 0) {
    Pipeline dies(workspace.config());
    auto job = dies.submit(test::small_film(), "killed");
    for (int i = 0; i < 14; ++i) (void)job->next_event();
    ::kill(::getpid(), SIGKILL);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  Request again = test::small_film();
  again.budget = usd(2);
  ASSERT_EQ(found(again), "killed");
  const auto film = pipeline.attach("killed")->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_EQ(found(again), "none");
}

// A hundred seconds a second.
class Quick final : public base::TimeSource {
 public:
  Quick() { base::set_time_source(this); }
  ~Quick() override { base::set_time_source(nullptr); }
  std::chrono::nanoseconds now() override { return 100 * std::chrono::steady_clock::now().time_since_epoch(); }
  void waits(std::chrono::nanoseconds) override {}
};

// As in a container that is gone: whatever its lease says of the time, nobody is heard.
TEST_F(Unfinished, AHolderThatCannotBeSeenIsListenedTo) {
  const Quick quick;
  begin("far", test::small_film());
  const std::int64_t much_later = machine_clock()->now_ms() + 86'400'000;
  hold("far", "another machine", much_later);
  EXPECT_EQ(found(test::small_film()), "far");
  const std::jthread lives([journal = pipeline.journal().value(), much_later](std::stop_token stop) {
    LeaseRequest theirs;
    theirs.job = "far";
    theirs.holder = "another machine";
    for (theirs.until_ms = much_later; !stop.stop_requested(); ++theirs.until_ms) {
      (void)journal->take(theirs);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  });
  EXPECT_EQ(found(test::small_film()), "none");
}

}  // namespace
}  // namespace vidgen
