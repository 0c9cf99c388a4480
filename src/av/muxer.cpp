// SPDX-License-Identifier: Apache-2.0
#include "av/muxer.hpp"

#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {

namespace {
// libav asks for nothing else; were it to, it gets nothing.
int refuse_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}
}  // namespace

// A frame costs its size, its reordering, and its chunk when sound lies between: 4 + 8 + 8 + 12 bytes.
std::int64_t index_room_for(Frames frames, Samples samples) {
  return 4096 + 36 * frames + 28 * (samples / 1024 + 8);
}

Result<std::unique_ptr<Muxer>> Muxer::create(const std::string& path, std::int64_t index_room) {
  VIDGEN_TRY(io, FileIo::create(path));
  std::unique_ptr<Muxer> self(new Muxer(std::move(io)));
  AVFormatContext* raw = nullptr;
  const int rc = avformat_alloc_output_context2(&raw, nullptr, "mp4", nullptr);
  if (rc < 0) return av_error(rc, "cannot write MP4 files", Errc::encoder_missing);
  self->context_.reset(raw);
  self->index_room_ = index_room;
  raw->pb = self->io_->context();
  raw->io_open = refuse_open;
  raw->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
  return self;
}

Result<int> Muxer::add(const AVCodecContext* encoder, Rational tick) {
  AVCodecParameters* parameters = avcodec_parameters_alloc();
  if (!parameters) throw std::bad_alloc();
  avcodec_parameters_from_context(parameters, encoder);
  Result<int> out = add(parameters, tick);
  avcodec_parameters_free(&parameters);
  return out;
}

Result<int> Muxer::add(const AVCodecParameters* parameters, Rational tick) {
  AVStream* stream = avformat_new_stream(context_.get(), nullptr);
  if (!stream) throw std::bad_alloc();
  const int rc = avcodec_parameters_copy(stream->codecpar, parameters);
  if (rc < 0) return av_error(rc, "cannot describe a stream", Errc::internal);
  stream->codecpar->codec_tag = 0;
  stream->time_base = AVRational{static_cast<int>(tick.num()), static_cast<int>(tick.den())};
  if (parameters->codec_type == AVMEDIA_TYPE_VIDEO) {
    stream->avg_frame_rate = stream->r_frame_rate = av_inv_q(stream->time_base);
    stream->sample_aspect_ratio = AVRational{1, 1};
  }
  ticks_.push_back(tick);
  return stream->index;
}

Status Muxer::failed(int code) const {
  VIDGEN_CHECK(io_->close());  // says what the disk said
  return av_error(code, "cannot write " + io_->path(), Errc::io);
}

Status Muxer::start() {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movie_timescale", "240000", 0);
  if (index_room_ > 0) av_dict_set_int(&options, "moov_size", index_room_, 0);
  const int rc = avformat_write_header(context_.get(), &options);
  av_dict_free(&options);
  return rc < 0 ? failed(rc) : Status();
}

Status Muxer::write(int stream, AVPacket* packet) {
  const Rational tick = ticks_[static_cast<std::size_t>(stream)];
  packet->stream_index = stream;
  packet->pos = -1;
  av_packet_rescale_ts(packet, AVRational{static_cast<int>(tick.num()), static_cast<int>(tick.den())},
                       context_->streams[stream]->time_base);
  const int rc = av_interleaved_write_frame(context_.get(), packet);
  return rc < 0 ? failed(rc) : Status();
}

Status Muxer::finish() {
  const int rc = av_write_trailer(context_.get());
  if (rc < 0) return failed(rc);
  return io_->close();
}

}  // namespace vidgen::av
