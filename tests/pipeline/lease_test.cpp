// SPDX-License-Identifier: Apache-2.0
// Two pipelines of one workspace, as two processes have them: one makes the film, the other watches, and takes over when
// the first is gone. Whoever lost a job writes nothing more.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "journal/sqlite.hpp"
#include "outliving.hpp"

namespace vidgen {
namespace {

using test::Stand;
using test::until_a_clip_begins;

TEST(Lease, TheSecondWatchesAndGetsTheSameFilm) {
  Stand stand;
  Pipeline first(stand.config()), second(stand.config());
  auto job = first.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  auto watched = second.attach("film");
  ASSERT_TRUE(watched) << watched.error().describe();
  int events = 0;
  std::int64_t last = 0;
  while (auto event = watched->next_event()) {
    EXPECT_GT(event->seq, last);
    last = event->seq;
    ++events;
  }
  auto film = watched->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_EQ(job->wait()->path, film->path);
  EXPECT_EQ(stand.provider->most_creates(), 1);
  EXPECT_GT(events, 10);
}

TEST(Lease, SubmittingTheSameIdWatchesToo) {
  Stand stand;
  Pipeline first(stand.config()), second(stand.config());
  auto job = first.submit(test::small_film(), "film");
  auto same = second.submit(test::small_film(), "film");
  ASSERT_TRUE(job && same);
  EXPECT_TRUE(same->wait());
  EXPECT_TRUE(job->wait());
  EXPECT_EQ(stand.provider->most_creates(), 1);
}

TEST(Lease, AWatcherGoesOnWithWhatTheFirstLeaves) {
  Stand stand;
  stand.provider->held = true;
  Pipeline first(stand.config()), second(stand.config());
  auto job = first.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  auto watched = second.attach("film");
  ASSERT_TRUE(watched);
  until_a_clip_begins(*job);
  job->interrupt();
  EXPECT_EQ(job->wait().error().code(), Errc::interrupted);
  stand.provider->held = false;
  auto film = watched->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->sha256, test::small_film_sha256());
  EXPECT_EQ(stand.provider->most_creates(), 1);
}

TEST(Lease, AWatcherThatStopsLeavesTheJobAlone) {
  Stand stand;
  stand.provider->held = true;
  Pipeline first(stand.config()), second(stand.config());
  auto job = first.submit(test::small_film(), "film");
  auto watched = second.attach("film");
  ASSERT_TRUE(job && watched);
  until_a_clip_begins(*watched);
  watched->interrupt();
  auto left = watched->wait();
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().code(), Errc::interrupted);
  EXPECT_NE(left.error().message().find("process " + std::to_string(::getpid())), std::string::npos);
  EXPECT_EQ(second.cancel("film").error().code(), Errc::needs_attention);
  stand.provider->held = false;
  EXPECT_TRUE(job->wait());
}

TEST(Lease, WhoeverLostTheJobWritesNothingMore) {
  Stand stand;
  stand.provider->held = true;
  Pipeline pipeline(stand.config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  until_a_clip_begins(*job);
  auto journal = journal::open_sqlite(stand.config().workspace + "/vidgen.db").value();
  LeaseRequest thief;
  thief.job = "film";
  thief.holder = "another machine";
  thief.now_ms = machine_clock()->now_ms() + 60'000;
  thief.until_ms = thief.now_ms + 60'000;
  ASSERT_EQ(journal->take(thief)->holder, "another machine");
  const std::size_t before = journal->events("film", 0)->size();
  stand.provider->held = false;
  auto film = job->wait();
  ASSERT_FALSE(film);
  EXPECT_EQ(film.error().code(), Errc::taken_over) << film.error().describe();
  EXPECT_EQ(journal->events("film", 0)->size(), before);
  EXPECT_NE(pipeline.job("film")->status, JobStatus::complete);
}

TEST(Lease, AKilledProcessIsTakenOverAtOnceByWhoWatches) {
  test::Workspace workspace;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Pipeline pipeline(workspace.config());
    auto job = pipeline.submit(test::small_film(8), "film");
    for (int i = 0; i < 6; ++i) (void)job->next_event();
    (void)!::write(ready[1], "x", 1);
    (void)job->wait();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  Pipeline pipeline(workspace.config());
  auto watched = pipeline.attach("film");
  ASSERT_TRUE(watched) << watched.error().describe();
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  auto film = watched->wait();
  ASSERT_TRUE(film) << film.error().describe();
  EXPECT_EQ(film->frames, 240);
  ::close(ready[0]);
  ::close(ready[1]);
}

// A step has begun before its clip is bought: what was not bought cannot be cancelled.
bool until_a_clip_is_bought(Pipeline& pipeline, const std::string& job) {
  for (int i = 0; i < 3000; ++i) {
    for (const AttemptRecord& r : pipeline.attempts(job).value())
      if (r.step.rfind("clip", 0) == 0 && !r.provider_id.empty()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(Lease, CancellingAJobThatWasStoppedCancelsItAtTheProvider) {
  Stand stand;
  stand.provider->held = true;
  {
    Pipeline first(stand.config());
    auto job = first.submit(test::small_film(), "film");
    ASSERT_TRUE(job);
    ASSERT_TRUE(until_a_clip_is_bought(first, "film"));
    job->interrupt();
    EXPECT_FALSE(job->wait());
  }
  EXPECT_EQ(stand.provider->cancelled, 0);
  const auto created = stand.provider->created;
  Pipeline second(stand.config());
  ASSERT_TRUE(second.cancel("film"));
  EXPECT_GT(stand.provider->cancelled, 0);
  EXPECT_EQ(stand.provider->created, created);  // nothing was bought for it
  EXPECT_EQ(second.job("film")->status, JobStatus::cancelled);
  for (const AttemptRecord& r : second.attempts("film").value())
    EXPECT_TRUE(r.state == "cancelled" || r.state == "verified") << r.step << " is " << r.state;
}

}  // namespace
}  // namespace vidgen
