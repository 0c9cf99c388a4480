// SPDX-License-Identifier: Apache-2.0
#include "plan/redo.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/try.hpp"
#include "plan/steps.hpp"
#include "vidgen/generation.hpp"

namespace vidgen::plan {
namespace {

constexpr std::string_view kTake = "_take_";

std::string id_of(const std::string& clip, int take) {
  return take == 1 ? clip : clip + std::string(kTake) + std::to_string(take);
}

std::string label_of(const std::string& label, int take) {
  const std::string first = label.substr(0, label.find(", take "));
  return take == 1 ? first : first + ", take " + std::to_string(take);
}

// The clip itself last, and before it what it continues from.
std::vector<Step> lineage(const Plan& plan, const std::string& id) {
  std::set<std::string> wanted{id};
  std::vector<Step> out;
  for (auto s = plan.steps.rbegin(); s != plan.steps.rend(); ++s) {
    if (wanted.count(s->id) == 0 || (s->kind != "clip" && s->kind != "last_frame")) continue;
    wanted.insert(s->inputs.begin(), s->inputs.end());
    out.push_back(*s);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

bool is_listed(const Plan& plan, const std::string& id) {
  return std::any_of(plan.takes.begin(), plan.takes.end(), [&](const PlanTake& t) { return t.steps.back().id == id; });
}

void list_take(Plan& plan, const Plan& from, const std::string& id, std::string_view how) {
  if (is_listed(plan, id)) return;
  PlanTake take;
  take.clip = clip_of_take(id);
  take.take = take_of(id);
  take.how = how;
  take.steps = lineage(from, id);
  plan.takes.push_back(std::move(take));
}

// What the plan counts on for the clips that stay, so that their segments stay as well. A clip's overlap is one frame
// of the clip before it.
std::vector<Outcome> kept_lengths(const Plan& before, const Plan& after) {
  std::vector<Outcome> out;
  for (std::size_t i = 0; i < before.clips.size(); ++i) {
    const PlanClip& clip = before.clips[i];
    if (after.clips[i].step != clip.step) continue;
    Outcome o;
    o.step = clip.step;
    o.seconds = clip.seconds;
    for (const PlanClip& next : before.clips)
      if (next.chain == clip.chain && next.index == clip.index + 1 && next.overlap > Rational(0))
        o.fps = Rational(1) / next.overlap;
    out.push_back(std::move(o));
  }
  return out;
}

class Redoing {
 public:
  Redoing(const Plan& plan, const ModelProfile& video, const Redo& wanted)
      : plan_(plan), video_(video), wanted_(wanted) {
    for (const PlanTake& take : plan.takes)
      for (const Step& s : take.steps) pool_.emplace(s.id, s);
    for (const Step& s : plan.steps) pool_[s.id] = s;
    for (const PlanClip& clip : plan.clips) shown_.push_back(clip.step);
  }

  Result<Plan> made() {
    if (wanted_.shot < 0 || wanted_.shot >= static_cast<int>(shown_.size()))
      return Error(Errc::invalid_argument, "there is no shot " + std::to_string(wanted_.shot + 1) + ": the film has " +
                                               std::to_string(shown_.size()));
    VIDGEN_CHECK(wanted_.take > 0 ? choose_take() : new_take());
    if (wanted_.mode == RedoMode::cascade) VIDGEN_CHECK(remake_followers());
    return revision();
  }

 private:
  std::string& shown() { return shown_[static_cast<std::size_t>(wanted_.shot)]; }
  std::string clip() { return clip_of_take(shown()); }

  Status choose_take() {
    const std::string id = id_of(clip(), wanted_.take);
    const std::string named = "take " + std::to_string(wanted_.take) + " of shot " + std::to_string(wanted_.shot + 1);
    if (wanted_.mode == RedoMode::pin || !wanted_.prompt.empty())
      return Error(Errc::invalid_argument,
                   "an earlier take is shown as it is: it takes no prompt and cannot be pinned");
    if (pool_.count(id) == 0)
      return Error(Errc::invalid_argument, "there is no " + named + ": it has " + std::to_string(most_takes(clip())));
    if (id == shown()) return Error(Errc::invalid_argument, named + " is the one that the film shows");
    shown() = id;
    return {};
  }

  Status new_take() {
    const Step before = pool_.at(shown());
    VIDGEN_TRY(request, generation_from_json(before.params));
    std::vector<std::string> inputs = before.inputs;
    if (const std::string from = continued_by(before); !from.empty()) inputs.front() = last_frame_of(shown_take(from));
    unpin(request, inputs);
    if (wanted_.mode == RedoMode::pin) VIDGEN_CHECK(pin(request, inputs));
    if (!wanted_.prompt.empty()) request.prompt = wanted_.prompt;
    if (wanted_.reading != nullptr) {
      request.product = wanted_.reading->product;
      request.setting = wanted_.reading->setting;
      request.style = wanted_.reading->style;
    }
    request.take = most_takes(clip()) + 1;
    shown() = add_take(before, request, std::move(inputs));
    return {};
  }

  // The frames that both neighbours keep. Where nothing continues from the clip, its end is free.
  Status pin(GenerationRequest& request, std::vector<std::string>& inputs) {
    if (video_.last_frame == Need::no)
      return Error(Errc::model_lacks,
                   "the model " + video_.name +
                       " cannot end on a given picture (last_frame), which mode \"pin\" needs; choose "
                       "mode \"cascade\" or \"cut\"");
    if (request.has_last_frame || !request.has_first_frame) return {};
    for (const std::string& id : shown_) {
      const Step& follower = pool_.at(id);
      if (continued_by(follower) != clip()) continue;
      request.has_last_frame = true;
      inputs.push_back(follower.inputs.front());
      return {};
    }
    return {};
  }

  // Only `anchored` plans give a clip its last frame for good.
  void unpin(GenerationRequest& request, std::vector<std::string>& inputs) const {
    if (!request.has_last_frame || plan_.continuity == to_string(Continuity::anchored)) return;
    request.has_last_frame = false;
    inputs.erase(inputs.begin() + (request.has_first_frame ? 1 : 0));
  }

  // Clips that continue, however far down, from the one that changed, each as it is ordered now.
  Status remake_followers() {
    std::set<std::string> changed{clip()};
    for (std::string& id : shown_) {
      const Step before = pool_.at(id);
      const std::string from = continued_by(before);
      if (from.empty() || changed.count(from) == 0 || id == shown()) continue;
      VIDGEN_TRY(request, generation_from_json(before.params));
      std::vector<std::string> inputs = before.inputs;
      inputs.front() = last_frame_of(shown_take(from));
      unpin(request, inputs);
      changed.insert(clip_of_take(id));
      id = add_take(before, request, std::move(inputs));
    }
    return {};
  }

  // The clip whose last frame a clip starts from; empty: none.
  std::string continued_by(const Step& step) const {
    if (step.inputs.empty()) return {};
    const auto first = pool_.find(step.inputs.front());
    if (first == pool_.end() || first->second.kind != "last_frame") return {};
    return clip_of_take(first->second.inputs.front());
  }

  std::string shown_take(const std::string& clip) const {
    for (const std::string& id : shown_)
      if (clip_of_take(id) == clip) return id;
    return clip;
  }

  std::string last_frame_of(const std::string& clip) { return add(last_frame_step(clip)); }

  int most_takes(const std::string& clip) const {
    int most = 1;
    for (const auto& [id, step] : pool_)
      if (step.kind == "clip" && clip_of_take(id) == clip) most = std::max(most, take_of(id));
    return most;
  }

  // The id of the take with that key, which may be an old one.
  std::string add_take(Step step, const GenerationRequest& request, std::vector<std::string> inputs) {
    const std::string name = clip_of_take(step.id), label = step.label;
    step.params = to_json(request);
    step.inputs = std::move(inputs);
    set_cost(step, cost_of(video_, request.size, request.seconds));
    const std::string key = sealed(step);
    for (const auto& [id, known] : pool_)
      if (known.kind == "clip" && known.key == key && clip_of_take(id) == name) return id;
    const int take = most_takes(name) + 1;
    step.id = id_of(name, take);
    step.label = label_of(label, take);
    return add(std::move(step));
  }

  // Takes of two clips can be asked for in the same words; they are told apart by a number.
  std::string sealed(const Step& step) const {
    std::vector<std::string> keys;
    for (const std::string& input : step.inputs) keys.push_back(pool_.at(input).key);
    int again = 1;
    while (is_anothers(key_of(step, keys, again), clip_of_take(step.id))) ++again;
    return key_of(step, keys, again);
  }
  bool is_anothers(const std::string& key, const std::string& name) const {
    return std::any_of(pool_.begin(), pool_.end(),
                       [&](const auto& entry) { return entry.second.key == key && clip_of_take(entry.first) != name; });
  }

  std::string add(Step step) {
    step.key = sealed(step);
    const std::string id = step.id;
    pool_[id] = std::move(step);
    return id;
  }

  // Inputs first; what nothing shown depends on is left out. Keys stay as they are: one that tells twins apart would be
  // another without its twin.
  void emit(Plan& out, const std::string& id) {
    if (!emitted_.insert(id).second) return;
    const Step& step = pool_.at(id);
    for (const std::string& input : step.inputs) emit(out, input);
    out.steps.push_back(step);
  }

  Plan revision() {
    Plan out = plan_;
    out.steps.clear();
    for (const Step& s : plan_.steps)
      if (is_source(s) && s.kind != "last_frame") emit(out, s.kind == "clip" ? shown_take(clip_of_take(s.id)) : s.id);
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      if (plan_.clips[i].step == shown_[i]) continue;
      out.clips[i].step = shown_[i];
      list_take(out, plan_, plan_.clips[i].step, "planned");
      const bool itself = static_cast<int>(i) == wanted_.shot;
      list_take(out, out, shown_[i], itself ? to_string(wanted_.mode) : "follows");
    }
    return out;
  }

  const Plan& plan_;
  const ModelProfile& video_;
  const Redo& wanted_;
  std::map<std::string, Step> pool_;  // the plan's, those of all takes, and new ones
  std::vector<std::string> shown_;    // one a clip of the film
  std::set<std::string> emitted_;
};

}  // namespace

std::string clip_of_take(const std::string& step) {
  return step.substr(0, step.find(kTake));
}

int take_of(const std::string& step) {
  int take = 1;
  if (const auto at = step.find(kTake); at != std::string::npos)
    std::from_chars(step.data() + at + kTake.size(), step.data() + step.size(), take);
  return take;
}

Result<Plan> redo(const Plan& plan, const Spec& spec, const ModelProfile& video, const ModelProfile& image,
                  const ModelProfile* music, const PlanOptions& options, const Redo& wanted) {
  VIDGEN_TRY(changed, Redoing(plan, video, wanted).made());
  return amend(changed, spec, video, image, music, options, kept_lengths(plan, changed), Money());
}

std::vector<std::string> outstanding(const Plan& plan, const std::set<std::string>& made) {
  std::set<std::string> taken, wanted;
  for (const Step& s : plan.steps) taken.insert(s.inputs.begin(), s.inputs.end());
  std::vector<std::string> out;
  for (auto s = plan.steps.rbegin(); s != plan.steps.rend(); ++s) {
    const bool is_wanted = taken.count(s->id) == 0 || wanted.count(s->id) > 0;
    if (s->kind != "export" && (!is_wanted || made.count(s->id) > 0)) continue;
    wanted.insert(s->inputs.begin(), s->inputs.end());
    out.push_back(s->id);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace vidgen::plan

VIDGEN_NAMESPACE_BEGIN
namespace {
constexpr std::string_view kRedoModes[] = {"cascade", "pin", "cut"};
}

std::string_view to_string(RedoMode mode) {
  return kRedoModes[static_cast<std::size_t>(mode)];
}

Result<RedoMode> parse_redo_mode(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kRedoModes); ++i)
    if (text == kRedoModes[i]) return static_cast<RedoMode>(i);
  return Error(Errc::invalid_argument, "unknown mode \"" + std::string(text) + "\": expected cascade, pin or cut");
}

VIDGEN_NAMESPACE_END
