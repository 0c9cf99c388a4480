// SPDX-License-Identifier: Apache-2.0
// Scheduler: one account at one provider. It decides which call goes out now: cancels before everything, then reads,
// then creates; jobs in fair shares; never above the account's rates or its number of places; nothing while the
// provider is down or the account cannot pay. It makes no call itself.
//
// The life of a ticket: enqueue, next() hands it out, report() tells how the call ended. A create that was accepted, or
// may have been, holds its place until release(). Everything else ends with report(); for a retry the same ticket is
// enqueued again with the moment before which it must not go.
// Creates start carefully: at first one is unanswered at a time, one more after each success, so that an account with
// less credit than thought is found out by one refusal and not by fifty.
//
// Cost: O(log n) a call. Thread-safety: none; one owner, such as a strand. Time: moments of one clock that does not
// fall. Errors: none; ids that are not known are ignored, so that reporting or releasing twice is harmless.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "flow/breaker.hpp"
#include "flow/fair_queue.hpp"
#include "flow/gate.hpp"
#include "flow/outcome.hpp"
#include "flow/rate.hpp"

namespace vidgen::flow {

struct AccountLimits {
  AccountLimits() = default;
  RateLimit creates{600, std::chrono::seconds(60), 10};
  RateLimit others{3000, std::chrono::seconds(60), 50};  // reads and cancels
  int concurrent = 50;                                   // remote jobs at once
  BreakerPolicy breaker;
  Nanos patience = std::chrono::seconds(5);  // a careful start waits no longer for an answer
};

// What a server said beside its outcome (wait.hpp reads it).
struct Feedback {
  Feedback() = default;
  std::optional<Nanos> wait;
  std::optional<RateLimit> limit;
};

struct Turn {
  Turn() = default;
  std::optional<Ticket> go;  // make this call now, and ask again
  Nanos wake = kNever;       // else: ask again then, or after the next enqueue, report or release
};

class Scheduler {
 public:
  explicit Scheduler(AccountLimits limits = {});

  // Returns the ticket's id. A ticket that waits already is replaced.
  TicketId enqueue(Ticket ticket, Nanos now, Nanos not_before = Nanos::min());
  Turn next(Nanos now);
  void report(TicketId id, Outcome outcome, Nanos now, const Feedback& feedback = {});
  // The remote job of a create ended, or turned out never to have been.
  void release(TicketId id);

  // A remote job of an earlier process: it holds a place until release().
  TicketId adopt();
  // Takes a waiting ticket out. False when it does not wait.
  bool withdraw(TicketId id);
  // A job ended: its waiting creates and reads go; its cancels stay.
  std::size_t withdraw_job(const std::string& job);

  // After credentials or money: no creates until resume(). Reads and cancels go on, so that nothing paid is lost.
  bool stopped() const { return stopped_; }
  void stop() { stopped_ = true; }
  void resume() { stopped_ = false; }

  std::size_t waiting() const { return creates_.size() + reads_.size() + cancels_.size() + delayed_.size(); }
  int places_held() const { return gate_.held(); }
  const Rate& create_rate() const { return create_rate_; }
  const Rate& other_rate() const { return other_rate_; }

 private:
  struct Flying {
    CallKind kind = CallKind::create;
    Nanos sent{0};
    bool answered = false;
  };

  void admit(Ticket ticket, Nanos now);
  void admit_delayed(Nanos now);
  Nanos cancel_at(Nanos now) const;
  Nanos read_at(Nanos now) const;
  Nanos create_at(Nanos now) const;
  Turn hand_out(Ticket ticket, Nanos now);
  void answered(Flying& call, Outcome outcome, Nanos now, const Feedback& feedback);
  void widen(const Flying& call, Outcome outcome);

  AccountLimits limits_;
  Rate create_rate_, other_rate_;
  Breaker create_breaker_, read_breaker_;
  Gate gate_;
  FairQueue creates_, reads_;
  std::map<TicketId, Ticket> cancels_;                    // oldest first
  std::map<std::pair<Nanos, TicketId>, Ticket> delayed_;  // by the moment they may go
  std::unordered_map<TicketId, Nanos> delayed_until_;
  std::unordered_map<TicketId, Flying> flying_;
  TicketId last_id_ = 0;
  int unanswered_ = 0;  // creates
  int window_ = 1;      // creates that may be unanswered at once
  Nanos last_create_{0};
  Nanos window_since_ = Nanos::min();  // when the window was last made small
  bool stopped_ = false;
};

}  // namespace vidgen::flow
