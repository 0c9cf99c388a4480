// SPDX-License-Identifier: Apache-2.0
#include "media/music/listen.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "av/audio_reader.hpp"
#include "base/try.hpp"

namespace vidgen::media {
namespace {

constexpr Samples kBlock = 480;    // 10 ms
constexpr double kSilent = 1e-5;   // of full scale: -100 dBFS is nothing at all
constexpr double kAudible = 1e-2;  // -40 dBFS has begun
constexpr double kFaint = 1e-3;    // of the loudest block: what is below lies before the beginning or after the end

// The loudness of blocks, to tell sound from what surrounds it.
class Levels {
 public:
  void add(const float* pairs, Samples count) {
    float most = 0;
    for (Samples i = 0; i < 2 * count; ++i)
      if (std::isfinite(pairs[i])) most = std::max(most, std::fabs(pairs[i]));
    if (!began_ && most > kAudible) began_ = static_cast<Samples>(blocks_.size()) * kBlock;
    blocks_.push_back(most);
  }
  // Sound so far, from its first block.
  Samples sounding() const { return began_ ? static_cast<Samples>(blocks_.size()) * kBlock - *began_ : 0; }
  double loudest() const { return blocks_.empty() ? 0 : *std::max_element(blocks_.begin(), blocks_.end()); }
  void ends(Samples all, Samples& first, Samples& last) const {
    const auto sounds = [floor = loudest() * kFaint](float x) { return x > floor; };
    first = (std::find_if(blocks_.begin(), blocks_.end(), sounds) - blocks_.begin()) * kBlock;
    const auto back = std::find_if(blocks_.rbegin(), blocks_.rend(), sounds);
    last = std::min<Samples>(all, (blocks_.rend() - back) * kBlock);
  }

 private:
  std::vector<float> blocks_;
  std::optional<Samples> began_;
};

Error refused(const std::string& path, const std::string& why) {
  return Error(Errc::input_refused, path + " " + why);
}

std::vector<Samples> samples_of(const std::vector<double>& seconds) {
  std::vector<Samples> out;
  for (double s : seconds) out.push_back(std::max<Samples>(0, std::llround(s * kSampleRate)));
  return out;
}

}  // namespace

std::vector<Samples> Heard::beats() const {
  return samples_of(pulse.beats);
}

std::vector<Samples> Heard::bars() const {
  std::vector<Samples> out;
  const std::vector<Samples> all = beats();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (pulse.is_bar(i)) out.push_back(all[i]);
  return out;
}

Result<Heard> listen(const std::string& path, const MediaLimits& limits, Samples enough, std::stop_token stop) {
  VIDGEN_TRY(info, probe(path, limits));
  if (!info.has_audio) return refused(path, "has no sound: give a music file (WAV, MP3, FLAC, M4A)");
  VIDGEN_TRY(reader, av::AudioReader::open(path, limits, stop));
  Heard heard;
  Hearing hearing;
  Levels levels;
  std::vector<float> block(2 * kBlock);
  for (;;) {
    heard.whole = false;
    if (heard.samples >= kMostMusic || levels.sounding() >= enough) break;
    heard.whole = true;
    if (stop.stop_requested()) return Error(Errc::cancelled, "listening to the music was stopped");
    VIDGEN_TRY(n, reader->read(block.data(), kBlock));
    if (n == 0) break;
    for (Samples i = 0; i < 2 * n; ++i)
      if (!std::isfinite(block[static_cast<std::size_t>(i)])) block[static_cast<std::size_t>(i)] = 0;
    hearing.add(block.data(), n);
    levels.add(block.data(), n);
    heard.samples += n;
  }
  if (levels.loudest() <= kSilent)
    return refused(path, "is silent: give another music file, or leave --music away for composed music");
  levels.ends(heard.samples, heard.first, heard.last);
  if (heard.last - heard.first < kShortestMusic)
    return refused(path, "has less than a second of sound: give a longer music file");
  heard.pulse = find_pulse(hearing.finish(), static_cast<double>(heard.first) / kSampleRate,
                           static_cast<double>(heard.last) / kSampleRate);
  return heard;
}

}  // namespace vidgen::media
