// SPDX-License-Identifier: Apache-2.0
#include "flow/rate.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "base/random.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

// Counts the calls of every half-open window.
class Window {
 public:
  Window(Nanos length, std::int64_t most) : length_(length), most_(most) {}
  bool add(Nanos at) {
    times_.push_back(at);
    while (times_.front() <= at - length_) times_.pop_front();
    return static_cast<std::int64_t>(times_.size()) <= most_;
  }

 private:
  Nanos length_;
  std::int64_t most_;
  std::deque<Nanos> times_;
};

TEST(rate, a_low_credit_account) {
  Rate rate(RateLimit(6, 60s, 1));
  EXPECT_TRUE(rate.take(0s));
  EXPECT_FALSE(rate.take(9s));
  EXPECT_GE(rate.ready_at(1s), Nanos(10s));
  EXPECT_LE(rate.ready_at(1s), Nanos(10500ms));
}

TEST(rate, a_burst_and_then_the_steady_rate) {
  Rate rate(RateLimit(600, 60s, 10));
  int at_once = 0;
  while (rate.take(5s)) ++at_once;
  EXPECT_EQ(at_once, 10);
  Nanos now = 5s;
  for (int i = 0; i < 600; ++i) {
    now = rate.ready_at(now);
    ASSERT_TRUE(rate.take(now));
  }
  EXPECT_LE(now, Nanos(5s) + 60s * 1.05);
  EXPECT_GE(now, Nanos(65s) - 1s);
}

// Whatever limits, whatever the moments, whatever the server says in between: never above the limit in any window.
TEST(rate, never_above_the_limit_in_any_window) {
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    base::Random r(seed);
    RateLimit limit(1 + static_cast<std::int64_t>(r.below(40)), Nanos(std::chrono::milliseconds(1 + r.below(5000))), 1);
    limit.burst = 1 + static_cast<std::int64_t>(r.below(static_cast<std::uint64_t>(limit.count)));
    limit.guard = Nanos(static_cast<std::int64_t>(r.below(2)) * 1000000);
    Rate rate(limit);
    Window window(limit.window, limit.count);
    Nanos now(static_cast<std::int64_t>(r.below(1000)));
    for (int i = 0; i < 120; ++i) {
      const std::uint64_t what = r.below(20);
      if (what == 0) now += Nanos(static_cast<std::int64_t>(r.below(static_cast<std::uint64_t>(limit.window.count()))));
      if (what == 1) rate.throttled(now, now, Nanos(static_cast<std::int64_t>(r.below(1000000))), std::nullopt);
      if (what == 2)
        rate.throttled(now - 1ns, now, Nanos(0),
                       RateLimit(1 + static_cast<std::int64_t>(r.below(20)), limit.window,
                                 1 + static_cast<std::int64_t>(r.below(5))));
      if (what < 12) now = std::max(now, rate.ready_at(now));
      if (rate.take(now)) {
        ASSERT_TRUE(window.add(now)) << "seed " << seed << " call " << i;
      }
      if (what > 3)
        for (int k = 0; k < 40; ++k) rate.accepted(0s);
    }
  }
}

TEST(rate, a_throttle_pauses_for_as_long_as_the_server_says) {
  Rate rate((RateLimit()));
  ASSERT_TRUE(rate.take(1s));
  rate.throttled(1s, 2s, 30s, std::nullopt);
  EXPECT_EQ(rate.ready_at(2s), Nanos(32s));
  rate.throttled(1s, 3s, 10s, std::nullopt);  // of the same burst: nothing shorter
  EXPECT_EQ(rate.ready_at(3s), Nanos(32s));
  ASSERT_TRUE(rate.take(32s));
  EXPECT_FALSE(rate.take(32s));  // no burst after a pause
  EXPECT_FALSE(rate.lowered());  // one throttle is an accident
}

TEST(rate, throttles_in_a_row_halve_the_rate_and_successes_restore_it) {
  Rate rate((RateLimit()));
  for (int i = 0; i < 3; ++i) rate.throttled(Nanos(100s * i), Nanos(100s * i + 1s), 1s, std::nullopt);
  EXPECT_EQ(rate.current().count, 150);
  for (int i = 0; i < 64; ++i) rate.accepted(0s);
  EXPECT_EQ(rate.current(), RateLimit());
  for (int i = 0; i < 1000; ++i) rate.throttled(Nanos(100s * i), Nanos(100s * i + 1s), 1s, std::nullopt);
  EXPECT_GE(rate.current().count, 600 / 64);
}

TEST(rate, without_a_wait_the_pause_doubles_and_is_bounded) {
  Rate rate((RateLimit()));
  Nanos now = 0s, before = 0s;
  for (int i = 0; i < 40; ++i) {
    rate.throttled(now, now, std::nullopt, std::nullopt);
    const Nanos pause = rate.paused_until() - now;
    ASSERT_GE(pause, std::min(before, Nanos(300s)));
    ASSERT_LE(pause, Nanos(300s));
    before = pause;
    now = rate.paused_until() + 1s;
  }
  EXPECT_EQ(before, Nanos(300s));
}

TEST(rate, a_limit_that_the_server_names_holds_until_successes_prove_more) {
  Rate rate((RateLimit()));
  rate.throttled(0s, 1s, 9s, RateLimit(6, 60s, 1));
  EXPECT_EQ(rate.current().count, 6);
  EXPECT_EQ(rate.current().burst, 1);
  int needed = 0;
  for (; rate.current().count == 6; ++needed) rate.accepted(0s);
  EXPECT_GE(needed, 100);  // trying costs less than one call in a hundred
  EXPECT_EQ(rate.current().count, 12);
  rate.throttled(2000s, 2001s, 9s, std::nullopt);  // it did not hold
  EXPECT_EQ(rate.current().count, 6);
  int again = 0;
  for (; rate.current().count == 6; ++again) rate.accepted(0s);
  EXPECT_EQ(again, needed * 2);
  for (int i = 0; i < 5000; ++i) rate.accepted(0s);
  EXPECT_FALSE(rate.lowered());
  EXPECT_EQ(rate.current(), RateLimit());
}

// A server that lets a call pass every `gap`, and says how long to wait in whole seconds: what 100 calls come to.
struct Strict {
  explicit Strict(Nanos gap) {
    Rate rate((RateLimit()));
    Nanos now = 0s, free_at = 0s;
    for (int passed = 0; passed < 100;) {
      now = rate.ready_at(now);
      EXPECT_TRUE(rate.take(now));
      if (now < free_at) {
        ++refused;
        rate.throttled(now, now, std::chrono::ceil<std::chrono::seconds>(free_at - now), std::nullopt);
        continue;
      }
      if (passed++ == 0) first = now;
      last = now;
      free_at = now + gap;
      rate.accepted(now);
    }
  }
  int refused = 0;
  Nanos first{0}, last{0};
};

TEST(rate, a_limit_that_is_not_named_is_read_from_the_waits) {
  for (const Nanos gap : {Nanos(4s), Nanos(10s), Nanos(25s)}) {
    const Strict run(gap);
    EXPECT_LE(run.refused, 2);
    EXPECT_LE(run.last - run.first, 99 * (gap + 1s) + 2s);  // the server's own rounding
  }
}

TEST(rate, a_lock_out_is_no_limit) {
  Rate rate((RateLimit()));
  for (const Nanos at : {Nanos(0s), Nanos(100s)}) {
    rate.accepted(at);
    rate.throttled(at + 1s, at + 1s, 60s, std::nullopt);
  }
  EXPECT_GE(rate.current().count, 300);
}

TEST(rate, a_named_limit_never_raises_ours) {
  Rate rate(RateLimit(60, 60s, 2));
  rate.throttled(0s, 1s, 0s, RateLimit(100000, 1s, 1000));
  EXPECT_LE(rate.current().count, 60);
  rate.throttled(10s, 11s, 0s, RateLimit(-5, Nanos(-7), 0));
  EXPECT_GE(rate.current().count, 1);
}

}  // namespace
}  // namespace vidgen::flow
