// SPDX-License-Identifier: Apache-2.0
#include "capi/src/queue.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/require.hpp>

#include "capi/src/common.hpp"

namespace vidgen::capi {

void Queue::push(std::unique_ptr<vg_event> event) {
  bool first;
  {
    std::lock_guard lock(mutex_);
    first = events_.empty();
    events_.push_back(std::move(event));
    changed_.notify_all();
  }
  if (!first) return;
  std::lock_guard lock(call_mutex_);
  if (call_ != nullptr) call_(user_);
}

std::unique_ptr<vg_event> Queue::wait(std::int64_t timeout_ms) {
  std::unique_lock lock(mutex_);
  auto ready = [this] { return !events_.empty() || woken_; };
  if (timeout_ms < 0)
    changed_.wait(lock, ready);
  else
    (void)changed_.wait_for(lock, std::chrono::milliseconds(std::min<std::int64_t>(timeout_ms, 1LL << 40)), ready);
  if (woken_) {
    woken_ = false;
    return nullptr;
  }
  if (events_.empty()) return nullptr;
  std::unique_ptr<vg_event> out = std::move(events_.front());
  events_.pop_front();
  return out;
}

void Queue::wakeup() {
  std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void Queue::set_wakeup(void (*fn)(void*), void* user) {
  std::lock_guard lock(call_mutex_);
  call_ = fn;
  user_ = user;
}

vg_error* error_object(const Error& error) {
  vg_error* out = nullptr;
  (void)fail(&out, error);
  return out;
}

vg_event_kind kind_of(const std::string& word) {
  struct Row {
    std::string_view word;
    vg_event_kind kind;
  };
  constexpr Row kRows[] = {{"status", VG_EVENT_STATUS}, {"step", VG_EVENT_STEP}, {"progress", VG_EVENT_PROGRESS},
                           {"note", VG_EVENT_NOTE},     {"plan", VG_EVENT_PLAN}, {"film", VG_EVENT_FILM},
                           {"error", VG_EVENT_ERROR}};
  for (const Row& row : kRows)
    if (row.word == word) return row.kind;
  return VG_EVENT_NOTE;
}

namespace {

class Pump : public std::enable_shared_from_this<Pump> {
 public:
  Pump(Job job, std::uint64_t tag, std::shared_ptr<Queue> queue, asio::any_io_executor executor)
      : job_(std::move(job)), tag_(tag), queue_(std::move(queue)), executor_(std::move(executor)) {}

  void next() {
    auto got = [self = shared_from_this()](std::optional<Event> event) { self->got(std::move(event)); };
    job_.async_next_event(asio::bind_executor(executor_, std::move(got)));
  }

 private:
  // The job's own last event is held back until the film, or the error, is there to go with it. One that another event
  // follows was the last of an earlier process.
  void got(std::optional<Event> event) {
    if (held_ && event) push(*held_, VG_EVENT_STATUS);
    if (event) held_.reset();
    if (!event) return end();
    const vg_event_kind kind = kind_of(event->kind);
    if (kind == VG_EVENT_FILM || kind == VG_EVENT_ERROR)
      held_ = std::move(event);
    else
      push(*event, kind);
    next();
  }

  void push(const Event& event, vg_event_kind kind) {
    auto out = std::make_unique<vg_event>();
    out->event = event;
    out->kind = kind;
    out->tag = tag_;
    queue_->push(std::move(out));
  }

  void end() {
    auto got = [self = shared_from_this()](Result<Film> film) { self->last(std::move(film)); };
    job_.async_wait(asio::bind_executor(executor_, std::move(got)));
  }

  void last(Result<Film> film) {
    auto out = std::make_unique<vg_event>();
    if (held_) out->event = std::move(*held_);
    out->event.job = job_.id();
    out->event.status = job_.status();
    out->tag = tag_;
    out->kind = film ? VG_EVENT_FILM : VG_EVENT_ERROR;
    if (film) {
      out->film = std::make_unique<vg_film>();
      out->film->film = std::move(*film);
    } else {
      out->error = error_object(film.error());
    }
    queue_->push(std::move(out));
  }

  Job job_;
  const std::uint64_t tag_;
  std::shared_ptr<Queue> queue_;
  asio::any_io_executor executor_;
  std::optional<Event> held_;
};

}  // namespace

void pump(Job job, std::uint64_t tag, std::shared_ptr<Queue> queue, const asio::any_io_executor& executor) {
  // Never from within the call that it completes: a job with a long past would go as deep as it has events.
  auto later = asio::require(executor, asio::execution::blocking.never);
  std::make_shared<Pump>(std::move(job), tag, std::move(queue), later)->next();
}

}  // namespace vidgen::capi
