// SPDX-License-Identifier: Apache-2.0
// run_picture: a keyframe or a reference. The user's own photograph costs nothing and is taken as it is; all else is
// bought like anything.
#pragma once

#include "phases/generate.hpp"

namespace vidgen::phases {

Async<Result<StepOutcome>> run_picture(std::shared_ptr<StepContext> context);

}  // namespace vidgen::phases
