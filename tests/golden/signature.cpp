// SPDX-License-Identifier: Apache-2.0
#include "signature.hpp"

#include <algorithm>
#include <cmath>

#include "av/audio_reader.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"

namespace vidgen::test {
namespace {

std::vector<std::uint8_t> means_of(const std::uint8_t* data, int stride, int width, int height) {
  std::vector<std::uint8_t> out;
  for (int gy = 0; gy < kGridHeight; ++gy)
    for (int gx = 0; gx < kGridWidth; ++gx) {
      const int left = gx * width / kGridWidth, right = (gx + 1) * width / kGridWidth;
      const int top = gy * height / kGridHeight, bottom = (gy + 1) * height / kGridHeight;
      std::int64_t sum = 0, count = std::int64_t{right - left} * (bottom - top);
      for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) sum += data[std::ptrdiff_t{y} * stride + x];
      out.push_back(static_cast<std::uint8_t>(count > 0 ? (sum + count / 2) / count : 0));
    }
  return out;
}

GridFrame grid_of(const av::Frame& frame, std::int64_t at) {
  const av::YuvPlanes planes = frame.planes();
  GridFrame out;
  out.at = at;
  for (int i = 0; i < 3; ++i) {
    const int width = i == 0 ? planes.width : (planes.width + 1) / 2;
    const int height = i == 0 ? planes.height : (planes.height + 1) / 2;
    out.planes[i] = means_of(planes.data[i], planes.stride[i], width, height);
  }
  return out;
}

Status read_pictures(const std::string& film, std::int64_t frames, Signature& out) {
  VIDGEN_TRY(reader, av::VideoReader::open(film, MediaLimits()));
  for (std::int64_t n = 0;; ++n) {
    VIDGEN_TRY(picture, reader->next());
    if (!picture) break;
    // In the middle of eight equal parts.
    const auto index = static_cast<std::int64_t>(out.pictures.size());
    if (index < kGridFrames && n == (2 * index + 1) * frames / (2 * kGridFrames))
      out.pictures.push_back(grid_of(picture->frame, n));
  }
  return {};
}

Status read_levels(const std::string& film, Signature& out) {
  VIDGEN_TRY(reader, av::AudioReader::open(film, MediaLimits()));
  std::vector<float> pairs(static_cast<std::size_t>(kSampleRate));  // half a second of two channels
  for (;;) {
    VIDGEN_TRY(count, reader->read(pairs.data(), kSampleRate / 2));
    if (count < kSampleRate / 2) return {};  // a rest would be the encoder's padding
    double sum = 0;
    for (float s : pairs) sum += double{s} * double{s};
    const double mean = sum / static_cast<double>(pairs.size());
    out.levels.push_back(mean < 1e-10 ? kSilent : static_cast<int>(std::lround(100 * std::log10(mean))));
  }
}

constexpr char kDigits[] = "0123456789abcdef";

std::string hex(const std::vector<std::uint8_t>& bytes) {
  std::string out;
  for (std::uint8_t b : bytes) out += {kDigits[b >> 4], kDigits[b & 15]};
  return out;
}

std::vector<std::uint8_t> bytes_of(const std::string& text) {
  const auto digit = [](char c) { return static_cast<int>(std::find(kDigits, kDigits + 16, c) - kDigits) & 15; };
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out.push_back(static_cast<std::uint8_t>(digit(text[i]) << 4 | digit(text[i + 1])));
  return out;
}

}  // namespace

Result<Signature> signature_of(const std::string& film, std::int64_t frames) {
  Signature out;
  VIDGEN_CHECK(read_pictures(film, frames, out));
  VIDGEN_CHECK(read_levels(film, out));
  return out;
}

double psnr(const GridFrame& a, const GridFrame& b) {
  double lowest = 99;
  for (int i = 0; i < 3; ++i) {
    if (a.planes[i].size() != b.planes[i].size()) return 0;
    double sum = 0;
    for (std::size_t n = 0; n < a.planes[i].size(); ++n) {
      const double d = double(a.planes[i][n]) - double(b.planes[i][n]);
      sum += d * d;
    }
    if (sum > 0)
      lowest = std::min(lowest, 10 * std::log10(255.0 * 255.0 * static_cast<double>(a.planes[i].size()) / sum));
  }
  return lowest;
}

base::Json to_json(const Signature& signature) {
  base::Json pictures = base::Json::array(), levels = base::Json::array(), out = base::Json::object();
  for (const GridFrame& p : signature.pictures) {
    base::Json one = base::Json::object();
    one.set("at", p.at).set("y", hex(p.planes[0])).set("u", hex(p.planes[1])).set("v", hex(p.planes[2]));
    pictures.push(one);
  }
  for (int level : signature.levels) levels.push(level);
  out.set("levels", levels).set("pictures", pictures);
  return out;
}

Result<Signature> signature_from_json(const base::Json& json) {
  Signature out;
  for (const base::Json& level : json["levels"].items()) out.levels.push_back(static_cast<int>(level.as_int(0)));
  for (const base::Json& p : json["pictures"].items()) {
    GridFrame one;
    one.at = p["at"].as_int(-1);
    const char* names[] = {"y", "u", "v"};
    for (int i = 0; i < 3; ++i) one.planes[i] = bytes_of(p[names[i]].as_string());
    out.pictures.push_back(one);
  }
  if (out.pictures.empty()) return Error(Errc::json_invalid, "golden.json has no such film: write it anew");
  return out;
}

}  // namespace vidgen::test
