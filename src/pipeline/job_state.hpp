// SPDX-License-Identifier: Apache-2.0
// JobState: the meeting place of a running job and its handles. The runner publishes events and the end; handles wait.
//
// Thread-safety: every member from any thread.
#pragma once

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "vidgen/job.hpp"
#include "vidgen/journal.hpp"

VIDGEN_NAMESPACE_BEGIN

class Core;

class JobState : public std::enable_shared_from_this<JobState> {
 public:
  using Cursor = std::shared_ptr<std::atomic<std::int64_t>>;
  // `core`: on whose thread handlers complete that have no executor of their own. Handles may outlive it.
  JobState(std::string id, std::shared_ptr<Journal> journal, std::weak_ptr<Core> core)
      : id_(std::move(id)), journal_(std::move(journal)), core_(std::move(core)) {}

  const std::string& id() const { return id_; }
  // In a child of a fork nothing runs and the mutex may be held for good: handles ask this before they touch it.
  bool forked() const;
  JobStatus status() const;
  std::stop_token stop_token() const { return stop_.get_token(); }
  bool cancelled() const;  // stopped by cancel(), not by interrupt()

  // By the runner.
  void replay(std::vector<Event> events);  // those of earlier processes
  void publish(Event event);
  void finish(Result<Film> result);

  // By handles. The cursor moves on when the event is handed over, not when it is asked for.
  void next_event(Cursor seen, Handler<std::optional<Event>> handler);
  void wait(Handler<Result<Film>> handler);
  std::optional<Event> next_event(Cursor seen);
  Result<Film> wait();
  bool wait_for(std::chrono::milliseconds time);  // has it ended?
  Result<std::vector<Event>> events(std::int64_t after) const { return journal_->events(id_, after); }
  void cancel();
  void interrupt();

 private:
  struct EventWaiter {
    std::uint64_t id;
    Cursor seen;
    Handler<std::optional<Event>> handler;
  };
  struct FilmWaiter {
    std::uint64_t id;
    Handler<Result<Film>> handler;
  };
  std::optional<Event> after(std::int64_t seen) const;  // with the lock held
  void wake(std::vector<EventWaiter> waiters);
  void abandon(std::uint64_t waiter);
  asio::any_completion_executor otherwise() const;
  template <class H>
  void detach_on_cancel(H& handler, std::uint64_t waiter);
  const std::string id_;
  const int pid_ = ::getpid();
  const std::shared_ptr<Journal> journal_;
  const std::weak_ptr<Core> core_;
  std::stop_source stop_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool cancel_asked_ = false;
  std::vector<Event> events_;
  std::optional<Result<Film>> result_;
  std::uint64_t next_waiter_ = 1;
  std::vector<EventWaiter> event_waiters_;
  std::vector<FilmWaiter> film_waiters_;
};

VIDGEN_NAMESPACE_END
