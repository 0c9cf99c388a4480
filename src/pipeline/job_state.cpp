// SPDX-License-Identifier: Apache-2.0
#include "pipeline/job_state.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>

#include "base/offload.hpp"
#include "pipeline/core.hpp"

VIDGEN_NAMESPACE_BEGIN

bool JobState::forked() const {
  return ::getpid() != pid_;
}

asio::any_completion_executor JobState::otherwise() const {
  auto core = core_.lock();
  return core ? core->completions() : asio::any_completion_executor(base::Here());
}

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
  for (auto& waiter : waiters) base::complete(std::move(waiter.handler), result, otherwise());
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
      base::complete(std::move(it->handler), std::optional<Event>(), otherwise());
      event_waiters_.erase(it);
      return;
    }
  for (auto it = film_waiters_.begin(); it != film_waiters_.end(); ++it)
    if (it->id == id) {
      Error error(Errc::interrupted, "nobody waits for the film any more; the job goes on");
      base::complete(std::move(it->handler), Result<Film>(error), otherwise());
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
  base::complete(std::move(handler), std::move(event), otherwise());
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
  base::complete(std::move(handler), std::move(result), otherwise());
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

namespace {
Error forked_error(const std::string& id) {
  return Error(Errc::forked, "job " + id + " is run by the process that this one is a fork of: make a pipeline here");
}
}  // namespace

const std::string& Job::id() const {
  return state_->id();
}
JobStatus Job::status() const {
  return state_->forked() ? JobStatus::interrupted : state_->status();
}
std::optional<Event> Job::next_event() {
  return state_->forked() ? std::nullopt : state_->next_event(seen_);
}
void Job::next_event(Handler<std::optional<Event>> handler) {
  if (state_->forked()) return base::complete(std::move(handler), std::optional<Event>());
  state_->next_event(seen_, std::move(handler));
}
Result<Film> Job::wait() {
  return state_->forked() ? Result<Film>(forked_error(state_->id())) : state_->wait();
}
void Job::wait(Handler<Result<Film>> handler) {
  if (state_->forked()) return base::complete(std::move(handler), Result<Film>(forked_error(state_->id())));
  state_->wait(std::move(handler));
}
bool Job::wait_for(std::chrono::milliseconds time) {
  return state_->forked() || state_->wait_for(time);
}
JobStatus Job::advance(std::chrono::milliseconds slice) {
  if (!wait_for(slice)) {
    state_->interrupt();
    (void)state_->wait();
  }
  return status();
}
Result<std::vector<Event>> Job::events(std::int64_t after) const {
  if (state_->forked()) return forked_error(state_->id());
  return state_->events(after);
}
void Job::cancel() {
  if (!state_->forked()) state_->cancel();
}
void Job::interrupt() {
  if (!state_->forked()) state_->interrupt();
}

VIDGEN_NAMESPACE_END
