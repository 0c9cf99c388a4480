// SPDX-License-Identifier: Apache-2.0
#include "av/video_encoder.hpp"

#include <algorithm>
#include <new>
#include <vector>

#include "av/av_error.hpp"
#include "av/compat.hpp"
#include "base/try.hpp"

namespace vidgen::av {
namespace {

// In order of preference. `crf`: knows x264's words; else the quality becomes a bit rate.
struct EncoderRow {
  const char* name;
  bool crf;
};
constexpr EncoderRow kEncoders[] = {
    {"libx264", true}, {"libopenh264", false}, {"h264_videotoolbox", false}, {"h264_v4l2m2m", false}};

// What open() tries, in order: the names of the settings, else the table's and whatever libav itself would take.
std::vector<std::string> candidates(const std::string& wanted) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(',', at), wanted.size());
    out.push_back(wanted.substr(at, end - at));
    at = end + 1;
  }
  if (!wanted.empty()) return out;
  for (const EncoderRow& row : kEncoders) out.emplace_back(row.name);
  const AVCodec* usual = avcodec_find_encoder(AV_CODEC_ID_H264);
  if (usual && std::find(out.begin(), out.end(), usual->name) == out.end()) out.emplace_back(usual->name);
  return out;
}

const AVCodec* find_encoder(const std::string& name) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name.c_str());
  return codec && codec->id == AV_CODEC_ID_H264 ? codec : nullptr;
}

bool takes_crf(const AVCodec* codec) {
  for (const EncoderRow& row : kEncoders)
    if (std::string_view(row.name) == codec->name) return row.crf;
  return false;
}

// About what x264 spends at that crf: 0.1 bits a pixel at 20, half as much every six steps.
std::int64_t bits_for(Size size, Rational fps, int crf) {
  double bits = 0.1 * size.width * size.height * fps.to_double();
  for (int i = 20; i < crf; ++i) bits *= 0.891;
  for (int i = crf; i < 20; ++i) bits *= 1.122;
  return static_cast<std::int64_t>(bits);
}

void describe(AVCodecContext* c, Size size, Rational fps) {
  c->width = size.width;
  c->height = size.height;
  c->pix_fmt = AV_PIX_FMT_YUV420P;
  c->time_base = AVRational{static_cast<int>(fps.den()), static_cast<int>(fps.num())};
  c->framerate = AVRational{static_cast<int>(fps.num()), static_cast<int>(fps.den())};
  c->sample_aspect_ratio = AVRational{1, 1};
  c->color_range = AVCOL_RANGE_MPEG;
  c->colorspace = AVCOL_SPC_BT709;
  c->color_primaries = AVCOL_PRI_BT709;
  c->color_trc = AVCOL_TRC_BT709;
  c->chroma_sample_location = AVCHROMA_LOC_LEFT;
  c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_CLOSED_GOP | AV_CODEC_FLAG_BITEXACT;
  c->log_level_offset = 64;  // errors are returned, not printed
}

Result<CodecContext> start(const AVCodec* codec, Size size, Rational fps, const EncodeSettings& settings) {
  CodecContext context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  AVCodecContext* c = context.get();
  describe(c, size, fps);
  c->thread_count = settings.threads;
  AVDictionary* options = nullptr;
  if (takes_crf(codec)) {
    av_dict_set(&options, "preset", settings.preset.c_str(), 0);
    av_dict_set_int(&options, "crf", settings.crf, 0);
  } else {
    c->bit_rate = bits_for(size, fps, settings.crf);
    c->gop_size = static_cast<int>(std::max<std::int64_t>(1, (fps * Rational(8)).floor()));
  }
  const int rc = avcodec_open2(c, codec, &options);
  av_dict_free(&options);
  if (rc < 0)
    return av_error(rc, "cannot start " + std::string(codec->name) + " (preset \"" + settings.preset + "\")",
                    Errc::encoder_missing);
  return context;
}

Error none_of(const std::vector<std::string>& names, const std::string& why) {
  std::string tried;
  for (const std::string& name : names) tried += (tried.empty() ? "" : ", ") + name;
  return Error(Errc::encoder_missing, "there is no H.264 encoder (tried " + tried +
                                          "): install FFmpeg with libx264 or openh264" +
                                          (why.empty() ? "" : "; " + why));
}

}  // namespace

std::string h264_encoder_name(const std::string& wanted) {
  EncodeSettings settings;
  settings.encoder = wanted;
  settings.threads = 1;
  auto encoder = VideoEncoder::open(Size(640, 360), 24, settings);
  return encoder ? (*encoder)->name() : "";
}

Result<std::unique_ptr<VideoEncoder>> VideoEncoder::open(Size size, Rational fps, const EncodeSettings& settings) {
  if (size.empty() || size.width % 2 != 0 || size.height % 2 != 0)
    return Error(Errc::invalid_argument, size.to_string() + ": a film's width and height must be even");
  const std::vector<std::string> names = candidates(settings.encoder);
  std::string why;
  for (const std::string& name : names) {
    const AVCodec* codec = find_encoder(name);
    if (!codec) continue;
    Result<CodecContext> context = start(codec, size, fps, settings);
    if (!context) {
      // x264 is software: what keeps it from starting are the settings, and another encoder would hide that.
      if (takes_crf(codec)) return context.error();
      why = context.error().message();  // a driver's encoder without its device
      continue;
    }
    std::unique_ptr<VideoEncoder> self(new VideoEncoder());
    self->context_ = std::move(*context);
    self->frame_ = make_frame();
    if (name != names.front()) self->instead_of_ = names.front();
    return self;
  }
  return none_of(names, why);
}

std::string VideoEncoder::name() const {
  return context_->codec->name;
}
int VideoEncoder::delay() const {
  return std::max(0, context_->has_b_frames);
}

Status VideoEncoder::send(const Frame& frame) {
  // A reference of our own: the time belongs to this showing of the picture, not to the picture.
  av_frame_unref(frame_.get());
  int rc = av_frame_ref(frame_.get(), frame.raw());
  if (rc < 0) return av_error(rc, "cannot encode", Errc::internal);
  frame_->format = AV_PIX_FMT_YUV420P;
  frame_->pts = sent_++;
  frame_->pict_type = AV_PICTURE_TYPE_NONE;  // the source's key frames are not ours
  rc = avcodec_send_frame(context_.get(), frame_.get());
  if (rc < 0) return av_error(rc, "cannot encode frame " + std::to_string(sent_ - 1), Errc::internal);
  return {};
}

Status VideoEncoder::send_end() {
  const int rc = avcodec_send_frame(context_.get(), nullptr);
  if (rc < 0 && rc != AVERROR_EOF) return av_error(rc, "cannot finish encoding", Errc::internal);
  return {};
}

Result<bool> VideoEncoder::receive(AVPacket* packet) {
  av_packet_unref(packet);
  const int rc = avcodec_receive_packet(context_.get(), packet);
  if (rc == AVERROR(EAGAIN) || rc == AVERROR_EOF) return false;
  if (rc < 0) return av_error(rc, "cannot encode", Errc::internal);
  packet->dts = received_++ - delay();
  packet->duration = 1;
  return true;
}

}  // namespace vidgen::av
