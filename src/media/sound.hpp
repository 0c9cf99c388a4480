// SPDX-License-Identifier: Apache-2.0
// Sound: the film's AAC packets in order, one stream from end to end. Mixed and encoded here, or copied from a file that
// render_sound() made while the pictures were still being encoded.
//
//   VIDGEN_TRY(samples, render_sound(timeline, "sound.m4a", options));
//   VIDGEN_TRY(sound, copied_sound("sound.m4a", options.stop));
//
// Thread-safety: none; one owner. Errors: those of the mixer and the demuxer, Errc::encoder_missing.
#pragma once

#include <memory>
#include <string>

#include "av/muxer.hpp"
#include "vidgen/media.hpp"

namespace vidgen::media {

class Sound {
 public:
  virtual ~Sound() = default;
  virtual Result<int> add_to(av::Muxer& muxer) = 0;
  // The next packet, times in samples; null at the end. Valid until the next call.
  virtual Result<AVPacket*> next() = 0;
  // How many the film has.
  virtual Samples samples() const = 0;
};

// Null when the timeline has no sound.
Result<std::unique_ptr<Sound>> encoded_sound(const Timeline& timeline, const AssembleOptions& options);
Result<std::unique_ptr<Sound>> copied_sound(const std::string& path, std::stop_token stop);

// The timeline's sound alone, as an .mp4 without pictures, under its name only when whole. Returns the samples.
Result<Samples> render_sound(const Timeline& timeline, const std::string& out, const AssembleOptions& options);

}  // namespace vidgen::media
