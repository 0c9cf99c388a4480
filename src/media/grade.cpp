// SPDX-License-Identifier: Apache-2.0
#include "media/grade.hpp"

#include <algorithm>
#include <cmath>

namespace vidgen::media {
namespace {

// Kr and Kb of a matrix; Kg is the rest.
struct Matrix {
  float r, b;
  float g() const { return 1 - r - b; }
};
constexpr Matrix kBt601{0.299f, 0.114f}, kBt709{0.2126f, 0.0722f};

Rgb to_rgb(Matrix m, bool full, float y, float u, float v) {
  const float luma = full ? y / 255 : (y - 16) / 219;
  const float scale = full ? 255.0f : 224.0f;
  const float cb = (u - 128) / scale, cr = (v - 128) / scale;
  const float r = luma + 2 * (1 - m.r) * cr, b = luma + 2 * (1 - m.b) * cb;
  return {r, (luma - m.r * r - m.b * b) / m.g(), b};
}

std::array<float, 3> to_yuv709(const Rgb& c) {
  const float y = kBt709.r * c[0] + kBt709.g() * c[1] + kBt709.b * c[2];
  return {16 + 219 * y, 128 + 224 * (c[2] - y) / (2 * (1 - kBt709.b)), 128 + 224 * (c[0] - y) / (2 * (1 - kBt709.r))};
}

std::uint8_t to_byte(float v) {
  return static_cast<std::uint8_t>(std::clamp(v + 0.5f, 0.0f, 255.0f));
}

bool neutral(const GradeSettings& s) {
  return !s.lut && s.contrast == 1 && s.saturation == 1;
}

}  // namespace

std::array<float, 3> grade_exact(const GradeSettings& s, av::ColorTags from, float y, float u, float v) {
  Rgb c = to_rgb(from.bt601 ? kBt601 : kBt709, from.full_range, y, u, v);
  if (neutral(s)) return to_yuv709(c);
  const float luma = kBt709.r * c[0] + kBt709.g() * c[1] + kBt709.b * c[2];
  for (float& x : c) {
    x = luma + (x - luma) * s.saturation;
    x = std::clamp((x - 0.5f) * s.contrast + 0.5f, 0.0f, 1.0f);
  }
  if (s.lut) c = s.lut->at(c);
  for (float& x : c) x = std::clamp(x, 0.0f, 1.0f);
  return to_yuv709(c);
}

Grader::Grader(GradeSettings settings, av::ColorTags from)
    : settings_(std::move(settings)), from_(from), identity_(neutral(settings_) && from == av::ColorTags()) {}

const std::uint8_t* Grader::row(unsigned u, unsigned v) {
  const std::uint32_t at = index_[u << 8 | v];
  return at != 0 ? table_.get() + (at - 1) * kRow : make_row(u, v);
}

// The exact path at every fourth luma, straight lines between: the LUT's own points lie further apart.
const std::uint8_t* Grader::make_row(unsigned u, unsigned v) {
  std::array<float, 3> node[65];
  for (int i = 0; i < 65; ++i)
    node[i] = grade_exact(settings_, from_, static_cast<float>(4 * i), static_cast<float>(u), static_cast<float>(v));
  std::uint8_t* out = table_.get() + made_ * kRow;
  for (int i = 0; i < 64; ++i) {
    const auto between = [&](std::size_t c, float t) {
      return to_byte(node[i][c] + (node[i + 1][c] - node[i][c]) * t);
    };
    for (int k = 0; k < 4; ++k) out[4 * i + k] = between(0, static_cast<float>(k) / 4);
    out[256 + 2 * i] = between(1, 0.375f);  // a mean of four lumas, cut to 6 bits, lies 1.5 above its node on average
    out[257 + 2 * i] = between(2, 0.375f);
  }
  index_[u << 8 | v] = static_cast<std::uint32_t>(++made_);
  return out;
}

av::Frame Grader::apply(const av::Frame& frame) {
  if (identity_) return frame;
  if (index_.empty()) {
    index_.resize(1 << 16);
    table_.reset(new std::uint8_t[kRow << 16]);
  }
  if (!pool_ || pool_->width() != frame.width() || pool_->height() != frame.height())
    pool_.emplace(frame.width(), frame.height());
  av::Frame out = pool_->make();
  const av::YuvPlanes a = frame.planes(), b = out.planes();
  const int cw = (a.width + 1) / 2, ch = (a.height + 1) / 2;
  for (int cy = 0; cy < ch; ++cy) {
    const bool two = 2 * cy + 1 < a.height;
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(2 * cy);
    const std::uint8_t* y0 = a.data[0] + at * a.stride[0];
    const std::uint8_t* y1 = two ? y0 + a.stride[0] : y0;
    std::uint8_t* o0 = b.data[0] + at * b.stride[0];
    std::uint8_t* o1 = two ? o0 + b.stride[0] : o0;
    const std::uint8_t* u = a.data[1] + static_cast<std::ptrdiff_t>(cy) * a.stride[1];
    const std::uint8_t* v = a.data[2] + static_cast<std::ptrdiff_t>(cy) * a.stride[2];
    std::uint8_t* ou = b.data[1] + static_cast<std::ptrdiff_t>(cy) * b.stride[1];
    std::uint8_t* ov = b.data[2] + static_cast<std::ptrdiff_t>(cy) * b.stride[2];
    for (int x = 0; x < cw; ++x) {
      const std::uint8_t* r = row(u[x], v[x]);
      const int right = 2 * x + 1 < a.width ? 1 : 0;
      const unsigned p = y0[2 * x], q = y0[2 * x + right], s = y1[2 * x], t = y1[2 * x + right];
      o0[2 * x] = r[p];
      o0[2 * x + right] = r[q];
      o1[2 * x] = r[s];
      o1[2 * x + right] = r[t];
      const std::uint8_t* chroma = r + 256 + 2 * ((p + q + s + t) >> 4);
      ou[x] = chroma[0];
      ov[x] = chroma[1];
    }
  }
  return out;
}

}  // namespace vidgen::media
