// SPDX-License-Identifier: Apache-2.0
// Stills: PNG, JPEG and WebP in, PNG out. Bytes of a written PNG depend on the pixels alone.
//
// Thread-safety: functions without state. Errors: the Demuxer's.
#pragma once

#include <string>

#include "av/frame.hpp"
#include "vidgen/media.hpp"

namespace vidgen::av {

// Premultiplied BGRA, upright (a photograph's orientation tag is obeyed).
Result<Bitmap> read_image(const std::string& path, const MediaLimits& limits);
// Nothing lets the ground through.
bool is_opaque(const Bitmap& bitmap);
// The bytes of a PNG file; alpha is kept when any pixel is not opaque.
Result<std::string> encode_png(const Bitmap& bitmap);
Result<std::string> encode_png(const Frame& frame);
// A frame as opaque BGRA, by the frame's own colour tags.
Result<Bitmap> to_bitmap(const Frame& frame);

}  // namespace vidgen::av
