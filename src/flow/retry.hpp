// SPDX-License-Identifier: Apache-2.0
// Retry: whether a call is made again, and when. One object an account, since the retry tokens are the account's: in an
// outage they run out and calls fail at once, so that a thousand clients do not make it worse.
//
// A server's wait is obeyed in full; without one the wait is drawn from the whole of [0, base x 2^n] (full jitter). A
// throttled call that comes with the server's wait costs no tokens: the Scheduler already holds the account back.
// Thread-safety: none; one owner. Errors: none.
#pragma once

#include <optional>
#include <string_view>

#include "base/random.hpp"
#include "flow/moment.hpp"
#include "flow/outcome.hpp"

namespace vidgen::flow {

struct RetryPolicy {
  RetryPolicy() = default;
  int attempts = 3;             // calls in all
  int throttled_attempts = 20;  // calls in all, when the server says "later" each time
  Nanos base = std::chrono::milliseconds(50);
  Nanos throttled_base = std::chrono::seconds(1);
  Nanos longest = std::chrono::seconds(20);  // of our own waits
  int tokens = 500;
  int cost = 14;           // of a retry
  int throttled_cost = 5;  // of one after a throttle without a wait
};

enum class Action {
  done,          // it worked
  again,         // after Decision::after
  reconcile,     // find out whether it was executed (reconcile.hpp)
  give_up,       // this call failed for good
  stop_account,  // nothing that costs money can work until a person acts
};
std::string_view to_string(Action action);

struct Decision {
  Decision() = default;
  Decision(Action a, std::string_view reason, Nanos wait = Nanos(0)) : action(a), after(wait), why(reason) {}
  Action action = Action::give_up;
  Nanos after{0};        // of again
  std::string_view why;  // for the log; a constant
};

class Retry {
 public:
  Retry(RetryPolicy policy, std::uint64_t seed) : policy_(policy), random_(seed), tokens_(policy.tokens) {}

  // After call number `made` (1 is the first) of one request ended in `outcome`.
  Decision decide(Outcome outcome, int made, std::optional<Nanos> server_wait = std::nullopt);
  int tokens() const { return tokens_; }

 private:
  Decision again(int made, int most, int cost, Nanos base, std::optional<Nanos> server_wait);
  Nanos jitter(Nanos base, int made);
  void succeeded(int made);

  RetryPolicy policy_;
  base::Random random_;
  int tokens_;
};

}  // namespace vidgen::flow
