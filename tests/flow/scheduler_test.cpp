// SPDX-License-Identifier: Apache-2.0
#include "scheduler_stand.hpp"

#include <vector>

namespace vidgen::flow {
namespace {

TEST(scheduler, cancels_then_reads_then_creates) {
  Scheduler s(quick());
  s.enqueue(ticket("a"), 1s);
  s.enqueue(ticket("a", CallKind::read), 1s);
  s.enqueue(ticket("a", CallKind::cancel), 1s);
  EXPECT_EQ(s.next(1s).go->kind, CallKind::cancel);
  EXPECT_EQ(s.next(1s).go->kind, CallKind::read);
  EXPECT_EQ(s.next(1s).go->kind, CallKind::create);
  EXPECT_FALSE(s.next(1s).go);
  EXPECT_EQ(s.next(1s).wake, kNever);
}

TEST(scheduler, reads_never_wait_behind_creates) {
  AccountLimits limits;
  limits.creates = RateLimit(1, 60s, 1);
  limits.concurrent = 1;
  Scheduler s(limits);
  for (int i = 0; i < 100; ++i) s.enqueue(ticket("a"), 0s);
  EXPECT_EQ(s.next(0s).go->kind, CallKind::create);
  EXPECT_FALSE(s.next(0s).go);
  s.enqueue(ticket("a", CallKind::read), 0s);
  EXPECT_EQ(s.next(0s).go->kind, CallKind::read);
}

TEST(scheduler, places_are_held_until_the_remote_job_ends) {
  AccountLimits limits = quick();
  limits.concurrent = 3;
  Scheduler s(limits);
  for (int i = 0; i < 6; ++i) s.enqueue(ticket("a"), 0s);
  const TicketId one = s.next(0s).go->id, two = s.next(0s).go->id, three = s.next(0s).go->id;
  EXPECT_FALSE(s.next(0s).go);
  s.report(one, Outcome::ok, 1s);
  s.report(two, Outcome::ambiguous, 1s);  // it may run
  EXPECT_FALSE(s.next(1s).go);
  s.report(three, Outcome::permanent, 1s);  // it does not
  EXPECT_EQ(s.places_held(), 2);
  EXPECT_TRUE(s.next(1s).go);
  EXPECT_FALSE(s.next(1s).go);
  s.release(one);
  s.release(one);
  EXPECT_TRUE(s.next(1s).go);
  EXPECT_FALSE(s.next(1s).go);
  s.release(two);
  EXPECT_TRUE(s.next(1s).go);
}

TEST(scheduler, jobs_of_an_earlier_process_hold_places) {
  AccountLimits limits = quick();
  limits.concurrent = 2;
  Scheduler s(limits);
  const TicketId first = s.adopt(), second = s.adopt();
  (void)s.adopt();  // more than the limit: they are there
  s.enqueue(ticket("a"), 0s);
  EXPECT_FALSE(s.next(0s).go);
  s.release(first);
  EXPECT_FALSE(s.next(0s).go);
  s.release(second);
  const auto go = s.next(0s).go;
  ASSERT_TRUE(go);
  EXPECT_GT(go->id, second);  // nobody else's
}

TEST(scheduler, a_retry_waits_for_its_moment_and_keeps_its_turn) {
  Scheduler s(quick());
  s.enqueue(ticket("a"), 0s);
  Ticket t = *s.next(0s).go;
  s.report(t.id, Outcome::not_sent, 1s);
  EXPECT_EQ(s.enqueue(t, 1s, 5s), t.id);
  s.enqueue(ticket("a"), 2s);
  EXPECT_EQ(s.next(2s).go->since, Nanos(2s));
  EXPECT_EQ(s.next(2s).wake, Nanos(5s));
  s.enqueue(ticket("a"), 5s);
  EXPECT_EQ(s.next(5s).go->id, t.id);  // older than what came meanwhile
}

TEST(scheduler, a_careful_start_finds_out_with_one_create) {
  AccountLimits limits;
  Scheduler s(limits);
  for (int i = 0; i < 20; ++i) s.enqueue(ticket("a"), 0s);
  Ticket t = *s.next(0s).go;
  EXPECT_FALSE(s.next(0s).go);
  EXPECT_EQ(s.next(0s).wake, Nanos(5s));  // the patience
  s.report(t.id, Outcome::ok, 1s);
  const TicketId two = s.next(1s).go->id;
  EXPECT_TRUE(s.next(1s).go);
  EXPECT_FALSE(s.next(1s).go);
  Feedback low;
  low.wait = 9s;
  low.limit = RateLimit(6, 60s, 1);
  s.report(two, Outcome::throttled, 2s, low);
  EXPECT_EQ(s.create_rate().current().count, 6);
  EXPECT_EQ(s.next(2s).wake, Nanos(11s));
}

TEST(scheduler, a_provider_that_is_down_is_left_alone_but_cancels_go) {
  Scheduler s(quick());
  for (int i = 0; i < 50; ++i) s.enqueue(ticket("a"), 0s);
  int sent = 0;
  for (; s.create_rate().ready_at(0s) == 0s; ++sent) {
    const Turn turn = s.next(0s);
    if (!turn.go) break;
    s.report(turn.go->id, Outcome::ambiguous, 0s);
  }
  EXPECT_EQ(sent, 5);
  EXPECT_EQ(s.next(0s).wake, Nanos(10s));
  s.enqueue(ticket("a", CallKind::cancel), 1s);
  EXPECT_TRUE(s.next(1s).go);
  s.enqueue(ticket("a", CallKind::read), 1s);
  EXPECT_TRUE(s.next(1s).go);  // reads have a breaker of their own
  EXPECT_TRUE(s.next(10s).go);
  EXPECT_FALSE(s.next(10s).go);  // one probe
}

TEST(scheduler, an_account_without_money_still_reads_and_cancels) {
  for (const Outcome outcome : {Outcome::money, Outcome::credentials}) {
    Scheduler s(quick());
    s.enqueue(ticket("a"), 0s);
    s.enqueue(ticket("a"), 0s);
    s.report(s.next(0s).go->id, outcome, 0s);
    EXPECT_TRUE(s.stopped());
    EXPECT_FALSE(s.next(9999s).go);
    s.enqueue(ticket("a", CallKind::read), 0s);
    EXPECT_TRUE(s.next(9999s).go);
    s.resume();
    EXPECT_TRUE(s.next(9999s).go);
  }
}

TEST(scheduler, a_job_that_ends_leaves_only_its_cancels) {
  Scheduler s(quick());
  s.enqueue(ticket("a"), 0s);
  s.enqueue(ticket("a", CallKind::read), 0s);
  s.enqueue(ticket("a"), 0s, 50s);
  s.enqueue(ticket("a", CallKind::cancel), 0s);
  s.enqueue(ticket("a", CallKind::cancel), 0s, 50s);
  s.enqueue(ticket("b"), 0s);
  EXPECT_EQ(s.withdraw_job("a"), 3u);
  EXPECT_EQ(s.waiting(), 3u);
  const TicketId late = s.enqueue(ticket("b"), 0s, 70s);
  EXPECT_TRUE(s.withdraw(late));
  EXPECT_FALSE(s.withdraw(late));
  EXPECT_EQ(s.next(60s).go->kind, CallKind::cancel);
  EXPECT_EQ(s.next(60s).go->kind, CallKind::cancel);
  EXPECT_EQ(s.next(60s).go->job, "b");
  EXPECT_EQ(s.waiting(), 0u);
}

TEST(scheduler, reports_of_nobody_are_ignored) {
  Scheduler s(quick());
  s.report(77, Outcome::money, 0s);
  s.release(77);
  EXPECT_FALSE(s.stopped());
  s.enqueue(ticket("a"), 0s);
  const TicketId id = s.next(0s).go->id;
  s.report(id, Outcome::ok, 0s);
  s.report(id, Outcome::money, 0s);
  EXPECT_FALSE(s.stopped());
  EXPECT_EQ(s.places_held(), 1);
  s.enqueue(ticket("a"), 0s);
  s.release(s.next(0s).go->id);  // never reported
  EXPECT_EQ(s.places_held(), 1);
}

// A careful start: one unanswered create at first, one more for each that went well, and none after a throttle.
TEST(scheduler, the_window_widens_by_one_for_each_create_that_went_well) {
  AccountLimits limits = quick();
  limits.patience = 1000s;
  limits.concurrent = 3;
  Scheduler s(limits);
  for (int i = 0; i < 40; ++i) s.enqueue(ticket("a"), 0s);
  const auto go = [&s](Nanos now) {
    std::vector<TicketId> out;
    for (Turn turn = s.next(now); turn.go; turn = s.next(now)) out.push_back(turn.go->id);
    return out;
  };
  const auto end = [&s](const std::vector<TicketId>& ids, Outcome outcome, Nanos now) {
    for (const TicketId id : ids) {
      s.report(id, outcome, now);
      s.release(id);
    }
  };
  std::vector<TicketId> out = go(1s);
  EXPECT_EQ(out.size(), 1u);
  EXPECT_EQ(s.next(1s).wake, Nanos(1001s));  // no longer than its patience
  end(out, Outcome::ok, 2s);
  out = go(2s);
  EXPECT_EQ(out.size(), 2u);
  end(out, Outcome::ok, 3s);
  out = go(3s);
  EXPECT_EQ(out.size(), 3u);
  end(out, Outcome::ok, 4s);
  out = go(4s);
  EXPECT_EQ(out.size(), 3u);  // as many as there are places
  s.report(out[0], Outcome::throttled, 5s);
  s.report(out[1], Outcome::ok, 6s);  // it left before the window was made small
  s.release(out[1]);
  end({out[2]}, Outcome::refused, 6s);  // an answer, and no proof
  EXPECT_EQ(go(100s).size(), 1u);
}

TEST(scheduler, patience_ends_at_its_moment) {
  AccountLimits limits = quick();
  limits.patience = 5s;
  Scheduler s(limits);
  for (int i = 0; i < 3; ++i) s.enqueue(ticket("a"), 10s);
  EXPECT_TRUE(s.next(10s).go);
  EXPECT_EQ(s.next(10s).wake, Nanos(15s));
  EXPECT_FALSE(s.next(15s - 1ns).go);
  EXPECT_TRUE(s.next(15s).go);
  EXPECT_FALSE(s.next(15s).go);  // counted from the last one that left
}

// Each outcome of a create: whether its place stays held, whether creates stop, whether it counts as accepted.
TEST(scheduler, what_an_outcome_does_to_the_account) {
  for (int i = 0; i <= static_cast<int>(Outcome::money); ++i) {
    const auto outcome = static_cast<Outcome>(i);
    Scheduler s(quick());
    s.enqueue(ticket("a"), 0s);
    s.report(s.next(0s).go->id, outcome, 1s);
    EXPECT_EQ(s.places_held(), outcome == Outcome::ok || outcome == Outcome::ambiguous ? 1 : 0) << to_string(outcome);
    EXPECT_EQ(s.stopped(), outcome == Outcome::money || outcome == Outcome::credentials) << to_string(outcome);
    EXPECT_EQ(s.create_rate().paused_until() > 1s, outcome == Outcome::throttled) << to_string(outcome);
    s.resume();
    EXPECT_FALSE(s.stopped());
    s.enqueue(ticket("a", CallKind::read), 1s);
    s.report(s.next(1s).go->id, outcome, 2s);
    EXPECT_EQ(s.other_rate().paused_until() > 2s, outcome == Outcome::throttled) << to_string(outcome);
  }
}

// A rate that was halved goes up again by answers about what was asked, not by a provider that cannot answer.
TEST(scheduler, what_counts_as_accepted) {
  for (const Outcome outcome :
       {Outcome::ok, Outcome::refused, Outcome::not_sent, Outcome::transient, Outcome::ambiguous}) {
    Scheduler s(quick());
    Nanos now = 0s;
    const auto one = [&](Outcome says) {
      now += 1000s;
      s.enqueue(ticket("a"), now);
      const TicketId id = s.next(now).go->id;
      s.report(id, says, now);
      s.release(id);
    };
    one(Outcome::throttled);
    one(Outcome::throttled);
    for (int i = 0; i < 32; ++i) one(outcome);
    EXPECT_EQ(s.create_rate().lowered(), outcome != Outcome::ok && outcome != Outcome::refused) << to_string(outcome);
  }
}

// A throttle of a create does not hold reads up, nor the other way round.
TEST(scheduler, throttles_of_one_kind_are_not_the_others) {
  Scheduler s(quick());
  s.enqueue(ticket("a"), 0s);
  Feedback wait;
  wait.wait = 60s;
  s.report(s.next(0s).go->id, Outcome::throttled, 1s, wait);
  s.enqueue(ticket("a"), 1s);
  s.enqueue(ticket("a", CallKind::read), 1s);
  EXPECT_EQ(s.next(1s).go->kind, CallKind::read);
  EXPECT_EQ(s.next(1s).wake, Nanos(61s));
  Scheduler other(quick());
  other.enqueue(ticket("a", CallKind::read), 0s);
  other.report(other.next(0s).go->id, Outcome::throttled, 1s, wait);
  other.enqueue(ticket("a", CallKind::read), 1s);
  other.enqueue(ticket("a", CallKind::cancel), 1s);
  other.enqueue(ticket("a"), 1s);
  EXPECT_EQ(other.next(1s).go->kind, CallKind::create);
  EXPECT_EQ(other.next(1s).wake, Nanos(61s));
}

TEST(scheduler, one_read_finds_out_whether_the_provider_is_back) {
  Scheduler s(quick());
  for (int i = 0; i < 8; ++i) s.enqueue(ticket("a", CallKind::read), 0s);
  int sent = 0;
  for (Turn turn = s.next(0s); turn.go; turn = s.next(0s), ++sent) s.report(turn.go->id, Outcome::transient, 0s);
  EXPECT_EQ(sent, 5);
  const Nanos again = s.next(0s).wake;
  const Turn probe = s.next(again);
  EXPECT_TRUE(probe.go);
  EXPECT_FALSE(s.next(again).go);
  s.report(probe.go->id, Outcome::ok, again);
  EXPECT_TRUE(s.next(again).go);
}

TEST(scheduler, a_job_that_ends_takes_its_own_with_it) {
  Scheduler s(quick());
  s.enqueue(ticket("a"), 0s);
  s.enqueue(ticket("a", CallKind::read), 0s);
  s.enqueue(ticket("a"), 0s, 50s);
  s.enqueue(ticket("a", CallKind::cancel), 0s, 50s);
  s.enqueue(ticket("b"), 0s, 60s);
  EXPECT_EQ(s.withdraw_job("a"), 3u);
  EXPECT_EQ(s.waiting(), 2u);
  EXPECT_EQ(s.next(0s).wake, Nanos(50s));
  EXPECT_EQ(s.next(50s).go->kind, CallKind::cancel);
  EXPECT_EQ(s.next(60s).go->job, "b");
}

TEST(scheduler, reads_and_cancels_hold_no_places) {
  Scheduler s(quick());
  for (const CallKind kind : {CallKind::read, CallKind::cancel}) {
    s.enqueue(ticket("a", kind), 0s);
    const TicketId id = s.next(0s).go->id;
    EXPECT_EQ(s.places_held(), 0);
    s.report(id, Outcome::transient, 0s);
    s.enqueue(ticket("a", kind), 0s);
    s.release(s.next(0s).go->id);
  }
  s.enqueue(ticket("a"), 0s);
  const TicketId create = s.next(0s).go->id;
  s.report(create, Outcome::ok, 0s);
  EXPECT_EQ(s.places_held(), 1);
  s.release(create);
  EXPECT_EQ(s.places_held(), 0);
  for (int i = 0; i < 20; ++i) {  // cancels that fail say nothing about a provider that is asked
    s.enqueue(ticket("a", CallKind::cancel), 0s);
    s.report(s.next(0s).go->id, Outcome::transient, 0s);
  }
  s.enqueue(ticket("a", CallKind::read), 0s);
  EXPECT_TRUE(s.next(0s).go);
  s.enqueue(ticket("a", static_cast<CallKind>(9)), 0s);  // a kind that nobody makes waits for nothing
  EXPECT_EQ(s.waiting(), 0u);
}

TEST(scheduler, a_create_that_is_let_go_unanswered_is_no_longer_waited_for) {
  AccountLimits limits = quick();
  limits.patience = 1000s;
  Scheduler s(limits);
  for (int i = 0; i < 3; ++i) s.enqueue(ticket("a"), 0s);
  const TicketId one = s.next(0s).go->id;
  EXPECT_FALSE(s.next(0s).go);
  s.release(one);
  EXPECT_EQ(s.places_held(), 0);
  EXPECT_TRUE(s.next(0s).go);
  s.report(one, Outcome::ok, 1s);  // nobody's any more
  EXPECT_FALSE(s.next(1s).go);
}

}  // namespace
}  // namespace vidgen::flow
