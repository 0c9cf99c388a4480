// SPDX-License-Identifier: Apache-2.0
#include "media/verify.hpp"

#include <algorithm>
#include <cstdlib>

#include "av/audio_reader.hpp"
#include "av/image.hpp"
#include "av/video_reader.hpp"
#include "base/try.hpp"
#include "media/packet_index.hpp"

namespace vidgen::media {
namespace {

constexpr Samples kAacFrame = 1024;

Error wrong(const std::string& path, const std::string& what) {
  return Error(Errc::verify_failed, path + ": " + what);
}

// Our own film may be larger than what strangers may bring.
MediaLimits own_limits() {
  MediaLimits limits;
  limits.max_pixels = 8192LL * 8192;
  limits.max_bytes = INT64_MAX / 16;
  limits.max_seconds = 4000;
  return limits;
}

bool at_frame(std::int64_t ticks, Rational tick, Frames frame, Rational fps) {
  const Rational off = Rational(ticks) * tick * fps - Rational(frame);
  return off < Rational(1, 4) && off > Rational(-1, 4);
}

Status check_sound(const std::string& path, Samples have, Samples want) {
  if (std::llabs(have - want) > kAacFrame)
    return wrong(path, "the sound has " + std::to_string(have) + " samples instead of " + std::to_string(want));
  return {};
}

Status check_join(const std::string& path, Frames join, Frames frames, Rational fps) {
  VIDGEN_TRY(reader, av::VideoReader::open(path, own_limits()));
  VIDGEN_CHECK(reader->seek(seconds_at(join, fps) + Rational(1, 4) / fps));
  for (Frames n = join; n < std::min(join + 3, frames); ++n) {
    VIDGEN_TRY(picture, reader->next());
    if (!picture || !at_frame(picture->ticks, reader->time_base(), n, fps) || (n == join && !picture->frame.key()))
      return wrong(path, "the part that begins at frame " + std::to_string(join) + " does not stand alone");
  }
  return {};
}

}  // namespace

Status check_written(const std::string& path, Frames frames, Samples samples, Rational fps,
                     const std::vector<Frames>& joins) {
  VIDGEN_TRY(demuxer, av::Demuxer::open(path, own_limits()));
  VIDGEN_TRY(index, read_index(*demuxer));
  if (static_cast<Frames>(index.times.size()) != frames)
    return wrong(path, std::to_string(index.times.size()) + " frames instead of " + std::to_string(frames));
  for (Frames n = 0; n < frames; ++n)
    if (!at_frame(index.times[static_cast<std::size_t>(n)], index.tick, n, fps))
      return wrong(path, "frame " + std::to_string(n) + " is not shown at its time");
  if (!index.first_is_key) return wrong(path, "it does not begin with a key frame");
  if (!index.dts_rise) return wrong(path, "its decoding times do not rise");
  if (index.has_sound != (samples > 0))
    return wrong(path, index.has_sound ? "unplanned sound" : "the sound is missing");
  VIDGEN_CHECK(check_sound(path, index.samples, samples));
  for (const Frames join : joins) VIDGEN_CHECK(check_join(path, join, frames, fps));
  return {};
}

Status verify_master(const std::string& path, Frames frames, Samples samples, Rational fps, std::stop_token stop) {
  VIDGEN_CHECK(check_written(path, frames, samples, fps, {}));
  VIDGEN_TRY(reader, av::VideoReader::open(path, own_limits(), stop, 0));
  reader->only_check();
  for (Frames n = 0;; ++n) {
    VIDGEN_TRY(picture, reader->next());
    if (!picture && n == frames) break;
    if (!picture) return wrong(path, "only " + std::to_string(n) + " of " + std::to_string(frames) + " frames decode");
    if (n >= frames || !at_frame(picture->ticks, reader->time_base(), n, fps))
      return wrong(path, "frame " + std::to_string(n) + " decodes at another time");
    if (n == 0 && !picture->frame.key()) return wrong(path, "it does not begin with a key frame");
    if (stop.stop_requested()) return Error(Errc::cancelled, "verifying was stopped");
  }
  if (samples == 0) return {};
  VIDGEN_TRY(sound, av::AudioReader::open(path, own_limits(), stop));
  VIDGEN_TRY(have, sound->read(nullptr, samples + 10 * kAacFrame));
  return check_sound(path, have, samples);
}

namespace {

Status every_frame(const std::string& path, const MediaLimits& limits, std::stop_token stop) {
  VIDGEN_TRY(reader, av::VideoReader::open(path, limits, stop));
  reader->only_check();
  for (bool any = false;; any = true) {
    VIDGEN_TRY(picture, reader->next());
    if (!picture && !any) return Error(Errc::media_invalid, "no frame of it decodes");
    if (!picture) return {};
    if (stop.stop_requested()) return Error(Errc::interrupted, "the check of a clip was stopped");
  }
}

Status every_sample(const std::string& path, const MediaLimits& limits, std::stop_token stop) {
  constexpr std::int64_t kPart = 1 << 20;
  VIDGEN_TRY(sound, av::AudioReader::open(path, limits, stop));
  for (bool any = false;; any = true) {
    VIDGEN_TRY(have, sound->read(nullptr, kPart));
    if (have == 0 && !any) return Error(Errc::media_invalid, "there is no sound in it");
    if (have < kPart) return {};
  }
}

}  // namespace

Status check_readable(const std::string& path, AssetKind kind, const MediaLimits& limits, std::stop_token stop) {
  if (kind == AssetKind::video) return every_frame(path, limits, stop);
  if (kind == AssetKind::audio) return every_sample(path, limits, stop);
  if (kind != AssetKind::image) return {};
  VIDGEN_TRY(picture, av::read_image(path, limits));
  (void)picture;
  return {};
}

}  // namespace vidgen::media
