// SPDX-License-Identifier: Apache-2.0
// What a job tells while it runs, and what it has spent.
#include <algorithm>
#include <boost/asio/bind_executor.hpp>

#include "base/commit.hpp"
#include "base/offload.hpp"
#include "base/try.hpp"
#include "flow/budget.hpp"
#include "pipeline/runner.hpp"
#include "plan/planner.hpp"

VIDGEN_NAMESPACE_BEGIN

// A kind of the host's own may spend without attempts.
Money Runner::spent() const {
  Money sum = spending_.total();
  for (const Graph::Node& node : graph_.nodes())
    if (node.state == Graph::State::done && !spending_.knows(node.step.id)) sum += node.outcome.cost;
  return sum;
}

// By the price of what is still to be done, what was paid for that already does not count twice.
Money Runner::spent_elsewhere() const {
  Money sum = spending_.total();
  for (const std::string& step : left_.stale) sum = sum - spending_.of_step(step);
  return sum;
}

Async<Status> Runner::look_at_results(const Plan& plan) {
  std::function<Result<KeptResults>()> look = [services = services_, plan, job = state_->id()] {
    return kept_results(plan, job, *services->journal, *services->store);
  };
  Result<KeptResults> kept = co_await base::on_pool<Result<KeptResults>>(core_->pool(), std::move(look));
  if (!kept) co_return kept.error();
  kept_ = std::move(*kept);
  left_ = refresh_of(plan, kept_);
  co_return Status();
}

Async<Status> Runner::load_spending() {
  std::function<Result<std::vector<AttemptRecord>>()> read = [services = services_, id = state_->id()] {
    return services->journal->attempts(id);
  };
  auto known = co_await base::on_pool<Result<std::vector<AttemptRecord>>>(core_->pool(), std::move(read));
  if (!known) co_return known.error();
  spending_.load(*known);
  for (const AttemptRecord& attempt : *known)
    if (flow::held(attempt.state) == flow::Held::reserved || flow::held(attempt.state) == flow::Held::unclear)
      open_.insert(attempt.step);
  co_return Status();
}

Async<Status> Runner::commit(JournalBatch batch) {
  return base::commit(services_->journal, std::move(batch));
}

Slots Runner::slots() const {
  Slots out;
  out["cpu"] = core_->threads();
  out["encode"] = plan::segments_at_once(core_->threads());
  for (const auto& [name, model] : services_->models.models) {
    int& most = out["provider:" + model.provider];
    most = std::max(most, model.concurrency);
  }
  // The embedded backend's provider is this machine. One more than it has threads: while one is being written down, the
  // next is at work.
  out["provider:local"] = core_->threads() + 1;
  return out;
}

std::shared_ptr<StepKind> Runner::kind_of(const std::string& name) const {
  for (const Phase& phase : core_->config().phases)
    for (const auto& kind : phase.kinds)
      if (kind->name() == name) return kind;
  return nullptr;
}

JobStatus Runner::status_of_phase(int number) const {
  for (const Phase& phase : core_->config().phases)
    if (phase.number == number) return phase.status;
  return status_;
}

Result<Film> Runner::film() const {
  for (const Graph::Node& node : graph_.nodes())
    if (node.step.kind == kAlwaysRun) return film_from_json(node.outcome.facts);
  return Error(Errc::plan_impossible, "the plan has no export");
}

void Runner::emit(std::string kind, std::string message, std::string step) {
  Event e;
  e.seq = next_seq_++;
  e.time_ms = core_->config().clock->now_ms();
  e.job = state_->id();
  e.kind = std::move(kind);
  e.status = status_;
  e.phase = graph_.nodes().empty() ? 1 : std::min(6, graph_.phase());
  e.fraction = fraction_;
  e.cost = spent();
  e.step = std::move(step);
  e.message = std::move(message);
  // What is left, at the speed seen so far; the plan's figure until there is one.
  double elapsed = std::chrono::duration<double>(base::TimerClock::now() - began_).count();
  double left = is_final(status_) ? 0 : graph_.left().to_double() / std::max(1, core_->threads());
  if (fraction_ > 0.05 && !is_final(status_)) left = elapsed / fraction_ * (1 - fraction_);
  e.eta = Rational(static_cast<std::int64_t>(left * 10), 10);
  JournalBatch batch;
  batch.events.push_back(e);
  // Published once durable: what a handle saw can be replayed.
  auto publish = [state = state_, e](Status) { state->publish(e); };
  services_->journal->commit(std::move(batch), Handler<Status>(asio::bind_executor(strand_, publish)));
}

void Runner::emit_progress() {
  JobStatus status = status_of_phase(graph_.phase());
  double fraction = std::max(fraction_, std::min(0.99, graph_.fraction()));
  bool moved = static_cast<int>(fraction * 1000) != static_cast<int>(fraction_ * 1000);
  if (!moved && status == status_) return;
  bool changed = status != status_;
  fraction_ = fraction;
  status_ = status;
  emit(changed ? "status" : "progress", std::string(to_string(status)));
}

VIDGEN_NAMESPACE_END
