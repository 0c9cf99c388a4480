// SPDX-License-Identifier: Apache-2.0
// Logging: a level and a function in the Config. Nothing global, nothing on stderr unless the host writes it there.
//
// Thread-safety: the function is called from any thread, one call at a time.
#pragma once

#include <functional>
#include <string_view>

#include "vidgen/version.hpp"

VIDGEN_NAMESPACE_BEGIN

enum class LogLevel { off, error, warn, info, debug };

struct Logger {
  Logger() = default;
  LogLevel level = LogLevel::off;
  std::function<void(LogLevel, std::string_view line)> write;
};

VIDGEN_NAMESPACE_END
