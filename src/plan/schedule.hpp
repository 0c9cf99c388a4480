// SPDX-License-Identifier: Apache-2.0
// How long a plan takes: its steps played out over as many slots as each resource has. Provider slots are counted as
// the model's row says; the account's rate limits, retries and queues at the provider are not counted.
// Units: seconds. Thread-safety: pure functions.
#pragma once

#include <map>
#include <string>

#include "vidgen/plan.hpp"

namespace vidgen::plan {

// Slots of a resource; one that is not named has two.
using Slots = std::map<std::string, int>;

// Sets eta and critical_path: the steps that the end waited for, through inputs or through slots.
void schedule(Plan& plan, const Slots& slots);

}  // namespace vidgen::plan
