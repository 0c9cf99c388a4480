// SPDX-License-Identifier: Apache-2.0
#include "av/audio_reader.hpp"

#include <algorithm>
#include <cstring>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {
// A gap or overlap in the file's times below this is rounding, not meaning.
constexpr std::int64_t kGrace = 96;
constexpr std::int64_t kLongestGap = 600 * kSampleRate;
}  // namespace

AudioReader::~AudioReader() = default;

Result<std::unique_ptr<AudioReader>> AudioReader::open(const std::string& path, const MediaLimits& limits,
                                                       std::stop_token stop) {
  std::unique_ptr<AudioReader> self(new AudioReader());
  VIDGEN_TRY(demuxer, Demuxer::open(path, limits, std::move(stop)));
  self->demuxer_ = std::move(demuxer);
  self->stream_ = self->demuxer_->audio_stream();
  if (self->stream_ < 0) return Error(Errc::media_invalid, path + " has no sound");
  self->demuxer_->keep_only(self->stream_);
  VIDGEN_TRY(decoder, self->demuxer_->open_decoder(self->stream_, 1));
  self->decoder_ = std::move(decoder);
  self->packet_ = make_packet();
  self->frame_ = make_frame();
  self->origin_ = self->demuxer_->origin(self->stream_);
  return self;
}

Result<std::int64_t> AudioReader::read(float* out, std::int64_t count) {
  std::int64_t done = 0;
  while (done < count) {
    const auto have = static_cast<std::int64_t>((ready_.size() - ready_at_) / 2);
    if (have == 0) {
      if (ended_) break;
      VIDGEN_CHECK(decode_more());
      continue;
    }
    const std::int64_t n = std::min(have, count - done);
    if (out) std::memcpy(out + 2 * done, ready_.data() + ready_at_, static_cast<std::size_t>(n) * 2 * sizeof(float));
    ready_at_ += static_cast<std::size_t>(n) * 2;
    done += n;
  }
  return done;
}

Status AudioReader::skip(std::int64_t count) {
  VIDGEN_TRY(done, read(nullptr, count));
  (void)done;
  return {};
}

Status AudioReader::decode_more() {
  ready_.clear();
  ready_at_ = 0;
  while (ready_.empty() && !ended_) {
    int rc = avcodec_receive_frame(decoder_.get(), frame_.get());
    if (rc == 0) {
      VIDGEN_CHECK(take(frame_.get()));
    } else if (rc == AVERROR_EOF) {
      ended_ = true;
      if (resampler_) VIDGEN_CHECK(resample(nullptr));
    } else if (rc == AVERROR(EAGAIN) || rc == AVERROR_INVALIDDATA) {
      if (fed_all_ && rc == AVERROR_INVALIDDATA) continue;
      VIDGEN_TRY(more, demuxer_->read(packet_.get()));
      if (more && packet_->stream_index != stream_) continue;
      fed_all_ = !more;
      rc = avcodec_send_packet(decoder_.get(), more ? packet_.get() : nullptr);
      if (rc < 0 && rc != AVERROR_INVALIDDATA && rc != AVERROR_EOF)
        return av_error(rc, "cannot decode the sound of " + demuxer_->path());
    } else {
      return av_error(rc, "cannot decode the sound of " + demuxer_->path());
    }
  }
  return {};
}

// Places a decoded frame by its time: silence before it when there is a gap.
Status AudioReader::take(AVFrame* frame) {
  if (frame->sample_rate <= 0 || frame->ch_layout.nb_channels <= 0) return {};
  if (frame->sample_rate != rate_ || frame->format != format_ || frame->ch_layout.nb_channels != channels_) {
    rate_ = frame->sample_rate;
    format_ = frame->format;
    channels_ = frame->ch_layout.nb_channels;
    AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO, from = {};
    if (frame->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
      av_channel_layout_default(&from, channels_);
    else
      av_channel_layout_copy(&from, &frame->ch_layout);
    SwrContext* raw = nullptr;
    int rc = swr_alloc_set_opts2(&raw, &stereo, AV_SAMPLE_FMT_FLT, static_cast<int>(kSampleRate), &from,
                                 static_cast<AVSampleFormat>(format_), rate_, 0, nullptr);
    resampler_.reset(raw);
    if (rc >= 0) rc = swr_init(raw);
    av_channel_layout_uninit(&from);
    if (rc < 0) return av_error(rc, "cannot convert the sound of " + demuxer_->path(), Errc::media_unsupported);
  }
  const AVRational base = demuxer_->raw()->streams[stream_]->time_base;
  if (frame->best_effort_timestamp != AV_NOPTS_VALUE) {
    const std::int64_t at = av_rescale_q(frame->best_effort_timestamp - origin_, base, AVRational{1, kSampleRate});
    const std::int64_t gap = at - made_ - swr_get_delay(resampler_.get(), kSampleRate);
    if (gap > kGrace && gap < kLongestGap) {
      ready_.resize(ready_.size() + static_cast<std::size_t>(gap) * 2, 0.0f);
      made_ += gap;
    }
  }
  return resample(frame);
}

// nullptr: what the resampler still holds.
Status AudioReader::resample(AVFrame* frame) {
  const int in = frame ? frame->nb_samples : 0;
  const std::int64_t room =
      av_rescale_rnd(swr_get_delay(resampler_.get(), rate_) + in, kSampleRate, rate_, AV_ROUND_UP) + 32;
  const std::size_t at = ready_.size();
  ready_.resize(at + static_cast<std::size_t>(room) * 2);
  auto* out = reinterpret_cast<std::uint8_t*>(ready_.data() + at);
  const std::uint8_t** data = frame ? const_cast<const std::uint8_t**>(frame->extended_data) : nullptr;
  const int n = swr_convert(resampler_.get(), &out, static_cast<int>(room), data, in);
  if (n < 0) return av_error(n, "cannot convert the sound of " + demuxer_->path());
  ready_.resize(at + static_cast<std::size_t>(n) * 2);
  made_ += n;
  return {};
}

}  // namespace vidgen::av
