// SPDX-License-Identifier: Apache-2.0
#include "media/placer.hpp"

#include <algorithm>
#include <vector>

#include "base/try.hpp"

namespace vidgen::media {
namespace {

int even(std::int64_t v) {
  return static_cast<int>(std::max<std::int64_t>(2, v / 2 * 2));
}

// The largest part of `whole` in the ratio `aspect` (width over height), in the middle.
Rect inner(Size whole, Rational aspect) {
  const Rational wide = Rational(whole.height) * aspect;
  Rect r{0, 0, whole.width, whole.height};
  if (wide < Rational(whole.width))
    r.width = std::min(whole.width, even(wide.round()));
  else
    r.height = std::min(whole.height, even((Rational(whole.width) / aspect).round()));
  r.x = (whole.width - r.width) / 4 * 2;
  r.y = (whole.height - r.height) / 4 * 2;
  return r;
}

bool close(Rational a, Rational b) {
  const Rational ratio = a / b;
  return ratio >= Rational(97, 100) && ratio <= Rational(100, 97);
}

// Three passes of a box are nearly a Gaussian.
void box_blur(std::uint8_t* data, int count, int step, int radius, std::vector<std::uint8_t>& line) {
  const int window = 2 * radius + 1;
  line.resize(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) line[static_cast<std::size_t>(i)] = data[static_cast<std::ptrdiff_t>(i) * step];
  const auto at = [&](int i) { return int{line[static_cast<std::size_t>(std::clamp(i, 0, count - 1))]}; };
  int sum = 0;
  for (int i = -radius; i <= radius; ++i) sum += at(i);
  for (int i = 0; i < count; ++i) {
    data[static_cast<std::ptrdiff_t>(i) * step] = static_cast<std::uint8_t>((sum + window / 2) / window);
    sum += at(i + radius + 1) - at(i - radius);
  }
}

void blur(const av::YuvPlanes& p) {
  std::vector<std::uint8_t> line;
  for (int pass = 0; pass < 3; ++pass)
    for (int i = 0; i < 3; ++i) {
      const int w = i == 0 ? p.width : (p.width + 1) / 2, h = i == 0 ? p.height : (p.height + 1) / 2;
      const int radius = i == 0 ? 4 : 2;
      for (int y = 0; y < h; ++y)
        box_blur(p.data[i] + static_cast<std::ptrdiff_t>(y) * p.stride[i], w, 1, radius, line);
      for (int x = 0; x < w; ++x) box_blur(p.data[i] + x, h, p.stride[i], radius, line);
    }
}

// Darker, so that the picture stands out before its background.
void dim(const av::YuvPlanes& p) {
  for (int y = 0; y < p.height; ++y) {
    std::uint8_t* row = p.data[0] + static_cast<std::ptrdiff_t>(y) * p.stride[0];
    for (int x = 0; x < p.width; ++x) row[x] = static_cast<std::uint8_t>(16 + (std::max(16, int{row[x]}) - 16) * 5 / 8);
  }
}

}  // namespace

Placement place(Size source, Rational pixel_aspect, Fit fit, Size frame) {
  const Rational shown = Rational(source.width, source.height) * pixel_aspect;
  const Rational wanted(frame.width, frame.height);
  Placement out{{0, 0, source.width, source.height}, {0, 0, frame.width, frame.height}};
  if (shown == wanted) return out;
  if (fit == Fit::fill || close(shown, wanted))
    out.from = inner(source, wanted / pixel_aspect);
  else
    out.to = inner(frame, shown);
  return out;
}

Status Placer::scale(const av::YuvPlanes& from, const av::YuvPlanes& to, av::ScaleKind kind) {
  if (from.width == to.width && from.height == to.height) {
    av::copy_planes(from, to);
    return {};
  }
  if (kind == av::ScaleKind::lanczos && Enlarger::fits(from, to)) {
    enlarger_.run(from, to);
    return {};
  }
  const auto key = std::tuple(from.width, from.height, to.width, to.height, kind == av::ScaleKind::lanczos);
  auto it = scalers_.find(key);
  if (it == scalers_.end()) {
    VIDGEN_TRY(made, av::Scaler::make(Size(from.width, from.height), Size(to.width, to.height), kind));
    it = scalers_.emplace(key, std::move(made)).first;
  }
  return it->second.scale(from, to);
}

Status Placer::blurred(const av::Frame& picture, Rational pixel_aspect, const av::YuvPlanes& out) {
  const Placement p = place(Size(picture.width(), picture.height()), pixel_aspect, Fit::fill, frame_);
  if (!small_) small_.emplace(even(std::max(32, frame_.width / 8)), even(std::max(32, frame_.height / 8)));
  const av::Frame small = small_->make();
  const av::YuvPlanes to = small.planes();
  VIDGEN_CHECK(scale(av::window(picture.planes(), p.from.x, p.from.y, p.from.width, p.from.height), to,
                     av::ScaleKind::bilinear));
  blur(to);
  dim(to);
  return scale(to, out, av::ScaleKind::bilinear);
}

Result<av::Frame> Placer::run(const av::Frame& picture, Rational pixel_aspect, Fit fit) {
  const Size source(picture.width(), picture.height());
  const Placement p = place(source, pixel_aspect, fit, frame_);
  if (source == frame_ && p.covers(frame_) && p.from == p.to) return picture;
  av::Frame out = pool_.make();
  const av::YuvPlanes all = out.planes();
  if (!p.covers(frame_)) {
    if (fit == Fit::blur)
      VIDGEN_CHECK(blurred(picture, pixel_aspect, all));
    else
      av::fill_planes(all, 16, 128, 128);
  }
  VIDGEN_CHECK(scale(av::window(picture.planes(), p.from.x, p.from.y, p.from.width, p.from.height),
                     av::window(all, p.to.x, p.to.y, p.to.width, p.to.height), av::ScaleKind::lanczos));
  return out;
}

}  // namespace vidgen::media
