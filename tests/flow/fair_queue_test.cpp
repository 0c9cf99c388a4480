// SPDX-License-Identifier: Apache-2.0
#include "flow/fair_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

Ticket ticket(TicketId id, const std::string& job, Nanos tail = 0s, std::int64_t cost = 1) {
  Ticket t;
  t.id = id;
  t.job = job;
  t.tail = tail;
  t.cost = cost;
  return t;
}

std::string drain(FairQueue& q) {
  std::string out;
  while (auto t = q.pop()) out += t->job;
  return out;
}

TEST(fair_queue, jobs_take_turns) {
  FairQueue q;
  for (TicketId i = 1; i <= 4; ++i) q.push(ticket(i, "a"), 0s);
  for (TicketId i = 5; i <= 6; ++i) q.push(ticket(i, "b"), 0s);
  q.push(ticket(7, "c"), 0s);
  EXPECT_EQ(q.size(), 7u);
  EXPECT_EQ(drain(q), "abcabaa");
  EXPECT_TRUE(q.empty());
  EXPECT_EQ(q.size(), 0u);
}

TEST(fair_queue, the_longest_way_goes_first_and_waiting_counts) {
  FairQueue q;
  q.push(ticket(1, "a", 5s), 0s);
  q.push(ticket(2, "a", 50s), 0s);
  q.push(ticket(3, "a", 50s), 0s);
  q.push(ticket(4, "a", 52s), 60s);  // came a minute later: less urgent than one of 5 s that waits since then
  std::vector<TicketId> order;
  while (auto t = q.pop()) order.push_back(t->id);
  EXPECT_EQ(order, (std::vector<TicketId>{2, 3, 1, 4}));
}

TEST(fair_queue, a_steady_stream_of_urgent_tickets_starves_nobody) {
  FairQueue q;
  q.push(ticket(1, "a", 0s), 0s);
  for (TicketId i = 2; i < 1000; ++i) {
    q.push(ticket(i, "a", 100s), Nanos(1s * static_cast<std::int64_t>(i)));
    if (q.pop()->id == 1) {
      EXPECT_LE(i, 102u);
      return;
    }
  }
  FAIL() << "never served";
}

TEST(fair_queue, leaving_and_coming_back_wins_nothing) {
  FairQueue q;
  for (TicketId i = 1; i <= 50; ++i) q.push(ticket(i, "a"), 0s);
  int b = 0;
  for (TicketId i = 100; i < 120; ++i) {  // b always has one ticket, new each time
    q.push(ticket(i, "b"), 0s);
    if (q.pop()->job == "b") ++b;
    q.erase(i);
  }
  EXPECT_LE(b, 11);
}

TEST(fair_queue, erased_tickets_are_gone) {
  FairQueue q;
  for (TicketId i = 1; i <= 3; ++i) q.push(ticket(i, "a"), 0s);
  q.push(ticket(9, "b"), 0s);
  EXPECT_EQ(q.erase(2)->id, 2u);
  EXPECT_FALSE(q.erase(2));
  EXPECT_EQ(q.erase_job("a").size(), 2u);
  EXPECT_TRUE(q.erase_job("a").empty());
  EXPECT_EQ(drain(q), "b");
  EXPECT_TRUE(q.erase_job("z").empty());
}

TEST(fair_queue, jobs_that_are_done_are_forgotten) {
  FairQueue q;
  TicketId id = 0;
  for (int i = 0; i < 1000; ++i) {
    q.push(ticket(++id, std::to_string(i)), 0s);
    q.push(ticket(++id, "always"), 0s);
    q.push(ticket(++id, "always"), 0s);
    (void)q.pop();
    (void)q.pop();
    ASSERT_LE(q.jobs(), 3u);
  }
  (void)drain(q);
  EXPECT_EQ(q.jobs(), 0u);
}

TEST(fair_queue, a_retry_is_not_charged_twice) {
  FairQueue q;
  q.push(ticket(1, "a", 0s, 100), 0s);
  q.push(ticket(2, "a", 0s, 1), 0s);
  q.push(ticket(3, "b", 0s, 100), 0s);
  q.push(ticket(4, "b", 0s, 1), 0s);
  q.push(ticket(5, "b", 0s, 1), 0s);
  auto first = q.pop();
  EXPECT_EQ(first->id, 1u);
  q.push(*first, 5s);
  EXPECT_EQ(q.pop()->id, 3u);
  EXPECT_EQ(q.pop()->id, 1u);
  EXPECT_EQ(q.pop()->id, 4u);
  EXPECT_EQ(q.pop()->id, 2u);  // a stands where it stood: before b's next
  EXPECT_EQ(q.pop()->id, 5u);
}

// Jobs that always wait get shares that differ by no more than two of the dearest tickets; and between two turns of a
// waiting job every other job has at most two, when all cost the same.
TEST(fair_queue, fair_shares) {
  for (std::uint64_t seed = 0; seed < 12000; ++seed) {
    base::Random r(seed);
    const std::size_t jobs = 2 + r.below(8);
    const std::int64_t dearest = r.below(2) == 0 ? 1 : 1 + static_cast<std::int64_t>(r.below(50));
    FairQueue q;
    TicketId id = 0;
    std::vector<std::int64_t> served(jobs, 0), waiting(jobs, 0);
    std::vector<std::vector<int>> since(jobs, std::vector<int>(jobs, 0));
    const auto feed = [&](std::size_t j) {
      ++id;
      q.push(ticket(id, std::to_string(j), Nanos(static_cast<std::int64_t>(r.below(100))),
                    1 + static_cast<std::int64_t>(r.below(static_cast<std::uint64_t>(dearest)))),
             Nanos(static_cast<std::int64_t>(id)));
      ++waiting[j];
    };
    for (std::size_t j = 0; j < jobs; ++j)
      for (int i = 0; i < 3; ++i) feed(j);
    for (int i = 0; i < 80; ++i) {
      const auto t = q.pop();
      ASSERT_TRUE(t);
      const auto j = static_cast<std::size_t>(std::stoi(t->job));
      served[j] += t->cost;
      for (std::size_t other = 0; other < jobs; ++other) {
        since[other][j]++;
        if (dearest == 1 && other != j) {
          ASSERT_LE(since[other][j], 2) << "seed " << seed;
        }
      }
      std::fill(since[j].begin(), since[j].end(), 0);
      feed(j);
      const auto [least, most] = std::minmax_element(served.begin(), served.end());
      ASSERT_LE(*most - *least, 2 * dearest) << "seed " << seed;
    }
  }
}

// Pushes, pops and erasures at random against a list that does nothing clever: the same tickets come out, each once.
TEST(fair_queue, no_ticket_is_lost_or_doubled) {
  for (std::uint64_t seed = 0; seed < 8000; ++seed) {
    base::Random r(seed);
    FairQueue q;
    std::vector<TicketId> in, out;
    for (TicketId id = 1; id <= 60; ++id) {
      const std::uint64_t what = r.below(10);
      if (what < 5) {
        q.push(ticket(id, std::to_string(r.below(4)), 1s, 1 + static_cast<std::int64_t>(r.below(3))),
               Nanos(static_cast<std::int64_t>(id)));
        in.push_back(id);
      } else if (what < 8) {
        if (const auto t = q.pop()) out.push_back(t->id);
      } else if (what == 8) {
        if (const auto t = q.erase(1 + r.below(id))) out.push_back(t->id);
      } else {
        for (const Ticket& t : q.erase_job(std::to_string(r.below(4)))) out.push_back(t.id);
      }
    }
    while (const auto t = q.pop()) out.push_back(t->id);
    std::sort(out.begin(), out.end());
    ASSERT_EQ(in, out) << "seed " << seed;
  }
}

}  // namespace
}  // namespace vidgen::flow
