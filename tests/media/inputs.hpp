// SPDX-License-Identifier: Apache-2.0
// Pictures and sounds of the formats that people bring, as the bytes of a file. Empty when this libav cannot write one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace vidgen::test {

// `luma(x, y)`, 0 to 255 of full range.
using Luma = std::function<int(int x, int y)>;

std::string make_jpeg(int width, int height, const Luma& luma);
std::string make_webp(int width, int height, const Luma& luma);
// A tone of that many samples in both channels.
std::string make_mp3(int samples);
std::string make_flac(int samples);
// A whole GIF of one pixel.
std::string tiny_gif();

// The JPEG with a camera's note on how it was held (1 to 8), in either byte order.
std::string with_orientation(const std::string& jpeg, int orientation, bool big_endian);
// A 32-bit number, most significant byte first.
std::string big32(std::uint32_t value);

}  // namespace vidgen::test
