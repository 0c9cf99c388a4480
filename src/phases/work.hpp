// SPDX-License-Identifier: Apache-2.0
// Work: one paid step on its way through a provider, and what it is made of.
// Thread-safety: none; the strand of its pipeline owns it.
#pragma once

#include <memory>

#include "phases/attempts.hpp"
#include "vidgen/phase.hpp"

namespace vidgen::phases {

struct Work {
  Work() = default;
  std::shared_ptr<StepContext> context;
  std::shared_ptr<ModelBackend> backend;
  GenerationRequest request;
  GenerationInputs inputs;
  BackendContext at;                          // its model has the price of the attempt that is under way
  std::shared_ptr<const ModelProfile> model;  // as it is now
  std::shared_ptr<AttemptRecord> record = std::make_shared<AttemptRecord>();  // the attempt that is under way
};
using WorkPtr = std::shared_ptr<Work>;

// Errc::credentials without its backend, model_unknown, json_invalid.
Result<WorkPtr> work_of(std::shared_ptr<StepContext> context);

// The job is over for good, not only stopped.
bool cancelled(const Work& work);
// What the attempt came to; on the books with the next note.
void settle(Work& work, Money cost);

// Calls about an attempt go by the price that it was reserved by, whatever the rows say now.
void price_as_reserved(Work& work);

// From "it has an id" to "its results are in the store and can be read".
Async<Result<StepOutcome>> finish(WorkPtr work, RemoteJob accepted);
// What an earlier process stored and did not hand on; nullopt: that is not all there any more.
Async<Result<std::optional<StepOutcome>>> stored_before(WorkPtr work);

}  // namespace vidgen::phases
