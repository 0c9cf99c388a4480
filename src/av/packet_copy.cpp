// SPDX-License-Identifier: Apache-2.0
#include "av/packet_copy.hpp"

#include <cstring>

#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {

Result<std::unique_ptr<PacketCopy>> PacketCopy::open(const std::string& path, Rational fps, std::stop_token stop) {
  std::unique_ptr<PacketCopy> self(new PacketCopy());
  VIDGEN_TRY(demuxer, Demuxer::open(path, MediaLimits(), std::move(stop)));
  self->demuxer_ = std::move(demuxer);
  self->stream_ = self->demuxer_->video_stream();
  if (self->stream_ < 0) return Error(Errc::media_invalid, path + " has no pictures");
  self->demuxer_->keep_only(self->stream_);
  const AVStream* s = self->demuxer_->raw()->streams[self->stream_];
  self->per_tick_ = Rational(s->time_base.num, s->time_base.den) * fps;
  self->origin_ = self->demuxer_->origin(self->stream_);
  // What the encoder says of itself in its headers: 0 without B-frames, 2 with a pyramid of them.
  self->delay_ = s->codecpar->video_delay;
  self->packet_ = make_packet();
  return self;
}

Result<AVPacket*> PacketCopy::next(Frames base, Frames dts) {
  do {  // what probing had read of other streams comes first
    VIDGEN_TRY(more, demuxer_->read(packet_.get()));
    if (!more) return static_cast<AVPacket*>(nullptr);
  } while (packet_->stream_index != stream_);
  const std::int64_t ticks = packet_->pts == AV_NOPTS_VALUE ? 0 : packet_->pts - origin_;
  packet_->pts = base + (Rational(ticks) * per_tick_).round();
  packet_->dts = dts;
  packet_->duration = 1;
  return packet_.get();
}

const AVCodecParameters* PacketCopy::parameters() const {
  return demuxer_->raw()->streams[stream_]->codecpar;
}

bool PacketCopy::same_stream(const PacketCopy& other) const {
  const AVCodecParameters *a = parameters(), *b = other.parameters();
  return a->codec_id == b->codec_id && a->width == b->width && a->height == b->height &&
         a->extradata_size == b->extradata_size && a->extradata_size > 0 &&
         std::memcmp(a->extradata, b->extradata, static_cast<std::size_t>(a->extradata_size)) == 0;
}

}  // namespace vidgen::av
