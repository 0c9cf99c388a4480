// SPDX-License-Identifier: Apache-2.0
#include "av/frame.hpp"

#include <cstring>
#include <new>

#include "av/compat.hpp"

namespace vidgen::av {

Frame::Frame(RawFrame raw) : frame_(raw.release(), AvDelete()) {}

int Frame::width() const {
  return frame_->width;
}
int Frame::height() const {
  return frame_->height;
}
bool Frame::key() const {
  return compat::is_key(frame_.get());
}

bool Frame::is_yuv420() const {
  return frame_->format == AV_PIX_FMT_YUV420P || frame_->format == AV_PIX_FMT_YUVJ420P;
}

ColorTags Frame::tags() const {
  const AVColorSpace space = frame_->colorspace;
  bool bt601 = space == AVCOL_SPC_BT470BG || space == AVCOL_SPC_SMPTE170M || space == AVCOL_SPC_FCC;
  if (space == AVCOL_SPC_UNSPECIFIED) bt601 = frame_->height < 720 && frame_->width < 1280;
  return ColorTags(bt601, frame_->color_range == AVCOL_RANGE_JPEG || frame_->format == AV_PIX_FMT_YUVJ420P);
}

Rational Frame::pixel_aspect() const {
  const AVRational a = frame_->sample_aspect_ratio;
  return a.num > 0 && a.den > 0 ? Rational(a.num, a.den) : Rational(1);
}

YuvPlanes Frame::planes() const {
  YuvPlanes out;
  out.width = frame_->width;
  out.height = frame_->height;
  for (int i = 0; i < 3; ++i) {
    out.data[i] = frame_->data[i];
    out.stride[i] = frame_->linesize[i];
  }
  return out;
}

FramePool::FramePool(int width, int height) : width_(width), height_(height) {
  const int chroma = (width + 1) / 2;
  stride_[0] = (width + 127) / 64 * 64;  // 64 spare bytes, so that vectors may run over the end of a row
  stride_[1] = stride_[2] = (chroma + 127) / 64 * 64;
  const int rows = (height + 1) / 2;
  bytes_ = static_cast<std::size_t>(stride_[0]) * static_cast<std::size_t>(height + 1) +
           2 * static_cast<std::size_t>(stride_[1]) * static_cast<std::size_t>(rows) + 64;
  pool_.reset(av_buffer_pool_init(bytes_, nullptr));
  if (!pool_) throw std::bad_alloc();
}

Frame FramePool::make() {
  RawFrame raw = make_frame();
  raw->buf[0] = av_buffer_pool_get(pool_.get());
  if (!raw->buf[0]) throw std::bad_alloc();
  raw->format = AV_PIX_FMT_YUV420P;
  raw->width = width_;
  raw->height = height_;
  raw->color_range = AVCOL_RANGE_MPEG;
  raw->colorspace = AVCOL_SPC_BT709;
  raw->color_primaries = AVCOL_PRI_BT709;
  raw->color_trc = AVCOL_TRC_BT709;
  raw->chroma_location = AVCHROMA_LOC_LEFT;
  raw->sample_aspect_ratio = AVRational{1, 1};
  std::uint8_t* at = raw->buf[0]->data;
  for (int i = 0; i < 3; ++i) {
    raw->data[i] = at;
    raw->linesize[i] = stride_[i];
    at += static_cast<std::ptrdiff_t>(stride_[i]) * (i == 0 ? height_ + (height_ & 1) : (height_ + 1) / 2);
  }
  return Frame(std::move(raw));
}

Frame FramePool::copy(const Frame& from) {
  Frame out = make();
  copy_planes(from.planes(), out.planes());
  return out;
}

void copy_planes(const YuvPlanes& from, const YuvPlanes& to) {
  for (int i = 0; i < 3; ++i) {
    const int w = i == 0 ? to.width : (to.width + 1) / 2, h = i == 0 ? to.height : (to.height + 1) / 2;
    av_image_copy_plane(to.data[i], to.stride[i], from.data[i], from.stride[i], w, h);
  }
}

void fill_planes(const YuvPlanes& to, int y, int u, int v) {
  const int value[3] = {y, u, v};
  for (int i = 0; i < 3; ++i) {
    const int w = i == 0 ? to.width : (to.width + 1) / 2, h = i == 0 ? to.height : (to.height + 1) / 2;
    for (int row = 0; row < h; ++row)
      std::memset(to.data[i] + static_cast<std::ptrdiff_t>(row) * to.stride[i], value[i], static_cast<std::size_t>(w));
  }
}

YuvPlanes window(const YuvPlanes& all, int x, int y, int width, int height) {
  YuvPlanes out = all;
  out.width = width;
  out.height = height;
  out.data[0] += static_cast<std::ptrdiff_t>(y) * all.stride[0] + x;
  for (int i = 1; i < 3; ++i) out.data[i] += static_cast<std::ptrdiff_t>(y / 2) * all.stride[i] + x / 2;
  return out;
}

}  // namespace vidgen::av
