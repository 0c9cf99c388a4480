// SPDX-License-Identifier: Apache-2.0
#include "av/image.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "av/lay.hpp"
#include "av/scaler.hpp"
#include "av/still_encoder.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

// A camera's note on how it was held, EXIF or a track's matrix: libav gives both as a display matrix.
Lay lay_of(const AVFrame* frame) {
  const AVFrameSideData* side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
  if (!side) return {};
  std::int32_t m[9];
  std::memcpy(m, side->data, sizeof m);
  const auto sign = [](std::int32_t v) { return v > 0 ? 1 : -1; };
  const auto size = [](std::int32_t v) { return std::abs(std::int64_t{v}); };
  if (size(m[0]) > size(m[1]) && size(m[4]) > size(m[3])) return {sign(m[0]), 0, 0, sign(m[4])};
  if (size(m[1]) > size(m[0]) && size(m[3]) > size(m[4])) return {0, sign(m[1]), sign(m[3]), 0};
  return {};  // askew, or not invertible
}

Result<Bitmap> convert(const Frame& frame) {
  const AVFrame* raw = frame.raw();
  const int w = raw->width, h = raw->height;
  ScaleContext context(
      sws_getContext(w, h, static_cast<AVPixelFormat>(plain_format(raw->format)), w, h, AV_PIX_FMT_BGRA,
                     SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr, nullptr, nullptr));
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

// Half the time of the default for a few percent more bytes.
constexpr StillCodec kPng{AV_CODEC_ID_PNG, "PNG", [](AVCodecContext& c) { c.compression_level = 1; }};

}  // namespace

Result<Bitmap> read_image(const std::string& path, const MediaLimits& limits) {
  VIDGEN_TRY(reader, VideoReader::open(path, limits));
  VIDGEN_TRY(picture, reader->next());
  if (!picture) return Error(Errc::media_invalid, path + " has no picture");
  VIDGEN_TRY(bitmap, convert(picture->frame));
  premultiply(bitmap);
  return laid(std::move(bitmap), lay_of(picture->frame.raw()));
}

Result<Bitmap> to_bitmap(const Frame& frame) {
  return convert(frame);
}

bool is_opaque(const Bitmap& bitmap) {
  for (int y = 0; y < bitmap.height; ++y) {
    const std::uint8_t* row = bitmap.pixels.data() + static_cast<std::ptrdiff_t>(y) * bitmap.stride;
    for (int x = 0; x < bitmap.width; ++x)
      if (row[4 * x + 3] != 255) return false;
  }
  return true;
}

Result<std::string> encode_png(const Bitmap& bitmap) {
  const bool opaque = is_opaque(bitmap);
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
  return encode_still(frame.get(), kPng);
}

Result<std::string> encode_png(const Frame& frame) {
  VIDGEN_TRY(bitmap, convert(frame));
  return encode_png(bitmap);
}

}  // namespace vidgen::av
