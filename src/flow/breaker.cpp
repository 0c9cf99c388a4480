// SPDX-License-Identifier: Apache-2.0
#include "flow/breaker.hpp"

#include <algorithm>

namespace vidgen::flow {

Nanos Breaker::ready_at(Nanos now) const {
  if (!open_) return now;
  return std::max(now, probing_ ? probe_lost_at_ : probe_at_);
}

void Breaker::sent(Nanos now) {
  if (!open_) return;
  probing_ = true;
  probe_lost_at_ = later(now, policy_.longest);
}

void Breaker::report(Outcome outcome, Nanos now) {
  switch (outcome) {
    case Outcome::not_sent:
    case Outcome::transient:
    case Outcome::ambiguous:
      failed(now);
      return;
    default:  // every other outcome is an answer: the provider is there
      open_ = probing_ = false;
      failures_ = 0;
      pause_ = policy_.first;
  }
}

void Breaker::failed(Nanos now) {
  ++failures_;
  if (open_) {
    if (!probing_) return;  // it left before the breaker opened
    pause_ = std::min(pause_ * 2, policy_.longest);
  } else if (failures_ < policy_.failures) {
    return;
  }
  open_ = true;
  probing_ = false;
  probe_at_ = later(now, pause_);
}

}  // namespace vidgen::flow
