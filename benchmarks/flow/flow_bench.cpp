// SPDX-License-Identifier: Apache-2.0
// What a decision costs, with as many tickets waiting as the argument says. Logarithmic: a few microseconds each.
#include <benchmark/benchmark.h>

#include "flow/poll.hpp"
#include "flow/scheduler.hpp"
#include "flow/wait.hpp"

namespace {

using namespace vidgen::flow;  // NOLINT: a small program
using namespace std::chrono_literals;

// Enqueue, hand out, report and release one create while `range` others wait in 200 jobs.
void scheduler_turn(benchmark::State& state) {
  AccountLimits limits;
  limits.creates = RateLimit(1'000'000, 1ms, 1000);
  limits.patience = 0s;
  Scheduler scheduler(limits);
  std::int64_t n = 0;
  const auto enqueue = [&](Nanos now) {
    Ticket ticket;
    ticket.job = std::to_string(n++ % 200);
    ticket.tail = std::chrono::seconds(n * 7919 % 600);
    scheduler.enqueue(std::move(ticket), now);
  };
  for (std::int64_t i = 0; i < state.range(0); ++i) enqueue(0s);
  Nanos now = 1s;
  for (auto _ : state) {
    now += 1ms;
    enqueue(now);
    const Turn turn = scheduler.next(now);
    scheduler.report(turn.go->id, Outcome::ok, now);
    scheduler.release(turn.go->id);
  }
}
BENCHMARK(scheduler_turn)->Arg(100)->Arg(10000)->Arg(100000);

void poll_turn(benchmark::State& state) {
  PollPolicy policy;
  policy.list_from = 0;
  policy.calls = RateLimit(1'000'000, 1ms, 1000);
  PollPlan plan(policy, 1);
  for (std::int64_t i = 0; i < state.range(0); ++i) plan.add(std::to_string(i), 0s, 60s, 1000h, 0s);
  Nanos now = 0s;
  for (auto _ : state) {
    PollCall call = plan.due(now);
    while (call.kind == PollKind::none) {
      now = call.wake;
      call = plan.due(now);
    }
    plan.failed(call.id, now);
  }
}
BENCHMARK(poll_turn)->Arg(100)->Arg(10000);

void wait_words(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(wait_in_words("Request was throttled. Your rate limit resets in ~30s."));
}
BENCHMARK(wait_words);

}  // namespace

BENCHMARK_MAIN();
