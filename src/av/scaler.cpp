// SPDX-License-Identifier: Apache-2.0
#include "av/scaler.hpp"

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

bool is_rgb(AVPixelFormat format) {
  const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(format);
  return d && (d->flags & AV_PIX_FMT_FLAG_RGB) != 0;
}

ScaleContext sws(Size from, AVPixelFormat format, Size to, int flags) {
  return ScaleContext(sws_getContext(from.width, from.height, format, to.width, to.height, AV_PIX_FMT_YUV420P, flags,
                                     nullptr, nullptr, nullptr));
}

}  // namespace

int plain_format(int format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    default:
      return format;
  }
}

Result<Scaler> Scaler::make(Size from, Size to, ScaleKind kind) {
  Scaler out;
  out.from_ = from;
  out.to_ = to;
  const int flags = (kind == ScaleKind::lanczos ? SWS_LANCZOS : SWS_BILINEAR) | SWS_ACCURATE_RND | SWS_BITEXACT;
  out.context_ = sws(from, AV_PIX_FMT_YUV420P, to, flags);
  if (!out.context_)
    return Error(Errc::media_unsupported, "cannot scale " + from.to_string() + " to " + to.to_string());
  return out;
}

Status Scaler::scale(const YuvPlanes& from, const YuvPlanes& to) {
  const int rc = sws_scale(context_.get(), from.data, from.stride, 0, from_.height, to.data, to.stride);
  if (rc < 0) return av_error(rc, "cannot scale a picture", Errc::media_unsupported);
  return {};
}

Result<Frame> Normaliser::run(const Frame& frame) {
  Frame out = frame;
  if (!frame.is_yuv420()) {
    VIDGEN_TRY(converted, convert(frame));
    out = converted;
  }
  if (rotation_ == 0) return out;
  return rotate(out);
}

Result<Frame> Normaliser::convert(const Frame& frame) {
  const AVFrame* raw = frame.raw();
  const auto format = static_cast<AVPixelFormat>(plain_format(raw->format));
  if (!context_ || raw->width != width_ || raw->height != height_ || raw->format != format_) {
    width_ = raw->width;
    height_ = raw->height;
    format_ = raw->format;
    const Size size(width_, height_);
    context_ = sws(size, format, size, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_BITEXACT);
    if (!context_) return Error(Errc::media_unsupported, "a picture's pixel format cannot be converted");
    if (is_rgb(format)) {
      const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
      sws_setColorspaceDetails(context_.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
    }
    pool_.emplace(width_, height_);
  }
  Frame out = pool_->make();
  const YuvPlanes to = out.planes();
  const int rc = sws_scale(context_.get(), raw->data, raw->linesize, 0, height_, to.data, to.stride);
  if (rc < 0) return av_error(rc, "cannot convert a picture", Errc::media_unsupported);
  if (is_rgb(format)) return out;
  auto* made = const_cast<AVFrame*>(out.raw());  // not handed on yet
  made->colorspace = raw->colorspace;
  made->sample_aspect_ratio = raw->sample_aspect_ratio;
  made->color_range = raw->format != format ? AVCOL_RANGE_JPEG : raw->color_range;
  return out;
}

Result<Frame> Normaliser::rotate(const Frame& frame) {
  const bool turn = rotation_ != 180;
  const int w = turn ? frame.height() : frame.width(), h = turn ? frame.width() : frame.height();
  if (!turned_ || turned_->width() != w || turned_->height() != h) turned_.emplace(w, h);
  Frame out = turned_->make();
  const YuvPlanes a = frame.planes(), b = out.planes();
  for (int i = 0; i < 3; ++i) {
    const int bw = i == 0 ? w : (w + 1) / 2, bh = i == 0 ? h : (h + 1) / 2;
    for (int y = 0; y < bh; ++y) {
      std::uint8_t* row = b.data[i] + static_cast<std::ptrdiff_t>(y) * b.stride[i];
      for (int x = 0; x < bw; ++x) {
        const int sx = rotation_ == 90 ? y : rotation_ == 180 ? bw - 1 - x : bh - 1 - y;
        const int sy = rotation_ == 90 ? bw - 1 - x : rotation_ == 180 ? bh - 1 - y : x;
        row[x] = a.data[i][static_cast<std::ptrdiff_t>(sy) * a.stride[i] + sx];
      }
    }
  }
  auto* made = const_cast<AVFrame*>(out.raw());
  made->colorspace = frame.raw()->colorspace;
  made->color_range = frame.tags().full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  return out;
}

}  // namespace vidgen::av
