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
