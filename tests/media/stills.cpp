// SPDX-License-Identifier: Apache-2.0
#include "stills.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "av/compat.hpp"
#include "av/handles.hpp"
#include "inputs.hpp"

namespace vidgen::test {
namespace {

std::string encoded(const char* encoder, const AVFrame* frame) {
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder);
  if (!codec) return {};
  av::CodecContext context(avcodec_alloc_context3(codec));
  context->width = frame->width;
  context->height = frame->height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame->format);
  context->time_base = AVRational{1, 25};
  av_opt_set_int(context.get(), "lossless", 1, AV_OPT_SEARCH_CHILDREN);
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return {};
  if (avcodec_send_frame(context.get(), frame) < 0) return {};
  (void)avcodec_send_frame(context.get(), nullptr);
  av::Packet packet = av::make_packet();
  if (avcodec_receive_packet(context.get(), packet.get()) < 0) return {};
  return std::string(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
}

struct Kind {
  PngKind kind;
  AVPixelFormat format;
  int channels, bytes;
};
constexpr Kind kKinds[] = {{PngKind::rgb, AV_PIX_FMT_RGB24, 3, 1},       {PngKind::rgba, AV_PIX_FMT_RGBA, 4, 1},
                           {PngKind::rgb16, AV_PIX_FMT_RGB48BE, 3, 2},   {PngKind::rgba16, AV_PIX_FMT_RGBA64BE, 4, 2},
                           {PngKind::grey, AV_PIX_FMT_GRAY8, 1, 1},      {PngKind::grey16, AV_PIX_FMT_GRAY16BE, 1, 2},
                           {PngKind::grey_alpha, AV_PIX_FMT_YA8, 2, 1}};

av::RawFrame frame_of(AVPixelFormat format, int width, int height) {
  av::RawFrame frame = av::make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = format;
  frame->pts = 0;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return nullptr;
  return frame;
}

std::string palette_png(int width, int height, const Paint& paint) {
  av::RawFrame frame = frame_of(AV_PIX_FMT_PAL8, width, height);
  std::memset(frame->data[1], 0, AVPALETTE_SIZE);
  for (int q = 0; q < 4; ++q) {
    const Rgba c = paint(width * (1 + 2 * (q % 2)) / 4, height * (1 + 2 * (q / 2)) / 4);
    const auto word = static_cast<std::uint32_t>(c[3] << 24 | c[0] << 16 | c[1] << 8 | c[2]);
    std::memcpy(frame->data[1] + q * 4, &word, 4);
  }
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      frame->data[0][y * frame->linesize[0] + x] = static_cast<std::uint8_t>(2 * x / width + 2 * (2 * y / height));
  return encoded("png", frame.get());
}

// ---- JPEG by hand

// Of the standard's table of DC lengths: categories 0 to 11.
constexpr int kCount[16] = {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};

class Bits {
 public:
  void put(int value, int count) {
    for (int i = count; i-- > 0;) {
      now_ = now_ << 1 | (value >> i & 1);
      if (++n_ % 8 != 0) continue;
      out_ += static_cast<char>(now_);
      if ((now_ & 0xFF) == 0xFF) out_ += '\0';
      now_ = 0;
    }
  }
  std::string done() {
    while (n_ % 8 != 0) put(1, 1);
    return out_;
  }

 private:
  std::string out_;
  int now_ = 0, n_ = 0;
};

// Code and length of a category.
std::pair<int, int> code_of(int category) {
  int code = 0, symbol = 0;
  for (int length = 1; length <= 16; ++length, code <<= 1)
    for (int i = 0; i < kCount[length - 1]; ++i, ++code, ++symbol)
      if (symbol == category) return {code, length};
  return {0, 0};
}

void put_difference(Bits& bits, int difference) {
  int category = 0;
  while (std::abs(difference) >> category != 0) ++category;
  const auto [code, length] = code_of(category);
  bits.put(code, length);
  bits.put(difference >= 0 ? difference : difference + (1 << category) - 1, category);
}

std::string segment(int marker, const std::string& body) {
  return std::string("\xFF") + static_cast<char>(marker) +
         big32(static_cast<std::uint32_t>(body.size() + 2)).substr(2) + body;
}

std::array<int, 4> channels_of(const Rgba& rgb, Inks inks) {
  const int light = std::max({rgb[0], rgb[1], rgb[2], 1});
  std::array<int, 4> kept{};  // of the light that black leaves, how much each ink lets through
  for (std::size_t c = 0; c < 3; ++c) kept[c] = rgb[c] * 255 / light;
  if (inks == Inks::plain) return {255 - kept[0], 255 - kept[1], 255 - kept[2], 255 - light};
  if (inks == Inks::adobe) return {kept[0], kept[1], kept[2], light};
  const double r = 255 - kept[0], g = 255 - kept[1], b = 255 - kept[2];
  const auto whole = [](double v) { return std::clamp(static_cast<int>(std::lround(v)), 0, 255); };
  return {whole(.299 * r + .587 * g + .114 * b), whole(128 - .168736 * r - .331264 * g + .5 * b),
          whole(128 + .5 * r - .418688 * g - .081312 * b), light};
}

}  // namespace

std::string make_png(PngKind kind, int width, int height, const Paint& paint) {
  if (kind == PngKind::palette) return palette_png(width, height, paint);
  const Kind& row = *std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& k) { return k.kind == kind; });
  av::RawFrame frame = frame_of(row.format, width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Rgba c = paint(x, y);
      std::uint8_t* at = frame->data[0] + y * frame->linesize[0] + x * row.channels * row.bytes;
      for (int i = 0; i < row.channels; ++i)
        for (int b = 0; b < row.bytes; ++b)
          *at++ = static_cast<std::uint8_t>(c[static_cast<std::size_t>(row.channels == 2 && i == 1 ? 3 : i)]);
    }
  return encoded("png", frame.get());
}

std::string make_webp_with_alpha(int width, int height, const Paint& paint) {
  av::RawFrame frame = frame_of(AV_PIX_FMT_RGB32, width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Rgba c = paint(x, y);
      const auto word = static_cast<std::uint32_t>(c[3]) << 24 | static_cast<std::uint32_t>(c[0] << 16 | c[1] << 8 | c[2]);
      std::memcpy(frame->data[0] + y * frame->linesize[0] + x * 4, &word, 4);
    }
  return encoded("libwebp", frame.get());
}

std::string make_cmyk_jpeg(int wide, int high, Inks inks, const Paint& rgb_of_block) {
  std::string out = "\xFF\xD8";
  if (inks != Inks::plain)
    out += segment(0xEE, "Adobe" + std::string("\0\x64\0\0\0\0", 6) + static_cast<char>(inks == Inks::adobe ? 0 : 2));
  out += segment(0xDB, std::string(1, '\0') + std::string(64, '\x01'));
  std::string frame = "\x08" + big32(static_cast<std::uint32_t>(high * 8)).substr(2) +
                      big32(static_cast<std::uint32_t>(wide * 8)).substr(2) + "\x04";
  std::string scan = "\x04";
  for (char c = 1; c <= 4; ++c) {
    frame += std::string(1, c) + "\x11" + '\0';
    scan += std::string(1, c) + '\0';
  }
  out += segment(0xC0, frame);
  std::string dc(1, '\0'), ac(1, '\x10');
  for (const int n : kCount) dc += static_cast<char>(n);
  for (char c = 0; c <= 11; ++c) dc += c;
  ac += '\x01' + std::string(15, '\0') + '\0';  // one code: nothing more in this block
  out += segment(0xC4, dc) + segment(0xC4, ac) + segment(0xDA, scan + std::string("\0\x3F\0", 3));
  Bits bits;
  std::array<int, 4> last{};
  for (int y = 0; y < high; ++y)
    for (int x = 0; x < wide; ++x) {
      const std::array<int, 4> now = channels_of(rgb_of_block(x, y), inks);
      for (std::size_t c = 0; c < 4; ++c) {
        put_difference(bits, 8 * (now[c] - 128) - last[c]);
        bits.put(0, 1);
        last[c] = 8 * (now[c] - 128);
      }
    }
  return out + bits.done() + "\xFF\xD9";
}

}  // namespace vidgen::test
