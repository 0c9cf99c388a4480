// SPDX-License-Identifier: Apache-2.0
#include "base/timer.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vidgen::base {
namespace {

constexpr auto kLook = std::chrono::milliseconds(200);
std::atomic<TimeSource*> time_source{nullptr};

}  // namespace

void set_time_source(TimeSource* source) {
  time_source = source;
}

TimerClock::time_point TimerClock::now() {
  if (TimeSource* source = time_source) return time_point(source->now());
  return time_point(std::chrono::duration_cast<duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

// In a simulation nobody sleeps: the loop looks at once, and finds the time that it is told.
TimerClock::duration TimerTraits::to_wait_duration(const TimerClock::duration& d) {
  TimeSource* source = time_source;
  if (source == nullptr) return d;
  source->waits(d);
  return TimerClock::duration(0);
}

Async<void> sleep_for(std::chrono::nanoseconds time, std::stop_token stop) {
  Timer timer(co_await asio::this_coro::executor);
  const TimerClock::time_point end = TimerClock::now() + time;
  while (!stop.stop_requested()) {
    const auto left = std::max(end - TimerClock::now(), TimerClock::duration(0));
    timer.expires_after(stop.stop_possible() ? std::min<TimerClock::duration>(left, kLook) : left);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    if (TimerClock::now() >= end) co_return;
  }
}

}  // namespace vidgen::base
