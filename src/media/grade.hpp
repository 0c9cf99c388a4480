// SPDX-License-Identifier: Apache-2.0
// Grader: every operation that depends on one pixel alone (the source's matrix and range, contrast, saturation, the
// LUT) fused into one table, YUV to YUV. Chroma is shared by four lumas, so a row of the table belongs to one (U, V):
// the luma curve of that colour, 256 bytes, beside its chroma. Rows are made when a colour is first seen; a frame then
// costs one byte read a pixel, and no interpolation. Lookups of bytes beat vector gathers here (docs/adr/0020).
//
// Out come frames in BT.709 limited. Thread-safety: none; one owner (rows are added while grading).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "av/frame.hpp"
#include "media/lut.hpp"

namespace vidgen::media {

struct GradeSettings {
  GradeSettings() = default;
  std::shared_ptr<const Lut> lut;  // may be null
  float contrast = 1, saturation = 1;
};

// Exact: 8-bit Y, U, V of a source to Y, U, V in BT.709 limited, as floats in 8-bit units, not rounded.
std::array<float, 3> grade_exact(const GradeSettings& settings, av::ColorTags from, float y, float u, float v);

class Grader {
 public:
  Grader(GradeSettings settings, av::ColorTags from);
  // The same frame when there is nothing to do.
  av::Frame apply(const av::Frame& frame);
  bool identity() const { return identity_; }
  std::size_t rows_made() const { return made_; }

 private:
  static constexpr std::size_t kRow = 384;  // 256 lumas, then 64 pairs of chroma
  const std::uint8_t* row(unsigned u, unsigned v);
  const std::uint8_t* make_row(unsigned u, unsigned v);

  GradeSettings settings_;
  av::ColorTags from_;
  bool identity_;
  std::optional<av::FramePool> pool_;
  std::vector<std::uint32_t> index_;       // of (U, V): the row's number + 1, 0 when not made yet
  std::unique_ptr<std::uint8_t[]> table_;  // room for all rows; pages are touched as rows are made
  std::size_t made_ = 0;
};

}  // namespace vidgen::media
