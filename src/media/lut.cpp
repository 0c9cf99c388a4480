// SPDX-License-Identifier: Apache-2.0
#include "media/lut.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "base/try.hpp"

namespace vidgen::media {
namespace {

constexpr int kMostPoints = 129, kMostPoints1d = 65536;
constexpr std::size_t kMostBytes = 128u << 20;

Error bad(int line, const std::string& what) {
  return Error(Errc::lut_invalid, "the .cube text is damaged in line " + std::to_string(line) + ": " + what);
}

std::string_view next_word(std::string_view& text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == text.npos) return text = {};
  text.remove_prefix(from);
  const auto to = std::min(text.find_first_of(" \t\r"), text.size());
  const std::string_view word = text.substr(0, to);
  text.remove_prefix(to);
  return word;
}

// from_chars knows no locale; it takes neither "nan" nor a leading plus as we want them.
bool read_float(std::string_view word, float& out) {
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  const auto [end, ec] = std::from_chars(word.data(), word.data() + word.size(), out);
  return ec == std::errc{} && end == word.data() + word.size() && std::isfinite(out) && std::fabs(out) < 1e6f;
}

bool read_rgb(std::string_view text, Rgb& out) {
  for (float& v : out)
    if (!read_float(next_word(text), v)) return false;
  return next_word(text).empty();
}

bool read_size(std::string_view text, int most, int& out) {
  const std::string_view word = next_word(text);
  const auto [end, ec] = std::from_chars(word.data(), word.data() + word.size(), out);
  return ec == std::errc{} && end == word.data() + word.size() && out >= 2 && out <= most && next_word(text).empty();
}

}  // namespace

Result<Lut> Lut::parse(std::string_view cube) {
  Lut out;
  std::size_t expected = 0;
  int line = 0;
  if (cube.size() > kMostBytes) return bad(0, "it is too large");
  if (cube.substr(0, 3) == "\xEF\xBB\xBF") cube.remove_prefix(3);
  while (!cube.empty()) {
    ++line;
    const auto end = std::min(cube.find('\n'), cube.size());
    std::string_view text = cube.substr(0, end);
    cube.remove_prefix(std::min(end + 1, cube.size()));
    std::string_view rest = text;
    const std::string_view word = next_word(rest);
    if (word.empty() || word.front() == '#' || word == "TITLE") continue;
    if (word == "LUT_3D_SIZE" || word == "LUT_1D_SIZE") {
      out.three_d_ = word[4] == '3';
      if (expected != 0) return bad(line, "a second size");
      if (!read_size(rest, out.three_d_ ? kMostPoints : kMostPoints1d, out.size_)) return bad(line, "no such size");
      const auto n = static_cast<std::size_t>(out.size_);
      expected = out.three_d_ ? n * n * n : n;
      out.points_.reserve(std::min<std::size_t>(expected, cube.size() / 5));
    } else if (word == "DOMAIN_MIN" || word == "DOMAIN_MAX") {
      if (!read_rgb(rest, word == "DOMAIN_MIN" ? out.low_ : out.high_)) return bad(line, "three numbers expected");
    } else {
      Rgb point;
      if (!read_rgb(text, point)) return bad(line, "three numbers expected");
      if (expected == 0) return bad(line, "the size must come before the points");
      if (out.points_.size() == expected) return bad(line, "more points than the size says");
      out.points_.push_back(point);
    }
  }
  if (expected == 0) return bad(line, "no LUT_3D_SIZE");
  if (out.points_.size() != expected)
    return bad(line, std::to_string(out.points_.size()) + " points instead of " + std::to_string(expected));
  for (std::size_t c = 0; c < 3; ++c)
    if (!(out.low_[c] < out.high_[c])) return bad(line, "an empty domain");
  return out;
}

Rgb Lut::at(Rgb in) const {
  const float top = static_cast<float>(size_ - 1);
  for (std::size_t c = 0; c < 3; ++c) in[c] = std::clamp((in[c] - low_[c]) / (high_[c] - low_[c]), 0.0f, 1.0f) * top;
  if (three_d_) return tetrahedral(in);
  Rgb out;
  for (std::size_t c = 0; c < 3; ++c) {
    const auto i = std::min(static_cast<std::size_t>(in[c]), points_.size() - 2);
    const float f = in[c] - static_cast<float>(i);
    out[c] = points_[i][c] * (1 - f) + points_[i + 1][c] * f;
  }
  return out;
}

// Walks from the cell's low corner to its high corner along the axes in the order of their fractions: four nodes.
Rgb Lut::tetrahedral(const Rgb& at) const {
  int corner[3];
  float fraction[3];
  for (std::size_t c = 0; c < 3; ++c) {
    corner[c] = std::min(static_cast<int>(at[c]), size_ - 2);
    fraction[c] = at[c] - static_cast<float>(corner[c]);
  }
  int order[3] = {0, 1, 2};
  if (fraction[order[0]] < fraction[order[1]]) std::swap(order[0], order[1]);
  if (fraction[order[1]] < fraction[order[2]]) std::swap(order[1], order[2]);
  if (fraction[order[0]] < fraction[order[1]]) std::swap(order[0], order[1]);
  Rgb out;
  const Rgb& first = node(corner[0], corner[1], corner[2]);
  for (std::size_t c = 0; c < 3; ++c) out[c] = first[c] * (1 - fraction[order[0]]);
  for (int step = 0; step < 3; ++step) {
    ++corner[order[step]];
    const float weight = fraction[order[step]] - (step < 2 ? fraction[order[step + 1]] : 0.0f);
    const Rgb& p = node(corner[0], corner[1], corner[2]);
    for (std::size_t c = 0; c < 3; ++c) out[c] += p[c] * weight;
  }
  return out;
}

}  // namespace vidgen::media
