// SPDX-License-Identifier: Apache-2.0
// Photo: one decoded photograph of the user. It does not decode; the caller does. Pixels are premultiplied BGRA rows
// without padding. Immutable once shared, so any thread may read it.
#pragma once

#include <cstdint>
#include <vector>

namespace vidgen::local {

struct Photo {
  Photo() = default;
  int width = 0, height = 0;
  std::vector<std::uint8_t> bgra_premultiplied;  // width * height * 4 bytes
};

// True when the photograph is a cut-out: at least 2 % of its pixels let the ground through.
bool has_alpha(const Photo& photo);
// Null or damaged photographs (wrong byte count, empty) are not usable.
bool usable(const Photo* photo);

}  // namespace vidgen::local
