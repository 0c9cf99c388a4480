// SPDX-License-Identifier: Apache-2.0
// Frame: one decoded picture, counted by reference. Copying a Frame copies a pointer; the pixels are const once the
// frame was handed on. Not a colour converter: its planes are whatever the decoder made until a Normaliser ran.
//
// Thread-safety: like std::shared_ptr. FramePool: one thread makes frames, any thread may drop them.
#pragma once

#include <cstdint>
#include <memory>

#include "av/handles.hpp"
#include "vidgen/time.hpp"

namespace vidgen::av {

// How a picture's numbers mean colours.
struct ColorTags {
  ColorTags() = default;
  ColorTags(bool m601, bool full) : bt601(m601), full_range(full) {}
  bool bt601 = false;       // else BT.709
  bool full_range = false;  // else limited (16 to 235)
  bool operator==(const ColorTags&) const = default;
};

// Three 8-bit planes, 4:2:0. Borrowed; `data` may point inside a larger picture.
struct YuvPlanes {
  YuvPlanes() = default;
  std::uint8_t* data[3] = {};
  int stride[3] = {};
  int width = 0, height = 0;  // of luma; chroma is (n + 1) / 2
};

class Frame {
 public:
  Frame() = default;
  explicit Frame(RawFrame raw);
  explicit operator bool() const { return frame_ != nullptr; }

  int width() const;
  int height() const;
  bool is_yuv420() const;  // 8-bit planar 4:2:0
  ColorTags tags() const;  // unknown matrix: BT.601 below 720 lines, as players do
  bool key() const;
  bool unique() const { return frame_.use_count() == 1; }  // nobody else holds it
  // Width of a pixel over its height; 1 when not said.
  Rational pixel_aspect() const;
  // Of a YUV 4:2:0 frame. The pixels may be written only by who just made the frame and has not handed it on.
  YuvPlanes planes() const;
  const AVFrame* raw() const { return frame_.get(); }
  // Two frames are the same when they are the same object: equal pixels are not looked for.
  bool operator==(const Frame& other) const = default;

 private:
  std::shared_ptr<AVFrame> frame_;
};

// Frames of one size, YUV 4:2:0, BT.709 limited, whose memory is used again and again.
class FramePool {
 public:
  FramePool(int width, int height);
  Frame make();
  // A writable copy of `from`, which has this pool's size.
  Frame copy(const Frame& from);
  int width() const { return width_; }
  int height() const { return height_; }
  std::size_t bytes() const { return bytes_; }

 private:
  int width_, height_;
  int stride_[3];
  std::size_t bytes_;
  BufferPool pool_;
};

void copy_planes(const YuvPlanes& from, const YuvPlanes& to);
void fill_planes(const YuvPlanes& to, int y, int u, int v);
// The part of a picture at even x and y.
YuvPlanes window(const YuvPlanes& all, int x, int y, int width, int height);

}  // namespace vidgen::av
