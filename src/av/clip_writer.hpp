// SPDX-License-Identifier: Apache-2.0
// ClipWriter: 8-bit 4:2:0 frames to a small .mp4 clip that is quick to write and quick to decode (x264 `ultrafast`,
// crf 14: no B-frames, no CABAC, no deblocking). For the offline provider and for tests. The file is whole only after
// finish(); without it the destructor removes it.
//
// Same frames, same bytes. Thread-safety: none; one owner. Errors: the encoder's and the muxer's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "av/frame.hpp"
#include "vidgen/media.hpp"

namespace vidgen::av {

class VideoEncoder;
class AudioEncoder;
class Muxer;

struct ClipOptions {
  ClipOptions();
  EncodeSettings encode;  // ultrafast, crf 14, one thread
  Samples sound = 0;      // sample pairs that write_sound() will bring; 0: no sound
};

class ClipWriter {
 public:
  static Result<std::unique_ptr<ClipWriter>> create(const std::string& path, Size size, Rational fps,
                                                    const ClipOptions& options = ClipOptions());
  ~ClipWriter();
  // Copies the planes, which are BT.709 limited and of the clip's size.
  Status write(const YuvPlanes& planes);
  // Interleaved stereo at 48 kHz, in all exactly options.sound pairs.
  Status write_sound(const float* pairs, Samples count);
  Status finish();
  Frames frames() const { return frames_; }

 private:
  ClipWriter();
  Status drain();
  Status drain_sound();
  Status send_sound(std::size_t count);

  std::string path_;
  std::unique_ptr<FramePool> pool_;
  std::unique_ptr<VideoEncoder> video_;
  std::unique_ptr<AudioEncoder> audio_;
  std::unique_ptr<Muxer> muxer_;
  Packet packet_;
  std::vector<float> sound_;
  int video_stream_ = -1, audio_stream_ = -1;
  Frames frames_ = 0;
  bool finished_ = false;
};

}  // namespace vidgen::av
