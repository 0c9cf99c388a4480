// SPDX-License-Identifier: Apache-2.0
// What the scheduler's tests share: a ticket of a job, and an account whose rates never make anybody wait.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "flow/scheduler.hpp"

namespace vidgen::flow {

using namespace std::chrono_literals;

inline Ticket ticket(const std::string& job, CallKind kind = CallKind::create, Nanos tail = 0s) {
  Ticket t;
  t.job = job;
  t.kind = kind;
  t.tail = tail;
  return t;
}

inline AccountLimits quick() {
  AccountLimits limits;
  limits.creates = RateLimit(100000, 1s, 1000);
  limits.others = RateLimit(100000, 1s, 1000);
  limits.patience = 0s;
  return limits;
}

}  // namespace vidgen::flow
