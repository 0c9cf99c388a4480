// SPDX-License-Identifier: Apache-2.0
// Phase 1: the prompt becomes a spec. The runner has read it by the time the graph runs; this step puts it into the
// store so that it is part of what the film leaves behind.
#include "base/offload.hpp"
#include "phases/generate.hpp"
#include "phases/rows.hpp"

namespace vidgen::phases {
namespace {

Async<Result<StepOutcome>> run_spec(std::shared_ptr<StepContext> context) {
  std::function<Result<StepOutcome>()> work = [context]() -> Result<StepOutcome> {
    auto asset = context->store->put(to_json(*context->spec), AssetKind::json, "application/json");
    if (!asset) return asset.error();
    StepOutcome out;
    out.outputs.push_back(*asset);
    return out;
  };
  return base::on_pool<Result<StepOutcome>>(context->pool, std::move(work));
}

}  // namespace

Phase validate_phase() {
  Phase phase = make_phase(1, "validate", JobStatus::validating);
  phase.kinds.push_back(std::make_shared<PlainKind>("spec", &run_spec));
  phase.kinds.push_back(std::make_shared<PlainKind>("proposal", &generate));
  return phase;
}

}  // namespace vidgen::phases
