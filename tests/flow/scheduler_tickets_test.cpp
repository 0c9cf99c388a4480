// SPDX-License-Identifier: Apache-2.0
// Tickets that wait: counted, taken back, replaced, delayed.
#include "scheduler_stand.hpp"

namespace vidgen::flow {
namespace {

TEST(scheduler, what_waits_is_counted_and_can_be_taken_back) {
  Scheduler s(quick());
  const TicketId create = s.enqueue(ticket("a"), 0s), read = s.enqueue(ticket("a", CallKind::read), 0s);
  const TicketId cancel = s.enqueue(ticket("a", CallKind::cancel), 0s), later = s.enqueue(ticket("a"), 0s, 50s);
  EXPECT_EQ(s.waiting(), 4u);
  EXPECT_EQ(s.next(0s).go->id, cancel);
  for (const TicketId id : {create, read, later}) {
    EXPECT_TRUE(s.withdraw(id));
    EXPECT_FALSE(s.withdraw(id));
  }
  EXPECT_FALSE(s.withdraw(cancel));
  EXPECT_EQ(s.waiting(), 0u);
  const TicketId other = s.enqueue(ticket("a", CallKind::cancel), 0s);
  EXPECT_TRUE(s.withdraw(other));
  EXPECT_EQ(s.next(60s).wake, kNever);
}

TEST(scheduler, a_ticket_that_waits_already_is_replaced) {
  Scheduler s(quick());
  Ticket one = ticket("a");
  one.id = s.enqueue(one, 0s, 50s);
  EXPECT_EQ(s.next(0s).wake, Nanos(50s));
  EXPECT_EQ(s.enqueue(one, 0s, 20s), one.id);
  EXPECT_EQ(s.waiting(), 1u);
  EXPECT_FALSE(s.next(20s - 1ns).go);
  EXPECT_EQ(s.next(20s).go->id, one.id);
  Ticket stranger = ticket("a");
  stranger.id = 99;  // an id that was never given out gets one that was
  EXPECT_EQ(s.enqueue(stranger, 20s), one.id + 1);
  EXPECT_EQ(s.enqueue(ticket("a"), 20s, 20s), one.id + 2);  // the moment is now: it does not wait
  EXPECT_EQ(s.next(20s).go->id, one.id + 1);
}

// It is as old as the moment it was handed in, not as the moment it may leave.
TEST(scheduler, a_ticket_that_comes_delayed_is_older_than_what_came_meanwhile) {
  Scheduler s(quick());
  const TicketId late = s.enqueue(ticket("a"), 1s, 5s);
  s.enqueue(ticket("a"), 2s, 4s);
  const Turn first = s.next(5s);
  EXPECT_EQ(first.go->id, late);
  EXPECT_EQ(first.go->since, Nanos(1s));
}

TEST(scheduler, a_delayed_ticket_that_left_cannot_be_taken_back) {
  Scheduler s(quick());
  const TicketId id = s.enqueue(ticket("a"), 0s, 5s);
  EXPECT_TRUE(s.next(5s).go);
  EXPECT_FALSE(s.withdraw(id));
}

}  // namespace
}  // namespace vidgen::flow
