// SPDX-License-Identifier: Apache-2.0
// Revisions: the plan made anew around what really came back.
#include <algorithm>

#include "base/point.hpp"
#include "base/json.hpp"
#include "base/try.hpp"
#include "pipeline/runner.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

Result<plan::Outcome> outcome_of_clip(const std::string& step, const StepOutcome& made) {
  VIDGEN_TRY(facts, base::Json::parse(made.facts));
  plan::Outcome out;
  out.step = step;
  base::Reader r(facts, Errc::internal, "facts of " + step);
  r.get("seconds", out.seconds).get("frames", out.frames).get("fps", out.fps).get("size", out.size);
  VIDGEN_CHECK(r.finish(false));
  return out;
}

bool has_music(const Timeline& timeline) {
  const auto& audio = timeline.audio;
  return std::any_of(audio.begin(), audio.end(), [](const AudioItem& item) { return item.source == "music"; });
}

}  // namespace

// Of music that could not be made: each revision has to be told, and the plan that still has it is revised for that.
// What is mixed without it is not the same sound, and may not be found again under its key.
bool Runner::goes_without_music() const {
  const Graph::Node* node = graph_.find("music");
  return node != nullptr && node->outcome.missing;
}

void Runner::plan_anew() {
  Status revised = revise();
  if (!revised && !failure_) failure_ = revised.error().in("planning with what came back");
}

// Does a clip differ from what the plan counts on, or is there no music? Then the plan is made anew around that.
Status Runner::revise() {
  std::vector<plan::Outcome> outcomes;
  bool other = false;
  for (const PlanClip& clip : plan_->clips) {
    const Graph::Node* node = graph_.find(clip.step);
    if (node == nullptr || node->state != Graph::State::done) continue;
    Result<plan::Outcome> outcome = outcome_of_clip(clip.step, node->outcome);
    if (!outcome) return outcome.error();
    Rational off = outcome->seconds - clip.seconds;
    Rational frame = outcome->fps > Rational(0) ? Rational(1) / outcome->fps : Rational(1, 24);
    other = other || off >= frame || Rational(0) - off >= frame;
    outcomes.push_back(std::move(*outcome));
  }
  if (goes_without_music()) {
    outcomes.push_back(plan::Outcome());
    outcomes.back().step = "music";
    outcomes.back().failed = true;
    other = other || has_music(plan_->timeline);
  }
  if (!other) return {};
  std::optional<Money> budget = request_.budget ? request_.budget : core_->config().budget;
  Money left = budget ? *budget - spent() : Money();
  VIDGEN_TRY(plan, revise_plan(*plan_, request_, *spec_, chosen_, *services_, core_->threads(), outcomes, left));
  VIDGEN_CHECK(extend_plan(plan, *spec_, core_->config()));
  for (const std::string& note : plan.notes)
    if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) {
      notes_.push_back(note);
      emit("note", note);
    }
  plan_ = std::make_shared<const Plan>(plan);
  graph_.adopt(*plan_);
  graph_.rest(*plan_, kept_.keys);
  revised_ = true;
  return {};
}

Async<Status> Runner::save_plan() {
  revised_ = false;
  record_.plan = to_json(*plan_);
  JournalBatch batch;
  batch.jobs.push_back(record_);
  Status saved = co_await commit(std::move(batch));
  if (saved) base::at(base::Point::revised);
  co_return saved;
}

VIDGEN_NAMESPACE_END
