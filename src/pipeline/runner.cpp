// SPDX-License-Identifier: Apache-2.0
#include "pipeline/runner.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/redirect_error.hpp>

#include "base/commit.hpp"
#include "base/offload.hpp"
#include "base/point.hpp"
#include "base/random.hpp"
#include "base/try.hpp"
#include "flow/budget.hpp"
#include "phases/orphans.hpp"
#include "pipeline/measured.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr auto kTick = std::chrono::milliseconds(200);
// The end of a job's folder differs from job to job: it is never taken from another one.
constexpr std::string_view kAlwaysRun = "export";

Error stopped_error(bool cancelled, const std::string& id) {
  if (cancelled) return Error(Errc::cancelled, "job " + id + " was cancelled");
  return Error(Errc::interrupted, "job " + id + " was stopped and saved; go on with: vidgen resume " + id);
}

std::string missing_key(const std::string& job, const std::string& step) {
  return "without/" + job + "/" + step;
}

std::shared_ptr<Services> with_journal(const Services& services, std::shared_ptr<Journal> journal) {
  auto out = std::make_shared<Services>(services);
  out->journal = std::move(journal);
  return out;
}

}  // namespace

Runner::Runner(std::shared_ptr<Core> core, const std::shared_ptr<Services>& services,
               std::shared_ptr<LeasedJournal> journal, std::shared_ptr<JobState> state, JobRecord record,
               std::int64_t last_event, double reached)
    : core_(std::move(core)),
      journal_(std::move(journal)),
      services_(with_journal(*services, journal_)),
      state_(std::move(state)),
      record_(std::move(record)),
      strand_(core_->strand()),
      wake_timer_(strand_),
      next_seq_(last_event + 1),
      fraction_(reached) {}

// Not straight onto the strand: where there is no memory for that, Asio leaves it locked for good. A post to the executor
// fails whole.
void Runner::start() {
  asio::post(core_->executor(), [self = shared_from_this()] {
    asio::co_spawn(
        self->strand_, [self] { return self->run(); }, asio::detached);
  });
}

void Runner::wake() {
  wake_timer_.cancel();
}

// ---- the whole of a job

Async<void> Runner::run() {
  // A stop from any thread becomes a wake-up on the strand. Without memory for that, the next tick sees it.
  auto on_stop = [weak = weak_from_this(), executor = core_->executor(), strand = strand_]() noexcept {
    try {
      asio::post(executor, [weak, strand] {
        asio::dispatch(strand, [weak] {
          if (auto self = weak.lock()) self->wake();
        });
      });
    } catch (const std::bad_alloc&) {
    }
  };
  std::stop_callback stop_watch(state_->stop_token(), on_stop);
  Result<Film> result = co_await make_film();
  if (state_->stop_token().stop_requested() && !result) result = stopped_error(state_->cancelled(), state_->id());
  co_await close(std::move(result));
}

Async<void> Runner::close(Result<Film> result) {
  status_ = JobStatus::complete;
  if (!result) {
    Errc code = result.error().code();
    status_ = JobStatus::failed;
    if (code == Errc::cancelled) status_ = JobStatus::cancelled;
    if (code == Errc::interrupted) status_ = JobStatus::interrupted;
    if (code == Errc::budget || code == Errc::ambiguous || code == Errc::needs_attention)
      status_ = JobStatus::needs_attention;
  }
  record_.status = status_;
  record_.owner = 0;
  record_.reason = result ? std::string() : result.error().describe();
  record_.film = result ? to_json(*result) : std::string();
  if (result) fraction_ = 1.0;
  JournalBatch batch;
  batch.jobs.push_back(record_);
  Status saved = co_await commit(std::move(batch));
  if (saved) base::at(base::Point::closed);
  if (!saved && result) result = saved.error();
  if (!result) result = result.error().after_spending(spent().micros());
  emit(result ? "film" : "error", result ? result->path : result.error().describe());
  journal_->end();
  JournalBatch barrier;  // the last event is durable, and published, before anyone hears of the end
  (void)co_await commit(std::move(barrier));
  core_->ended(state_->id());
  state_->finish(std::move(result));
}

Async<Result<Film>> Runner::make_film() {
  Result<Request> request = request_from_json(record_.request);
  if (!request) co_return request.error();
  request_ = std::move(*request);
  status_ = JobStatus::validating;
  Status settled = co_await load_spending();
  if (!settled) co_return settled.error();
  emit("status", "reading the prompt");
  if (stopped() && record_.plan.empty()) co_return stopped_error(state_->cancelled(), state_->id());
  settled = co_await settle_spec_and_plan();
  if (!settled) co_return settled.error();
  Result<Film> film = co_await carry_out();
  const bool goes_on = !film && film.error().code() == Errc::interrupted;
  const bool only_stopped = stopped() && !state_->cancelled();
  if (!goes_on && !only_stopped) co_await look_for_orphans(film || state_->cancelled());
  co_return film;
}

// What was bought and nobody waits for: cancelled where it still runs, on the books, and told.
Async<void> Runner::look_for_orphans(bool over) {
  phases::Sweep sweep;
  sweep.job = state_->id();
  sweep.plan = plan_;
  sweep.services = services_;
  sweep.config = &core_->config();
  sweep.pool = core_->pool();
  sweep.over = over;
  Result<std::vector<std::string>> notes = co_await phases::sweep_orphans(std::move(sweep));
  if (!notes) emit("note", "orphans could not be looked for: " + notes.error().describe());
  if (!notes) co_return;
  for (const std::string& note : *notes) emit("note", note);
  if (!notes->empty()) (void)co_await load_spending();
}

// Phase 1 and the price. What an earlier process settled is taken as it is.
Async<Status> Runner::settle_spec_and_plan() {
  Result<Chosen> chosen = choose(request_, services_->models, core_->config().backends);
  if (!chosen) co_return chosen.error();
  chosen_ = *chosen;
  std::function<ModelProfile()> learn = [journal = services_->journal, row = chosen_.video] {
    return with_measured(row, *journal);
  };
  chosen_.video = co_await base::on_pool<ModelProfile>(core_->pool(), std::move(learn));
  Result<Spec> spec = spec_from_json(record_.spec);
  if (record_.spec.empty()) spec = co_await settle_spec();
  if (!spec) co_return spec.error();
  spec_ = std::make_shared<const Spec>(std::move(*spec));
  if (!chosen->why.empty()) notes_.push_back(chosen->why);
  Result<Plan> plan = record_.plan.empty() ? make_plan(request_, *spec_, chosen_, *services_, core_->threads())
                                           : plan_from_json(record_.plan);
  if (!plan) co_return plan.error();
  if (record_.plan.empty()) {
    Status extended = extend_plan(*plan, *spec_, core_->config());
    if (!extended) co_return extended.error();
  }
  Status admitted = Status();
  if (!stopped()) admitted = admit(*plan, request_, *services_, core_->config(), spending_.of_steps_named(kProposal));
  if (admitted && !stopped()) admitted = usable(chosen_, *plan, core_->config());
  if (!admitted) co_return admitted.error();
  for (const std::string& note : plan->notes) notes_.push_back(note);
  for (const std::string& warning : spec_->warnings) notes_.push_back(warning);
  plan_ = std::make_shared<const Plan>(std::move(*plan));
  for (const std::string& ref : request_.images) {
    Asset a;
    a.sha256 = ref.substr(ref.find(':') + 1);
    a.kind = AssetKind::image;
    images_.push_back(a);
  }
  record_.spec = to_json(*spec_);
  record_.plan = to_json(*plan_);
  record_.reason.clear();
  record_.status = status_;
  record_.owner = ::getpid();
  JournalBatch batch;
  batch.jobs.push_back(record_);
  Status saved = co_await commit(std::move(batch));
  if (saved) base::at(base::Point::planned);
  if (saved)
    emit("plan", std::to_string(plan_->clips.size()) + " clips, " + std::to_string(plan_->steps.size()) +
                     " steps, likely " + plan_->likely.to_string());
  co_return saved;
}

// ---- the graph

Async<Result<Film>> Runner::carry_out() {
  graph_.adopt(*plan_);
  work_at_start_ = graph_.total().to_double();
  bool stopping = false;
  for (;;) {
    while (!ended_.empty()) {
      Ended one = std::move(ended_.front());
      ended_.pop_front();
      step_ended(std::move(one));
    }
    if (revised_ && !failure_) {
      Status saved = co_await save_plan();
      if (!saved) co_return saved.error();
      continue;
    }
    stopping = stopped();
    if (!stopping && !failure_) start_ready();
    if (state_->cancelled()) start_open();
    if (graph_.complete()) break;
    if (!graph_.any_running() && ended_.empty()) break;
    emit_progress();
    keep_lease();
    wake_timer_.expires_after(kTick);
    boost::system::error_code ignored;
    co_await wake_timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (failure_ && !stopping) co_return *failure_;
  if (!graph_.complete()) co_return stopped_error(state_->cancelled(), state_->id());
  co_return film();
}

void Runner::start_ready() {
  for (const std::string& id : graph_.ready(slots())) start_step(id);
}

// What an earlier process left under way at a provider is joined once more, to be cancelled there.
void Runner::start_open() {
  for (const std::string& id : std::exchange(open_, {}))
    if (const Graph::Node* node = graph_.find(id); node != nullptr && node->state == Graph::State::waiting)
      start_step(id);
}

// While nothing happens the lease must not run out. When it was lost, whatever is written next says so.
void Runner::keep_lease() {
  if (journal_->due()) journal_->commit(JournalBatch(), Handler<Status>([](Status) {}));
}

bool Runner::stopped() const {
  return state_->stop_token().stop_requested();
}

void Runner::start_step(const std::string& id) {
  Graph::Node& node = *graph_.find(id);
  node.state = Graph::State::running;
  std::vector<StepOutcome> inputs;
  for (const std::string& input : node.step.inputs) inputs.push_back(graph_.find(input)->outcome);
  auto self = shared_from_this();
  auto ended = [self, id, key = node.step.key](std::exception_ptr thrown, Result<StepOutcome> result) {
    if (thrown) result = Error(Errc::internal, "step " + id + " threw");
    self->ended_.push_back(Ended{id, key, std::move(result)});
    self->wake();
  };
  asio::co_spawn(strand_, carry_out_step(node.step, std::move(inputs), node.fraction), ended);
}

void Runner::step_ended(Ended ended) {
  const std::string& id = ended.id;
  Result<StepOutcome>& result = ended.result;
  Graph::Node* found = graph_.find(id);
  if (found == nullptr || found->step.key != ended.key) return;  // a revision has no use for it
  Graph::Node& node = *found;
  if (result) {
    node.state = Graph::State::done;
    node.outcome = std::move(*result);
    if (spending_.knows(id)) node.outcome.cost = spending_.of_step(id);
    if (node.outcome.missing) missing_.push_back(node.step.label.empty() ? id : node.step.label);
    if (node.step.kind == "clip") {
      Status revised = revise();
      if (!revised && !failure_) failure_ = revised.error().in("planning with what came back");
    }
    return;
  }
  bool stopping = state_->stop_token().stop_requested();
  if (!stopping && node.step.on_failure == OnFailure::degrade) {
    notes_.push_back("delivered without " + node.step.label + ": " + result.error().describe());
    missing_.push_back(node.step.label.empty() ? id : node.step.label);
    emit("note", notes_.back(), id);
    node.state = Graph::State::done;
    node.outcome.missing = true;
    node.outcome.cost = spending_.of_step(id);
    remember_missing(id, node.outcome);
    return;
  }
  node.state = Graph::State::failed;
  if (!failure_) failure_ = result.error().in(node.step.label.empty() ? id : node.step.label);
}

// What the film goes without is decided once: a plan laid out without it may be durable already.
void Runner::remember_missing(const std::string& step, const StepOutcome& outcome) {
  ResultRecord record;
  record.key = missing_key(state_->id(), step);
  record.outcome = to_json(outcome);
  JournalBatch batch;
  batch.results.push_back(std::move(record));
  journal_->commit(std::move(batch), Handler<Status>([](Status) {}));
}

// ---- one step

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
  c->cancelled = [state = state_] { return state->cancelled(); };
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

// ---- small things

// A kind of the host's own may spend without attempts.
Money Runner::spent() const {
  Money sum = spending_.total();
  for (const Graph::Node& node : graph_.nodes())
    if (node.state == Graph::State::done && !spending_.knows(node.step.id)) sum += node.outcome.cost;
  return sum;
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
  out["encode"] = 1;
  for (const auto& [name, model] : services_->models.models) {
    int& most = out["provider:" + model.provider];
    most = std::max(most, model.concurrency);
  }
  // The embedded backend's provider is this machine.
  out["provider:local"] = core_->threads();
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
