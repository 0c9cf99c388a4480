// SPDX-License-Identifier: Apache-2.0
#include "flow/scheduler.hpp"

#include <algorithm>
#include <utility>

namespace vidgen::flow {

Scheduler::Scheduler(AccountLimits limits)
    : limits_(limits),
      create_rate_(limits.creates),
      other_rate_(limits.others),
      create_breaker_(limits.breaker),
      read_breaker_(limits.breaker),
      gate_(limits.concurrent) {}

TicketId Scheduler::enqueue(Ticket ticket, Nanos now, Nanos not_before) {
  if (ticket.id == 0 || ticket.id > last_id_) ticket.id = ++last_id_;
  const TicketId id = ticket.id;
  (void)withdraw(id);  // it waits already: the new words count
  if (!ticket.since) ticket.since = now;
  if (not_before > now) {
    delayed_until_[id] = not_before;
    delayed_.emplace(std::pair(not_before, id), std::move(ticket));
  } else {
    admit(std::move(ticket), now);
  }
  return id;
}

void Scheduler::admit(Ticket ticket, Nanos now) {
  const TicketId id = ticket.id;
  switch (ticket.kind) {
    case CallKind::create:
      creates_.push(std::move(ticket), now);
      return;
    case CallKind::read:
      reads_.push(std::move(ticket), now);
      return;
    case CallKind::cancel:
      cancels_.emplace(id, std::move(ticket));
  }
}

void Scheduler::admit_delayed(Nanos now) {
  while (!delayed_.empty() && delayed_.begin()->first.first <= now) {
    auto node = delayed_.extract(delayed_.begin());
    delayed_until_.erase(node.mapped().id);
    admit(std::move(node.mapped()), now);
  }
}

// A cancel does not ask the breaker: it saves money, and a provider that is down refuses it for nothing.
Nanos Scheduler::cancel_at(Nanos now) const {
  return cancels_.empty() ? kNever : other_rate_.ready_at(now);
}

Nanos Scheduler::read_at(Nanos now) const {
  if (reads_.empty()) return kNever;
  return std::max(other_rate_.ready_at(now), read_breaker_.ready_at(now));
}

Nanos Scheduler::create_at(Nanos now) const {
  if (creates_.empty() || stopped_ || !gate_.free()) return kNever;
  Nanos at = std::max(create_rate_.ready_at(now), create_breaker_.ready_at(now));
  if (unanswered_ >= window_) at = std::max(at, later(last_create_, limits_.patience));
  return at;
}

Turn Scheduler::next(Nanos now) {
  admit_delayed(now);
  const Nanos cancel = cancel_at(now), read = read_at(now), create = create_at(now);
  if (cancel <= now) {
    auto node = cancels_.extract(cancels_.begin());
    return hand_out(std::move(node.mapped()), now);
  }
  if (read <= now) return hand_out(std::move(*reads_.pop()), now);
  if (create <= now) return hand_out(std::move(*creates_.pop()), now);
  Turn turn;
  turn.wake = std::min({cancel, read, create});
  if (!delayed_.empty()) turn.wake = std::min(turn.wake, delayed_.begin()->first.first);
  return turn;
}

Turn Scheduler::hand_out(Ticket ticket, Nanos now) {
  Flying call;
  call.kind = ticket.kind;
  call.sent = now;
  if (ticket.kind == CallKind::create) {
    create_rate_.take(now);
    create_breaker_.sent(now);
    gate_.hold(ticket.id);
    ++unanswered_;
    last_create_ = now;
  } else {
    other_rate_.take(now);
    if (ticket.kind == CallKind::read) read_breaker_.sent(now);
  }
  flying_[ticket.id] = call;
  Turn turn;
  turn.go = std::move(ticket);
  return turn;
}

void Scheduler::report(TicketId id, Outcome outcome, Nanos now, const Feedback& feedback) {
  const auto it = flying_.find(id);
  if (it == flying_.end() || it->second.answered) return;
  Flying& call = it->second;
  call.answered = true;
  answered(call, outcome, now, feedback);
  const bool may_run = outcome == Outcome::ok || outcome == Outcome::ambiguous;
  if (call.kind == CallKind::create && may_run) return;
  gate_.release(id);
  flying_.erase(it);
}

void Scheduler::answered(Flying& call, Outcome outcome, Nanos now, const Feedback& feedback) {
  const bool create = call.kind == CallKind::create;
  if (create) --unanswered_;
  if (call.kind != CallKind::cancel) (create ? create_breaker_ : read_breaker_).report(outcome, now);
  if (outcome == Outcome::money || outcome == Outcome::credentials) stop();
  Rate& rate = create ? create_rate_ : other_rate_;
  const bool silent = outcome == Outcome::not_sent || outcome == Outcome::transient || outcome == Outcome::ambiguous;
  if (create) widen(call, outcome);
  if (outcome == Outcome::throttled) {
    if (create) window_since_ = now;
    rate.throttled(call.sent, now, feedback.wait, feedback.limit);
  } else if (!silent) {
    rate.accepted(call.sent);
  }
}

// Only calls that left after the window was made small may widen it again.
void Scheduler::widen(const Flying& call, Outcome outcome) {
  if (outcome == Outcome::throttled) window_ = 1;
  if (outcome == Outcome::ok && call.sent >= window_since_) window_ = std::min(window_ + 1, limits_.concurrent);
}

void Scheduler::release(TicketId id) {
  gate_.release(id);
  const auto it = flying_.find(id);
  if (it == flying_.end()) return;
  if (it->second.kind == CallKind::create && !it->second.answered) --unanswered_;
  flying_.erase(it);
}

TicketId Scheduler::adopt() {
  gate_.hold(++last_id_);
  return last_id_;
}

bool Scheduler::withdraw(TicketId id) {
  if (creates_.erase(id) || reads_.erase(id) || cancels_.erase(id) > 0) return true;
  const auto it = delayed_until_.find(id);
  if (it == delayed_until_.end()) return false;
  delayed_.erase({it->second, id});
  delayed_until_.erase(it);
  return true;
}

std::size_t Scheduler::withdraw_job(const std::string& job) {
  std::size_t count = creates_.erase_job(job).size() + reads_.erase_job(job).size();
  for (auto it = delayed_.begin(); it != delayed_.end();) {
    if (it->second.job == job && it->second.kind != CallKind::cancel) {
      delayed_until_.erase(it->second.id);
      it = delayed_.erase(it);
      ++count;
    } else {
      ++it;
    }
  }
  return count;
}

}  // namespace vidgen::flow
