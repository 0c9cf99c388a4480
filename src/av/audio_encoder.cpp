// SPDX-License-Identifier: Apache-2.0
#include "av/audio_encoder.hpp"

#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "vidgen/time.hpp"

namespace vidgen::av {

Result<std::unique_ptr<AudioEncoder>> AudioEncoder::open(bool quick) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (!codec) return Error(Errc::encoder_missing, "this libav has no AAC encoder");
  std::unique_ptr<AudioEncoder> self(new AudioEncoder());
  self->context_.reset(avcodec_alloc_context3(codec));
  if (!self->context_) throw std::bad_alloc();
  AVCodecContext* c = self->context_.get();
  c->sample_rate = static_cast<int>(kSampleRate);
  c->sample_fmt = AV_SAMPLE_FMT_FLTP;
  c->ch_layout = AV_CHANNEL_LAYOUT_STEREO;
  c->bit_rate = 192000;
  c->time_base = AVRational{1, static_cast<int>(kSampleRate)};
  c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
  c->log_level_offset = 64;
  // Where the encoder is not libav's own there is no such option, and its usual search stays.
  av_opt_set(c->priv_data, "aac_coder", quick ? "fast" : "twoloop", 0);
  const int rc = avcodec_open2(c, codec, nullptr);
  if (rc < 0) return av_error(rc, "cannot start the AAC encoder", Errc::encoder_missing);
  self->frame_ = make_frame();
  return self;
}

int AudioEncoder::frame_size() const {
  return context_->frame_size;
}

Status AudioEncoder::send(const float* pairs, int count) {
  AVFrame* f = frame_.get();
  av_frame_unref(f);
  f->nb_samples = count;
  f->format = AV_SAMPLE_FMT_FLTP;
  f->sample_rate = static_cast<int>(kSampleRate);
  f->ch_layout = AV_CHANNEL_LAYOUT_STEREO;
  int rc = av_frame_get_buffer(f, 0);
  if (rc < 0) return av_error(rc, "cannot encode sound", Errc::internal);
  for (int c = 0; c < 2; ++c) {
    auto* to = reinterpret_cast<float*>(f->extended_data[c]);
    for (int i = 0; i < count; ++i) to[i] = pairs[2 * i + c];
  }
  f->pts = sent_;
  sent_ += count;
  rc = avcodec_send_frame(context_.get(), f);
  if (rc < 0) return av_error(rc, "cannot encode sound", Errc::internal);
  return {};
}

Status AudioEncoder::send_end() {
  const int rc = avcodec_send_frame(context_.get(), nullptr);
  if (rc < 0 && rc != AVERROR_EOF) return av_error(rc, "cannot finish the sound", Errc::internal);
  return {};
}

Result<bool> AudioEncoder::receive(AVPacket* packet) {
  av_packet_unref(packet);
  const int rc = avcodec_receive_packet(context_.get(), packet);
  if (rc == AVERROR(EAGAIN) || rc == AVERROR_EOF) return false;
  if (rc < 0) return av_error(rc, "cannot encode sound", Errc::internal);
  return true;
}

}  // namespace vidgen::av
