// SPDX-License-Identifier: Apache-2.0
// Clock: what time it is, for what is written down: jobs, events, attempts, signatures. Waits do not go by it: timers
// belong to the executor.
//
// Thread-safety: now_ms() is called from any thread, and must not block.
#pragma once

#include <cstdint>
#include <memory>

#include "vidgen/export.hpp"
#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN

class VIDGEN_EXPORT Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970, UTC.
  virtual std::int64_t now_ms() = 0;
};

// The machine's.
VIDGEN_EXPORT std::shared_ptr<Clock> machine_clock();

VIDGEN_NAMESPACE_END
