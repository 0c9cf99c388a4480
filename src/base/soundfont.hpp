// SPDX-License-Identifier: Apache-2.0
// Where the composer's sound font is. Here, and not with the composer, so that it can be asked for without loading it.
#pragma once

#include <string>

#include "vidgen/error.hpp"

namespace vidgen::base {

// `wanted` when it names one, else the best that is installed. Errc::soundfont_missing says what to install.
Result<std::string> find_soundfont(const std::string& wanted);

}  // namespace vidgen::base
