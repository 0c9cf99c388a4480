// SPDX-License-Identifier: Apache-2.0
// FilmFile: an .mp4 being written: one video stream of packets timed in frames, and the film's sound beside it, kept in
// step with the picture. Who makes the packets is not its business.
//
// Thread-safety: none; one owner. Errors: io, no_space, read_only, those of the sound.
#pragma once

#include <memory>
#include <string>

#include "av/muxer.hpp"
#include "media/sound.hpp"

namespace vidgen::media {

class FilmFile {
 public:
  // `sound` may be null. `frames`: how many there will be, so that the index fits at the front; 0: it comes last.
  static Result<std::unique_ptr<FilmFile>> create(const std::string& path, Rational fps, Frames frames,
                                                  std::unique_ptr<Sound> sound);
  Status start(const AVCodecContext* encoder);
  Status start(const AVCodecParameters* parameters);
  // Packets in DTS order, times in frames. `at`: the packet's place, from 0.
  Status write(AVPacket* packet, Frames at);
  Status finish();
  Samples samples() const { return sound_ ? sound_->samples() : 0; }

 private:
  FilmFile() = default;
  Status start_sound();
  Status sound_until(Samples at);

  std::unique_ptr<av::Muxer> muxer_;
  std::unique_ptr<Sound> sound_;
  Rational fps_;
  Samples heard_ = 0;  // up to here
  int video_stream_ = -1, audio_stream_ = -1;
};

}  // namespace vidgen::media
