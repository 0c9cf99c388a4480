// SPDX-License-Identifier: Apache-2.0
// probe(): facts of a file from its headers and packets; nothing is decoded beyond what finds the formats.
#include <algorithm>

#include "av/packet_facts.hpp"
#include "base/try.hpp"
#include "media/packet_index.hpp"

VIDGEN_NAMESPACE_BEGIN
namespace {

// Do the steps between pictures differ by more than a container's rounding?
bool steps_differ(const media::PacketIndex& index) {
  if (index.times.size() < 3) return false;
  std::int64_t low = INT64_MAX, high = 0;
  for (std::size_t i = 1; i < index.times.size(); ++i) {
    const std::int64_t step = index.times[i] - index.times[i - 1];
    low = std::min(low, step);
    high = std::max(high, step);
  }
  return high - low > 1;
}

// From the times themselves, when they are even: containers often say something rounded.
Rational exact_rate(const media::PacketIndex& index, Rational told) {
  const auto n = static_cast<std::int64_t>(index.times.size());
  if (n < 2 || index.times.back() <= index.times.front()) return told;
  return Rational(n - 1) / (Rational(index.times.back() - index.times.front()) * index.tick);
}

}  // namespace

Result<MediaInfo> probe(const std::string& path, const MediaLimits& limits) {
  VIDGEN_TRY(demuxer, av::Demuxer::open(path, limits));
  MediaInfo info;
  av::describe(*demuxer, info);
  VIDGEN_TRY(index, media::read_index(*demuxer));
  info.frames = static_cast<Frames>(index.times.size());
  info.samples = index.samples;
  info.variable_rate = steps_differ(index);
  if (info.has_video && info.fps == Rational(0)) info.fps = exact_rate(index, info.fps);
  if (info.has_video && info.variable_rate) info.fps = exact_rate(index, info.fps);
  if (info.has_video && info.size.width * info.size.height == 0)
    return Error(Errc::media_invalid, path + " is damaged: its pictures have no size");
  if (info.has_video && info.frames == 0) return Error(Errc::media_invalid, path + " has no pictures");
  info.seconds = info.has_video ? index.video_end : Rational(index.samples, kSampleRate);
  if (info.seconds > limits.max_seconds)
    return Error(Errc::media_limit, path + " is longer than " + std::to_string(limits.max_seconds.ceil()) + " seconds");
  return info;
}

VIDGEN_NAMESPACE_END
