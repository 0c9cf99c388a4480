// SPDX-License-Identifier: Apache-2.0
// FilmFile: an .mp4 being written: one video stream of packets timed in frames, and the mixer's sound beside it,
// encoded once from end to end and kept in step with the picture. Who makes the packets is not its business.
//
// Thread-safety: none; one owner. Errors: io, no_space, read_only, those of the mixer.
#pragma once

#include <memory>
#include <string>

#include "av/audio_encoder.hpp"
#include "av/muxer.hpp"
#include "media/mixer.hpp"

namespace vidgen::media {

class FilmFile {
 public:
  // `mixer` may be null. `frames`: how many there will be, so that the index fits at the front; 0: it comes last.
  // `draft`: the sound is encoded quickly rather than well.
  static Result<std::unique_ptr<FilmFile>> create(const std::string& path, Rational fps, Frames frames,
                                                  std::unique_ptr<Mixer> mixer, bool draft);
  Status start(const AVCodecContext* encoder);
  Status start(const AVCodecParameters* parameters);
  // Packets in DTS order, times in frames. `at`: the packet's place, from 0.
  Status write(AVPacket* packet, Frames at);
  Status finish();
  Samples samples() const { return mixer_ ? mixer_->done() : 0; }

 private:
  FilmFile() = default;
  Status start_sound();
  Status sound_until(Samples at);
  Status drain_sound();

  std::unique_ptr<av::Muxer> muxer_;
  std::unique_ptr<av::AudioEncoder> audio_;
  std::unique_ptr<Mixer> mixer_;
  av::Packet packet_;
  std::vector<float> block_;
  Rational fps_;
  int video_stream_ = -1, audio_stream_ = -1;
  bool draft_ = false;
};

}  // namespace vidgen::media
