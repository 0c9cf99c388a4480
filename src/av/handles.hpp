// SPDX-License-Identifier: Apache-2.0
// Owning handles for libav's objects. Not a wrapper: only who frees what. libav's types are forward-declared, so that
// including this costs nothing.
#pragma once

#include <cstdint>
#include <memory>

struct AVBufferPool;
struct AVCodecContext;
struct AVFormatContext;
struct AVFrame;
struct AVIOContext;
struct AVPacket;
struct SwrContext;
struct SwsContext;

namespace vidgen::av {

struct AvDelete {
  void operator()(AVBufferPool* p) const;  // frames taken from it stay valid
  void operator()(AVCodecContext* p) const;
  void operator()(AVFrame* p) const;
  void operator()(AVIOContext* p) const;  // and its buffer; the file is not ours to close
  void operator()(AVPacket* p) const;
  void operator()(SwrContext* p) const;
  void operator()(SwsContext* p) const;
};
// Contexts that read and those that write are freed differently.
struct AvInputDelete {
  void operator()(AVFormatContext* p) const;
};
struct AvOutputDelete {
  void operator()(AVFormatContext* p) const;
};

using BufferPool = std::unique_ptr<AVBufferPool, AvDelete>;
using CodecContext = std::unique_ptr<AVCodecContext, AvDelete>;
using RawFrame = std::unique_ptr<AVFrame, AvDelete>;
using IoContext = std::unique_ptr<AVIOContext, AvDelete>;
using Packet = std::unique_ptr<AVPacket, AvDelete>;
using Resampler = std::unique_ptr<SwrContext, AvDelete>;
using ScaleContext = std::unique_ptr<SwsContext, AvDelete>;
using InputContext = std::unique_ptr<AVFormatContext, AvInputDelete>;
using OutputContext = std::unique_ptr<AVFormatContext, AvOutputDelete>;

Packet make_packet();
// The time at which it is over, in its own ticks.
std::int64_t end_of(const AVPacket& packet);
RawFrame make_frame();

}  // namespace vidgen::av
