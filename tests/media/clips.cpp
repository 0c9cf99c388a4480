// SPDX-License-Identifier: Apache-2.0
#include "clips.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "av/compat.hpp"
#include "av/scaler.hpp"
#include "av/video_reader.hpp"
#include "base/files.hpp"

namespace vidgen::test {
namespace {
// Square `i` of four by four, in the middle of the picture.
void square(const av::YuvPlanes& p, int i, int& x, int& y, int& w, int& h) {
  w = p.width / 8;
  h = p.height / 8;
  x = p.width / 4 + i % 4 * w;
  y = p.height / 4 + i / 4 * h;
}
}  // namespace

void draw_number(const av::YuvPlanes& p, int number, int luma) {
  av::fill_planes(p, luma, 128, 128);
  for (int i = 0; i < 16; ++i) {
    int x = 0, y = 0, w = 0, h = 0;
    square(p, i, x, y, w, h);
    const int value = (number >> i & 1) != 0 ? 210 : 30;
    for (int row = y; row < y + h; ++row)
      for (int col = x; col < x + w; ++col)
        p.data[0][static_cast<std::ptrdiff_t>(row) * p.stride[0] + col] = static_cast<std::uint8_t>(value);
  }
}

int read_number(const av::YuvPlanes& p) {
  int number = 0;
  for (int i = 0; i < 16; ++i) {
    int x = 0, y = 0, w = 0, h = 0;
    square(p, i, x, y, w, h);
    const int v = p.data[0][static_cast<std::ptrdiff_t>(y + h / 2) * p.stride[0] + x + w / 2];
    if (v > 90 && v < 150) return -1;
    if (v >= 150) number |= 1 << i;
  }
  return number;
}

void make_clip(const std::string& path, const ClipSpec& spec) {
  av::ClipOptions options;
  options.sound = spec.sound;
  if (!spec.preset.empty()) options.encode.preset = spec.preset;
  auto writer = av::ClipWriter::create(path, spec.size, spec.fps, options);
  ASSERT_TRUE(writer) << writer.error().describe();
  av::FramePool pool(spec.size.width, spec.size.height);
  for (Frames n = 0; n < spec.frames; ++n) {
    const av::Frame frame = pool.make();
    draw_number(frame.planes(), spec.base + static_cast<int>(n), spec.luma);
    const av::YuvPlanes planes = frame.planes();
    for (int row = 0; row < planes.height / 2; ++row)
      for (int col = 0; col < planes.width / 2; ++col) {
        planes.data[1][row * planes.stride[1] + col] = static_cast<std::uint8_t>(spec.chroma_u);
        planes.data[2][row * planes.stride[2] + col] = static_cast<std::uint8_t>(spec.chroma_v);
      }
    const Status written = (*writer)->write(planes);
    ASSERT_TRUE(written) << written.error().describe();
  }
  std::vector<float> tone;
  for (Samples i = 0; i < spec.sound; ++i) {
    const auto v = static_cast<float>(0.25 * std::sin(2 * std::numbers::pi * 440 * static_cast<double>(i) / 48000));
    tone.push_back(v);
    tone.push_back(v);
  }
  if (spec.sound > 0) {
    ASSERT_TRUE((*writer)->write_sound(tone.data(), spec.sound));
  }
  const Status done = (*writer)->finish();
  ASSERT_TRUE(done) << done.error().describe();
}

std::vector<int> numbers_of(const std::string& path) {
  std::vector<int> out;
  auto reader = av::VideoReader::open(path, MediaLimits());
  EXPECT_TRUE(reader) << reader.error().describe();
  if (!reader) return out;
  av::Normaliser normaliser((*reader)->rotation());
  for (;;) {
    auto picture = (*reader)->next();
    EXPECT_TRUE(picture) << picture.error().describe();
    if (!picture || !*picture) return out;
    auto frame = normaliser.run((*picture)->frame);
    out.push_back(read_number(frame->planes()));
  }
}

void remux(const std::string& from, const std::string& to, const char* format, const std::vector<int>& times) {
  auto demuxer = av::Demuxer::open(from, MediaLimits());
  ASSERT_TRUE(demuxer);
  AVFormatContext* out = nullptr;
  ASSERT_GE(avformat_alloc_output_context2(&out, nullptr, format, to.c_str()), 0);
  const AVStream* in = (*demuxer)->raw()->streams[(*demuxer)->video_stream()];
  (*demuxer)->keep_only((*demuxer)->video_stream());
  AVStream* stream = avformat_new_stream(out, nullptr);
  avcodec_parameters_copy(stream->codecpar, in->codecpar);
  stream->codecpar->codec_tag = 0;
  stream->time_base = AVRational{1, 1000};
  ASSERT_GE(avio_open(&out->pb, to.c_str(), AVIO_FLAG_WRITE), 0);
  ASSERT_GE(avformat_write_header(out, nullptr), 0);
  av::Packet packet = av::make_packet();
  for (std::size_t n = 0;; ++n) {
    auto more = (*demuxer)->read(packet.get());
    ASSERT_TRUE(more);
    if (!*more) break;
    if (times.empty()) {
      av_packet_rescale_ts(packet.get(), in->time_base, stream->time_base);
    } else {  // clips without B-frames only
      packet->pts = packet->dts = av_rescale_q(times.at(n), AVRational{1, 1000}, stream->time_base);
      packet->duration = av_rescale_q(100, AVRational{1, 1000}, stream->time_base);
    }
    packet->stream_index = 0;
    ASSERT_GE(av_interleaved_write_frame(out, packet.get()), 0);
  }
  av_write_trailer(out);
  avio_closep(&out->pb);
  avformat_free_context(out);
}

void shift_clip(const std::string& from, const std::string& to, const char* format, int milliseconds) {
  auto demuxer = av::Demuxer::open(from, MediaLimits());
  ASSERT_TRUE(demuxer);
  AVFormatContext *out = nullptr, *in = (*demuxer)->raw();
  ASSERT_GE(avformat_alloc_output_context2(&out, nullptr, format, to.c_str()), 0);
  out->avoid_negative_ts = AVFMT_AVOID_NEG_TS_MAKE_NON_NEGATIVE;
  for (unsigned i = 0; i < in->nb_streams; ++i) {
    AVStream* stream = avformat_new_stream(out, nullptr);
    avcodec_parameters_copy(stream->codecpar, in->streams[i]->codecpar);
    stream->codecpar->codec_tag = 0;
  }
  ASSERT_GE(avio_open(&out->pb, to.c_str(), AVIO_FLAG_WRITE), 0);
  ASSERT_GE(avformat_write_header(out, nullptr), 0);
  av::Packet packet = av::make_packet();
  for (;;) {
    auto more = (*demuxer)->read(packet.get());
    ASSERT_TRUE(more);
    if (!*more) break;
    const AVRational base = in->streams[packet->stream_index]->time_base;
    const std::int64_t later = av_rescale_q(milliseconds, AVRational{1, 1000}, base);
    packet->pts += later;
    packet->dts += later;
    av_packet_rescale_ts(packet.get(), base, out->streams[packet->stream_index]->time_base);
    ASSERT_GE(av_interleaved_write_frame(out, packet.get()), 0);
  }
  av_write_trailer(out);
  avio_closep(&out->pb);
  avformat_free_context(out);
}

void make_wav(const std::string& path, int rate, std::int64_t samples,
              const std::function<double(std::int64_t)>& value) {
  std::string bytes;
  const auto put = [&bytes](std::uint64_t v, int n) {
    for (int i = 0; i < n; ++i) bytes.push_back(static_cast<char>(v >> (8 * i) & 255));
  };
  const auto size = static_cast<std::uint64_t>(samples) * 4;
  bytes += "RIFF";
  put(36 + size, 4);
  bytes += "WAVEfmt ";
  put(16, 4);
  put(1, 2);
  put(2, 2);
  put(static_cast<std::uint64_t>(rate), 4);
  put(static_cast<std::uint64_t>(rate) * 4, 4);
  put(4, 2);
  put(16, 2);
  bytes += "data";
  put(size, 4);
  for (std::int64_t i = 0; i < samples; ++i) {
    const auto v = static_cast<std::uint64_t>(static_cast<std::int64_t>(std::lround(value(i) * 32767)) & 0xFFFF);
    put(v, 2);
    put(v, 2);
  }
  ASSERT_TRUE(base::write_file(path, bytes));
}

void turn_clip(const std::string& path) {
  auto bytes = base::read_file(path);
  ASSERT_TRUE(bytes);
  const auto at = bytes->find("tkhd");
  ASSERT_NE(at, bytes->npos);
  const unsigned char matrix[36] = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0,    0, 0, 0,
                                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,    0,    0x40, 0, 0, 0};
  bytes->replace(at + 44, 36, std::string(reinterpret_cast<const char*>(matrix), 36));
  ASSERT_TRUE(base::write_file(path, *bytes));
}

std::string cube_text(int size, bool look) {
  std::string out = "TITLE \"test\"\nLUT_3D_SIZE " + std::to_string(size) + "\n";
  const double top = size - 1;
  for (int b = 0; b < size; ++b)
    for (int g = 0; g < size; ++g)
      for (int r = 0; r < size; ++r) {
        double c[3] = {r / top, g / top, b / top};
        const double luma = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
        if (look)  // a soft S-curve, warm lights, teal shadows
          for (int i = 0; i < 3; ++i) {
            const double s = c[i] * c[i] * (3 - 2 * c[i]);
            c[i] = std::clamp(0.5 * c[i] + 0.5 * s + (i == 0 ? 0.05 : i == 2 ? -0.06 : 0.0) * (luma - 0.4), 0.0, 1.0);
          }
        for (double v : c) out += std::to_string(v) + " ";
        out.back() = '\n';
      }
  return out;
}

}  // namespace vidgen::test
