// SPDX-License-Identifier: Apache-2.0
// Stopping and going on: by interrupt, by cancel, by death.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workspace.hpp"

namespace vidgen {
namespace {

// Stops a job at its nth event, goes on with it, and gives the film.
Result<Film> stopped_and_resumed(const test::Workspace& workspace, int at) {
  std::string id;
  {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film());
    if (!job) return job.error();
    id = job->id();
    for (int i = 0; i < at; ++i)
      if (!job->next_event()) break;
    job->interrupt();
    auto film = job->wait();
    if (film) return film;  // it was quicker than we were
    EXPECT_EQ(film.error().code(), Errc::interrupted) << film.error().describe();
  }
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach(id);
  if (!job) return job.error();
  return job->wait();
}

TEST(Interrupt, ResumingAnywhereGivesTheSameFilm) {
  for (int at : {2, 8, 16, 30}) {
    test::Workspace workspace;
    auto film = stopped_and_resumed(workspace, at);
    ASSERT_TRUE(film) << "stopped at event " << at << ": " << film.error().describe();
    EXPECT_EQ(film->sha256, test::small_film_sha256()) << "stopped at event " << at;
  }
}

TEST(Interrupt, DestroyingThePipelineSavesTheJob) {
  test::Workspace workspace;
  std::string id;
  {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film());
    ASSERT_TRUE(job);
    id = job->id();
    (void)job->next_event();
  }
  Pipeline pipeline(workspace.config());
  auto record = pipeline.job(id);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->status, JobStatus::interrupted);
  auto job = pipeline.attach(id);
  ASSERT_TRUE(job);
  EXPECT_TRUE(job->wait());
}

TEST(Interrupt, CancelEndsTheJobForGood) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto job = pipeline.submit(test::small_film());
  ASSERT_TRUE(job);
  for (int i = 0; i < 6; ++i) (void)job->next_event();
  job->cancel();
  auto film = job->wait();
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::cancelled);
  EXPECT_EQ(pipeline.job(job->id())->status, JobStatus::cancelled);
  // Joining it again reads what happened, and starts nothing.
  auto again = pipeline.attach(job->id());
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->wait());
}

// A child process makes a film and is killed; this process goes on with its job.
TEST(Interrupt, AKilledProcessLosesNothing) {
  test::Workspace workspace;
  pid_t child = ::fork();
  if (child == 0) {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film(), "the-film");
    for (int i = 0; i < 14; ++i) (void)job->next_event();
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  Pipeline pipeline(workspace.config());
  EXPECT_EQ(pipeline.job("the-film")->status, JobStatus::interrupted);
  auto job = pipeline.attach("the-film");
  ASSERT_TRUE(job) << job.error().describe();
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

// A worker gives a job slices of its time until it is done.
TEST(Interrupt, SlicesOfTimeAddUpToTheFilm) {
  test::Workspace workspace;
  JobStatus status = JobStatus::queued;
  int slices = 0;
  for (; slices < 400 && !is_final(status); ++slices) {
    Pipeline worker(workspace.config());
    auto job = worker.submit(test::small_film(), "sliced");
    ASSERT_TRUE(job) << job.error().describe();
    // Longer each time, so that the longest step fits a slice on any machine.
    status = job->advance(std::chrono::milliseconds(100 + 100 * slices));
    EXPECT_TRUE(status == JobStatus::complete || status == JobStatus::interrupted) << to_string(status);
  }
  EXPECT_GT(slices, 1);
  Pipeline pipeline(workspace.config());
  auto job = pipeline.attach("sliced");
  ASSERT_TRUE(job);
  auto film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
}

TEST(Interrupt, TheSameIdIsTheSameJob) {
  test::Workspace workspace;
  Pipeline pipeline(workspace.config());
  auto first = pipeline.submit(test::small_film(), "mug-1");
  auto second = pipeline.submit(test::small_film(), "mug-1");
  ASSERT_TRUE(first && second);
  auto a = first->wait(), b = second->wait();
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->job, "mug-1");
  EXPECT_EQ(a->sha256, b->sha256);
  EXPECT_EQ(pipeline.jobs()->size(), 1u);
  // And long after it is over.
  auto third = pipeline.submit(test::small_film(), "mug-1");
  ASSERT_TRUE(third);
  EXPECT_EQ(third->wait()->sha256, a->sha256);
}

}  // namespace
}  // namespace vidgen
