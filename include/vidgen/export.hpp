// SPDX-License-Identifier: Apache-2.0
// VIDGEN_EXPORT marks what the shared library shows; everything else is hidden. The static library is made of the same
// objects: a host that hides all of it links with `-Wl,--exclude-libs,ALL`.
#pragma once

#define VIDGEN_EXPORT __attribute__((visibility("default")))
