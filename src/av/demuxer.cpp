// SPDX-License-Identifier: Apache-2.0
#include "av/demuxer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

// What a container looks like in its first bytes, and libav's name for it.
struct Magic {
  int offset;
  std::string_view bytes;
  std::string_view format;
};
using namespace std::string_view_literals;
constexpr Magic kMagic[] = {
    {4, "ftyp"sv, "mov"},
    {4, "moov"sv, "mov"},
    {4, "mdat"sv, "mov"},
    {4, "free"sv, "mov"},
    {4, "wide"sv, "mov"},
    {4, "skip"sv, "mov"},
    {0, "\x1A\x45\xDF\xA3"sv, "matroska"},
    {8, "WAVE"sv, "wav"},
    {8, "WEBP"sv, "webp_pipe"},
    {0, "fLaC"sv, "flac"},
    {0, "ID3"sv, "mp3"},
    {0, "\xFF\xFB"sv, "mp3"},
    {0, "\xFF\xF3"sv, "mp3"},
    {0, "\xFF\xFA"sv, "mp3"},
    {0, "\x89PNG\r\n\x1A\n"sv, "png_pipe"},
    {0, "\xFF\xD8\xFF"sv, "jpeg_pipe"},
};

constexpr const char* kCodecs =
    "h264,hevc,vp8,vp9,libdav1d,av1,libaom-av1,mpeg4,prores,mjpeg,png,webp,"
    "aac,mp3float,mp3,opus,libopus,vorbis,flac,alac,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8,pcm_s16be";

std::string_view format_of(std::string_view head) {
  for (const Magic& m : kMagic)
    if (head.size() >= m.offset + m.bytes.size() &&
        head.substr(static_cast<std::size_t>(m.offset), m.bytes.size()) == m.bytes)
      return m.format;
  return {};
}

int refuse_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

Result<std::string> head_of(FileIo& io, const std::string& path) {
  std::string head(16, '\0');
  const int n = avio_read(io.context(), reinterpret_cast<unsigned char*>(head.data()), 16);
  if (n < 0 && n != AVERROR_EOF) return av_error(n, "cannot read " + path, Errc::io);
  head.resize(static_cast<std::size_t>(std::max(n, 0)));
  avio_seek(io.context(), 0, SEEK_SET);
  return head;
}

}  // namespace

Result<std::unique_ptr<Demuxer>> Demuxer::open(const std::string& path, const MediaLimits& limits,
                                               std::stop_token stop) {
  std::unique_ptr<Demuxer> self(new Demuxer(path, limits));
  VIDGEN_TRY(io, FileIo::open_read(path, limits.max_bytes, stop));
  self->io_ = std::move(io);
  VIDGEN_TRY(head, head_of(*self->io_, path));
  const std::string_view format = format_of(head);
  if (format.empty())
    return Error(Errc::media_unsupported,
                 path + " is none of MP4, MOV, WebM, Matroska, WAV, MP3, FLAC, PNG, JPEG, WebP: convert it first");
  VIDGEN_CHECK(self->start(format, std::move(stop)));
  VIDGEN_CHECK(self->check_limits());
  return self;
}

Status Demuxer::start(std::string_view format, std::stop_token) {
  const AVInputFormat* input = av_find_input_format(std::string(format).c_str());
  if (!input) return Error(Errc::media_unsupported, "this libav cannot read " + std::string(format) + " files");
  AVFormatContext* raw = avformat_alloc_context();
  if (!raw) throw std::bad_alloc();
  raw->pb = io_->context();
  raw->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
  raw->io_open = refuse_open;
  raw->protocol_whitelist = av_strdup("none");
  raw->codec_whitelist = av_strdup(kCodecs);
  if (raw->protocol_whitelist == nullptr || raw->codec_whitelist == nullptr) {  // else everything would be allowed
    avformat_free_context(raw);
    throw std::bad_alloc();
  }
  raw->max_streams = limits_.max_streams;
  raw->probesize = 5 << 20;
  raw->error_recognition = AV_EF_EXPLODE;
  int rc = avformat_open_input(&raw, nullptr, input, nullptr);  // frees raw when it fails
  if (rc == AVERROR(ENOMEM))                                    // so libav says that max_streams does not suffice
    return Error(Errc::media_limit, path_ + " has more than " + std::to_string(limits_.max_streams) +
                                        " streams, or asks for more memory than there is");
  if (rc < 0) return av_error(rc, "cannot open " + path_);
  context_.reset(raw);
  if (static_cast<int>(raw->nb_streams) > limits_.max_streams)
    return Error(Errc::media_limit, path_ + " has more than " + std::to_string(limits_.max_streams) + " streams");
  VIDGEN_CHECK(check_limits());
  rc = avformat_find_stream_info(raw, nullptr);
  if (rc < 0) return av_error(rc, "cannot read " + path_);
  video_ = std::max(av_find_best_stream(raw, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0), -1);
  audio_ = std::max(av_find_best_stream(raw, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0), -1);
  if (video_ >= 0 && (raw->streams[video_]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) video_ = -1;
  if (video_ < 0 && audio_ < 0) return Error(Errc::media_invalid, path_ + " has neither pictures nor sound");
  return {};
}

Status Demuxer::check_limits() const {
  for (unsigned i = 0; i < context_->nb_streams; ++i) {
    const AVCodecParameters* par = context_->streams[i]->codecpar;
    if (std::int64_t{par->width} * par->height > limits_.max_pixels)
      return Error(Errc::media_limit, path_ + " is " + std::to_string(par->width) + "x" + std::to_string(par->height) +
                                          " pixels: more than the limit of " + std::to_string(limits_.max_pixels));
  }
  const std::int64_t most = limits_.max_seconds.ceil();
  if (context_->duration != AV_NOPTS_VALUE && context_->duration / AV_TIME_BASE > most)
    return Error(Errc::media_limit, path_ + " is longer than " + std::to_string(most) + " seconds");
  return {};
}

void Demuxer::keep_only(int stream) {
  for (unsigned i = 0; i < context_->nb_streams; ++i)
    context_->streams[i]->discard = static_cast<int>(i) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

Result<bool> Demuxer::read(AVPacket* packet) {
  av_packet_unref(packet);
  const int rc = av_read_frame(context_.get(), packet);
  if (rc == AVERROR_EOF) return false;
  if (rc < 0) return av_error(rc, "cannot read " + path_);
  return true;
}

Status Demuxer::seek(int stream, std::int64_t ticks) {
  const int rc = av_seek_frame(context_.get(), stream, ticks, AVSEEK_FLAG_BACKWARD);
  if (rc < 0) return av_error(rc, "cannot seek in " + path_);
  return {};
}

Result<CodecContext> Demuxer::open_decoder(int stream, int threads) const {
  const AVStream* s = context_->streams[stream];
  const AVCodec* codec = avcodec_find_decoder(s->codecpar->codec_id);
  if (!codec)
    return Error(Errc::media_unsupported,
                 path_ + ": no decoder for " + std::string(avcodec_get_name(s->codecpar->codec_id)));
  CodecContext context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  int rc = avcodec_parameters_to_context(context.get(), s->codecpar);
  if (rc < 0) return av_error(rc, "cannot decode " + path_);
  context->codec_whitelist = av_strdup(kCodecs);
  if (context->codec_whitelist == nullptr) throw std::bad_alloc();
  context->pkt_timebase = s->time_base;
  context->thread_count = threads;
  context->max_pixels = limits_.max_pixels;
  context->log_level_offset = 64;  // errors are returned, not printed
  // Sound may begin with a frame that refers to one that was cut away: that is no damage.
  if (s->codecpar->codec_type == AVMEDIA_TYPE_VIDEO) context->err_recognition = AV_EF_EXPLODE;
  rc = avcodec_open2(context.get(), codec, nullptr);
  if (rc < 0) return av_error(rc, "cannot decode " + path_, Errc::media_unsupported);
  return context;
}

std::int64_t Demuxer::origin(int stream) const {
  if (context_->start_time == AV_NOPTS_VALUE) return 0;
  return av_rescale_q(context_->start_time, AVRational{1, AV_TIME_BASE}, context_->streams[stream]->time_base);
}

}  // namespace vidgen::av
