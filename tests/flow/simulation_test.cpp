// SPDX-License-Identifier: Apache-2.0
// Scheduler and Retry together against a strict provider, in virtual time: its clock drifts, the network jitters,
// requests get lost. What is promised to people is counted here.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <queue>
#include <vector>

#include "base/random.hpp"
#include "flow/retry.hpp"
#include "flow/scheduler.hpp"

namespace vidgen::flow {
namespace {

using namespace std::chrono_literals;

// A token bucket and a sliding window on the server's own clock.
class StrictServer {
 public:
  StrictServer(RateLimit limit, std::int64_t tokens, double drift)
      : limit_(limit), most_(static_cast<double>(tokens)), tokens_(most_), drift_(drift) {}

  // Accepts, or says how long until the next.
  std::optional<Nanos> create(Nanos arrival) {
    const double t = static_cast<double>(arrival.count()) * drift_;
    const double each = static_cast<double>(limit_.window.count()) / static_cast<double>(limit_.count);
    tokens_ = std::min(most_, tokens_ + (t - last_) / each);
    last_ = t;
    while (!window_.empty() && window_.front() <= t - static_cast<double>(limit_.window.count())) window_.pop_front();
    if (tokens_ < 1 - 1e-9) return Nanos(static_cast<std::int64_t>((1 - tokens_) * each)) + 1ms;
    if (static_cast<std::int64_t>(window_.size()) >= limit_.count)
      return Nanos(static_cast<std::int64_t>(window_.front() + static_cast<double>(limit_.window.count()) - t)) + 1ms;
    tokens_ -= 1;
    window_.push_back(t);
    return std::nullopt;
  }

 private:
  RateLimit limit_;
  double most_, tokens_, drift_, last_ = 0;
  std::deque<double> window_;
};

struct World {
  RateLimit real{600, 60s, 10};  // what the server enforces
  std::int64_t tokens = 20;      // its burst
  AccountLimits believed;        // what we start with
  bool tells = true;             // a throttle names the limit
  int jobs = 100, creates = 1;   // each
  Nanos runs = 20s;              // a remote job
  double lost = 0;               // share of creates that never leave
  Nanos jitter = 200ms;
};

struct Count {
  int creates = 0, rejected = 0, accepted = 0, failed = 0, most_running = 0;
  Nanos last_accepted{0};
  int longest_wait = 0;  // of a job for its next turn, in percent of its fair share
};

struct Event {
  Nanos at{0};
  int what = 0;  // 0 arrival at the server, 1 answer, 2 end of the remote job
  Ticket ticket;
  int made = 0;
  Nanos wait{0};
  Outcome outcome = Outcome::ok;
  std::uint64_t order = 0;
};
struct Later {
  bool operator()(const Event& a, const Event& b) const { return std::pair(a.at, a.order) > std::pair(b.at, b.order); }
};

class Simulation {
 public:
  Simulation(World world, std::uint64_t seed)
      : world_(world),
        random_(seed),
        server_(world.real, world.tokens, 1 + (static_cast<double>(random_.below(1001)) - 500) * 1e-6),
        scheduler_(world.believed),
        retry_({}, seed) {
    for (int round = 0; round < world.creates; ++round)
      for (int j = 0; j < world.jobs; ++j) {
        Ticket t;
        t.job = "job" + std::to_string(j);
        t.step = std::to_string(round);
        scheduler_.enqueue(std::move(t), 0s);
      }
    waiting_.assign(static_cast<std::size_t>(world.jobs), world.creates);
    passed_.assign(static_cast<std::size_t>(world.jobs), 0);
    line_.assign(static_cast<std::size_t>(world.jobs), world.jobs);
  }

  Count run() {
    Nanos now = 0s;
    for (int step = 0; step < 2'000'000; ++step) {
      const Turn turn = scheduler_.next(now);
      if (turn.go) {
        send(*turn.go, now);
        continue;
      }
      const Nanos event = events_.empty() ? kNever : events_.top().at;
      if (event == kNever && turn.wake == kNever) return count_;
      now = std::max(now, std::min(event, turn.wake));
      if (event <= now) handle(now);
    }
    ADD_FAILURE() << "the simulation does not end";
    return count_;
  }

 private:
  Nanos network() {
    return 40ms + Nanos(static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(world_.jitter.count()))));
  }
  void post(Event e) {
    e.order = ++order_;
    events_.push(std::move(e));
  }

  void send(const Ticket& ticket, Nanos now) {
    const int made = ++made_[ticket.id];
    if (made == 1) note_turn(static_cast<std::size_t>(std::stoi(ticket.job.substr(3))));
    ++count_.creates;
    ++running_;
    count_.most_running = std::max(count_.most_running, running_);
    Event e;
    e.ticket = ticket;
    e.made = made;
    e.at = now + network();
    if (static_cast<double>(random_.below(1000000)) < world_.lost * 1e6) {
      e.what = 1;
      e.outcome = Outcome::not_sent;
    }
    post(std::move(e));
  }

  int in_line() const {
    return static_cast<int>(std::count_if(waiting_.begin(), waiting_.end(), [](int n) { return n > 0; }));
  }

  // A fair share is one turn in as many as there were jobs in line when the wait began.
  void note_turn(std::size_t job) {
    count_.longest_wait = std::max(count_.longest_wait, (passed_[job] + 1) * 100 / line_[job]);
    for (std::size_t j = 0; j < passed_.size(); ++j)
      if (waiting_[j] > 0) ++passed_[j];
    passed_[job] = 0;
    line_[job] = in_line();
    --waiting_[job];
  }

  void handle(Nanos now) {
    Event e = events_.top();
    events_.pop();
    if (e.what == 0) {
      const auto refused = server_.create(now);
      e.outcome = refused ? Outcome::throttled : Outcome::ok;
      if (refused) e.wait = *refused;
      if (refused) ++count_.rejected;
      if (!refused) ++count_.accepted, count_.last_accepted = now;
      e.what = 1;
      e.at = now + network();
      post(std::move(e));
    } else if (e.what == 1) {
      answer(e, now);
    } else {
      --running_;
      scheduler_.release(e.ticket.id);
    }
  }

  // What a runner does with an answer.
  void answer(Event& e, Nanos now) {
    Feedback feedback;
    std::optional<Nanos> wait;
    if (e.outcome == Outcome::throttled) feedback.wait = wait = e.wait;
    if (e.outcome == Outcome::throttled && world_.tells) feedback.limit = world_.real;
    scheduler_.report(e.ticket.id, e.outcome, now, feedback);
    const Decision d = retry_.decide(e.outcome, e.made, wait);
    if (d.action == Action::done) {
      e.what = 2;
      e.at = now + world_.runs + Nanos(static_cast<std::int64_t>(random_.below(1'000'000'000)));
      post(std::move(e));
      return;
    }
    --running_;
    if (d.action == Action::again) {
      scheduler_.enqueue(e.ticket, now, now + d.after);
    } else {
      ++count_.failed;
    }
  }

  World world_;
  base::Random random_;
  StrictServer server_;
  Scheduler scheduler_;
  Retry retry_;
  std::priority_queue<Event, std::vector<Event>, Later> events_;
  std::map<TicketId, int> made_;
  std::vector<int> waiting_, passed_,
      line_;  // by job: creates to come; others' turns, and jobs in line, since its last
  std::uint64_t order_ = 0;
  int running_ = 0;
  Count count_;
};

// The limit-bound minimum against what it took, in percent.
double share_of_limit(const Count& c, const RateLimit& limit, std::int64_t tokens) {
  const double each = static_cast<double>(limit.window.count()) / static_cast<double>(limit.count);
  return 100 * each * static_cast<double>(c.accepted - tokens) / static_cast<double>(c.last_accepted.count());
}

void expect_promises(const World& world, const Count& c, std::uint64_t seed) {
  ASSERT_EQ(c.failed, 0) << "seed " << seed;
  ASSERT_EQ(c.accepted, world.jobs * world.creates) << "seed " << seed;
  ASSERT_LE(c.rejected * 50, c.creates) << "seed " << seed << ": more than 2 % rejected";
  ASSERT_LE(c.most_running, world.believed.concurrent) << "seed " << seed;
  ASSERT_LE(c.longest_wait, 200) << "seed " << seed << ": a job waited more than twice its share";
}

TEST(simulation, a_hundred_jobs_on_a_low_credit_account_that_is_known) {
  World world;
  world.real = RateLimit(6, 60s, 1);
  world.tokens = 1;
  world.believed.creates = world.real;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const Count c = Simulation(world, seed).run();
    expect_promises(world, c, seed);
    ASSERT_GE(share_of_limit(c, world.real, 1), 95) << "seed " << seed;
  }
}

TEST(simulation, a_hundred_jobs_on_a_low_credit_account_that_is_found_out) {
  World world;
  world.real = RateLimit(6, 60s, 1);
  world.tokens = 1;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const Count c = Simulation(world, seed).run();
    expect_promises(world, c, seed);
    ASSERT_GE(share_of_limit(c, world.real, 1), 95) << "seed " << seed;
  }
}

TEST(simulation, the_full_rate_of_an_account) {
  World world;
  world.jobs = 100;
  world.creates = 15;
  world.believed.concurrent = 1000;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Count c = Simulation(world, seed).run();
    expect_promises(world, c, seed);
    ASSERT_GE(share_of_limit(c, world.real, 10), 95) << "seed " << seed;
  }
}

// 50 places, jobs of 20 to 21 s: the places are the limit.
TEST(simulation, fifty_places) {
  World world;
  world.jobs = 100;
  world.creates = 5;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Count c = Simulation(world, seed).run();
    expect_promises(world, c, seed);
    ASSERT_EQ(c.most_running, 50) << "seed " << seed;
    ASSERT_LE(c.last_accepted, Nanos(9 * 22s + 8s)) << "seed " << seed;  // ten fills of fifty places
  }
}

TEST(simulation, requests_that_never_left_are_repeated) {
  World world;
  world.lost = 0.01;
  world.creates = 2;
  world.jobs = 30;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const Count c = Simulation(world, seed).run();
    expect_promises(world, c, seed);
  }
}

// Other limits, told and not told, jittery networks: nothing fails, and what is rejected stays little.
TEST(simulation, accounts_of_all_kinds) {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    base::Random r(seed * 31 + 7);
    World world;
    world.real = RateLimit(6 + static_cast<std::int64_t>(r.below(300)), 60s, 1);
    world.tokens = 1 + static_cast<std::int64_t>(r.below(5));
    world.tells = r.below(4) != 0;
    world.jobs = 5 + static_cast<int>(r.below(25));
    world.creates = 1 + static_cast<int>(r.below(3));
    world.believed.concurrent = 1 + static_cast<int>(r.below(30));
    world.runs = Nanos(std::chrono::milliseconds(r.below(5000)));
    const Count c = Simulation(world, seed).run();
    ASSERT_EQ(c.failed, 0) << "seed " << seed;
    ASSERT_EQ(c.accepted, world.jobs * world.creates) << "seed " << seed;
    ASSERT_LE(c.most_running, world.believed.concurrent) << "seed " << seed;
    ASSERT_LE(c.longest_wait, 200) << "seed " << seed;
  }
}

}  // namespace
}  // namespace vidgen::flow
