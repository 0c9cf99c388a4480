// SPDX-License-Identifier: Apache-2.0
#include "pipeline/job_state.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>

#include "base/offload.hpp"

VIDGEN_NAMESPACE_BEGIN

JobStatus JobState::status() const {
  std::lock_guard lock(mutex_);
  return events_.empty() ? JobStatus::queued : events_.back().status;
}

bool JobState::cancelled() const {
  std::lock_guard lock(mutex_);
  return cancel_asked_;
}

std::optional<Event> JobState::after(std::int64_t seen) const {
  for (const Event& e : events_)
    if (e.seq > seen) return e;
  return std::nullopt;
}

void JobState::replay(std::vector<Event> events) {
  std::lock_guard lock(mutex_);
  events_ = std::move(events);
}

void JobState::publish(Event event) {
  std::vector<EventWaiter> ready;
  {
    std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
    ready.swap(event_waiters_);
    changed_.notify_all();
  }
  wake(std::move(ready));
}

void JobState::finish(Result<Film> result) {
  std::vector<EventWaiter> listeners;
  std::vector<FilmWaiter> waiters;
  {
    std::lock_guard lock(mutex_);
    result_ = result;
    listeners.swap(event_waiters_);
    waiters.swap(film_waiters_);
    changed_.notify_all();
  }
  wake(std::move(listeners));
  for (auto& waiter : waiters) base::complete(std::move(waiter.handler), result);
}

void JobState::wake(std::vector<EventWaiter> waiters) {
  for (auto& waiter : waiters) next_event(std::move(waiter.seen), std::move(waiter.handler));
}

// A cancelled wait completes at once and leaves the job alone.
template <class H>
void JobState::detach_on_cancel(H& handler, std::uint64_t waiter) {
  auto slot = asio::get_associated_cancellation_slot(handler);
  if (!slot.is_connected()) return;
  slot.assign([self = weak_from_this(), waiter](asio::cancellation_type) {
    if (auto state = self.lock()) state->abandon(waiter);
  });
}

void JobState::abandon(std::uint64_t id) {
  std::lock_guard lock(mutex_);
  for (auto it = event_waiters_.begin(); it != event_waiters_.end(); ++it)
    if (it->id == id) {
      base::complete(std::move(it->handler), std::optional<Event>());
      event_waiters_.erase(it);
      return;
    }
  for (auto it = film_waiters_.begin(); it != film_waiters_.end(); ++it)
    if (it->id == id) {
      Error error(Errc::interrupted, "nobody waits for the film any more; the job goes on");
      base::complete(std::move(it->handler), Result<Film>(error));
      film_waiters_.erase(it);
      return;
    }
}

void JobState::next_event(Cursor seen, Handler<std::optional<Event>> handler) {
  std::optional<Event> event;
  {
    std::lock_guard lock(mutex_);
    event = after(*seen);
    if (!event && !result_) {
      std::uint64_t id = next_waiter_++;
      detach_on_cancel(handler, id);
      event_waiters_.push_back(EventWaiter{id, std::move(seen), std::move(handler)});
      return;
    }
    if (event) *seen = event->seq;
  }
  base::complete(std::move(handler), std::move(event));
}

void JobState::wait(Handler<Result<Film>> handler) {
  Result<Film> result;
  {
    std::lock_guard lock(mutex_);
    if (!result_) {
      std::uint64_t id = next_waiter_++;
      detach_on_cancel(handler, id);
      film_waiters_.push_back(FilmWaiter{id, std::move(handler)});
      return;
    }
    result = *result_;
  }
  base::complete(std::move(handler), std::move(result));
}

std::optional<Event> JobState::next_event(Cursor seen) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return after(*seen) || result_; });
  auto event = after(*seen);
  if (event) *seen = event->seq;
  return event;
}

Result<Film> JobState::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return result_.has_value(); });
  return *result_;
}

bool JobState::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [&] { return result_.has_value(); });
}

void JobState::cancel() {
  {
    std::lock_guard lock(mutex_);
    if (result_) return;
    cancel_asked_ = true;
  }
  stop_.request_stop();
}

void JobState::interrupt() {
  stop_.request_stop();
}

// ---- Job, the public handle

const std::string& Job::id() const {
  return state_->id();
}
JobStatus Job::status() const {
  return state_->status();
}
std::optional<Event> Job::next_event() {
  return state_->next_event(seen_);
}
void Job::next_event(Handler<std::optional<Event>> handler) {
  state_->next_event(seen_, std::move(handler));
}
Result<Film> Job::wait() {
  return state_->wait();
}
void Job::wait(Handler<Result<Film>> handler) {
  state_->wait(std::move(handler));
}
JobStatus Job::advance(std::chrono::milliseconds slice) {
  if (!state_->wait_for(slice)) {
    state_->interrupt();
    (void)state_->wait();
  }
  return state_->status();
}
Result<std::vector<Event>> Job::events(std::int64_t after) const {
  return state_->events(after);
}
void Job::cancel() {
  state_->cancel();
}
void Job::interrupt() {
  state_->interrupt();
}

VIDGEN_NAMESPACE_END
