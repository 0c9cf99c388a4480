// SPDX-License-Identifier: Apache-2.0
// What outlives a process: events that were heard, progress that was reached, blobs, and who owns a job.
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/files.hpp"
#include "wrapped.hpp"

namespace vidgen {
namespace {

TEST(Resume, ProgressAndNumbersGoOnWhereTheyStood) {
  test::Workspace workspace;
  {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film(), "half");
    ASSERT_TRUE(job);
    while (auto event = job->next_event())
      if (event->fraction > 0.3) break;
    job->interrupt();
    (void)job->wait();
  }
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach("half");
  ASSERT_TRUE(job);
  ASSERT_TRUE(job->wait());
  const auto events = job->events().value();
  ASSERT_GT(events.size(), 5u);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].seq, static_cast<std::int64_t>(i) + 1);
    if (i > 0) {
      EXPECT_GE(events[i].fraction, events[i - 1].fraction) << "event " << events[i].seq;
    }
  }
}

// Whoever hears an event can find it in the journal: a death right after loses nothing that was told.
TEST(Resume, WhatWasHeardIsDurable) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto job = pipeline.submit(test::small_film(), "heard");
  ASSERT_TRUE(job);
  int heard = 0;
  while (auto event = job->next_event()) {
    ++heard;
    const auto kept = job->events(event->seq - 1).value();
    ASSERT_FALSE(kept.empty()) << "event " << event->seq << " was told before it was durable";
    EXPECT_EQ(kept.front(), *event);
  }
  EXPECT_GT(heard, 5);
}

// Another machine's process, which writes as long as it lives.
TEST(Resume, AJobOfALivingProcessIsLeftAlone) {
  test::Workspace workspace;
  std::string id;
  {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film(), "theirs");
    ASSERT_TRUE(job);
    job->interrupt();
    (void)job->wait();
    LeaseRequest theirs;
    theirs.job = "theirs";
    theirs.holder = "another machine";
    theirs.until_ms = 1;
    ASSERT_EQ(pipeline.journal().value()->take(theirs)->holder, theirs.holder);
  }
  Pipeline pipeline(workspace.config());
  const std::jthread lives([journal = pipeline.journal().value()](std::stop_token stop) {
    LeaseRequest theirs;
    theirs.job = "theirs";
    theirs.holder = "another machine";
    for (theirs.until_ms = 2; !stop.stop_requested(); ++theirs.until_ms) {
      (void)journal->take(theirs);
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  auto job = pipeline.attach("theirs");  // watches
  ASSERT_TRUE(job) << job.error().describe();
  job->interrupt();
  EXPECT_EQ(job->wait().error().code(), Errc::interrupted);
  for (const Status& refused : {pipeline.cancel("theirs"), pipeline.set_budget("theirs", usd(1))}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::needs_attention);
    EXPECT_NE(refused.error().message().find("another machine"), std::string::npos) << refused.error().message();
  }
  EXPECT_EQ(pipeline.job("theirs")->status, JobStatus::interrupted);
}

// A blob that is gone is made again; what needs it does not fail for its lack.
TEST(Resume, BlobsThatAreGoneAreMadeAgain) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  ASSERT_TRUE(pipeline.render(test::small_film()));
  auto store = pipeline.store().value();
  const auto blobs = store->list().value();
  for (const Asset& blob : blobs) ASSERT_TRUE(store->remove(blob.sha256));
  auto again = pipeline.render(test::small_film());
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_EQ(again->sha256, test::small_film_sha256());
  EXPECT_FALSE(again->reused);
}

// What the user does to the delivered copy does not reach the store.
TEST(Delivery, TheCopyIsTheUsersOwn) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  Request request = test::small_film();
  request.out = workspace.path() + "/mine.mp4";
  auto film = pipeline.render(request);
  ASSERT_TRUE(film) << film.error().describe();
  std::ofstream(request.out, std::ios::in) << "edited";
  const auto kept = pipeline.store().value()->path(film->sha256).value();
  EXPECT_TRUE(base::read_file(kept).value() != base::read_file(request.out).value());
}

// Damages the segments in the store before the real step joins them.
// Something happens to what the master is made from.
class Meddled final : public StepKind {
 public:
  using Meddle = void (*)(StepContext&);
  Meddled(std::shared_ptr<StepKind> inner, Meddle meddle) : inner_(std::move(inner)), meddle_(meddle) {}
  std::string_view name() const override { return inner_->name(); }
  Async<Result<StepOutcome>> run(std::shared_ptr<StepContext> context) override {
    meddle_(*context);
    return inner_->run(std::move(context));
  }
  static Config with(Config config, Meddle meddle) {
    return test::with_kind(std::move(config), "master", [meddle](std::shared_ptr<StepKind> kind) {
      return std::make_shared<Meddled>(std::move(kind), meddle);
    });
  }

 private:
  std::shared_ptr<StepKind> inner_;
  Meddle meddle_;
};

// "complete" means decoded from end to end.
TEST(Delivery, AFilmThatDoesNotDecodeIsNotDelivered) {
  test::Workspace workspace;
  Pipeline pipeline(Meddled::with(workspace.config(), [](StepContext& context) {
    for (const StepOutcome& input : context.inputs) {
      if (input.outputs.empty() || input.outputs[0].kind != AssetKind::video) continue;
      const std::string path = context.store->path(input.outputs[0].sha256).value();
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
      file << std::string(300, '\x55');
    }
  }));
  auto job = pipeline.submit(test::small_film(), "damaged");
  ASSERT_TRUE(job);
  auto film = job->wait();
  ASSERT_FALSE(film);
  EXPECT_EQ(pipeline.job("damaged")->status, JobStatus::failed);
  EXPECT_FALSE(std::filesystem::exists(pipeline.folder("damaged") + "/final.mp4"));
}

// As in the plan of a job that an earlier version began.
TEST(Delivery, APlanWithoutAStepForTheSoundHasSound) {
  test::Workspace workspace;
  Pipeline pipeline(Meddled::with(workspace.config(), [](StepContext& context) {
    std::erase_if(context.inputs, [](const StepOutcome& made) { return made.outputs[0].kind == AssetKind::audio; });
  }));
  const auto film = pipeline.render(test::small_film());
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->samples, 144'000);  // the whole film's
  EXPECT_TRUE(probe(film->path)->has_audio);
}

}  // namespace
}  // namespace vidgen
