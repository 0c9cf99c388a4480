// SPDX-License-Identifier: Apache-2.0
// Aspects as words and the sizes they stand for.
//
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vidgen/request.hpp"

namespace vidgen::spec {

// "9:16" -> 1080x1920; nothing for an aspect that is not on the list.
std::optional<Size> size_of_aspect(std::string_view aspect);
// "16:9, 9:16, 1:1, 4:5, 21:9"
std::string aspect_words();
// The size at a quality: draft has 640 on the long side, even, never larger than it was.
Size size_at(Size full, Quality quality);

}  // namespace vidgen::spec
