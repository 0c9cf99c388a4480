// SPDX-License-Identifier: Apache-2.0
// EmbeddedFile: a text file compiled into the library by vidgen_embed (cmake/Embed.cmake).
//
// Thread-safety: constants.
#pragma once

#include <string_view>

namespace vidgen::base {

struct EmbeddedFile {
  std::string_view name;  // path below its folder, "luts/cinematic_warm.cube"
  std::string_view text;
};

}  // namespace vidgen::base
