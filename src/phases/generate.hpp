// SPDX-License-Identifier: Apache-2.0
// generate: one paid step through a backend. The attempt is in the journal before the create, the provider's id before
// anything else is done with it, and the download belongs to the step.
//
// Thread-safety: runs on the Pipeline's strand. Cancellation: by the context's stop token; the remote job is cancelled.
#pragma once

#include "base/json.hpp"
#include "vidgen/phase.hpp"

namespace vidgen::phases {

// The name of the backend that a step's resource stands for ("provider:local" -> "local"); empty when it has none.
std::string backend_of(const Step& step);

// Facts of the outcome hold the provider, its id and the attempt; `measure` may add what the phase measured.
Async<Result<StepOutcome>> generate(std::shared_ptr<StepContext> context);

// Facts of an outcome as a JSON object, empty when there are none.
base::Json facts_of(const StepOutcome& outcome);

}  // namespace vidgen::phases
