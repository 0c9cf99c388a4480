// SPDX-License-Identifier: Apache-2.0
#include "av/handles.hpp"

#include <new>

#include "av/compat.hpp"

namespace vidgen::av {

void AvDelete::operator()(AVBufferPool* p) const {
  av_buffer_pool_uninit(&p);
}
void AvDelete::operator()(AVCodecContext* p) const {
  avcodec_free_context(&p);
}
void AvDelete::operator()(AVFrame* p) const {
  av_frame_free(&p);
}
void AvDelete::operator()(AVPacket* p) const {
  av_packet_free(&p);
}
void AvDelete::operator()(SwrContext* p) const {
  swr_free(&p);
}
void AvDelete::operator()(SwsContext* p) const {
  sws_freeContext(p);
}
void AvDelete::operator()(AVIOContext* p) const {
  if (p) av_freep(&p->buffer);
  avio_context_free(&p);
}
void AvInputDelete::operator()(AVFormatContext* p) const {
  avformat_close_input(&p);
}
void AvOutputDelete::operator()(AVFormatContext* p) const {
  avformat_free_context(p);
}

std::int64_t end_of(const AVPacket& packet) {
  return packet.pts + packet.duration;
}

Packet make_packet() {
  Packet packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

RawFrame make_frame() {
  RawFrame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

}  // namespace vidgen::av
