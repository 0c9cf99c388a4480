// SPDX-License-Identifier: Apache-2.0
#include "pipeline/refresh.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/try.hpp"
#include "plan/redo.hpp"

VIDGEN_NAMESPACE_BEGIN

std::string missing_key(const std::string& job, const std::string& step) {
  return "without/" + job + "/" + step;
}

Result<KeptResults> kept_results(const Plan& plan, const std::string& job, Journal& journal, Store& store) {
  KeptResults out;
  for (const Step& step : plan.steps) {
    VIDGEN_TRY(without, journal.result(missing_key(job, step.id)));
    if (without) out.keys.insert(step.key);
    if (without) continue;
    VIDGEN_TRY(known, journal.result(step.key));
    auto outcome = known ? step_outcome_from_json(known->outcome) : Result<StepOutcome>(Error(Errc::not_found, ""));
    if (!outcome) continue;
    const bool there = std::all_of(outcome->outputs.begin(), outcome->outputs.end(),
                                   [&](const Asset& blob) { return store.contains(blob.sha256); });
    (there ? out.keys : out.evicted).insert(step.key);
  }
  return out;
}

Refresh refresh_of(const Plan& plan, const KeptResults& kept) {
  std::set<std::string> made;
  for (const Step& step : plan.steps)
    if (kept.keys.count(step.key) > 0) made.insert(step.id);
  Refresh out;
  out.stale = plan::outstanding(plan, made);
  for (const std::string& id : out.stale) {
    const Step& step = *plan.find(id);
    if (kept.evicted.count(step.key) > 0) out.evicted.push_back(id);
    out.least += step.least;
    out.likely += step.likely;
    out.most += step.most;
  }
  return out;
}

std::string to_json(const Refresh& refresh) {
  base::Json j = base::Json::object(), price = base::Json::object();
  price.set("least", refresh.least.micros()).set("likely", refresh.likely.micros()).set("most", refresh.most.micros());
  j.set("stale", refresh.stale).set("evicted", refresh.evicted).set("cost_usd", refresh.likely.dollars());
  j.set("micro_usd", price);
  return j.dump();
}

VIDGEN_NAMESPACE_END
