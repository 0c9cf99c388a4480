// SPDX-License-Identifier: Apache-2.0
// Timer: a wait on the executor, by a clock that simulations replace. Everything that waits in the library's own rooms
// waits by it; sockets have their own. Thread-safety: as Asio's timers; set_time_source() before anything runs.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/wait_traits.hpp>
#include <chrono>
#include <stop_token>

#include "vidgen/async.hpp"

namespace vidgen::base {

// What time passes by. A simulation's own: now() moves only when it says so.
class TimeSource {
 public:
  virtual ~TimeSource() = default;
  virtual std::chrono::nanoseconds now() = 0;
  // The next timer ends in so much.
  virtual void waits(std::chrono::nanoseconds time) = 0;
};
// For tests; null: the machine's steady clock.
void set_time_source(TimeSource* source);

struct TimerClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<TimerClock>;
  static constexpr bool is_steady = true;
  static time_point now();
};

struct TimerTraits {
  static TimerClock::duration to_wait_duration(const TimerClock::duration& d);
  static TimerClock::duration to_wait_duration(const TimerClock::time_point& t) {
    return to_wait_duration(t - TimerClock::now());
  }
};

using Timer = asio::basic_waitable_timer<TimerClock, TimerTraits>;

// Waits, others running meanwhile however short the time is; a stop ends it within a fifth of a second.
Async<void> sleep_for(std::chrono::nanoseconds time, std::stop_token stop = {});

}  // namespace vidgen::base
