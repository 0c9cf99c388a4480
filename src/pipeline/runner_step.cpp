// SPDX-License-Identifier: Apache-2.0
// One step: what is known of it already, what it is given, and its result in the journal.
#include <algorithm>
#include <boost/asio/dispatch.hpp>

#include "base/commit.hpp"
#include "base/offload.hpp"
#include "base/point.hpp"
#include "pipeline/measured.hpp"
#include "pipeline/runner.hpp"

VIDGEN_NAMESPACE_BEGIN

// What the film goes without is decided once: a plan laid out without it may be durable already.
void Runner::remember_missing(const std::string& step, const StepOutcome& outcome) {
  ResultRecord record;
  record.key = missing_key(state_->id(), step);
  record.outcome = to_json(outcome);
  decided_.push_back(std::move(record));
}

Async<Status> Runner::save_decided() {
  JournalBatch batch;
  batch.results = std::exchange(decided_, {});
  return commit(std::move(batch));
}

Async<std::optional<StepOutcome>> Runner::known_outcome(Step step) {
  if (step.kind == kAlwaysRun) co_return std::nullopt;
  auto look = [services = services_, key = step.key,
               without = missing_key(state_->id(), step.id)]() -> std::optional<StepOutcome> {
    auto decided = services->journal->result(without);
    if (decided && *decided)
      if (auto outcome = step_outcome_from_json((*decided)->outcome)) return *outcome;
    auto known = services->journal->result(key);
    if (!known || !*known) return std::nullopt;
    auto outcome = step_outcome_from_json((*known)->outcome);
    if (!outcome) return std::nullopt;
    for (const Asset& a : outcome->outputs)
      if (!services->store->contains(a.sha256)) return std::nullopt;
    return *outcome;
  };
  std::function<std::optional<StepOutcome>()> work = look;
  co_return co_await base::on_pool<std::optional<StepOutcome>>(core_->pool(), std::move(work));
}

Async<Result<StepOutcome>> Runner::carry_out_step(Step step, std::vector<StepOutcome> inputs,
                                                  std::shared_ptr<std::atomic<double>> fraction) {
  std::optional<StepOutcome> known = co_await known_outcome(step);
  if (known) {
    if (Graph::Node* node = graph_.find(step.id)) node->reused = true;
    known->cost = Money();
    co_return *known;
  }
  std::shared_ptr<StepKind> kind = kind_of(step.kind);
  if (!kind) co_return Error(Errc::plan_impossible, "no phase of this pipeline knows steps of kind " + step.kind);
  auto context = context_of(step, std::move(inputs), std::move(fraction));
  emit("step", "started: " + step.label, step.id);
  Result<StepOutcome> outcome = co_await kind->run(context);
  if (!outcome) co_return outcome;
  base::at(step.kind == kAlwaysRun ? base::Point::delivered : base::Point::finished);
  ResultRecord record;
  record.key = step.key;
  record.outcome = to_json(*outcome);
  JournalBatch batch;
  if (step.kind != kAlwaysRun) batch.results.push_back(record);
  if (auto length = measured_length(step, *outcome, services_->models)) batch.results.push_back(std::move(*length));
  Status saved = co_await commit(std::move(batch));
  if (!saved) co_return saved.error();
  base::at(base::Point::result);
  emit("step", "done: " + step.label, step.id);
  co_return outcome;
}

std::shared_ptr<StepContext> Runner::context_of(const Step& step, std::vector<StepOutcome> inputs,
                                                std::shared_ptr<std::atomic<double>> fraction) {
  auto c = std::make_shared<StepContext>();
  c->job = state_->id();
  c->request = request_;
  c->spec = spec_;
  c->plan = plan_;
  c->step = step;
  c->inputs = std::move(inputs);
  c->images = images_;
  c->backend = chosen_.backend;
  c->notes = notes_;
  c->missing = missing_;
  c->spent = spent();
  c->reused = std::all_of(graph_.nodes().begin(), graph_.nodes().end(), [&](const Graph::Node& n) {
    return n.reused || n.step.id == step.id || n.step.kind == "spec";
  });
  c->store = services_->store;
  c->journal = services_->journal;
  c->services = services_;
  c->config = &core_->config();
  c->pool = core_->pool();
  c->stop = state_->stop_token();
  c->cancelled = [weak = weak_from_this()] {
    auto self = weak.lock();
    return self && self->cancels_there();
  };
  c->tail = graph_.tail(step.id);
  c->progress = [fraction](double part) { fraction->store(part); };
  c->note = [weak = weak_from_this(), strand = strand_, id = step.id](std::string text) {
    asio::post(strand, [weak, id, text = std::move(text)] {
      auto self = weak.lock();
      if (!self) return;
      auto& notes = self->notes_;
      if (std::find(notes.begin(), notes.end(), text) != notes.end()) return;
      notes.push_back(text);
      self->emit("note", text, id);
    });
  };
  c->settled = [weak = weak_from_this(), strand = strand_, id = step.id](int attempt, Money cost) {
    asio::dispatch(strand, [weak, id, attempt, cost] {
      if (auto self = weak.lock()) self->spending_.settled(id, attempt, cost);
    });
  };
  c->outcome_of = [self = shared_from_this()](const std::string& id) -> const StepOutcome* {
    const Graph::Node* node = self->graph_.find(id);
    return node != nullptr && node->state == Graph::State::done ? &node->outcome : nullptr;
  };
  return c;
}

VIDGEN_NAMESPACE_END
