// SPDX-License-Identifier: Apache-2.0
#include "pipeline/measured.hpp"

#include "base/json.hpp"
#include "plan/clips.hpp"
#include "vidgen/plan.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// Beside the results of steps, whose keys are digests.
std::string key_of(const std::string& model, Rational asked) {
  return "length:" + model + ":" + asked.to_string();
}

// Half a frame is rounding.
bool differs(Rational a, Rational b, Rational fps) {
  const Rational off = a > b ? a - b : b - a;
  return off * Rational(2) >= Rational(1) / (fps > Rational(0) ? fps : Rational(24));
}

}  // namespace

std::optional<ResultRecord> measured_length(const Step& step, const StepOutcome& outcome, const ModelSet& models) {
  if (step.kind != "clip" || outcome.missing) return std::nullopt;
  auto request = generation_from_json(step.params);
  auto facts = base::Json::parse(outcome.facts);
  if (!request || !facts) return std::nullopt;
  auto model = models.find(request->model);
  base::Reader r(*facts, Errc::internal, "facts");
  Rational seconds;
  r.get("seconds", seconds);
  if (!model || model->provider == "local" || seconds <= Rational(0)) return std::nullopt;
  ResultRecord record;
  record.key = key_of(model->name, request->seconds);
  base::Json j = base::Json::object();
  j.set("seconds", seconds);
  record.outcome = j.dump();
  return record;
}

ModelProfile with_measured(ModelProfile model, Journal& journal) {
  for (const plan::Offer& offer : plan::offers(model, 30, false)) {
    auto known = journal.result(key_of(model.name, offer.asked));
    if (!known || !*known) continue;
    auto fact = base::Json::parse((*known)->outcome);
    if (!fact) continue;
    base::Reader r(*fact, Errc::internal, "length");
    Rational seconds;
    r.get("seconds", seconds);
    if (seconds > Rational(0) && differs(seconds, offer.asked, model.fps))
      model.measured.emplace_back(offer.asked, seconds);
  }
  return model;
}

VIDGEN_NAMESPACE_END
