// SPDX-License-Identifier: Apache-2.0
// Rate: how many calls an account may make. A leaky bucket in whole nanoseconds (GCRA) that never lets more than
// `count` calls into any window, and that listens to the server: a throttled answer empties it until the server's time,
// a limit that the server names takes effect at once and is lifted only after many successes. Not here: who goes first
// (fair_queue.hpp), how many are under way (gate.hpp). Thread-safety: none; one owner. Time: moments that do not fall;
// a moment in the past counts as the last one.
#pragma once

#include <cstdint>
#include <optional>

#include "flow/moment.hpp"

namespace vidgen::flow {

struct RateLimit {
  RateLimit() = default;
  RateLimit(std::int64_t n, Nanos w, std::int64_t b) : count(n), window(w), burst(b) {}
  std::int64_t count = 600;                 // calls in any window
  Nanos window = std::chrono::seconds(60);  // of this length
  std::int64_t burst = 10;                  // of which so many at once; at most half, rounded up
  // How much closer together calls may arrive than they left: the network's jitter. At most 4 % of the rate is given up
  // for it.
  Nanos guard = std::chrono::milliseconds(250);
  bool operator==(const RateLimit&) const = default;

  // The time between two calls of a steady stream.
  Nanos interval() const;
};

class Rate {
 public:
  explicit Rate(RateLimit limit);

  // The moment of the next call: `now`, or later.
  Nanos ready_at(Nanos now) const;
  // Takes one call. False, and nothing taken, when it is too early.
  bool take(Nanos now);

  // The server carried out a call that was sent then.
  void accepted(Nanos sent);
  // The server refused a call, sent at `sent`, as one too many. `wait`: what it asks for; `told`: the limit it names.
  // Without a wait: the interval, doubled each time. A wait without a limit, twice in a row, tells the limit too: the
  // time from the last call that passed to the moment when the next one may.
  void throttled(Nanos sent, Nanos now, std::optional<Nanos> wait, std::optional<RateLimit> told);

  // What is kept to now: the configured limit or less.
  RateLimit current() const;
  bool lowered() const { return learned_ || slowed_ > 0; }
  Nanos paused_until() const { return paused_until_; }

 private:
  void learn(const RateLimit& told);
  std::optional<RateLimit> implied(Nanos now, std::optional<Nanos> wait) const;
  void recompute();

  RateLimit base_;
  std::optional<RateLimit> learned_;
  std::optional<RateLimit> told_;  // the last limit that the server named
  int slowed_ = 0;                 // how often the rate was halved
  bool probing_ = false;           // above what the server named, to see if that still holds
  std::int64_t successes_ = 0;     // since the last throttle or change
  std::int64_t prove_;             // successes before a named limit is tried again
  bool ever_throttled_ = false;
  int streak_ = 0;  // throttles without a success between
  Nanos paused_since_ = Nanos::min();
  Nanos paused_until_ = Nanos::min();
  Nanos interval_{0};
  std::int64_t burst_ = 1;
  // When each bucket would be full again: GCRA's theoretical arrival time. One is of the configured limit, whatever
  // happens; one of what is kept to now.
  Nanos base_full_at_ = Nanos::min() / 2;
  Nanos full_at_ = Nanos::min() / 2;
  Nanos last_ = Nanos::min();
  Nanos last_accepted_ = Nanos::min();
};

}  // namespace vidgen::flow
