// SPDX-License-Identifier: Apache-2.0
#include "av/still_encoder.hpp"

#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"

namespace vidgen::av {

Result<std::string> encode_still(const AVFrame* frame, const StillCodec& format) {
  const AVCodec* codec = avcodec_find_encoder(static_cast<AVCodecID>(format.codec));
  if (!codec) return Error(Errc::encoder_missing, "this libav has no " + std::string(format.name) + " encoder");
  CodecContext context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->width = frame->width;
  context->height = frame->height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame->format);
  context->time_base = AVRational{1, 1};
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  context->thread_count = 1;
  context->log_level_offset = 64;  // errors are returned, not printed
  format.settings(*context);
  int rc = avcodec_open2(context.get(), codec, nullptr);
  if (rc >= 0) rc = avcodec_send_frame(context.get(), frame);
  Packet packet = make_packet();
  if (rc >= 0) rc = avcodec_receive_packet(context.get(), packet.get());
  if (rc < 0) return av_error(rc, "cannot encode a " + std::string(format.name), Errc::internal);
  return std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
}

}  // namespace vidgen::av
