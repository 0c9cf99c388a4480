// SPDX-License-Identifier: Apache-2.0
// Who holds a lease: a name that tells, on the same machine, whether its process is still there.
// Thread-safety: functions; they read /proc.
#pragma once

#include <string>

#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN

// Of one pipeline in this process: "<boot>.<pid namespace>.<pid>.<start time>.<random>".
std::string holder_name();
// Its process ended. False where that cannot be known: on another machine, or in another container.
bool holder_is_dead(const std::string& holder);
// Its process id, for people; 0 where it is none of this machine's.
int holder_process(const std::string& holder);

VIDGEN_NAMESPACE_END
