// SPDX-License-Identifier: Apache-2.0
#include "media/titles.hpp"

#include <algorithm>
#include <cmath>

#include "base/try.hpp"
#include "media/kernels.hpp"

namespace vidgen::media {
namespace {

int clamp_byte(int v) {
  return std::clamp(v, 0, 255);
}

// Premultiplied RGB to premultiplied BT.709 limited, 16 bits of fraction. `a` carries the offsets.
int luma_of(int r, int g, int b, int a) {
  return (11966 * r + 40254 * g + 4064 * b + 4112 * a + 32768) >> 16;
}
int u_of(int r, int g, int b, int a) {
  return (-6596 * r - 22189 * g + 28784 * b + 32896 * a + 32768) >> 16;
}
int v_of(int r, int g, int b, int a) {
  return (28784 * r - 26145 * g - 2639 * b + 32896 * a + 32768) >> 16;
}

}  // namespace

Result<TitlePainter> TitlePainter::make(const Timeline& timeline, std::shared_ptr<TitleRenderer> renderer) {
  if (!timeline.titles.empty() && !renderer)
    return Error(Errc::invalid_argument, "the timeline has titles, and no title renderer was given");
  TitlePainter out;
  out.titles_ = timeline.titles;
  for (Title& title : out.titles_) title.bars = timeline.finish.bars;
  out.layers_.resize(timeline.titles.size());
  out.left_out_.resize(timeline.titles.size());
  out.renderer_ = std::move(renderer);
  out.size_ = timeline.size;
  out.fps_ = timeline.fps;
  return out;
}

bool TitlePainter::shows(Frames n) const {
  return std::any_of(titles_.begin(), titles_.end(),
                     [n](const Title& t) { return n >= t.start && n < t.start + t.length; });
}

Status TitlePainter::paint(Frames n, const av::YuvPlanes& out) {
  for (std::size_t i = 0; i < titles_.size(); ++i) {
    const Title& title = titles_[i];
    if (n >= title.start + title.length) layers_[i].reset();
    if (n < title.start || n >= title.start + title.length) continue;
    if (!layers_[i] && !left_out_[i]) VIDGEN_CHECK(lay_out(i));
    if (!layers_[i]) continue;
    for (const Sprite& sprite : layers_[i]->frame(n - title.start))
      if (sprite.bitmap && sprite.alpha > 0) draw(sprite, ink(sprite, n), out);
  }
  std::erase_if(inks_, [n](const auto& entry) { return entry.second.used < n; });
  return {};
}

// Words in a script that the machine has no font for cost the film these words, not all that was made for it.
Status TitlePainter::lay_out(std::size_t i) {
  auto layer = renderer_->layout(titles_[i], size_, fps_);
  if (layer) {
    layers_[i] = std::move(*layer);
    return {};
  }
  Title plain = titles_[i];
  plain.text = plain.brand = "a";
  plain.over = plain.action = "";
  if (layer.error().code() != Errc::font_missing || !renderer_->layout(plain, size_, fps_)) return layer.error();
  left_out_[i] = true;
  notes_.push_back("font_missing: words were left out: " + layer.error().message());
  return {};
}

const TitlePainter::Ink& TitlePainter::ink(const Sprite& sprite, Frames n) {
  const int odd_x = sprite.x & 1, odd_y = sprite.y & 1;
  Ink& ink = inks_[{sprite.bitmap.get(), odd_x | odd_y << 1}];
  ink.used = n;
  if (ink.bitmap) return ink;
  const Bitmap& b = *sprite.bitmap;
  ink.bitmap = sprite.bitmap;
  ink.odd_x = odd_x;
  ink.odd_y = odd_y;
  ink.width = b.width;
  ink.height = b.height;
  ink.chroma_width = (b.width + odd_x + 1) / 2;
  ink.chroma_height = (b.height + odd_y + 1) / 2;
  const auto pixels = static_cast<std::size_t>(b.width) * static_cast<std::size_t>(b.height);
  const auto blocks = static_cast<std::size_t>(ink.chroma_width) * static_cast<std::size_t>(ink.chroma_height);
  ink.y.resize(pixels);
  ink.a.resize(pixels);
  std::vector<int> sum(blocks * 3);
  std::vector<int> alpha(blocks);
  for (int y = 0; y < b.height; ++y) {
    const std::uint8_t* p = b.pixels.data() + static_cast<std::ptrdiff_t>(y) * b.stride;
    for (int x = 0; x < b.width; ++x, p += 4) {
      const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(b.width) + static_cast<std::size_t>(x);
      ink.y[at] = static_cast<std::uint8_t>(clamp_byte(luma_of(p[2], p[1], p[0], p[3])));
      ink.a[at] = p[3];
      const auto block = static_cast<std::size_t>((y + odd_y) / 2) * static_cast<std::size_t>(ink.chroma_width) +
                         static_cast<std::size_t>((x + odd_x) / 2);
      for (std::size_t c = 0; c < 3; ++c) sum[3 * block + c] += p[c];
      alpha[block] += p[3];
    }
  }
  ink.u.resize(blocks);
  ink.v.resize(blocks);
  ink.chroma_a.resize(blocks);
  for (std::size_t i = 0; i < blocks; ++i) {
    const int bl = (sum[3 * i] + 2) / 4, gr = (sum[3 * i + 1] + 2) / 4, re = (sum[3 * i + 2] + 2) / 4;
    const int a = (alpha[i] + 2) / 4;
    ink.u[i] = static_cast<std::uint8_t>(clamp_byte(u_of(re, gr, bl, a)));
    ink.v[i] = static_cast<std::uint8_t>(clamp_byte(v_of(re, gr, bl, a)));
    ink.chroma_a[i] = static_cast<std::uint8_t>(a);
  }
  return ink;
}

void TitlePainter::draw(const Sprite& sprite, const Ink& ink, const av::YuvPlanes& out) {
  const int opacity = std::clamp(static_cast<int>(std::lround(sprite.alpha * 256)), 0, 256);
  // One plane: `ink_x`, `ink_y` is where its first sample lies on the frame's plane.
  const auto lay = [&](int plane, const std::vector<std::uint8_t>& colour, const std::vector<std::uint8_t>& alpha,
                       int w, int h, int ink_x, int ink_y, int top, int bottom, int plane_w, int plane_h) {
    const int x0 = std::max(0, ink_x), x1 = std::min(plane_w, ink_x + w);
    if (x0 >= x1) return;
    for (int y = std::max({0, ink_y, top}); y < std::min({plane_h, ink_y + h, bottom}); ++y) {
      const auto at =
          static_cast<std::size_t>(y - ink_y) * static_cast<std::size_t>(w) + static_cast<std::size_t>(x0 - ink_x);
      lay_row(out.data[plane] + static_cast<std::ptrdiff_t>(y) * out.stride[plane] + x0, colour.data() + at,
              alpha.data() + at, static_cast<std::size_t>(x1 - x0), opacity);
    }
  };
  const int top = std::clamp(sprite.clip_top, 0, out.height), bottom = std::clamp(sprite.clip_bottom, 0, out.height);
  lay(0, ink.y, ink.a, ink.width, ink.height, sprite.x, sprite.y, top, bottom, out.width, out.height);
  const int cx = (sprite.x - ink.odd_x) / 2, cy = (sprite.y - ink.odd_y) / 2;
  const int cw = (out.width + 1) / 2, chh = (out.height + 1) / 2;
  lay(1, ink.u, ink.chroma_a, ink.chroma_width, ink.chroma_height, cx, cy, (top + 1) / 2, (bottom + 1) / 2, cw, chh);
  lay(2, ink.v, ink.chroma_a, ink.chroma_width, ink.chroma_height, cx, cy, (top + 1) / 2, (bottom + 1) / 2, cw, chh);
}

}  // namespace vidgen::media
