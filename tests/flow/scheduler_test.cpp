// SPDX-License-Identifier: Apache-2.0
#include "flow/scheduler.hpp"

#include <gtest/gtest.h>

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

Ticket ticket(const std::string& job, CallKind kind = CallKind::create, Nanos tail = 0s) {
  Ticket t;
  t.job = job;
  t.kind = kind;
  t.tail = tail;
  return t;
}

AccountLimits quick() {
  AccountLimits limits;
  limits.creates = RateLimit(100000, 1s, 1000);
  limits.others = RateLimit(100000, 1s, 1000);
  limits.patience = 0s;
  return limits;
}

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
  EXPECT_TRUE(s.next(0s).go);
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

}  // namespace
}  // namespace vidgen::flow
