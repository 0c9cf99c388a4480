// SPDX-License-Identifier: Apache-2.0
#include "av/packet_facts.hpp"

#include <algorithm>

#include "av/compat.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

std::int64_t skipped_samples(const AVPacket* packet) {
  std::size_t size = 0;
  const std::uint8_t* data = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &size);
  if (!data || size < 8) return 0;
  const auto word = [data](int at) {
    return std::int64_t{data[at]} | std::int64_t{data[at + 1]} << 8 | std::int64_t{data[at + 2]} << 16 |
           std::int64_t{data[at + 3]} << 24;
  };
  return word(0) + word(4);
}

std::string color_of(const AVCodecParameters* par) {
  std::string out;
  if (const char* name = av_color_space_name(par->color_space); name && par->color_space != AVCOL_SPC_UNSPECIFIED)
    out = name;
  else
    out = "unspecified";
  const bool full = par->color_range == AVCOL_RANGE_JPEG;
  return out + (full ? " full" : " limited");
}

}  // namespace

PacketScan::PacketScan(Demuxer& demuxer) : demuxer_(demuxer), packet_(make_packet()) {
  if (demuxer.video_stream() >= 0) video_origin_ = demuxer.origin(demuxer.video_stream());
  if (demuxer.audio_stream() >= 0) audio_origin_ = demuxer.origin(demuxer.audio_stream());
}

Rational PacketScan::tick(int stream) const {
  if (stream < 0) return 1;
  const AVRational base = demuxer_.raw()->streams[stream]->time_base;
  return base.num > 0 && base.den > 0 ? Rational(base.num, base.den) : Rational(1);
}

int PacketScan::sample_rate() const {
  return std::max(1, demuxer_.raw()->streams[demuxer_.audio_stream()]->codecpar->sample_rate);
}

Result<std::optional<PacketFact>> PacketScan::next() {
  for (;;) {
    VIDGEN_TRY(more, demuxer_.read(packet_.get()));
    if (!more) return std::optional<PacketFact>();
    const bool video = packet_->stream_index == demuxer_.video_stream();
    if (!video && packet_->stream_index != demuxer_.audio_stream()) continue;
    PacketFact fact;
    fact.video = video;
    fact.key = (packet_->flags & AV_PKT_FLAG_KEY) != 0;
    fact.shown = (packet_->flags & AV_PKT_FLAG_DISCARD) == 0;
    // Limits that no sane file meets, so that sums of damaged numbers stay within 64 bits.
    constexpr std::int64_t kMost = std::int64_t{1} << 40;
    const std::int64_t origin = video ? video_origin_ : audio_origin_;
    const std::int64_t dts = packet_->dts == AV_NOPTS_VALUE ? last_pts_ + 1 : packet_->dts;
    fact.dts = std::clamp(dts, -kMost, kMost) - std::clamp(origin, -kMost, kMost);
    const std::int64_t pts = packet_->pts == AV_NOPTS_VALUE ? dts : packet_->pts;
    fact.pts = std::clamp(pts, -kMost, kMost) - std::clamp(origin, -kMost, kMost);
    fact.duration = std::clamp<std::int64_t>(packet_->duration, 0, kMost);
    fact.skipped = video ? 0 : skipped_samples(packet_.get());
    if (video) last_pts_ = pts;
    return std::optional<PacketFact>(fact);
  }
}

void describe(const Demuxer& demuxer, MediaInfo& info) {
  info.container = demuxer.raw()->iformat->name;
  info.bytes = demuxer.bytes();
  if (const int v = demuxer.video_stream(); v >= 0) {
    const AVStream* stream = demuxer.raw()->streams[v];
    const AVCodecParameters* par = stream->codecpar;
    info.has_video = true;
    info.video_codec = avcodec_get_name(par->codec_id);
    if (const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(par->format))) info.pixel_format = name;
    info.rotation = rotation_of(demuxer, v);
    info.size = info.rotation % 180 == 0 ? Size(par->width, par->height) : Size(par->height, par->width);
    if (stream->avg_frame_rate.num > 0 && stream->avg_frame_rate.den > 0)
      info.fps = Rational(stream->avg_frame_rate.num, stream->avg_frame_rate.den);
    info.color = color_of(par);
  }
  if (const int a = demuxer.audio_stream(); a >= 0) {
    const AVCodecParameters* par = demuxer.raw()->streams[a]->codecpar;
    info.has_audio = true;
    info.audio_codec = avcodec_get_name(par->codec_id);
    info.channels = par->ch_layout.nb_channels;
    info.sample_rate = par->sample_rate;
  }
}

}  // namespace vidgen::av
