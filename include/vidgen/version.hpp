// SPDX-License-Identifier: Apache-2.0
// The library's version, and the inline namespace that turns a mismatch of headers and binary into a link error.
#pragma once

#define VIDGEN_VERSION_MAJOR 0
#define VIDGEN_VERSION_MINOR 1
#define VIDGEN_VERSION_PATCH 0
#define VIDGEN_VERSION_STRING "0.1.0"

// The name holds our minor version. Boost's is in it too, because any_completion_handler carries none of its own.
#define VIDGEN_ABI v0_1_boost1_81
#define VIDGEN_NAMESPACE_BEGIN \
  namespace vidgen {           \
  inline namespace VIDGEN_ABI {
#define VIDGEN_NAMESPACE_END \
  }                          \
  }

VIDGEN_NAMESPACE_BEGIN
inline constexpr const char* kVersion = VIDGEN_VERSION_STRING;
VIDGEN_NAMESPACE_END
