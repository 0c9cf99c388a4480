// SPDX-License-Identifier: Apache-2.0
#include "inputs.hpp"

#include <algorithm>
#include <cmath>

#include "av/compat.hpp"
#include "av/handles.hpp"

namespace vidgen::test {
namespace {

std::string taken(AVCodecContext* context) {
  std::string out;
  av::Packet packet = av::make_packet();
  while (avcodec_receive_packet(context, packet.get()) == 0) {
    out.append(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
    av_packet_unref(packet.get());
  }
  return out;
}

std::string still(const char* encoder, AVPixelFormat format, int width, int height, const Luma& luma) {
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder);
  if (!codec) return {};
  av::CodecContext context(avcodec_alloc_context3(codec));
  context->width = width;
  context->height = height;
  context->pix_fmt = format;
  context->color_range = AVCOL_RANGE_JPEG;
  context->time_base = AVRational{1, 25};
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return {};
  av::RawFrame frame = av::make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = format;
  frame->pts = 0;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return {};
  for (int p = 0; p < 3; ++p) {
    const int w = p == 0 ? width : (width + 1) / 2, h = p == 0 ? height : (height + 1) / 2;
    for (int y = 0; y < h; ++y)
      for (int x = 0; x < w; ++x)
        frame->data[p][y * frame->linesize[p] + x] = static_cast<std::uint8_t>(p == 0 ? luma(x, y) : 128);
  }
  if (avcodec_send_frame(context.get(), frame.get()) < 0) return {};
  (void)avcodec_send_frame(context.get(), nullptr);
  return taken(context.get());
}

// `extradata`: what the encoder says of the whole stream.
std::string sound(const char* encoder, AVSampleFormat format, int samples, std::string& extradata) {
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder);
  if (!codec) return {};
  av::CodecContext context(avcodec_alloc_context3(codec));
  context->sample_rate = 44100;
  context->sample_fmt = format;
  context->ch_layout = AV_CHANNEL_LAYOUT_STEREO;
  context->bit_rate = 96000;
  context->time_base = AVRational{1, 44100};
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return {};
  std::string out;
  for (int at = 0; at < samples; at += context->frame_size) {
    av::RawFrame frame = av::make_frame();
    frame->nb_samples = std::min(context->frame_size, samples - at);
    frame->format = format;
    frame->sample_rate = 44100;
    frame->ch_layout = AV_CHANNEL_LAYOUT_STEREO;
    frame->pts = at;
    if (av_frame_get_buffer(frame.get(), 0) < 0) return {};
    for (int i = 0; i < frame->nb_samples; ++i) {
      const auto v = static_cast<std::int16_t>(8000 * std::sin((at + i) * 0.06));
      if (format == AV_SAMPLE_FMT_S16)
        reinterpret_cast<std::int16_t*>(frame->data[0])[2 * i] =
            reinterpret_cast<std::int16_t*>(frame->data[0])[2 * i + 1] = v;
      else
        reinterpret_cast<std::int16_t*>(frame->data[0])[i] = reinterpret_cast<std::int16_t*>(frame->data[1])[i] = v;
    }
    if (avcodec_send_frame(context.get(), frame.get()) < 0) return {};
    out += taken(context.get());
  }
  (void)avcodec_send_frame(context.get(), nullptr);
  out += taken(context.get());
  extradata.assign(reinterpret_cast<const char*>(context->extradata),
                   static_cast<std::size_t>(context->extradata_size));
  return out;
}

}  // namespace

std::string make_jpeg(int width, int height, const Luma& luma) {
  return still("mjpeg", AV_PIX_FMT_YUVJ420P, width, height, luma);
}
std::string make_webp(int width, int height, const Luma& luma) {
  return still("libwebp", AV_PIX_FMT_YUV420P, width, height, luma);
}

std::string make_mp3(int samples) {
  std::string nothing;
  return sound("libmp3lame", AV_SAMPLE_FMT_S16P, samples, nothing);
}

std::string make_flac(int samples) {
  std::string facts;
  const std::string frames = sound("flac", AV_SAMPLE_FMT_S16, samples, facts);
  if (frames.empty()) return {};
  return "fLaC" + std::string("\x80\0\0\x22", 4) + facts.substr(0, 34) + frames;
}

std::string tiny_gif() {
  return std::string("GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;", 35);
}

std::string big32(std::uint32_t v) {
  return {static_cast<char>(v >> 24), static_cast<char>(v >> 16), static_cast<char>(v >> 8), static_cast<char>(v)};
}

std::string with_orientation(const std::string& jpeg, int orientation, bool big_endian) {
  const auto o = static_cast<char>(orientation);
  // One directory of one entry: tag 0x0112, one 16-bit number.
  const std::string big = std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) + o + std::string(6, '\0');
  const std::string little =
      std::string("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) + o + std::string(7, '\0');
  const std::string body = std::string("Exif\0\0", 6) + (big_endian ? big : little);
  const std::string length = big32(static_cast<std::uint32_t>(body.size() + 2)).substr(2);
  return jpeg.substr(0, 2) + "\xFF\xE1" + length + body + jpeg.substr(2);
}

}  // namespace vidgen::test
