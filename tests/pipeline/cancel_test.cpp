// SPDX-License-Identifier: Apache-2.0
// A cancel outlives the process that was told: whoever has the job next ends it, at the provider too, and buys nothing.
#include <map>

#include "outliving.hpp"
#include "refusing.hpp"

namespace vidgen {
namespace {

using test::Stand;
using test::until_a_clip_runs;

constexpr const char* kNote = "being cancelled";

bool notes_the_cancel(const JournalBatch& batch) {
  for (const JobRecord& job : batch.jobs)
    if (job.reason == kNote) return true;
  return false;
}

// A process that dies: from a point on nothing that it writes is written, nothing that it says to the provider is heard.
class Dying {
 public:
  Dying(const Stand& stand, int after_notes) : provider_(stand.provider), config_(stand.config()) {
    provider_->deaf = false;
    journal_ = test::refuse(config_, [this, left = after_notes](const JournalBatch& batch) mutable -> std::optional<Error> {
      if (dead) return Error(Errc::taken_over, "this process is dead");
      noted_ = noted_ || notes_the_cancel(batch);
      EXPECT_TRUE(!noted_ || batch.jobs.empty() || notes_the_cancel(batch)) << "it is forgotten again";
      if (notes_the_cancel(batch) && --left == 0) dead = provider_->deaf = true;  // this one is its last
      return std::nullopt;
    });
  }
  ~Dying() {
    journal_->look_with({});
    test::bury_holder(*journal_, "film");
    provider_->deaf = false;
  }
  const Config& config() const { return config_; }
  std::atomic<bool> dead{false};

 private:
  std::shared_ptr<test::Outliving> provider_;
  bool noted_ = false;
  Config config_;
  std::shared_ptr<test::Refusing> journal_;
};

// Else a process that died in between would leave a job that goes on as if nobody had said so.
TEST(Cancel, IsDurableBeforeTheProviderHearsOfIt) {
  Stand stand;
  stand.provider->held = true;
  Config config = stand.config();
  const auto journal = test::refuse(config, {});
  journal->delay(notes_the_cancel, std::chrono::milliseconds(500));  // longer than a stop takes to be seen
  int early = 0;
  stand.provider->on_cancel = [&] { early += journal->job("film").value()->reason == kNote ? 0 : 1; };
  Pipeline pipeline(config);
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  until_a_clip_runs(pipeline);
  job->cancel();
  EXPECT_EQ(job->wait().error().code(), Errc::cancelled);
  EXPECT_EQ(early, 0);
  EXPECT_GT(stand.provider->cancelled, 0);
  for (const AttemptRecord& a : pipeline.attempts("film").value()) {
    EXPECT_TRUE(a.state == "cancelled" || a.state == "verified") << a.step << " is " << a.state;
    EXPECT_FALSE(a.orphan) << a.step;
  }
}

void cancel_and_die(const Stand& stand) {
  Dying process(stand, 1);
  Pipeline pipeline(process.config());
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  until_a_clip_runs(pipeline);
  job->cancel();
  EXPECT_FALSE(job->wait());
  EXPECT_TRUE(process.dead) << "the cancel was not written down before anything else";
}

// It takes the job on, says so twice (that it has it, and the plan) and dies as well.
void go_on_and_die(const Stand& stand) {
  Dying process(stand, 2);
  Pipeline pipeline(process.config());
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  ASSERT_TRUE(job->wait_for(std::chrono::seconds(60))) << "it is made as if nobody had said so";
  EXPECT_TRUE(process.dead);
}

TEST(Cancel, OutlivesTheProcessThatWasTold) {
  Stand stand;
  stand.provider->held = true;
  cancel_and_die(stand);
  const auto created = stand.provider->created;
  EXPECT_EQ(stand.provider->cancelled, 0);
  go_on_and_die(stand);
  EXPECT_EQ(stand.provider->cancelled, 0);
  Pipeline pipeline(stand.config());
  const JobRecord left = pipeline.journal().value()->job("film")->value();
  EXPECT_EQ(left.reason, kNote);
  EXPECT_FALSE(is_final(left.status)) << to_string(left.status);

  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  ASSERT_TRUE(job->wait_for(std::chrono::seconds(60))) << "it is made as if nobody had said so";
  EXPECT_EQ(job->wait().error().code(), Errc::cancelled);
  EXPECT_EQ(stand.provider->created, created) << "something was bought";
  EXPECT_GT(stand.provider->cancelled, 0);
  EXPECT_EQ(pipeline.job("film")->status, JobStatus::cancelled);
  for (const AttemptRecord& a : pipeline.attempts("film").value())
    EXPECT_TRUE(a.state == "cancelled" || a.state == "verified") << a.step << " is " << a.state;
  const Totals books = pipeline.journal().value()->books("film", 0)->job;
  EXPECT_EQ(books.reserved + books.unclear, Money());
  // And stays so.
  Pipeline later(stand.config());
  EXPECT_EQ(later.attach("film")->wait().error().code(), Errc::cancelled);
  EXPECT_EQ(later.set_budget("film", usd(9)).error().code(), Errc::invalid_argument);
  EXPECT_EQ(stand.provider->created, created);
}

// The disk is full just when the next process has read what it is to end.
TEST(Cancel, IsNotOverBeforeTheBooksAreClosed) {
  Stand stand;
  stand.provider->held = true;
  cancel_and_die(stand);
  Config config = stand.config();
  const auto journal = test::refuse(config, [notes = 0](const JournalBatch& batch) mutable -> std::optional<Error> {
    if (notes_the_cancel(batch) && ++notes == 2) return Error(Errc::no_space, "the disk is full");  // first: it has the job
    return std::nullopt;
  });
  Pipeline pipeline(config);
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  EXPECT_EQ(job->wait().error().code(), Errc::cancelled);
  EXPECT_GT(stand.provider->cancelled, 0);
  for (const AttemptRecord& a : pipeline.attempts("film").value())
    EXPECT_TRUE(a.state == "cancelled" || a.state == "verified" || a.orphan) << a.step << " is " << a.state;
  const Totals books = pipeline.journal().value()->books("film", 0)->job;
  EXPECT_EQ(books.reserved + books.unclear, Money());
}

// A full disk: the process ends without having written down that it was told. The next one goes on as if nobody had said so,
// and has to find what was bought.
TEST(Cancel, ThatCannotBeWrittenDownTakesNothingAway) {
  Stand stand;
  stand.provider->held = true;
  {
    Config config = stand.config();
    std::atomic<bool> asked{false};
    const auto journal = test::refuse(config, [&](const JournalBatch& batch) -> std::optional<Error> {
      if (asked && !batch.jobs.empty()) return Error(Errc::no_space, "the disk is full");
      return std::nullopt;
    });
    Pipeline pipeline(config);
    auto job = pipeline.submit(test::small_film(), "film");
    ASSERT_TRUE(job);
    until_a_clip_runs(pipeline);
    asked = true;
    job->cancel();
    EXPECT_EQ(job->wait().error().code(), Errc::no_space);
    EXPECT_EQ(stand.provider->cancelled, 0);
    for (const AttemptRecord& a : pipeline.attempts("film").value()) EXPECT_FALSE(a.orphan) << a.step << " is " << a.state;
    journal->look_with({});
    test::bury_holder(*journal, "film");
  }
  stand.provider->held = false;
  Pipeline pipeline(stand.config());
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  const Result<Film> film = job->wait();
  ASSERT_TRUE(film) << film.error().describe();
  std::map<std::string, int> bought;
  for (const AttemptRecord& a : pipeline.attempts("film").value()) bought[a.step] += a.provider_id.empty() ? 0 : 1;
  for (const auto& [step, times] : bought) EXPECT_EQ(times, 1) << step;
}

// A job that failed is looking for orphans when it is cancelled: what it left for the next process to fetch is nobody's now.
TEST(Cancel, WhileOrphansAreLookedForClosesTheBooks) {
  Stand stand;
  stand.provider->held = true;
  Config config = stand.config();
  std::atomic<bool> full{false};
  const auto journal = test::refuse(config, [&](const JournalBatch& batch) -> std::optional<Error> {
    if (full && !batch.attempts.empty()) return Error(Errc::no_space, "the disk is full");
    return std::nullopt;
  });
  Pipeline pipeline(config);
  auto job = pipeline.submit(test::small_film(), "film");
  ASSERT_TRUE(job);
  until_a_clip_runs(pipeline);
  stand.provider->on_sightings = [&] {
    if (full.exchange(false)) job->cancel();
  };
  full = true;
  stand.provider->held = false;
  EXPECT_EQ(job->wait().error().code(), Errc::cancelled);
  EXPECT_FALSE(full) << "nobody looked for orphans";
  for (const AttemptRecord& a : pipeline.attempts("film").value())
    EXPECT_TRUE(a.state == "cancelled" || a.state == "verified" || a.orphan) << a.step << " is " << a.state;
  const Totals books = pipeline.journal().value()->books("film", 0)->job;
  EXPECT_EQ(books.reserved + books.unclear, Money());
}

}  // namespace
}  // namespace vidgen
