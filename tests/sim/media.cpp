// SPDX-License-Identifier: Apache-2.0
#include "media.hpp"

#include <cstdint>
#include <cstring>

#include "av/clip_writer.hpp"
#include "av/image.hpp"
#include "base/files.hpp"

namespace vidgen::sim {
namespace {

constexpr Size kSize(64, 36);
constexpr int kEach = 4;

std::string picture(int n) {
  Bitmap bitmap;
  bitmap.width = kSize.width;
  bitmap.height = kSize.height;
  bitmap.stride = kSize.width * 4;
  bitmap.pixels.resize(static_cast<std::size_t>(bitmap.stride * bitmap.height));
  for (std::size_t i = 0; i < bitmap.pixels.size(); ++i)
    bitmap.pixels[i] = i % 4 == 3 ? 255 : static_cast<std::uint8_t>(40 * n + 10 * static_cast<int>(i % 4));
  return av::encode_png(bitmap).value_or("");
}

std::string clip(const std::string& folder, int n, int frames) {
  const std::string path = folder + "/clip.mp4";
  {
    auto writer = av::ClipWriter::create(path, kSize, 16);
    if (!writer) return {};
    std::vector<std::uint8_t> luma(static_cast<std::size_t>(kSize.width * kSize.height)), chroma(luma.size() / 4);
    for (int f = 0; f < frames; ++f) {
      std::fill(luma.begin(), luma.end(), static_cast<std::uint8_t>(60 + 30 * n + f % 16));
      std::fill(chroma.begin(), chroma.end(), static_cast<std::uint8_t>(110 + 8 * n));
      av::YuvPlanes planes;
      planes.width = kSize.width;
      planes.height = kSize.height;
      planes.data[0] = luma.data();
      planes.data[1] = planes.data[2] = chroma.data();
      planes.stride[0] = kSize.width;
      planes.stride[1] = planes.stride[2] = kSize.width / 2;
      if (!(*writer)->write(planes)) return {};
    }
    if (!(*writer)->finish()) return {};
  }
  return base::read_file(path).value_or("");
}

void number(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

// Three seconds of a soft hum, 8 kHz mono.
std::string sound(int n) {
  constexpr std::uint32_t kRate = 8000, kSamples = 3 * kRate;
  std::string out = "RIFF";
  number(out, 36 + kSamples * 2, 4);
  out += "WAVEfmt ";
  for (const auto& [value, bytes] : {std::pair<std::uint32_t, int>(16, 4), {1, 2}, {1, 2}, {kRate, 4}, {kRate * 2, 4}, {2, 2}, {16, 2}})
    number(out, value, bytes);
  out += "data";
  number(out, kSamples * 2, 4);
  for (std::uint32_t i = 0; i < kSamples; ++i) number(out, (i * static_cast<std::uint32_t>(n + 1) / 20 % 2) * 2000, 2);
  return out;
}

}  // namespace

const std::vector<std::string>& media(const std::string& folder) {
  static const std::vector<std::string> made = [&] {
    std::vector<std::string> out;
    for (int n = 0; n < kEach; ++n) out.push_back(picture(n));
    for (const int frames : {81, 48})
      for (int n = 0; n < kEach; ++n) out.push_back(clip(folder, n, frames));
    for (int n = 0; n < kEach; ++n) out.push_back(sound(n));
    return out;
  }();
  return made;
}

}  // namespace vidgen::sim
