// SPDX-License-Identifier: Apache-2.0
#include "flow/poll.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "vidgen/backend.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

// The moment and kind of each call for one job that never ends.
TEST(poll, near_the_expected_end_then_in_growing_steps_then_handed_over) {
  PollPlan plan({}, 1);
  plan.add("a", 0s, 100s, 200s, 0s);
  std::vector<Nanos> asked;
  Nanos now = 0s;
  for (;;) {
    const PollCall call = plan.due(now);
    if (call.kind == PollKind::none) {
      ASSERT_GT(call.wake, now);
      now = call.wake;
      continue;
    }
    EXPECT_EQ(call.id, "a");
    if (call.kind == PollKind::hand_over) break;
    ASSERT_EQ(call.kind, PollKind::get);
    asked.push_back(now);
    EXPECT_FALSE(plan.seen("a", RemoteState::running, now));
  }
  ASSERT_GE(asked.size(), 8u);
  EXPECT_EQ((std::vector<Nanos>(asked.begin(), asked.begin() + 4)), (std::vector<Nanos>{30s, 60s, 75s, asked[3]}));
  EXPECT_LE(asked[3] - asked[2], Nanos(1250ms));
  // Never later than 1/20 of the time taken: a fifth more than 1/25 by chance, or a second.
  for (std::size_t i = 4; i < asked.size(); ++i)
    EXPECT_LE(asked[i] - asked[i - 1], std::max(Nanos(1250ms), asked[i - 1] / 20));
  EXPECT_EQ(asked.back(), Nanos(200s));  // once more at its deadline
  EXPECT_EQ(plan.size(), 0u);
}

TEST(poll, one_list_call_serves_all) {
  PollPlan plan({}, 1);
  for (int i = 0; i < 50; ++i) plan.add(std::to_string(i), 0s, 60s, 600s, 0s);
  const Nanos first = plan.due(0s).wake;
  EXPECT_EQ(first, Nanos(30s));
  EXPECT_EQ(plan.due(first).kind, PollKind::list);
  EXPECT_EQ(plan.due(first).kind, PollKind::none);
  for (int i = 0; i < 50; ++i) plan.seen(std::to_string(i), RemoteState::running, 31s);
  plan.listed(31s);
  EXPECT_EQ(plan.due(31s).kind, PollKind::none);
  EXPECT_EQ(plan.due(31s).wake, Nanos(45s));
}

TEST(poll, what_no_page_shows_is_asked_after_singly) {
  PollPlan plan({}, 1);
  for (const char* id : {"a", "b", "c"}) plan.add(id, 0s, 10s, 600s, 0s);
  EXPECT_EQ(plan.due(9s).kind, PollKind::list);
  plan.seen("a", RemoteState::running, 9s);
  EXPECT_TRUE(plan.seen("c", RemoteState::succeeded, 9s));
  EXPECT_FALSE(plan.seen("c", RemoteState::succeeded, 9s));  // told once
  plan.listed(9s);
  const PollCall call = plan.due(9s);
  EXPECT_EQ(call.kind, PollKind::get);
  EXPECT_EQ(call.id, "b");
}

TEST(poll, answers_that_never_come) {
  PollPlan plan({}, 1);
  plan.add("a", 0s, 10s, 100s, 0s);
  EXPECT_EQ(plan.due(9s).kind, PollKind::get);
  EXPECT_EQ(plan.due(10s).wake, Nanos(69s));
  EXPECT_EQ(plan.due(69s).kind, PollKind::get);  // asked again
  plan.failed("a", 70s);
  EXPECT_LE(plan.due(70s).wake, Nanos(72s));
  EXPECT_EQ(plan.due(100s).kind, PollKind::get);  // the last one, at the deadline
  EXPECT_EQ(plan.due(159s).kind, PollKind::none);
  EXPECT_EQ(plan.due(160s).kind, PollKind::hand_over);
  EXPECT_EQ(plan.due(999s).wake, kNever);
}

TEST(poll, a_failed_list_call) {
  PollPlan plan({}, 1);
  for (const char* id : {"a", "b", "c"}) plan.add(id, 0s, 10s, 600s, 0s);
  EXPECT_EQ(plan.due(9s).kind, PollKind::list);
  plan.failed("", 10s);
  const PollCall call = plan.due(10s);
  EXPECT_EQ(call.kind, PollKind::none);
  EXPECT_LE(call.wake, Nanos(12s));
  EXPECT_EQ(plan.due(12s).kind, PollKind::list);
}

TEST(poll, a_job_of_an_earlier_process_is_asked_after_at_once) {
  PollPlan plan({}, 1);
  plan.add("late", 0s, 60s, 1800s, 900s);
  EXPECT_EQ(plan.due(900s).kind, PollKind::get);
  plan.add("dead", 0s, 60s, 100s, 900s);
  EXPECT_EQ(plan.due(900s).id, "dead");
  plan.seen("dead", RemoteState::running, 901s);
  EXPECT_EQ(plan.due(901s).kind, PollKind::hand_over);
}

// Jobs that are due at these seconds, and so many that are not due for long.
PollPlan fleet(const std::vector<Nanos>& due, int others = 0, PollPolicy policy = {}) {
  PollPlan plan(policy, 1);
  for (std::size_t i = 0; i < due.size(); ++i) plan.add("due" + std::to_string(i), 0s, due[i] * 4 / 3, 10000s, 0s);
  for (int i = 0; i < others; ++i) plan.add("other" + std::to_string(i), 0s, 9000s, 10000s, 0s);
  return plan;
}

TEST(poll, a_list_is_asked_for_where_it_saves_calls) {
  PollPolicy two, one, never;
  two.list_from = 2;
  one.list_from = 1;
  never.list_from = 0;
  EXPECT_EQ(fleet({12s, 12s}, 0, two).due(12s).kind, PollKind::list);
  EXPECT_EQ(fleet({12s, 12s}, 0, one).due(12s).kind, PollKind::list);
  EXPECT_EQ(fleet({12s}, 0, one).due(12s).kind, PollKind::get);  // one question costs no more than a list
  EXPECT_EQ(fleet({12s, 12s}).due(12s).kind, PollKind::get);     // three are worth it by default
  EXPECT_EQ(fleet({12s, 12s}, 1).due(12s).kind, PollKind::list);
  EXPECT_EQ(fleet({12s, 12s, 12s, 12s}, 0, never).due(12s).kind, PollKind::get);
  EXPECT_EQ(fleet({12s, 14s - 4ns}, 1).due(12s).kind, PollKind::list);  // due before the next list
  EXPECT_EQ(fleet({12s, 15s}, 1).due(12s).kind, PollKind::get);
  EXPECT_EQ(fleet({12s, 12s}, 97).due(12s).kind, PollKind::list);  // one page
  EXPECT_EQ(fleet({12s, 12s}, 98).due(12s).kind, PollKind::get);   // two pages: two calls for two answers
  EXPECT_EQ(fleet({12s, 12s, 12s}, 97).due(12s).kind, PollKind::list);
}

// How long after an answer one job is asked after again, over many seeds: least and most.
std::pair<Nanos, Nanos> pause_at(Nanos near, int answers, PollPolicy policy = {}) {
  Nanos least = kNever, most = 0s;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    PollPlan plan(policy, seed);
    plan.add("a", 0s, near * 4 / 3, 1'000'000s, 0s);
    Nanos now = 0s, pause = 0s;
    for (int heard = 0; heard < answers;) {
      const PollCall call = plan.due(now);
      if (call.kind == PollKind::none) {
        now = call.wake;
        continue;
      }
      plan.seen("a", RemoteState::running, now);
      if (now >= near) ++heard;
      pause = plan.due(now).wake - now;
    }
    least = std::min(least, pause);
    most = std::max(most, pause);
  }
  return {least, most};
}

// Each step is half as long again, up to the 25th part of the time so far and 15 s, and a quarter more or less by chance.
TEST(poll, steps_grow_by_half_within_their_bounds) {
  const auto is = [](Nanos near, int answers, Nanos step) {
    const auto [least, most] = pause_at(near, answers);
    EXPECT_GE(least, step * 3 / 4) << answers;
    EXPECT_LE(least, step * 4 / 5) << answers;
    EXPECT_LE(most, step * 5 / 4) << answers;
    EXPECT_GE(most, step * 6 / 5) << answers;
  };
  is(3000s, 1, 1s);
  is(3000s, 2, 1500ms);
  is(3000s, 3, 2250ms);
  is(3000s, 9, 15s);
  is(3000s, 12, 15s);
  is(12s, 2, 1s);  // the 25th part is less than the first step
}

TEST(poll, never_sooner_than_the_provider_allows) {
  PollPolicy policy;
  policy.shortest = 5s;
  EXPECT_EQ(pause_at(30s, 1, policy), std::pair(Nanos(5s), Nanos(5s)));
  PollPlan plan(policy, 1);
  plan.add("a", 0s, 40s, 31s, 0s);
  EXPECT_EQ(plan.due(30s).kind, PollKind::get);
  plan.seen("a", RemoteState::running, 30s);
  EXPECT_EQ(plan.due(31s).wake, Nanos(35s));  // not at its deadline either
}

TEST(poll, at_the_expected_end_the_first_step_begins) {
  PollPlan plan({}, 1);
  plan.add("a", 0s, 40s, 600s, 0s);
  EXPECT_EQ(plan.due(30s).kind, PollKind::get);
  plan.seen("a", RemoteState::running, 30s);
  EXPECT_GE(plan.due(30s).wake, Nanos(30750ms));
  plan.add("b", 100s, -5s, 600s, 100s);  // what is expected at once is asked after at once
  EXPECT_EQ(plan.due(100s).id, "a");
  EXPECT_EQ(plan.due(100s).id, "b");
}

TEST(poll, a_hint_is_asked_after_at_once_and_by_itself) {
  PollPlan plan = fleet({100s, 100s, 100s, 100s});
  EXPECT_EQ(plan.due(10s).kind, PollKind::none);
  plan.hint("due2", 10s);
  plan.hint("nobody", 10s);
  PollCall call = plan.due(10s);
  EXPECT_EQ(call.kind, PollKind::get);
  EXPECT_EQ(call.id, "due2");
  plan.hint("due2", 11s);  // under way: its answer may be older than the hint
  EXPECT_EQ(plan.due(11s).kind, PollKind::none);
  EXPECT_FALSE(plan.seen("due2", RemoteState::running, 12s));
  call = plan.due(12s);
  EXPECT_EQ(call.kind, PollKind::get);
  EXPECT_EQ(call.id, "due2");
  EXPECT_FALSE(plan.seen("due2", RemoteState::running, 13s));
  EXPECT_EQ(plan.due(13s).kind, PollKind::none);
}

TEST(poll, news_that_nobody_asked_for_change_no_plan) {
  PollPlan plan({}, 1);
  plan.add("a", 0s, 100s, 600s, 0s);
  EXPECT_FALSE(plan.seen("a", RemoteState::running, 29s));
  EXPECT_EQ(plan.due(29s).wake, Nanos(30s));
  EXPECT_FALSE(plan.seen("nobody", RemoteState::succeeded, 29s));
  plan.remove("nobody");
  for (const RemoteState end : {RemoteState::succeeded, RemoteState::failed, RemoteState::cancelled}) {
    plan.add("b", 0s, 100s, 600s, 0s);
    EXPECT_TRUE(plan.seen("b", end, 29s));
  }
  for (const RemoteState state : {RemoteState::queued, RemoteState::running, RemoteState::unknown})
    EXPECT_FALSE(plan.seen("a", state, 29s));
  EXPECT_EQ(plan.size(), 1u);
  plan.add("a", 0s, 100s, 600s, 0s);  // again: the new words count, once
  EXPECT_EQ(plan.size(), 1u);
}

// A list and a question by itself may be under way at the same time: the end of one says nothing of the other.
TEST(poll, a_list_answers_only_for_whom_it_was_asked) {
  PollPlan plan = fleet({12s, 20s, 20s, 20s});
  plan.hint("due0", 12s);
  EXPECT_EQ(plan.due(12s).id, "due0");
  EXPECT_EQ(plan.due(20s).kind, PollKind::list);
  plan.failed("due1", 20s);  // no question of its own is under way
  EXPECT_EQ(plan.due(20s).wake, Nanos(72s));
  plan.listed(20s);
  plan.failed("", 20s);  // its answer is here: nothing of it can fail any more
  std::vector<std::string> asked;
  for (PollCall call = plan.due(20s); call.kind == PollKind::get; call = plan.due(20s)) asked.push_back(call.id);
  EXPECT_EQ(asked, (std::vector<std::string>{"due1", "due2", "due3"}));
  plan.failed("", 21s);  // no list is under way
  EXPECT_EQ(plan.due(21s).wake, Nanos(72s));
}

TEST(poll, a_question_that_is_under_way_is_not_put_again_by_a_list) {
  PollPlan plan({}, 1);
  plan.add("a", 0s, 16s, 10000s, 0s);
  EXPECT_EQ(plan.due(12s).id, "a");  // an answer is waited for until 72 s
  for (const char* id : {"b", "c", "d"}) plan.add(id, 50s, 28s, 10000s, 50s);
  plan.failed("b", 60s);  // it was not asked after
  EXPECT_EQ(plan.due(60s).wake, Nanos(71s));
  EXPECT_EQ(plan.due(71s).kind, PollKind::list);
  plan.listed(71s);
  for (int i = 0; i < 3; ++i) EXPECT_NE(plan.due(71s).id, "a");
  EXPECT_EQ(plan.due(71s).wake, Nanos(72s));
  EXPECT_EQ(plan.due(72s).id, "a");
}

TEST(poll, a_list_that_is_never_answered_is_asked_for_again_for_all) {
  PollPlan plan = fleet({12s, 12s, 12s});
  EXPECT_EQ(plan.due(12s).kind, PollKind::list);
  EXPECT_EQ(plan.due(12s).wake, Nanos(72s));
  EXPECT_EQ(plan.due(72s).kind, PollKind::list);
  EXPECT_EQ(plan.due(72s).wake, Nanos(132s));
}

// A list speaks also for whom is due before the next one, to the moment; and the next one keeps its distance.
TEST(poll, a_list_speaks_for_all_until_the_next) {
  PollPolicy policy;
  policy.list_gap = 3s;
  EXPECT_EQ(fleet({12s, 15s}, 1, policy).due(12s).kind, PollKind::list);
  PollPlan plan = fleet({12s, 12s, 15s}, 0, policy);
  EXPECT_EQ(plan.due(12s).kind, PollKind::list);
  EXPECT_EQ(plan.due(15s).wake, Nanos(72s));  // all three were asked after
  for (const char* id : {"due0", "due1", "due2"}) plan.seen(id, RemoteState::running, 12s);
  plan.listed(12s);
  EXPECT_EQ(plan.due(14s).wake, Nanos(15s));
  EXPECT_EQ(plan.due(15s).kind, PollKind::list);
}

TEST(poll, what_the_rate_does_not_allow_waits_for_it) {
  PollPolicy policy;
  policy.calls = RateLimit(60, 60s, 1);
  policy.list_from = 0;
  PollPlan plan = fleet({12s, 12s}, 0, policy);
  EXPECT_EQ(plan.due(12s).kind, PollKind::get);
  const PollCall wait = plan.due(12s);
  EXPECT_EQ(wait.kind, PollKind::none);
  EXPECT_GE(wait.wake, Nanos(13s));
  EXPECT_LT(wait.wake, Nanos(13100ms));
  EXPECT_EQ(plan.due(wait.wake).kind, PollKind::get);
}

// Random fleets in virtual time: never above the rate, no job unasked for longer than promised, every end is noticed,
// jobs past the deadline are handed over, and none is forgotten.
TEST(poll, simulated_fleets) {
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    base::Random r(seed);
    PollPolicy policy;
    policy.calls =
        RateLimit(60 + static_cast<std::int64_t>(r.below(1000)), 60s, 1 + static_cast<std::int64_t>(r.below(20)));
    policy.list_from = r.below(3) == 0 ? 0 : 2 + r.below(4);
    const std::size_t fleet = 1 + r.below(25), page = 5 + r.below(20);
    PollPlan plan(policy, seed);
    struct Job {
      Nanos ends{0}, deadline{0}, heard{0};
      bool over = false;
    };
    std::map<std::string, Job> jobs;
    for (std::size_t i = 0; i < fleet; ++i) {
      Job j;
      const Nanos expected(std::chrono::milliseconds(r.below(200000)));
      j.ends = r.below(10) == 0 ? kNever : Nanos(std::chrono::milliseconds(r.below(250000)));
      j.deadline = 300s;
      jobs["j" + std::to_string(i)] = j;
      plan.add("j" + std::to_string(i), 0s, expected, j.deadline, 0s);
    }
    const Nanos promised =
        policy.stale + policy.list_gap + policy.calls.interval() * static_cast<std::int64_t>(2 * fleet);
    const Nanos latency(std::chrono::milliseconds(r.below(500)));
    std::vector<Nanos> calls;
    Nanos last_list = -1h;
    Nanos now = 0s;
    int steps = 0;
    while (plan.size() > 0) {
      ASSERT_LT(++steps, 20000) << "seed " << seed;
      const PollCall call = plan.due(now);
      if (call.kind == PollKind::none) {
        ASSERT_GT(call.wake, now);
        ASSERT_NE(call.wake, kNever);
        now = call.wake;
        continue;
      }
      const auto state = [&](const Job& j) { return j.ends <= now ? RemoteState::succeeded : RemoteState::running; };
      const auto hear = [&](const std::string& id) {
        Job& j = jobs[id];
        if (j.over) return;
        ASSERT_LE(now - j.heard, promised + latency) << "seed " << seed;
        j.heard = now;
        if (plan.seen(id, state(j), now + latency)) j.over = true;
      };
      if (call.kind == PollKind::hand_over) {
        ASSERT_GE(now, jobs[call.id].deadline) << "seed " << seed;
        ASSERT_GT(jobs[call.id].ends, jobs[call.id].deadline) << "seed " << seed;
        jobs[call.id].over = true;
        continue;
      }
      calls.push_back(now);
      if (call.kind == PollKind::get) {
        hear(call.id);
      } else {
        ASSERT_GE(now - last_list, policy.list_gap) << "seed " << seed;
        last_list = now;
        std::size_t shown = 0;
        for (auto it = jobs.rbegin(); it != jobs.rend() && shown < page; ++it, ++shown) hear(it->first);
        plan.listed(now + latency);
      }
    }
    for (const auto& [id, j] : jobs) ASSERT_TRUE(j.over) << "seed " << seed << " " << id;
    for (std::size_t i = 0, k = 0; i < calls.size(); ++i) {
      while (calls[k] <= calls[i] - policy.calls.window) ++k;
      ASSERT_LE(i - k + 1, static_cast<std::size_t>(policy.calls.count)) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace vidgen::flow
