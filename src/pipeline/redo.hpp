// SPDX-License-Identifier: Apache-2.0
// Redo: a job that is over becomes open again with a revised plan, under its lease. Planned first, so that its price is
// known and allowed before anything is written.
//
// Thread-safety: from any thread; they block on journal and store. Errors: those of Pipeline::async_redo().
#pragma once

#include "pipeline/core.hpp"

VIDGEN_NAMESPACE_BEGIN

Result<RedoPlan> redo_plan_blocking(const std::shared_ptr<Core>& core, const std::string& id, const RedoRequest& request);
Result<Job> redo_blocking(const std::shared_ptr<Core>& core, const std::string& id, const RedoRequest& request);

VIDGEN_NAMESPACE_END
