// SPDX-License-Identifier: Apache-2.0
// Spending: what a job has paid so far, attempt by attempt, as the journal has it: also for attempts that came to
// nothing, for steps that the film goes on without or that a revision has no use for, and in the processes before this
// one. Thread-safety: none; the runner's strand owns it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vidgen/journal.hpp"

VIDGEN_NAMESPACE_BEGIN

class Spending {
 public:
  void load(const std::vector<AttemptRecord>& attempts) {
    for (const AttemptRecord& a : attempts) settled(a.step, a.attempt, a.settled);
  }
  // What an attempt came to; said twice, the last counts.
  void settled(const std::string& step, int attempt, Money cost) { of_attempt_[{step, attempt}] = cost; }

  // Was anything bought for it?
  bool knows(const std::string& step) const {
    auto it = of_attempt_.lower_bound({step, 0});
    return it != of_attempt_.end() && it->first.first == step;
  }
  Money of_step(const std::string& step) const {
    Money sum;
    for (auto it = of_attempt_.lower_bound({step, 0}); it != of_attempt_.end() && it->first.first == step; ++it)
      sum += it->second;
    return sum;
  }
  Money of_steps_named(std::string_view begin) const {
    Money sum;
    for (const auto& [attempt, cost] : of_attempt_)
      if (std::string_view(attempt.first).substr(0, begin.size()) == begin) sum += cost;
    return sum;
  }
  Money total() const { return of_steps_named({}); }

 private:
  std::map<std::pair<std::string, int>, Money> of_attempt_;
};

VIDGEN_NAMESPACE_END
