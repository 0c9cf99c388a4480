// SPDX-License-Identifier: Apache-2.0
// AudioEncoder: 48 kHz stereo floats to AAC packets, one continuous stream. Its priming lies before time 0 and ends up
// in the file's edit list, so sample 0 stays sample 0. Times are samples.
//
// Thread-safety: none; one owner. Errors: Errc::encoder_missing, internal.
#pragma once

#include <cstdint>
#include <memory>

#include "av/handles.hpp"
#include "vidgen/error.hpp"

namespace vidgen::av {

class AudioEncoder {
 public:
  // `quick`: the encoder's simple search, in 0.4 of the time, for drafts: the same bits a second, a little more noise.
  static Result<std::unique_ptr<AudioEncoder>> open(bool quick = false);
  // Interleaved pairs; at most frame_size() of them, fewer only in the last call.
  Status send(const float* pairs, int count);
  Status send_end();
  Result<bool> receive(AVPacket* packet);
  int frame_size() const;
  const AVCodecContext* raw() const { return context_.get(); }

 private:
  AudioEncoder() = default;
  CodecContext context_;
  RawFrame frame_;
  std::int64_t sent_ = 0;
};

}  // namespace vidgen::av
