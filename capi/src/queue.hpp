// SPDX-License-Identifier: Apache-2.0
// The queue that events of jobs and answers of asynchronous calls come through, and what fills it.
//
// Thread-safety: every member from any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "capi/src/handles.hpp"

namespace vidgen::capi {

class Queue {
 public:
  void push(std::unique_ptr<vg_event> event);
  std::unique_ptr<vg_event> wait(std::int64_t timeout_ms);
  void wakeup();
  void set_wakeup(void (*fn)(void*), void* user);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<vg_event>> events_;
  bool woken_ = false;
  // The host's callback has a lock of its own: it is called without that of the queue.
  std::mutex call_mutex_;
  void (*call_)(void*) = nullptr;
  void* user_ = nullptr;
};

// Carries a job's events into a queue until its last one.
void pump(Job job, std::uint64_t tag, std::shared_ptr<Queue> queue, const asio::any_io_executor& executor);

// An error object for an event; null only when there is no memory even for that.
vg_error* error_object(const Error& error);

}  // namespace vidgen::capi
