// SPDX-License-Identifier: Apache-2.0
// Unfinished: the job of an earlier process that was to make the same film. Who gives the same order again after a crash
// means that one, and what is under way for it at a provider has been paid for.
//
// Thread-safety: any thread; it blocks on the journal. Errors: those of the journal and of the user's files.
#pragma once

#include <optional>

#include "pipeline/core.hpp"

VIDGEN_NAMESPACE_BEGIN

// The newest one that is not over and that nobody runs. Budget and on_ambiguous may differ: they are answers, not wishes.
Result<std::optional<JobRecord>> find_unfinished(Core& core, const Request& request);

VIDGEN_NAMESPACE_END
