// SPDX-License-Identifier: Apache-2.0
#include "av/photograph.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "av/handles.hpp"
#include "av/image.hpp"
#include "av/lay.hpp"
#include "av/scaler.hpp"
#include "av/shrink.hpp"
#include "av/still_encoder.hpp"
#include "base/files.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

constexpr std::size_t kMostFile = std::size_t{512} << 20;
constexpr std::int64_t kMostDecoded = std::int64_t{1} << 30;  // bytes of one picture as its decoder makes it
constexpr std::int64_t kHuge = 24'000'000;                    // pixels
constexpr int kBand = 256;                                    // rows converted at a time

std::int64_t pixels_of(Size s) {
  return std::int64_t{s.width} * s.height;
}

AVCodecID codec_of(StillFormat format) {
  return format == StillFormat::jpeg  ? AV_CODEC_ID_MJPEG
         : format == StillFormat::png ? AV_CODEC_ID_PNG
                                      : AV_CODEC_ID_WEBP;
}

// A JPEG can be decoded at a half, a quarter or an eighth: still at least twice what is wanted.
int halvings(const StillHeader& h, int longest) {
  if (h.format != StillFormat::jpeg || h.channels > 3 || h.bits > 8) return 0;
  int n = 0;
  while (n < 3 && std::max(h.size.width, h.size.height) >> (n + 1) >= 2 * longest) ++n;
  return n;
}

Status check_size(const StillHeader& h, int lowres) {
  const std::string what = "it is " + h.size.to_string() + " pixels";
  if (h.size.empty()) return Error(Errc::media_invalid, what + ": copy it again, or save it anew as JPEG or PNG");
  if (pixels_of(h.size) > kMostPhotoPixels || std::max(h.size.width, h.size.height) > 65500)
    return Error(Errc::media_limit, what + ", more than 208 million: make it smaller, 6000 pixels are enough");
  const std::int64_t bytes = pixels_of(h.size) * std::max(3, h.channels) * (h.bits > 8 ? 2 : 1);
  if (bytes >> (2 * lowres) > kMostDecoded)
    return Error(Errc::media_limit, what + " of " + std::to_string(h.bits) +
                                        " bits, which takes too much memory: save it as JPEG, or make it smaller");
  return {};
}

Result<CodecContext> open(const StillHeader& h, int lowres) {
  const AVCodec* codec = avcodec_find_decoder(codec_of(h.format));
  if (!codec) return Error(Errc::media_unsupported, "this libav cannot read its format: save it as JPEG");
  CodecContext context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->max_pixels = kMostPhotoPixels + 65536;
  context->err_recognition = AV_EF_EXPLODE | AV_EF_CRCCHECK;
  context->log_level_offset = 64;  // errors are returned, not printed
  context->thread_count = 1;
  context->lowres = lowres;
  const int rc = avcodec_open2(context.get(), codec, nullptr);
  if (rc < 0) return av_error(rc, "it cannot be decoded", Errc::media_unsupported);
  return context;
}

Error no_sense(int rc) {
  if (rc == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (rc == AVERROR_PATCHWELCOME || rc == AVERROR_DECODER_NOT_FOUND)
    return Error(Errc::media_unsupported, "it is of a kind that cannot be decoded: save it anew as JPEG or PNG");
  return Error(Errc::media_invalid, "it is damaged: copy it again, or save it anew as JPEG or PNG");
}

Result<RawFrame> decode(const std::string& bytes, const StillHeader& h, int lowres) {
  VIDGEN_TRY(context, open(h, lowres));
  Packet packet = make_packet();
  if (av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  std::memcpy(packet->data, bytes.data(), bytes.size());
  RawFrame frame = make_frame();
  int rc = avcodec_send_packet(context.get(), packet.get());
  if (rc >= 0) rc = avcodec_send_packet(context.get(), nullptr);
  if (rc >= 0) rc = avcodec_receive_frame(context.get(), frame.get());
  if (rc < 0) return no_sense(rc);
  return frame;
}

// One band of rows as BGRA.
class Converter {
 public:
  Converter(const AVFrame* frame, bool plain_ink) : frame_(frame), ink_(plain_ink) {}

  Result<Bitmap> band(int y, int rows) {
    Bitmap out = make_bitmap(frame_->width, rows);
    if (ink_ && frame_->data[3] != nullptr) {
      for (int i = 0; i < rows; ++i) inks(y + i, out.pixels.data() + static_cast<std::ptrdiff_t>(i) * out.stride);
      return out;
    }
    const auto format = static_cast<AVPixelFormat>(plain_format(frame_->format));
    const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(format);
    // Of a few rows libswscale would say on the host's stderr that it cannot be quick.
    const int kind = std::min(frame_->width, rows) < 32 ? SWS_POINT : SWS_BICUBIC;
    ScaleContext context(sws_getContext(frame_->width, rows, format, frame_->width, rows, AV_PIX_FMT_BGRA,
                                        kind | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr, nullptr,
                                        nullptr));
    if (!context || !d) return Error(Errc::media_unsupported, "its kind of pixels cannot be shown: save it as JPEG");
    const bool full = format != frame_->format || frame_->color_range == AVCOL_RANGE_JPEG;
    const int* bt601 = sws_getCoefficients(SWS_CS_ITU601);  // the matrix of all stills
    sws_setColorspaceDetails(context.get(), bt601, full ? 1 : 0, bt601, 1, 0, 1 << 16, 1 << 16);
    const std::uint8_t* from[4];
    for (int p = 0; p < 4; ++p) {
      const bool palette = p == 1 && (d->flags & AV_PIX_FMT_FLAG_PAL) != 0;
      const int shift = (p == 1 || p == 2) && (d->flags & AV_PIX_FMT_FLAG_RGB) == 0 ? d->log2_chroma_h : 0;
      from[p] = frame_->data[p] && !palette ? frame_->data[p] + std::ptrdiff_t{y >> shift} * frame_->linesize[p]
                                            : frame_->data[p];
    }
    std::uint8_t* to[4] = {out.pixels.data(), nullptr, nullptr, nullptr};
    const int stride[4] = {out.stride, 0, 0, 0};
    const int rc = sws_scale(context.get(), from, frame_->linesize, 0, rows, to, stride);
    if (rc < 0) return av_error(rc, "its pixels cannot be converted", Errc::media_unsupported);
    return out;
  }

 private:
  // libav takes the four inks of a JPEG without Adobe's note for luma, chroma and opacity.
  void inks(int y, std::uint8_t* to) const {
    const AVPixFmtDescriptor* d = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame_->format));
    const auto at = [&](int plane, int x) {
      const bool small = plane == 1 || plane == 2;
      const int sx = small ? x >> d->log2_chroma_w : x, sy = small ? y >> d->log2_chroma_h : y;
      return int{frame_->data[plane][std::ptrdiff_t{sy} * frame_->linesize[plane] + sx]};
    };
    for (int x = 0; x < frame_->width; ++x, to += 4) {
      const int light = 255 - at(3, x);
      for (int c = 0; c < 3; ++c) to[2 - c] = static_cast<std::uint8_t>((255 - at(c, x)) * light / 255);
      to[3] = 255;
    }
  }

  const AVFrame* frame_;
  bool ink_;
};

Size fitted(Size size, int longest) {
  const int most = std::max(size.width, size.height);
  if (most <= longest) return size;
  const auto part = [&](int n) { return std::max(1, static_cast<int>((std::int64_t{n} * longest + most / 2) / most)); };
  return Size(part(size.width), part(size.height));
}

Result<Bitmap> bitmap_of(const AVFrame* frame, bool plain_ink, int longest) {
  const Size from(frame->width, frame->height), to = fitted(from, longest);
  Converter converter(frame, plain_ink);
  if (to == from) {
    VIDGEN_TRY(all, converter.band(0, from.height));
    premultiply(all);
    return std::move(all);
  }
  Shrinker shrinker(from, to);
  for (int y = 0; y < from.height; y += kBand) {
    VIDGEN_TRY(band, converter.band(y, std::min(kBand, from.height - y)));
    premultiply(band);
    for (int i = 0; i < band.height; ++i)
      shrinker.add(band.pixels.data() + static_cast<std::ptrdiff_t>(i) * band.stride);
  }
  return shrinker.take();
}

// A pipe would be waited for.
Status check_file(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return Error(Errc::file_missing, path + " is not there: check its name");
  if (S_ISDIR(facts.st_mode)) return Error(Errc::media_unsupported, "it is a folder: name the picture in it");
  if (!S_ISREG(facts.st_mode)) return Error(Errc::media_unsupported, "it is no file: give a JPEG, PNG or WebP file");
  return {};
}

Result<DecodedPhoto> read(const std::string& path, int longest) {
  static std::mutex one_huge_at_a_time;
  VIDGEN_CHECK(check_file(path));
  VIDGEN_TRY(bytes, base::read_file(path, kMostFile));
  VIDGEN_TRY(header, read_still_header(bytes));
  const int lowres = halvings(header, longest);
  VIDGEN_CHECK(check_size(header, lowres));
  std::unique_lock lock(one_huge_at_a_time, std::defer_lock);
  if (pixels_of(header.size) > kHuge) lock.lock();
  VIDGEN_TRY(frame, decode(bytes, header, lowres));
  bytes = std::string();
  const Lay lay = lay_of_exif(header.orientation);
  DecodedPhoto out;
  out.header = header;
  out.size = lay.turned() ? Size(header.size.height, header.size.width) : header.size;
  VIDGEN_TRY(picture, bitmap_of(frame.get(), header.plain_ink, longest));
  frame.reset();
  if (header.format == StillFormat::jpeg)  // its fourth channel, if any, was ink
    for (std::size_t i = 3; i < picture.pixels.size(); i += 4) picture.pixels[i] = 255;
  out.picture = laid(std::move(picture), lay);
  return out;
}

}  // namespace

Result<DecodedPhoto> read_photograph(const std::string& path, int longest) {
  Result<DecodedPhoto> out = read(path, longest);
  if (out || out.error().message().rfind("it ", 0) != 0) return out;
  return Error(out.error().code(), path + " cannot be used: " + out.error().message());
}

namespace {

constexpr int kQuality = 3;  // libav's scale of 2 to 31: not to be told from the original

constexpr StillCodec kJpeg{AV_CODEC_ID_MJPEG, "JPEG", [](AVCodecContext& c) {
                             c.color_range = AVCOL_RANGE_JPEG;
                             c.flags |= AV_CODEC_FLAG_QSCALE;
                             c.global_quality = kQuality * FF_QP2LAMBDA;
                           }};

}  // namespace

Result<std::string> encode_photograph(const Bitmap& picture) {
  if (!is_opaque(picture)) return encode_png(picture);
  RawFrame frame = make_frame();
  frame->width = picture.width;
  frame->height = picture.height;
  frame->format = AV_PIX_FMT_YUVJ444P;
  frame->quality = kQuality * FF_QP2LAMBDA;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  ScaleContext context(sws_getContext(picture.width, picture.height, AV_PIX_FMT_BGRA, picture.width, picture.height,
                                      AV_PIX_FMT_YUV444P, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT, nullptr,
                                      nullptr, nullptr));
  if (!context) return Error(Errc::internal, "cannot encode a JPEG of " + std::to_string(picture.width) + " pixels");
  const int* bt601 = sws_getCoefficients(SWS_CS_ITU601);
  sws_setColorspaceDetails(context.get(), bt601, 1, bt601, 1, 0, 1 << 16, 1 << 16);
  const std::uint8_t* from[4] = {picture.pixels.data(), nullptr, nullptr, nullptr};
  const int stride[4] = {picture.stride, 0, 0, 0};
  const int rc = sws_scale(context.get(), from, stride, 0, picture.height, frame->data, frame->linesize);
  if (rc < 0) return av_error(rc, "cannot encode a JPEG", Errc::internal);
  return encode_still(frame.get(), kJpeg);
}

}  // namespace vidgen::av
