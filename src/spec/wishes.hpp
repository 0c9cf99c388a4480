// SPDX-License-Identifier: Apache-2.0
// Wishes of a request that exclude each other. Pure. Errc::invalid_argument.
#pragma once

#include "vidgen/request.hpp"

namespace vidgen::spec {

// Stems are parts of composed music.
Status check_music_wishes(const Request& request);

}  // namespace vidgen::spec
