// SPDX-License-Identifier: Apache-2.0
#include "local/paint/blur.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "local/paint/noise.hpp"

namespace vidgen::local {
namespace {

// Rows of interleaved floats.
struct Plane {
  Plane(int w, int h, int c)
      : width(w),
        height(h),
        channels(c),
        data(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * static_cast<std::size_t>(c)) {}
  int width, height, channels;
  std::vector<float> data;
  int row_floats() const { return width * channels; }
  float* row(int y) { return data.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(row_floats()); }
};

std::vector<float> gauss_kernel(double sigma) {
  const int radius = std::max(1, static_cast<int>(std::ceil(sigma * 3)));
  std::vector<float> kernel(static_cast<std::size_t>(2 * radius + 1));
  double sum = 0;
  for (int i = -radius; i <= radius; ++i) sum += std::exp(-i * i / (2 * sigma * sigma));
  for (int i = -radius; i <= radius; ++i) {
    kernel[static_cast<std::size_t>(i + radius)] = static_cast<float>(std::exp(-i * i / (2 * sigma * sigma)) / sum);
  }
  return kernel;
}

// A row of n samples with `pad` more on both sides.
class Line {
 public:
  Line(int n, int channels, int pad) : n_(n), channels_(channels), pad_(pad) {
    samples_.resize(static_cast<std::size_t>(n + 2 * pad) * static_cast<std::size_t>(channels));
  }
  void load(const float* from, BlurEdge edge) {
    float* to = samples_.data() + static_cast<std::size_t>(pad_) * static_cast<std::size_t>(channels_);
    std::copy_n(from, n_ * channels_, to);
    for (int i = 0; i < pad_; ++i) {
      for (int c = 0; c < channels_; ++c) {
        at(i, c) = edge == BlurEdge::extend ? at(pad_, c) : 0;
        at(pad_ + n_ + i, c) = edge == BlurEdge::extend ? at(pad_ + n_ - 1, c) : 0;
      }
    }
  }
  float& at(int i, int c) { return samples_[static_cast<std::size_t>(i * channels_ + c)]; }
  const float* from(int i) const { return samples_.data() + static_cast<std::size_t>(i * channels_); }

 private:
  int n_, channels_, pad_;
  std::vector<float> samples_;
};

void convolve_rows(Plane& plane, const std::vector<float>& kernel, BlurEdge edge) {
  const int pad = static_cast<int>(kernel.size() / 2), n = plane.row_floats();
  Line line(plane.width, plane.channels, pad);
  for (int y = 0; y < plane.height; ++y) {
    float* out = plane.row(y);
    line.load(out, edge);
    std::fill_n(out, n, 0.0f);
    for (std::size_t k = 0; k < kernel.size(); ++k) {
      const float w = kernel[k];
      const float* in = line.from(static_cast<int>(k));
      for (int i = 0; i < n; ++i) out[i] += w * in[i];
    }
  }
}

// One box of width 2r+1 along a row: a running sum a channel, all of them at once. In double: it must not drift.
template <int kChannels>
void box_row(const Line& line, int r, float* out, int width) {
  const double norm = 1.0 / (2 * r + 1);
  const float *leaving = line.from(0), *entering = line.from(2 * r + 1);
  double sum[kChannels] = {};
  for (const float* at = leaving; at < entering; at += kChannels)
    for (int c = 0; c < kChannels; ++c) sum[c] += at[c];
  for (int x = 0; x < width; ++x, leaving += kChannels, entering += kChannels, out += kChannels)
    for (int c = 0; c < kChannels; ++c) {
      sum[c] += entering[c] - leaving[c];
      out[c] = static_cast<float>(sum[c] * norm);
    }
}

void box_rows(Plane& plane, int r, BlurEdge edge) {
  Line line(plane.width, plane.channels, r + 1);
  for (int y = 0; y < plane.height; ++y) {
    line.load(plane.row(y), edge);
    if (plane.channels == 4)
      box_row<4>(line, r, plane.row(y), plane.width);
    else
      box_row<1>(line, r, plane.row(y), plane.width);
  }
}

template <int kChannels>
void transpose(Plane& from, Plane& to) {
  constexpr int kTile = 32;
  for (int y0 = 0; y0 < from.height; y0 += kTile)
    for (int x0 = 0; x0 < from.width; x0 += kTile)
      for (int y = y0; y < std::min(y0 + kTile, from.height); ++y) {
        const float* in = from.row(y);
        for (int x = x0; x < std::min(x0 + kTile, from.width); ++x)
          std::copy_n(in + x * kChannels, kChannels, to.row(x) + y * kChannels);
      }
}

Plane transposed(Plane& plane) {
  Plane out(plane.height, plane.width, plane.channels);
  if (plane.channels == 4)
    transpose<4>(plane, out);
  else
    transpose<1>(plane, out);
  return out;
}

void blur_rows(Plane& plane, double sigma, BlurEdge edge) {
  if (sigma <= 2.5) return convolve_rows(plane, gauss_kernel(sigma), edge);
  // Three boxes whose variances (w^2-1)/12 sum to sigma^2 as nearly as odd widths allow.
  const double ideal = std::sqrt(4 * sigma * sigma + 1);
  int low = static_cast<int>(ideal);
  if (low % 2 == 0) --low;
  const int narrow =
      static_cast<int>(std::lround((12 * sigma * sigma - 3.0 * low * low - 12.0 * low - 9) / (-4.0 * low - 4)));
  for (int i = 0; i < 3; ++i) box_rows(plane, (i < narrow ? low : low + 2) / 2, edge);
}

void blur_plane(Plane& plane, double sigma, BlurEdge edge) {
  blur_rows(plane, sigma, edge);
  Plane turned = transposed(plane);
  blur_rows(turned, sigma, edge);
  plane = transposed(turned);
}

// Adds the f pixels of each block of a row; beyond the surface's end there is its last one, or nothing.
void add_row(const std::uint8_t* in, int w, int f, BlurEdge edge, float norm, float* out, int blocks) {
  for (int b = 0; b < blocks; ++b, out += 4)
    for (int x = b * f; x < (b + 1) * f; ++x) {
      if (x >= w && edge == BlurEdge::clear) return;
      const std::uint8_t* pixel = in + 4 * std::min(x, w - 1);
      for (int c = 0; c < 4; ++c) out[c] += static_cast<float>(pixel[c]) * norm;
    }
}

// The mean of each f x f block.
Plane reduce(const Surface& surface, int f, BlurEdge edge) {
  const int w = surface.width(), h = surface.height();
  Plane out((w + f - 1) / f, (h + f - 1) / f, 4);
  const float norm = 1.0f / static_cast<float>(f * f);
  for (int y = 0; y < out.height * f; ++y) {
    if (y >= h && edge == BlurEdge::clear) break;
    const std::uint8_t* in = surface.pixels() + static_cast<std::ptrdiff_t>(std::min(y, h - 1)) * surface.stride();
    add_row(in, w, f, edge, norm, out.row(y / f), out.width);
  }
  return out;
}

// A threshold in (0, 1) that is the same for a pixel's four channels, so colour never exceeds opacity.
float dither(int x, int y) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 0x9e3779b1u ^ static_cast<std::uint32_t>(y) * 0x85ebca77u;
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h ^= h >> 12;
  return .02f + .96f * static_cast<float>(h & 0xffff) / 65535.0f;
}

struct Tap {
  int low, high;
  float t;
};

std::vector<Tap> taps(int n, int f, int reduced) {
  std::vector<Tap> out(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    const float u = (static_cast<float>(i) + .5f) / static_cast<float>(f) - .5f;
    const int k = static_cast<int>(std::floor(u));
    out[static_cast<std::size_t>(i)] = {std::clamp(k, 0, reduced - 1), std::clamp(k + 1, 0, reduced - 1),
                                        u - static_cast<float>(k)};
  }
  return out;
}

// Back to the surface's size, bilinear, dithered to 8 bits.
void enlarge(Plane& plane, int f, Surface& surface) {
  const std::vector<Tap> xs = taps(surface.width(), f, plane.width), ys = taps(surface.height(), f, plane.height);
  std::vector<float> mixed(static_cast<std::size_t>(plane.row_floats())), wide(xs.size() * 4);
  std::uint8_t* out = surface.pixels();
  for (int y = 0; y < surface.height(); ++y, out += surface.stride()) {
    const Tap& ty = ys[static_cast<std::size_t>(y)];
    const float *a = plane.row(ty.low), *b = plane.row(ty.high);
    for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = a[i] + (b[i] - a[i]) * ty.t;
    for (int x = 0; x < surface.width(); ++x) {
      const Tap& tx = xs[static_cast<std::size_t>(x)];
      const float *p = &mixed[static_cast<std::size_t>(tx.low) * 4], *q = &mixed[static_cast<std::size_t>(tx.high) * 4];
      const float d = dither(x, y);
      for (int c = 0; c < 4; ++c) wide[static_cast<std::size_t>(4 * x + c)] = p[c] + (q[c] - p[c]) * tx.t + d;
    }
    for (std::size_t i = 0; i < wide.size(); ++i) out[i] = static_cast<std::uint8_t>(std::clamp(wide[i], 0.0f, 255.0f));
  }
  surface.changed();
}

}  // namespace

void blur(Surface& surface, double sigma, BlurEdge edge) {
  if (sigma < .3 || !surface.ok()) return;
  const int f = sigma > 6 ? std::clamp(static_cast<int>(sigma / 3), 1, 8) : 1;
  Plane plane = reduce(surface, f, edge);
  // Reducing and enlarging blur a little themselves: (f^2-1)/12 and f^2/6 of variance.
  const double own = f > 1 ? (f * f - 1) / 12.0 + f * f / 6.0 : 0;
  blur_plane(plane, std::sqrt(std::max(.1, sigma * sigma - own)) / f, edge);
  enlarge(plane, f, surface);
}

void blur(Field& field, double sigma) {
  if (sigma < .3) return;
  Plane plane(field.width, field.height, 1);
  plane.data = std::move(field.values);
  blur_plane(plane, sigma, BlurEdge::extend);
  field.values = std::move(plane.data);
}

}  // namespace vidgen::local
