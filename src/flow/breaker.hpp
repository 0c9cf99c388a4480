// SPDX-License-Identifier: Apache-2.0
// Breaker: stops calling what does not answer. Closed while things work; open after so many failures in a row; then one
// probe at a time, and closed again after the first success. Failures are not_sent,
// transient and ambiguous; never a refusal or a throttle, which are answers.
// Thread-safety: none; one owner. Time is passed in.
#pragma once

#include "flow/moment.hpp"
#include "flow/outcome.hpp"

namespace vidgen::flow {

struct BreakerPolicy {
  BreakerPolicy() = default;
  int failures = 5;                        // in a row
  Nanos first = std::chrono::seconds(10);  // open for so long; each failed probe doubles it
  Nanos longest = std::chrono::seconds(120);
};

class Breaker {
 public:
  explicit Breaker(BreakerPolicy policy = {}) : policy_(policy), pause_(policy.first) {}

  // The moment of the next call: now, or later; while a probe is under way, when it is given up.
  Nanos ready_at(Nanos now) const;
  // A call goes out.
  void sent(Nanos now);
  // Failures are not_sent, transient and ambiguous; every other outcome shows that the provider is there.
  void report(Outcome outcome, Nanos now);
  bool open() const { return open_; }

 private:
  void failed(Nanos now);

  BreakerPolicy policy_;
  bool open_ = false;
  bool probing_ = false;
  int failures_ = 0;
  Nanos pause_;
  Nanos probe_at_{0};       // while open: the next probe
  Nanos probe_lost_at_{0};  // a probe that never reports does not hold everything for ever
};

}  // namespace vidgen::flow
