// SPDX-License-Identifier: Apache-2.0
// Account: the calls of one key at one provider, for all jobs of the process: when a call may go (flow/scheduler), when
// a job is asked after (flow/poll), whether a call is made again (flow/retry).
//
// A coroutine that waits sleeps on a timer of its own executor; whoever changes the state wakes those whose turn it is.
// One of the waiters keeps the clock for all (the keeper). The timer is the coroutine's own: when a host gives up its
// loop with the coroutines on it, nothing of that loop is left here. Thread-safety: every member from any thread.
// Cancellation: a stop_token, looked at when it is stopped; the wait ends with Errc::interrupted and its ticket is
// withdrawn.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_map>

#include "base/timer.hpp"
#include "flow/poll.hpp"
#include "flow/retry.hpp"
#include "flow/scheduler.hpp"
#include "vidgen/async.hpp"
#include "vidgen/backend.hpp"

namespace vidgen::backends {

class Account : public std::enable_shared_from_this<Account> {
 public:
  // `speed`: seconds of the provider in one of ours; 1, but for emulators that run faster.
  // `gap`: between two questions after one job.
  Account(flow::AccountLimits limits, bool has_list, flow::Nanos gap, double speed, std::uint64_t seed);

  // Completes when the call may be made now. Then report() it.
  Async<Result<flow::TicketId>> turn(flow::Ticket ticket, std::stop_token stop,
                                     flow::Nanos not_before = flow::Nanos::min());
  // `why`: what the provider said, which those hear too that are not sent because of it.
  void report(flow::TicketId id, flow::Outcome outcome, const flow::Feedback& feedback = flow::Feedback(),
              const std::optional<Error>& why = std::nullopt);
  void release(flow::TicketId id);
  flow::TicketId adopt();
  flow::Decision decide(flow::Outcome outcome, int made, std::optional<flow::Nanos> server_wait);

  // What the caller of next_question() is to do.
  struct Question {
    Question() = default;
    flow::PollKind kind = flow::PollKind::none;  // get: ask after your job; list: ask for all; none: `news` has come
    std::optional<RemoteJob> news;
  };
  // A job joins those that are asked after; seconds of the provider.
  // `created_ms`: when it was made by the provider's clock; 0: not known.
  void watch(const std::string& id, Rational expected, Rational deadline, std::int64_t created_ms = 0);
  void unwatch(const std::string& id);
  // Waits until this job is to be asked after, or something was heard of it.
  Async<Result<Question>> next_question(std::string id, std::stop_token stop);
  // A webhook says that it has ended: it is asked after at once. One that comes before watch() is remembered for it.
  // False when nobody watches it.
  bool hint(const std::string& id);
  // An answer arrived, by get or by list. Unknown ids are ignored.
  void heard(const RemoteJob& job);
  void listed();
  void unheard(const std::string& id);  // a question failed; empty: the list
  bool watched(const std::string& id);
  std::int64_t oldest_ms();  // of the jobs that are watched; 0: not known

  flow::Nanos now() const;
  // Sleeps in the provider's time; a stop ends it soon.
  Async<void> pause(flow::Nanos time, std::stop_token stop);

  // What the provider's clock says, once any answer of it has said so (its Date header); 0 before.
  void heard_time(std::int64_t provider_ms);
  std::int64_t provider_ms();

 private:
  struct Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : timer(executor) {}
    base::Timer timer;
    flow::Nanos until = flow::kNever;
    std::atomic<bool> woken = false;
  };
  struct Watch {
    std::weak_ptr<Waiter> waiter;  // empty while its owner is busy
    std::deque<Question> questions;
    std::int64_t created_ms = 0;
  };
  using Waiters = std::unordered_map<flow::TicketId, std::weak_ptr<Waiter>>;

  Async<void> sleep(std::shared_ptr<Waiter> waiter);
  void wake(const std::shared_ptr<Waiter>& waiter);
  void wake_at(const std::shared_ptr<Waiter>& waiter, flow::Nanos when);
  void pump_turns();
  void refuse_creates(flow::Outcome outcome, const std::optional<Error>& why);
  static std::shared_ptr<Waiter> first_of(Waiters& waiters);
  void pump_questions();

  std::mutex mutex_;
  flow::Scheduler scheduler_;
  flow::Retry retry_;
  flow::PollPlan polls_;
  double speed_;
  base::TimerClock::time_point started_ = base::TimerClock::now();
  Waiters waiting_;
  std::unordered_map<flow::TicketId, bool> granted_;
  std::set<flow::TicketId> creates_;  // of those that wait
  std::unordered_map<flow::TicketId, Error> refused_;
  std::unordered_map<std::string, Watch> watches_;
  std::deque<std::string> early_;  // hints at jobs that nobody watched, the last few
  std::weak_ptr<Waiter> turn_keeper_, poll_keeper_;
  std::int64_t provider_ms_ = 0;  // at provider_at_
  base::TimerClock::time_point provider_at_;
};

}  // namespace vidgen::backends
