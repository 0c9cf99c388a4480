// SPDX-License-Identifier: Apache-2.0
// Lut: a .cube file, 3-D (2 to 129 points a side) or 1-D, looked up with tetrahedral interpolation in floats. This is
// the exact path; frames go through the Grader's table, which is made of it.
//
// Thread-safety: immutable after parsing. Errors: Errc::lut_invalid with the line's number.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "vidgen/error.hpp"

namespace vidgen::media {

using Rgb = std::array<float, 3>;

class Lut {
 public:
  static Result<Lut> parse(std::string_view cube);
  // Values within the domain; what lies outside is clamped.
  Rgb at(Rgb in) const;
  int size() const { return size_; }
  bool three_d() const { return three_d_; }

 private:
  const Rgb& node(int r, int g, int b) const { return points_[static_cast<std::size_t>((b * size_ + g) * size_ + r)]; }
  Rgb tetrahedral(const Rgb& at) const;

  int size_ = 0;
  bool three_d_ = true;
  Rgb low_{0, 0, 0}, high_{1, 1, 1};
  std::vector<Rgb> points_;  // red runs fastest, as in the file
};

}  // namespace vidgen::media
