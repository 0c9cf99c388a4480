// SPDX-License-Identifier: Apache-2.0
// Stills of every kind that people bring, as the bytes of a file, made here. Empty when this libav cannot write one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>

namespace vidgen::test {

enum class PngKind { rgb, rgba, rgb16, rgba16, grey, grey16, grey_alpha, palette };

using Rgba = std::array<int, 4>;  // 0 to 255
using Paint = std::function<Rgba(int x, int y)>;

// A palette has the colours of the four quarters' middles.
std::string make_png(PngKind kind, int width, int height, const Paint& paint);
std::string make_webp_with_alpha(int width, int height, const Paint& paint);

// What a JPEG of four channels holds: inks as they are, as Adobe inverts them, or those as luma and chroma.
enum class Inks { plain, adobe, adobe_ycck };
// Blocks of eight by eight pixels, one colour each; written by hand, for no encoder here makes them.
std::string make_cmyk_jpeg(int blocks_wide, int blocks_high, Inks inks, const Paint& rgb_of_block);

}  // namespace vidgen::test
