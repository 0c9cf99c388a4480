// SPDX-License-Identifier: Apache-2.0
#include "av/image.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

void premultiply(Bitmap& b) {
  for (std::size_t i = 0; i + 3 < b.pixels.size(); i += 4) {
    const int a = b.pixels[i + 3];
    if (a == 255) continue;
    for (std::size_t c = 0; c < 3; ++c) b.pixels[i + c] = static_cast<std::uint8_t>((b.pixels[i + c] * a + 127) / 255);
  }
}

Bitmap make_bitmap(int width, int height) {
  Bitmap b;
  b.width = width;
  b.height = height;
  b.stride = width * 4;
  b.pixels.resize(static_cast<std::size_t>(b.stride) * static_cast<std::size_t>(height));
  return b;
}

int frame_rotation(const AVFrame* frame) {
  const AVFrameSideData* side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
  if (!side) return 0;
  const double angle = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(side->data));
  if (std::isnan(angle)) return 0;
  return (static_cast<int>(std::lround(-angle / 90.0)) % 4 + 4) % 4;
}

// Clockwise by quarters.
Bitmap turned(const Bitmap& from, int quarters) {
  if (quarters == 0) return from;
  const bool swap = quarters != 2;
  Bitmap to = make_bitmap(swap ? from.height : from.width, swap ? from.width : from.height);
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      const int sx = quarters == 1 ? y : quarters == 2 ? to.width - 1 - x : to.height - 1 - y;
      const int sy = quarters == 1 ? to.width - 1 - x : quarters == 2 ? to.height - 1 - y : x;
      std::memcpy(to.pixels.data() + static_cast<std::ptrdiff_t>(y) * to.stride + x * 4,
                  from.pixels.data() + static_cast<std::ptrdiff_t>(sy) * from.stride + sx * 4, 4);
    }
  }
  return to;
}

Result<Bitmap> convert(const Frame& frame) {
  const AVFrame* raw = frame.raw();
  const int w = raw->width, h = raw->height;
  ScaleContext context(sws_getContext(w, h, static_cast<AVPixelFormat>(raw->format), w, h, AV_PIX_FMT_BGRA,
                                      SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr,
                                      nullptr, nullptr));
  if (!context) return Error(Errc::media_unsupported, "a picture's pixel format cannot be converted");
  const ColorTags tags = frame.tags();
  const int* matrix = sws_getCoefficients(tags.bt601 ? SWS_CS_ITU601 : SWS_CS_ITU709);
  sws_setColorspaceDetails(context.get(), matrix, tags.full_range ? 1 : 0, matrix, 1, 0, 1 << 16, 1 << 16);
  Bitmap out = make_bitmap(w, h);
  std::uint8_t* data[4] = {out.pixels.data(), nullptr, nullptr, nullptr};
  const int stride[4] = {out.stride, 0, 0, 0};
  const int rc = sws_scale(context.get(), raw->data, raw->linesize, 0, h, data, stride);
  if (rc < 0) return av_error(rc, "cannot convert a picture", Errc::media_unsupported);
  return out;
}

Result<std::string> encode(const AVFrame* frame) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (!codec) return Error(Errc::encoder_missing, "this libav has no PNG encoder");
  CodecContext context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->width = frame->width;
  context->height = frame->height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame->format);
  context->time_base = AVRational{1, 1};
  context->compression_level = 1;  // half the time of the default for a few percent more bytes
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  context->thread_count = 1;
  context->log_level_offset = 64;
  int rc = avcodec_open2(context.get(), codec, nullptr);
  if (rc >= 0) rc = avcodec_send_frame(context.get(), frame);
  Packet packet = make_packet();
  if (rc >= 0) rc = avcodec_receive_packet(context.get(), packet.get());
  if (rc < 0) return av_error(rc, "cannot encode a PNG", Errc::internal);
  return std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
}

}  // namespace

Result<Bitmap> read_image(const std::string& path, const MediaLimits& limits) {
  VIDGEN_TRY(reader, VideoReader::open(path, limits));
  VIDGEN_TRY(picture, reader->next());
  if (!picture) return Error(Errc::media_invalid, path + " has no picture");
  VIDGEN_TRY(bitmap, convert(picture->frame));
  premultiply(bitmap);
  return turned(bitmap, frame_rotation(picture->frame.raw()));
}

Result<Bitmap> to_bitmap(const Frame& frame) {
  return convert(frame);
}

Result<std::string> encode_png(const Bitmap& bitmap) {
  bool opaque = true;
  for (int y = 0; y < bitmap.height && opaque; ++y)
    for (int x = 0; x < bitmap.width && opaque; ++x)
      opaque = bitmap.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.stride) +
                             static_cast<std::size_t>(x) * 4 + 3] == 255;
  RawFrame frame = make_frame();
  frame->width = bitmap.width;
  frame->height = bitmap.height;
  frame->format = opaque ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_RGBA;
  const int rc = av_frame_get_buffer(frame.get(), 0);
  if (rc < 0) return av_error(rc, "cannot encode a PNG", Errc::invalid_argument);
  const int step = opaque ? 3 : 4;
  for (int y = 0; y < bitmap.height; ++y) {
    const std::uint8_t* from = bitmap.pixels.data() + static_cast<std::ptrdiff_t>(y) * bitmap.stride;
    std::uint8_t* to = frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0];
    for (int x = 0; x < bitmap.width; ++x, from += 4, to += step) {
      const int a = from[3];
      for (int c = 0; c < 3; ++c)
        to[c] = a == 255 || a == 0 ? from[2 - c]
                                   : static_cast<std::uint8_t>(std::min(255, (from[2 - c] * 255 + a / 2) / a));
      if (!opaque) to[3] = from[3];
    }
  }
  return encode(frame.get());
}

Result<std::string> encode_png(const Frame& frame) {
  VIDGEN_TRY(bitmap, convert(frame));
  return encode_png(bitmap);
}

}  // namespace vidgen::av
