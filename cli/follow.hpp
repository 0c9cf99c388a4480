// SPDX-License-Identifier: Apache-2.0
// What the commands share that make films: following a job to its end, and asking a person first.
#pragma once

#include <string>

#include "cli/session.hpp"
#include "cli/signals.hpp"

namespace vidgen::cli {

// Shows a job's progress until it ends, then its film; the exit code. Ctrl-C saves it.
int follow(const Session& session, Signals& signals, Job job);

bool is_person_there();
// On the terminal; y or yes.
bool agrees(const std::string& question);

}  // namespace vidgen::cli
