// SPDX-License-Identifier: Apache-2.0
// LeasedJournal: the journal as one job sees it. What is written through it counts only while the job's lease has not
// passed to another process, and every write makes the lease last longer. Whoever lost it hears Errc::taken_over.
//
// Thread-safety: as the journal behind it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "base/timer.hpp"
#include "vidgen/clock.hpp"
#include "vidgen/journal.hpp"

VIDGEN_NAMESPACE_BEGIN

inline constexpr std::int64_t kLeaseMs = 15000;  // that a lease lasts after the last write

class LeasedJournal final : public Journal {
 public:
  LeasedJournal(std::shared_ptr<Journal> behind, std::shared_ptr<Clock> clock, Lease lease)
      : behind_(std::move(behind)), clock_(std::move(clock)), lease_(std::move(lease)), written_(base::TimerClock::now()) {}

  void commit(JournalBatch batch, Handler<Status> handler) override {
    batch.lease = lease_;
    batch.lease->until_ms = over_ ? 0 : clock_->now_ms() + kLeaseMs;
    written_ = base::TimerClock::now();
    behind_->commit(std::move(batch), std::move(handler));
  }
  // The next write gives the lease back, and is the last.
  void end() { over_ = true; }
  // The lease would run out soon unless something is written. By the steady clock: the other may be set back.
  bool due() const { return base::TimerClock::now() - written_.load() > std::chrono::milliseconds(kLeaseMs / 3); }

  Result<std::optional<JobRecord>> job(const std::string& id) override { return behind_->job(id); }
  Result<std::vector<JobRecord>> jobs() override { return behind_->jobs(); }
  Result<std::vector<Event>> events(const std::string& id, std::int64_t after) override {
    return behind_->events(id, after);
  }
  Result<std::optional<ResultRecord>> result(const std::string& key) override { return behind_->result(key); }
  Result<std::vector<AttemptRecord>> attempts(const std::string& id) override { return behind_->attempts(id); }
  Result<Lease> lease(const std::string& id) override { return behind_->lease(id); }
  Result<Lease> take(const LeaseRequest& request) override { return behind_->take(request); }
  Result<Books> books(const std::string& id, std::int64_t day) override { return behind_->books(id, day); }

 private:
  const std::shared_ptr<Journal> behind_;
  const std::shared_ptr<Clock> clock_;
  const Lease lease_;
  std::atomic<base::TimerClock::time_point> written_;
  std::atomic<bool> over_{false};
};

VIDGEN_NAMESPACE_END
