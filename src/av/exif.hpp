// SPDX-License-Identifier: Apache-2.0
// The one thing that is read of EXIF: how the camera was held. Hostile input. Pure.
#pragma once

#include <string_view>

namespace vidgen::av {

// 1 to 8 of a TIFF block ("II*\0…", "MM\0*…"); 1 when it does not say, or is damaged.
int exif_orientation(std::string_view tiff);

}  // namespace vidgen::av
