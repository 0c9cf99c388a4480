// SPDX-License-Identifier: Apache-2.0
// A lease ends by silence: by how long a listener has heard nothing, never by what a clock says.
#include <thread>

#include "base/timer.hpp"
#include "pipeline/leased_journal.hpp"
#include "pipeline/starting.hpp"
#include "refusing.hpp"
#include "workspace.hpp"

namespace vidgen {
namespace {

constexpr std::int64_t kDay = 86'400'000;

// Time that passes when the test says so; by itself once it is let go.
class Hand final : public base::TimeSource {
 public:
  Hand() { base::set_time_source(this); }
  ~Hand() override { base::set_time_source(nullptr); }
  std::chrono::nanoseconds now() override {
    const auto real = std::chrono::steady_clock::now().time_since_epoch();
    return now_.load() + (free_ ? std::chrono::nanoseconds(real) : std::chrono::nanoseconds(0));
  }
  void waits(std::chrono::nanoseconds) override {}
  void pass(std::chrono::milliseconds time) { now_ = now_.load() + time; }
  void let_go() { free_ = true; }

 private:
  std::atomic<bool> free_{false};
  std::atomic<std::chrono::nanoseconds> now_{std::chrono::hours(1)};
};

Lease lease_of(std::int64_t until_ms, std::int64_t fence = 1, const std::string& holder = "a") {
  Lease lease;
  lease.job = "film";
  lease.holder = holder;
  lease.fence = fence;
  lease.until_ms = until_ms;
  return lease;
}

TEST(Silence, WhoWritesIsHeardWhateverItsClockSays) {
  Hand time;
  Silence silence;
  for (const std::int64_t until : {5 * kDay, 5 * kDay + 5000, 3 * kDay, std::int64_t{1}, 9 * kDay, 9 * kDay - 1}) {
    EXPECT_TRUE(silence.heard(lease_of(until)));
    time.pass(std::chrono::milliseconds(kLeaseMs - 1));
    EXPECT_TRUE(silence.heard(lease_of(until))) << until;
  }
}

TEST(Silence, WhoIsSilentForTheWholeSpanIsNotWhateverItsLeaseSays) {
  for (const std::int64_t until : {std::int64_t{1}, 1000 * kDay}) {
    Hand time;
    Silence silence;
    EXPECT_TRUE(silence.heard(lease_of(until)));
    time.pass(std::chrono::milliseconds(kLeaseMs));
    EXPECT_TRUE(silence.heard(lease_of(until)));
    time.pass(std::chrono::milliseconds(1));
    EXPECT_FALSE(silence.heard(lease_of(until)));
    EXPECT_TRUE(silence.heard(lease_of(until, 2))) << "another lease begins anew";
    time.pass(std::chrono::milliseconds(kLeaseMs + 1));
    EXPECT_TRUE(silence.heard(lease_of(until, 2, "b")));
  }
}

// The journal of the one who watches; how often it asked whose the job is.
class Watched final : public Journal {
 public:
  explicit Watched(std::shared_ptr<Journal> behind) : behind_(std::move(behind)) {}
  void commit(JournalBatch batch, Handler<Status> handler) override { behind_->commit(std::move(batch), std::move(handler)); }
  Result<std::optional<JobRecord>> job(const std::string& id) override { return behind_->job(id); }
  Result<std::vector<JobRecord>> jobs() override { return behind_->jobs(); }
  Result<std::vector<Event>> events(const std::string& id, std::int64_t after) override {
    ++looks;
    return behind_->events(id, after);
  }
  Result<std::optional<ResultRecord>> result(const std::string& key) override { return behind_->result(key); }
  Result<std::vector<AttemptRecord>> attempts(const std::string& id) override { return behind_->attempts(id); }
  Result<Lease> lease(const std::string& id) override { return behind_->lease(id); }
  Result<Lease> take(const LeaseRequest& request) override { return behind_->take(request); }
  Result<Books> books(const std::string& id, std::int64_t day) override { return behind_->books(id, day); }
  std::atomic<int> looks{0};

 private:
  const std::shared_ptr<Journal> behind_;
};

// Another machine has the job, and its clock is set back and forward by days.
TEST(Silence, AWatcherTakesOverWhenNothingWasHeardAndNoSooner) {
  constexpr auto kStep = std::chrono::milliseconds(300);
  test::Workspace workspace;
  Hand time;
  Config config = workspace.config();
  std::filesystem::create_directories(config.workspace);
  const auto behind = journal::open_sqlite(config.workspace + "/vidgen.db").value();
  const auto journal = std::make_shared<Watched>(behind);
  config.journal = journal;
  JobRecord film;
  film.id = "film";
  film.request = to_json(test::small_film());
  film.status = JobStatus::generating_chunks;
  JournalBatch batch;
  batch.jobs.push_back(film);
  ASSERT_TRUE(base::commit_now(*behind, std::move(batch)));
  LeaseRequest theirs;
  theirs.job = "film";
  theirs.holder = "another machine";
  theirs.until_ms = machine_clock()->now_ms() - kDay;
  const Lease lease = behind->take(theirs).value();
  const auto write = [&](std::int64_t until_ms) {
    JournalBatch sign;
    sign.lease = lease;
    sign.lease->until_ms = until_ms;
    return base::commit_now(*behind, std::move(sign));
  };
  const auto pass_and_look = [&] {
    const int before = journal->looks;
    time.pass(kStep);
    for (int i = 0; i < 10000 && journal->looks == before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      time.pass(std::chrono::milliseconds(1));  // it may have begun to wait only now
    }
  };
  Pipeline pipeline(config);
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job) << job.error().describe();
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(write(machine_clock()->now_ms() + (i % 3 - 1) * 2 * kDay + i)) << "somebody has taken the job";
    for (int k = 0; k < 10; ++k) pass_and_look();
    ASSERT_EQ(behind->lease("film")->holder, theirs.holder) << i;
  }
  ASSERT_TRUE(write(machine_clock()->now_ms() + 1000 * kDay));
  const auto last_sign = time.now();
  while (behind->lease("film")->holder == theirs.holder && time.now() - last_sign < std::chrono::minutes(1))
    pass_and_look();
  EXPECT_GE(time.now() - last_sign, std::chrono::milliseconds(kLeaseMs));
  time.let_go();
  EXPECT_NE(behind->lease("film")->holder, theirs.holder) << "nobody goes on with the job of a machine that is gone";
  EXPECT_FALSE(write(machine_clock()->now_ms() + kDay)) << "whoever lost the job writes nothing more";
  job->interrupt();
  (void)job->wait();
}

// Nobody asks a clock whether a lease has run out: that of the holder may have been set back, ours forward.
TEST(Silence, AttachTakesNoJobByTheClock) {
  test::Workspace workspace;
  Hand time;
  Pipeline pipeline(workspace.config());
  const auto journal = pipeline.journal().value();
  JobRecord film;
  film.id = "film";
  film.request = to_json(test::small_film());
  film.status = JobStatus::generating_chunks;
  JournalBatch batch;
  batch.jobs.push_back(film);
  ASSERT_TRUE(base::commit_now(*journal, std::move(batch)));
  LeaseRequest theirs;
  theirs.job = "film";
  theirs.holder = "another machine";
  theirs.until_ms = machine_clock()->now_ms() - 2 * kDay;
  ASSERT_EQ(journal->take(theirs)->holder, theirs.holder);
  auto job = pipeline.attach("film");
  ASSERT_TRUE(job);
  EXPECT_EQ(journal->lease("film")->holder, theirs.holder);
  time.let_go();
  job->interrupt();
  EXPECT_EQ(job->wait().error().code(), Errc::interrupted);
  EXPECT_EQ(journal->lease("film")->holder, theirs.holder);
}

}  // namespace
}  // namespace vidgen
