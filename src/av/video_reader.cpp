// SPDX-License-Identifier: Apache-2.0
#include "av/video_reader.hpp"

#include <algorithm>
#include <cmath>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {

int rotation_of(const Demuxer& demuxer, int stream) {
  const std::uint8_t* matrix = compat::stream_side_data(demuxer.raw()->streams[stream], AV_PKT_DATA_DISPLAYMATRIX);
  if (!matrix) return 0;
  const double angle = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
  if (std::isnan(angle)) return 0;
  const int quarter = static_cast<int>(std::lround(-angle / 90.0));  // libav counts the other way round
  return ((quarter % 4) + 4) % 4 * 90;
}

Result<std::unique_ptr<VideoReader>> VideoReader::open(const std::string& path, const MediaLimits& limits,
                                                       std::stop_token stop, int threads) {
  std::unique_ptr<VideoReader> self(new VideoReader());
  VIDGEN_TRY(demuxer, Demuxer::open(path, limits, std::move(stop)));
  self->demuxer_ = std::move(demuxer);
  const int stream = self->stream_ = self->demuxer_->video_stream();
  if (stream < 0) return Error(Errc::media_invalid, path + " has no pictures");
  self->demuxer_->keep_only(stream);
  VIDGEN_TRY(decoder, self->demuxer_->open_decoder(stream, threads));
  self->decoder_ = std::move(decoder);
  self->packet_ = make_packet();
  const AVStream* s = self->demuxer_->raw()->streams[stream];
  self->time_base_ = Rational(s->time_base.num, s->time_base.den);
  self->origin_ = self->demuxer_->origin(stream);
  self->rotation_ = rotation_of(*self->demuxer_, stream);
  if (s->avg_frame_rate.num > 0 && s->avg_frame_rate.den > 0)
    self->step_ = std::max<std::int64_t>(1, av_rescale_q(1, av_inv_q(s->avg_frame_rate), s->time_base));
  return self;
}

void VideoReader::only_check() {
  decoder_->skip_loop_filter = AVDISCARD_ALL;
}

bool VideoReader::at_or_before(std::int64_t ticks, Rational seconds) const {
  // (ticks - 1/2) * base <= seconds, in whole numbers.
  __int128 left = static_cast<__int128>(2 * static_cast<__int128>(ticks) - 1) * time_base_.num() * seconds.den();
  __int128 right = static_cast<__int128>(2) * seconds.num() * time_base_.den();
  return left <= right;
}

Rational VideoReader::average_fps() const {
  const AVRational r = demuxer_->raw()->streams[stream_]->avg_frame_rate;
  return r.num > 0 && r.den > 0 ? Rational(r.num, r.den) : Rational(0);
}

Picture VideoReader::picture_of(RawFrame raw) {
  Picture out;
  std::int64_t pts = raw->best_effort_timestamp;
  if (pts == AV_NOPTS_VALUE) pts = last_ == INT64_MIN ? origin_ : last_ + step_;
  if (last_ != INT64_MIN && pts <= last_) pts = last_ + 1;  // times that stand still or run backwards
  last_ = pts;
  out.ticks = pts - origin_;
  out.frame = Frame(std::move(raw));
  return out;
}

Result<std::optional<Picture>> VideoReader::next() {
  for (;;) {
    RawFrame raw = make_frame();
    const int rc = avcodec_receive_frame(decoder_.get(), raw.get());
    if (rc == 0) return std::optional<Picture>(picture_of(std::move(raw)));
    if (rc == AVERROR_EOF) return std::optional<Picture>();
    if (rc != AVERROR(EAGAIN)) return av_error(rc, "cannot decode " + demuxer_->path());
    if (Result<bool> fed = feed(); !fed) return fed.error();
  }
}

// One packet into the decoder, or the end of the stream.
Result<bool> VideoReader::feed() {
  for (;;) {
    VIDGEN_TRY(more, demuxer_->read(packet_.get()));
    if (more && packet_->stream_index != stream_) continue;
    const int rc = avcodec_send_packet(decoder_.get(), more ? packet_.get() : nullptr);
    if (rc == AVERROR_EOF && drained_) return false;
    if (rc < 0) return av_error(rc, "cannot decode " + demuxer_->path());
    drained_ = !more;
    return more;
  }
}

Status VideoReader::seek(Rational seconds) {
  const Rational ticks = seconds / time_base_;
  VIDGEN_CHECK(demuxer_->seek(stream_, ticks.floor() + origin_));
  avcodec_flush_buffers(decoder_.get());
  last_ = INT64_MIN;
  drained_ = false;
  return {};
}

Result<Picture> last_picture(const std::string& path, const MediaLimits& limits, std::stop_token stop) {
  VIDGEN_TRY(reader, VideoReader::open(path, limits, std::move(stop)));
  Picture last;
  for (;;) {
    VIDGEN_TRY(picture, reader->next());
    if (!picture) break;
    last = std::move(*picture);
  }
  if (!last.frame) return Error(Errc::media_invalid, path + " has no pictures");
  return last;
}

}  // namespace vidgen::av
