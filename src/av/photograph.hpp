// SPDX-License-Identifier: Apache-2.0
// Photographs of people: JPEG of any kind (grey, CMYK, Adobe's inverted CMYK), PNG of any depth, WebP. Read upright and
// no larger than is wanted, so that memory follows what is shown and not what was taken. Hostile input.
//
// Thread-safety: functions; one huge picture is decoded at a time. Errors name the file and say what to do:
// Errc::media_invalid, media_unsupported, media_limit, file_missing, io.
#pragma once

#include <string>

#include "av/still_header.hpp"
#include "vidgen/media.hpp"

namespace vidgen::av {

// More pixels than these are not decoded: the largest that a telephone takes.
inline constexpr std::int64_t kMostPhotoPixels = 208'000'000;

struct DecodedPhoto {
  DecodedPhoto() = default;
  Bitmap picture;  // premultiplied BGRA, upright, neither side longer than was asked
  Size size;       // of the whole photograph, upright
  StillHeader header;
};
Result<DecodedPhoto> read_photograph(const std::string& path, int longest);

// A small file of what is shown: JPEG, or PNG when anything lets the ground through. The bytes depend on the pixels.
Result<std::string> encode_photograph(const Bitmap& picture);

}  // namespace vidgen::av
