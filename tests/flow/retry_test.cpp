// SPDX-License-Identifier: Apache-2.0
#include "flow/retry.hpp"

#include <gtest/gtest.h>

#include <map>

#include "flow/breaker.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

TEST(retry, what_follows_an_outcome) {
  Retry retry({}, 1);
  EXPECT_EQ(retry.decide(Outcome::ok, 1).action, Action::done);
  EXPECT_EQ(retry.decide(Outcome::not_sent, 1).action, Action::again);
  EXPECT_EQ(retry.decide(Outcome::throttled, 1).action, Action::again);
  EXPECT_EQ(retry.decide(Outcome::transient, 2).action, Action::again);
  EXPECT_EQ(retry.decide(Outcome::transient, 3).action, Action::give_up);
  EXPECT_EQ(retry.decide(Outcome::ambiguous, 1).action, Action::reconcile);
  EXPECT_EQ(retry.decide(Outcome::refused, 1).action, Action::give_up);
  EXPECT_EQ(retry.decide(Outcome::permanent, 1).action, Action::give_up);
  EXPECT_EQ(retry.decide(Outcome::credentials, 1).action, Action::stop_account);
  EXPECT_EQ(retry.decide(Outcome::money, 1).action, Action::stop_account);
  EXPECT_EQ(retry.decide(static_cast<Outcome>(77), 1).action, Action::give_up);
}

// Full jitter: the whole range is used, and nothing above it.
TEST(retry, waits_are_drawn_from_the_whole_range) {
  for (int made = 1; made <= 2; ++made) {
    const Nanos most = 50ms * made;
    Nanos least_seen = 1h, most_seen = 0s;
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
      Retry retry({}, seed);
      const Decision d = retry.decide(Outcome::transient, made);
      ASSERT_TRUE(d.after >= 0s && d.after <= most);
      least_seen = std::min(least_seen, d.after);
      most_seen = std::max(most_seen, d.after);
    }
    EXPECT_LT(least_seen, most / 20);
    EXPECT_GT(most_seen, most - most / 20);
  }
}

TEST(retry, a_servers_wait_is_obeyed_and_clamped) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Retry retry({}, seed);
    const Nanos asked(std::chrono::milliseconds(seed * 100));
    const Decision d = retry.decide(Outcome::throttled, 1, asked);
    ASSERT_EQ(d.action, Action::again);
    ASSERT_GE(d.after, asked);
    ASSERT_LE(d.after, asked + 1s);
  }
  Retry retry({}, 1);
  EXPECT_LE(retry.decide(Outcome::throttled, 1, 24h).after, 301s);
  EXPECT_GE(retry.decide(Outcome::throttled, 1, -5s).after, 0s);
  EXPECT_LE(retry.decide(Outcome::throttled, 19).after, 20s);
}

// A wait of one unit is drawn from {0, 1}: both ends belong to the range, and no more.
TEST(retry, both_ends_of_the_range_are_drawn) {
  RetryPolicy policy;
  policy.base = Nanos(1);
  std::map<Nanos, int> seen;
  for (std::uint64_t seed = 0; seed < 200; ++seed) ++seen[Retry(policy, seed).decide(Outcome::transient, 1).after];
  EXPECT_EQ(seen.size(), 2u);
  EXPECT_GT(seen[Nanos(0)], 50);
  EXPECT_GT(seen[Nanos(1)], 50);
}

TEST(retry, a_policy_without_waits_waits_for_nothing) {
  RetryPolicy policy;
  for (const Nanos base : {Nanos(0), Nanos(-5s)}) {
    policy.base = policy.throttled_base = base;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      EXPECT_EQ(Retry(policy, seed).decide(Outcome::transient, 2).after, Nanos(0));
      EXPECT_EQ(Retry(policy, seed).decide(Outcome::throttled, 1, -1s).after, Nanos(0));
      EXPECT_EQ(Retry(policy, seed).decide(Outcome::throttled, 1, 24h).after, Nanos(300s));
    }
  }
}

TEST(retry, twenty_doublings_and_no_more) {
  RetryPolicy policy;
  policy.base = Nanos(1);
  policy.longest = 1h;
  policy.attempts = 1000;
  for (const auto& [made, most] : {std::pair(1, Nanos(1)), std::pair(4, Nanos(8)), std::pair(21, Nanos(1 << 20)), std::pair(500, Nanos(1 << 20))}) {
    Nanos seen = 0s;
    for (std::uint64_t seed = 0; seed < 300; ++seed) seen = std::max(seen, Retry(policy, seed).decide(Outcome::transient, made).after);
    EXPECT_LE(seen, most) << made;
    EXPECT_GT(seen, most * 3 / 4) << made;
  }
}

// A count below the first call is taken for the first.
TEST(retry, counts_begin_at_one) {
  for (const int made : {0, -3})
    for (std::uint64_t seed = 0; seed < 50; ++seed)
      EXPECT_EQ(Retry({}, seed).decide(Outcome::transient, made).after, Retry({}, seed).decide(Outcome::transient, 1).after);
}

TEST(retry, with_a_servers_wait_one_base_is_spread_and_no_more) {
  Nanos seen = 0s;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Nanos more = Retry({}, seed).decide(Outcome::throttled, 9, 10s).after - 10s;
    ASSERT_LE(more, 1s);
    seen = std::max(seen, more);
  }
  EXPECT_GT(seen, 900ms);
}

TEST(retry, tokens_to_the_last_one) {
  RetryPolicy policy;
  policy.tokens = 14;
  Retry retry(policy, 1);
  EXPECT_EQ(retry.decide(Outcome::transient, 1).action, Action::again);  // exactly what it costs is there
  EXPECT_EQ(retry.tokens(), 0);
  EXPECT_EQ(retry.decide(Outcome::transient, 1).action, Action::give_up);
  (void)retry.decide(Outcome::ok, 1);
  EXPECT_EQ(retry.tokens(), 1);  // a call that worked at once gives one
  (void)retry.decide(Outcome::ok, 0);
  EXPECT_EQ(retry.tokens(), 2);
  for (int i = 0; i < 11; ++i) (void)retry.decide(Outcome::ok, 1);
  EXPECT_EQ(retry.tokens(), 13);
  EXPECT_EQ(retry.decide(Outcome::transient, 1).action, Action::give_up);
  (void)retry.decide(Outcome::ok, 2);  // one that worked at the second time gives back what that cost, up to the most
  EXPECT_EQ(retry.tokens(), 14);
  policy.tokens = 100;
  Retry other(policy, 1);
  (void)other.decide(Outcome::transient, 1);
  (void)other.decide(Outcome::transient, 2);
  (void)other.decide(Outcome::ok, 2);
  EXPECT_EQ(other.tokens(), 86);
}

TEST(retry, names) {
  EXPECT_EQ(to_string(Action::done), "done");
  EXPECT_EQ(to_string(Action::stop_account), "stop_account");
  EXPECT_EQ(to_string(static_cast<Action>(5)), "unknown");
}

// 1,000 calls that all fail: retries are at most what the tokens pay for.
TEST(retry, an_outage_makes_no_storm) {
  Retry retry({}, 7);
  int retries = 0;
  for (int call = 0; call < 1000; ++call)
    for (int made = 1;; ++made) {
      if (retry.decide(Outcome::transient, made).action != Action::again) break;
      ++retries;
    }
  EXPECT_EQ(retries, 500 / 14);
  for (int i = 0; i < 20; ++i) (void)retry.decide(Outcome::ok, 1);
  EXPECT_EQ(retry.decide(Outcome::transient, 1).action, Action::again);  // successes pay for retries
  for (int i = 0; i < 100000; ++i) (void)retry.decide(Outcome::ok, 2);
  EXPECT_EQ(retry.tokens(), 500);
}

TEST(retry, throttles_end_too) {
  Retry retry({}, 7);
  int made = 1;
  while (retry.decide(Outcome::throttled, made, 1s).action == Action::again) ++made;
  EXPECT_EQ(made, 20);
  EXPECT_EQ(retry.tokens(), 500);  // the server's own wait costs nothing
  (void)retry.decide(Outcome::throttled, 1);
  EXPECT_EQ(retry.tokens(), 495);
}

TEST(breaker, opens_probes_and_closes) {
  Breaker b;
  for (int i = 0; i < 4; ++i) b.report(Outcome::transient, 1s);
  EXPECT_FALSE(b.open());
  b.report(Outcome::refused, 1s);  // an answer: it counts anew
  for (int i = 0; i < 4; ++i) b.report(Outcome::ambiguous, 1s);
  EXPECT_EQ(b.ready_at(1s), Nanos(1s));
  b.report(Outcome::not_sent, 2s);
  EXPECT_TRUE(b.open());
  EXPECT_EQ(b.ready_at(3s), Nanos(12s));
  b.report(Outcome::transient, 4s);  // one that left before
  EXPECT_EQ(b.ready_at(3s), Nanos(12s));
  b.sent(12s);
  EXPECT_GT(b.ready_at(13s), Nanos(100s));  // one probe at a time
  b.report(Outcome::transient, 14s);
  EXPECT_EQ(b.ready_at(14s), Nanos(34s));  // twice as long
  b.sent(34s);
  b.report(Outcome::ok, 35s);
  EXPECT_FALSE(b.open());
  EXPECT_EQ(b.ready_at(35s), Nanos(35s));
}

TEST(breaker, the_pause_is_bounded_and_a_lost_probe_holds_nothing_for_ever) {
  Breaker b;
  Nanos now = 0s;
  for (int i = 0; i < 5; ++i) b.report(Outcome::transient, now);
  for (int i = 0; i < 50; ++i) {
    const Nanos at = b.ready_at(now);
    ASSERT_LE(at - now, Nanos(120s));
    now = at;
    b.sent(now);
    if (i % 3 != 0) b.report(Outcome::transient, now);  // every third never reports
  }
}

}  // namespace
}  // namespace vidgen::flow
