// SPDX-License-Identifier: Apache-2.0
// VIDGEN_EXPORT marks what the shared library shows; everything else is hidden.
#pragma once

#if defined(VIDGEN_STATIC)
#define VIDGEN_EXPORT
#else
#define VIDGEN_EXPORT __attribute__((visibility("default")))
#endif
