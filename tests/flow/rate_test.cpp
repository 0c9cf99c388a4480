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

// Whatever is said, what comes of it is a limit that can be kept to.
TEST(rate, limits_are_made_sane) {
  const auto of = [](std::int64_t count, Nanos window, std::int64_t burst) { return Rate(RateLimit(count, window, burst)).current(); };
  EXPECT_EQ(of(0, 60s, 1).count, 1);
  EXPECT_EQ(of(2'000'000, 60s, 1).count, 1'000'000);
  EXPECT_EQ(of(6, 0s, 1).window, 1us);
  EXPECT_EQ(of(6, 48h, 1).window, 24h);
  EXPECT_EQ(of(6, 60s, 0).burst, 1);
  EXPECT_EQ(of(6, 60s, 9).burst, 3);  // at most half, rounded up
  EXPECT_EQ(of(7, 60s, 9).burst, 4);
  EXPECT_EQ(of(1, 60s, 9).burst, 1);
  RateLimit limit(6, 1s, 1);
  limit.guard = 5s;
  EXPECT_EQ(Rate(limit).current().guard, 1s);
  limit.guard = -5s;
  EXPECT_EQ(Rate(limit).current().guard, 0s);
}

// The time between two calls: a share of the window for each that is no burst, rounded up, and the guard on top.
TEST(rate, the_time_between_two_calls) {
  const auto of = [](std::int64_t count, Nanos window, std::int64_t burst, Nanos guard) {
    RateLimit limit(count, window, burst);
    limit.guard = guard;
    return limit.interval();
  };
  EXPECT_EQ(of(6, 60s, 1, 0s), Nanos(10s));
  EXPECT_EQ(of(7, 60s, 1, 0s), Nanos(8'571'428'572));
  EXPECT_EQ(of(600, 60s, 10, 0s), Nanos(101'522'843 + 1));  // 591 steady ones, and a nanosecond of guard
  EXPECT_EQ(of(6, 60s, 1, 250ms), Nanos(10250ms));           // every gap carries the guard
  EXPECT_EQ(of(6, 60s, 3, 400ms), Nanos(15s) + 100ms + 1ns);  // the window carries it
  EXPECT_EQ(of(6, 60s, 1, 5s), Nanos(10400ms));               // 4 % at most
}

TEST(rate, takes_and_waits_to_the_nanosecond) {
  RateLimit limit(6, 60s, 1);
  limit.guard = 0s;
  Rate rate(limit);
  EXPECT_TRUE(rate.take(5s));
  EXPECT_EQ(rate.ready_at(5s), Nanos(15s));
  EXPECT_FALSE(rate.take(15s - 1ns));
  EXPECT_TRUE(rate.take(15s));
  EXPECT_EQ(rate.ready_at(1s), Nanos(25s));  // a clock that goes back gives nothing
  EXPECT_FALSE(rate.take(1s));
}

TEST(rate, halvings_stop_and_are_taken_back_one_by_one) {
  Rate rate(RateLimit(640, 60s, 10));
  rate.throttled(0s, 1s, 1s, std::nullopt);
  EXPECT_FALSE(rate.lowered());
  const std::int64_t counts[] = {320, 160, 80, 40, 20, 20, 20}, bursts[] = {5, 2, 1, 1, 1, 1, 1};
  for (int i = 0; i < 7; ++i) {
    const Nanos at(100s * (i + 1));
    rate.throttled(at, at, 1s, std::nullopt);
    EXPECT_EQ(rate.current().count, counts[i]) << i;
    EXPECT_EQ(rate.current().burst, bursts[i]) << i;
  }
  for (std::int64_t count = 20; count < 640; count *= 2) {  // each one costs as many calls as the first
    for (int i = 0; i < 31; ++i) rate.accepted(0s);
    EXPECT_EQ(rate.current().count, count);
    rate.accepted(0s);
    EXPECT_EQ(rate.current().count, 2 * count);
  }
  EXPECT_FALSE(rate.lowered());
}

// A throttle after sixteen calls that went well is an accident; after fifteen it is the second of a trend.
TEST(rate, what_is_an_accident) {
  for (const auto& [good, lowered] : {std::pair(15, true), std::pair(16, false)})
    for (const Nanos wait : {Nanos(200s), Nanos(5s)}) {  // a rate cannot be read from it; it can
      Rate rate((RateLimit()));
      rate.throttled(0s, 1s, 1s, std::nullopt);
      for (int i = 0; i < good; ++i) rate.accepted(98s);
      rate.throttled(100s, 100s, wait, std::nullopt);
      EXPECT_EQ(rate.lowered(), lowered) << good;
    }
}

// The time from the last call that passed to when the next one may, between 3 and 30 s, is the server's gap.
TEST(rate, which_gaps_are_read_from_a_wait) {
  const auto learned = [](Nanos gap) {
    Rate rate((RateLimit()));
    rate.throttled(0s, 1s, 1s, std::nullopt);
    rate.accepted(10s);
    rate.throttled(11s, 11s, gap - 1s, std::nullopt);
    return rate.current();
  };
  EXPECT_EQ(learned(3s).count, 1);
  EXPECT_EQ(learned(3s).window, 3s);
  EXPECT_EQ(learned(30s).window, 30s);
  EXPECT_EQ(learned(3s - 1ns).count, 300);  // rounding: halved instead
  EXPECT_EQ(learned(30s + 1ns).count, 300);
}

// A wait that what was told explains, to the nanosecond, tells nothing new.
TEST(rate, a_gap_that_is_known_is_not_learned_again) {
  Rate rate((RateLimit()));
  rate.throttled(0s, 1s, 1s, RateLimit(6, 60s, 1));
  const RateLimit told = rate.current();
  rate.accepted(100s);
  rate.throttled(101s, 101s, told.interval() - 1s, std::nullopt);
  EXPECT_EQ(rate.current(), told);
}

TEST(rate, without_a_wait_the_first_pause_is_a_second_and_doubles) {
  Rate rate((RateLimit()));
  Nanos now = 0s;
  for (const Nanos pause : {Nanos(1s), Nanos(2s), Nanos(4s), Nanos(8s)}) {
    rate.throttled(now, now, std::nullopt, std::nullopt);
    EXPECT_EQ(rate.paused_until() - now, pause);
    now = rate.paused_until() + 1s;
  }
  rate.accepted(now);  // it counts anew, from the interval of a rate that was halved four times
  rate.throttled(now, now, std::nullopt, std::nullopt);
  EXPECT_EQ(rate.paused_until() - now, rate.current().interval());
  Rate slow(RateLimit(6, 60s, 1));
  slow.throttled(0s, 0s, std::nullopt, std::nullopt);
  EXPECT_EQ(slow.paused_until(), Nanos(10250ms));  // its interval, where that is longer
  slow.throttled(0s, 1s, 900s, std::nullopt);
  EXPECT_EQ(slow.paused_until(), Nanos(301s));
}

}  // namespace
}  // namespace vidgen::flow
