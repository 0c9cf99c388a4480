// SPDX-License-Identifier: Apache-2.0
#include "plan/steps.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "base/digest.hpp"
#include "base/json.hpp"

namespace vidgen::plan {

std::string numbered(const char* kind, std::size_t n) {
  return std::string(kind) + (n < 10 ? "_0" : "_") + std::to_string(n);
}

Step new_step(std::string id, const char* kind, int phase, std::string params, std::vector<std::string> inputs) {
  Step s;
  s.id = std::move(id);
  s.kind = kind;
  s.version = kVersion;
  s.phase = phase;
  s.params = std::move(params);
  s.inputs = std::move(inputs);
  return s;
}

std::string key_of(const Step& step, const std::vector<std::string>& inputs, int again) {
  base::Json recipe = base::Json::array(), keys = base::Json::array();
  for (const std::string& key : inputs) keys.push(key);
  recipe.push(step.kind).push(step.version).push(step.params).push(std::move(keys));
  if (again > 1) recipe.push(again);
  return base::sha256_hex(recipe.dump());
}

bool is_source(const Step& step) {
  constexpr std::string_view kSources[] = {"spec", "keyframe", "reference", "clip", "last_frame", "music"};
  return std::find(std::begin(kSources), std::end(kSources), step.kind) != std::end(kSources);
}

Step last_frame_step(const std::string& clip) {
  base::Json params = base::Json::object();
  params.set("extractor", kExtractorVersion);
  Step s = new_step("last_" + clip.substr(clip.find('_') + 1), "last_frame", 4, params.dump(), {clip});
  s.seconds = Rational(1, 5);
  s.label = "the last frame of " + clip;
  return s;
}

std::string add_step(Plan& plan, Step step) {
  std::vector<std::string> keys;
  for (const std::string& id : step.inputs) {
    const Step* input = plan.find(id);
    assert(input != nullptr);
    keys.push_back(input ? input->key : std::string());
  }
  const auto taken = [&plan](const std::string& key) {
    return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const Step& s) { return s.key == key; });
  };
  // Two clips of a beat can be asked for in the same words. Each is made, by another seed, and found again by its own.
  step.key = key_of(step, keys);
  for (int again = 2; taken(step.key); ++again) step.key = key_of(step, keys, again);
  plan.steps.push_back(std::move(step));
  return plan.steps.back().id;
}

void deliver_last(Plan& plan) {
  const auto delivery =
      std::find_if(plan.steps.begin(), plan.steps.end(), [](const Step& s) { return s.kind == "export"; });
  if (delivery == plan.steps.end()) return;
  Step last = *delivery;
  const std::vector<Step> added(delivery + 1, plan.steps.end());
  plan.steps.erase(delivery, plan.steps.end());
  std::set<std::string> later{last.id}, taken;
  std::vector<Step> after;
  for (const Step& step : added) {
    if (std::any_of(step.inputs.begin(), step.inputs.end(), [&](const auto& id) { return later.count(id) > 0; })) {
      later.insert(step.id);
      after.push_back(step);
    } else {
      taken.insert(step.inputs.begin(), step.inputs.end());
      plan.steps.push_back(step);
    }
  }
  for (const Step& step : added)
    if (later.count(step.id) + taken.count(step.id) == 0) last.inputs.push_back(step.id);
  add_step(plan, std::move(last));
  for (Step& step : after) add_step(plan, std::move(step));
}

void set_cost(Step& step, const Cost& cost) {
  step.least = cost.least;
  step.likely = cost.likely;
  step.most = cost.most;
}

void total(Plan& plan) {
  plan.least = plan.likely = plan.most = Money();
  for (const Step& s : plan.steps) {
    plan.least += s.least;
    plan.likely += s.likely;
    plan.most += s.most;
  }
  plan.waste = 0;
  for (const PlanClip& clip : plan.clips) plan.waste = plan.waste + clip.waste;
}

}  // namespace vidgen::plan
