// SPDX-License-Identifier: Apache-2.0
// The steps of the plan in their order: what may start, what has ended.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>

#include "flow/outcome.hpp"
#include "phases/generate.hpp"
#include "pipeline/runner.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

constexpr auto kTick = std::chrono::milliseconds(200);

// Of a step that a film can do without. A full disk, a budget and a question to a person are no reasons to do so: the
// job stops there, and goes on with the step when that is settled.
bool does_without(const Error& error, OnAmbiguous on_ambiguous) {
  if (error.code() == Errc::ambiguous) return on_ambiguous == OnAmbiguous::fail;
  return error.code() != Errc::budget && !flow::is_local(error.code());
}

}  // namespace

Async<Result<Film>> Runner::carry_out() {
  graph_.adopt(*plan_);
  graph_.rest(*plan_, kept_.keys);
  work_at_start_ = graph_.total().to_double();
  bool stopping = false, note_failed = false;
  for (;;) {
    while (!ended_.empty()) {
      Ended one = std::move(ended_.front());
      ended_.pop_front();
      step_ended(std::move(one));
    }
    if (!decided_.empty()) {
      Status saved = co_await save_decided();
      if (!saved && !failure_) failure_ = saved.error();
      continue;
    }
    if (revised_ && !failure_) {
      Status saved = co_await save_plan();
      if (!saved) failure_ = saved.error();  // what is under way ends first
      continue;
    }
    stopping = stopped();
    if (!stopping && !failure_ && !swept_ && export_is_next()) {  // the report is to know of orphans
      Status swept = co_await look_for_orphans(true);
      if (!swept) co_return swept.error();
      continue;
    }
    if (!stopping && !failure_) start_ready();
    if (state_->cancelled() && !cancel_noted_ && !note_failed) {
      Status noted = co_await note_cancelling();
      note_failed = !noted;  // the steps under way end first: they are told to stop, and cancel nothing
      if (!noted && !failure_) failure_ = noted.error();
    }
    if (cancels_there()) start_open();
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

// Durable before anything is cancelled: a process that dies on the way must not go on with the job as if nobody had said so.
Async<Status> Runner::note_cancelling() {
  record_.reason = kCancelling;
  JournalBatch batch;
  batch.jobs.push_back(record_);
  Status noted = co_await commit(std::move(batch));
  cancel_noted_ = noted.has_value();
  co_return noted;
}

// Steps may cancel what they bought. One that the stop ended before that was noted is joined once more, to do so then. Before
// there are steps of a plan there is nobody to note it, and they need not wait.
bool Runner::cancels_there() const {
  return state_->cancelled() && (cancel_noted_ || graph_.nodes().empty());
}

bool Runner::export_is_next() const {
  for (const std::string& id : graph_.ready(slots_))
    if (graph_.find(id)->step.kind == kAlwaysRun) return true;
  return false;
}

void Runner::start_ready() {
  for (const std::string& id : graph_.ready(slots_)) start_step(id);
}

// What an earlier process, or the stop, left under way at a provider is joined once more, to be cancelled there.
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
  auto ended = [self, id, key = node.step.key, told = cancels_there()](std::exception_ptr thrown, Result<StepOutcome> result) {
    if (thrown) result = Error(Errc::internal, "step " + id + " threw");
    self->ended_.push_back(Ended{id, key, told, std::move(result)});
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
    if (node.step.kind == "clip" || node.outcome.missing) plan_anew();
    return;
  }
  bool stopping = state_->stop_token().stop_requested();
  const bool left_there = result.error().code() == Errc::interrupted && !phases::backend_of(node.step).empty();
  if (state_->cancelled() && !ended.told && left_there) {
    node.state = Graph::State::waiting;
    open_.insert(id);
    return;
  }
  const bool optional = node.step.on_failure == OnFailure::degrade;
  if (!stopping && optional && does_without(result.error(), request_.on_ambiguous)) {
    notes_.push_back("delivered without " + node.step.label + ": " + result.error().describe());
    missing_.push_back(node.step.label.empty() ? id : node.step.label);
    emit("note", notes_.back(), id);
    node.state = Graph::State::done;
    node.outcome.missing = true;
    node.outcome.cost = spending_.of_step(id);
    remember_missing(id, node.outcome);
    plan_anew();
    return;
  }
  node.state = Graph::State::failed;
  if (!failure_) failure_ = result.error().in(node.step.label.empty() ? id : node.step.label);
}

VIDGEN_NAMESPACE_END
