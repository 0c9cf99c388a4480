// SPDX-License-Identifier: Apache-2.0
// What a film looks and sounds like, in a few hundred numbers that survive another compiler, processor or font version:
// mean luma and chroma over a coarse grid of some frames, and the sound's level by half second. Not a checksum.
//
// Levels are tenths of a decibel below full scale. Errors: the readers'.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace vidgen::test {

constexpr int kGridWidth = 32, kGridHeight = 18, kGridFrames = 8;
constexpr int kSilent = -1000;  // no sound at all

struct GridFrame {
  GridFrame() = default;
  std::int64_t at = 0;                  // the film's frame
  std::vector<std::uint8_t> planes[3];  // kGridWidth x kGridHeight means of Y, U and V
};

struct Signature {
  Signature() = default;
  std::vector<GridFrame> pictures;
  std::vector<int> levels;
};

Result<Signature> signature_of(const std::string& film, std::int64_t frames);
// The lowest ratio of the three planes, in decibels; 99 when they are equal.
double psnr(const GridFrame& a, const GridFrame& b);

base::Json to_json(const Signature& signature);
Result<Signature> signature_from_json(const base::Json& json);

}  // namespace vidgen::test
