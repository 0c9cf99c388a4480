// SPDX-License-Identifier: Apache-2.0
#include "vidgen/frames.hpp"

#include <algorithm>

#include "av/scaler.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"

VIDGEN_NAMESPACE_BEGIN

class VideoFrame::Impl {
 public:
  av::Frame frame;
  bool key = false;
  Frames number = 0;
  Rational seconds;
};

class FrameReader::Impl {
 public:
  Status restart() {
    VIDGEN_TRY(opened, av::VideoReader::open(path, limits));
    reader = std::move(opened);
    normaliser = av::Normaliser(reader->rotation());
    at = 0;
    return {};
  }

  std::string path;
  MediaLimits limits;
  MediaInfo info;
  std::unique_ptr<av::VideoReader> reader;
  av::Normaliser normaliser;
  Frames at = 0;  // number of the next picture
};

int VideoFrame::width() const {
  return impl_->frame.width();
}
int VideoFrame::height() const {
  return impl_->frame.height();
}
bool VideoFrame::key() const {
  return impl_->key;
}
Frames VideoFrame::number() const {
  return impl_->number;
}
Rational VideoFrame::seconds() const {
  return impl_->seconds;
}

FramePlane VideoFrame::plane(int i) const {
  const av::YuvPlanes planes = impl_->frame.planes();
  FramePlane out;
  out.data = planes.data[i];
  out.stride = planes.stride[i];
  out.width = i == 0 ? planes.width : (planes.width + 1) / 2;
  out.height = i == 0 ? planes.height : (planes.height + 1) / 2;
  return out;
}

namespace {
std::uint8_t byte(double v) {
  return static_cast<std::uint8_t>(std::clamp(v + 0.5, 0.0, 255.0));
}
}  // namespace

// BT.709, limited range (ITU-R BT.709-6, 3.2 and 3.4); chroma is that of the nearest sample.
std::vector<std::uint8_t> VideoFrame::rgb() const {
  const FramePlane y = plane(0), u = plane(1), v = plane(2);
  std::vector<std::uint8_t> out(static_cast<std::size_t>(y.width) * static_cast<std::size_t>(y.height) * 3);
  std::uint8_t* to = out.data();
  for (int row = 0; row < y.height; ++row) {
    const std::uint8_t* ys = y.data + static_cast<std::ptrdiff_t>(row) * y.stride;
    const std::uint8_t* us = u.data + static_cast<std::ptrdiff_t>(row / 2) * u.stride;
    const std::uint8_t* vs = v.data + static_cast<std::ptrdiff_t>(row / 2) * v.stride;
    for (int x = 0; x < y.width; ++x, to += 3) {
      const double l = (ys[x] - 16) * (255.0 / 219), cb = us[x / 2] - 128.0, cr = vs[x / 2] - 128.0;
      to[0] = byte(l + 1.792741 * cr);
      to[1] = byte(l - 0.213249 * cb - 0.532909 * cr);
      to[2] = byte(l + 2.112402 * cb);
    }
  }
  return out;
}

FrameReader::FrameReader() : impl_(std::make_unique<Impl>()) {}
FrameReader::FrameReader(FrameReader&&) noexcept = default;
FrameReader& FrameReader::operator=(FrameReader&&) noexcept = default;
FrameReader::~FrameReader() = default;

Result<FrameReader> FrameReader::open(const std::string& path, const MediaLimits& limits) {
  VIDGEN_TRY(info, probe(path, limits));
  if (!info.has_video) return Error(Errc::media_invalid, path + " has no pictures");
  FrameReader out;
  out.impl_->path = path;
  out.impl_->limits = limits;
  out.impl_->info = std::move(info);
  VIDGEN_CHECK(out.impl_->restart());
  return Result<FrameReader>(std::move(out));
}

const MediaInfo& FrameReader::info() const {
  return impl_->info;
}

Result<std::optional<VideoFrame>> FrameReader::next() {
  VIDGEN_TRY(picture, impl_->reader->next());
  if (!picture) return std::optional<VideoFrame>();
  auto made = std::make_shared<VideoFrame::Impl>();
  made->key = picture->frame.key();
  VIDGEN_TRY(frame, impl_->normaliser.run(picture->frame));
  made->frame = std::move(frame);
  made->number = impl_->at++;
  made->seconds = Rational(picture->ticks) * impl_->reader->time_base();
  VideoFrame out;
  out.impl_ = std::move(made);
  return std::optional<VideoFrame>(std::move(out));
}

Status FrameReader::seek(Frames number) {
  if (number < 0) return Error(Errc::not_found, "there is no picture before the first");
  if (number < impl_->at) VIDGEN_CHECK(impl_->restart());
  while (impl_->at < number) {
    VIDGEN_TRY(picture, impl_->reader->next());
    if (!picture)
      return Error(Errc::not_found,
                   impl_->path + " has " + std::to_string(impl_->at) + " pictures: none of number " + std::to_string(number));
    ++impl_->at;
  }
  return {};
}

VIDGEN_NAMESPACE_END
