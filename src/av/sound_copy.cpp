// SPDX-License-Identifier: Apache-2.0
#include "av/sound_copy.hpp"

#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {

Result<std::unique_ptr<SoundCopy>> SoundCopy::open(const std::string& path, std::stop_token stop) {
  std::unique_ptr<SoundCopy> self(new SoundCopy());
  VIDGEN_TRY(demuxer, Demuxer::open(path, MediaLimits(), std::move(stop)));
  self->demuxer_ = std::move(demuxer);
  if (self->demuxer_->audio_stream() < 0) return Error(Errc::media_invalid, path + " has no sound");
  self->demuxer_->keep_only(self->demuxer_->audio_stream());
  self->packet_ = make_packet();
  return self;
}

Result<AVPacket*> SoundCopy::next() {
  do {  // what probing had read of other streams comes first
    VIDGEN_TRY(more, demuxer_->read(packet_.get()));
    if (!more) return static_cast<AVPacket*>(nullptr);
  } while (packet_->stream_index != demuxer_->audio_stream());
  packet_->flags = AV_PKT_FLAG_KEY;
  av_packet_free_side_data(packet_.get());
  return packet_.get();
}

const AVCodecParameters* SoundCopy::parameters() const {
  return demuxer_->raw()->streams[demuxer_->audio_stream()]->codecpar;
}

Samples SoundCopy::samples() const {
  return demuxer_->raw()->streams[demuxer_->audio_stream()]->duration;
}

}  // namespace vidgen::av
