// SPDX-License-Identifier: Apache-2.0
// SoundCopy: the audio packets of a file as they are, times in samples, for laying them into another file without encoding
// again. What the file says about playing itself (priming, edit list) stays behind.
//
// Thread-safety: none; one owner. Errors: the Demuxer's; Errc::media_invalid for a file without sound.
#pragma once

#include <memory>

#include "av/demuxer.hpp"
#include "vidgen/time.hpp"

struct AVCodecParameters;

namespace vidgen::av {

class SoundCopy {
 public:
  // A file whose sound has kSampleRate.
  static Result<std::unique_ptr<SoundCopy>> open(const std::string& path, std::stop_token stop = {});

  // Null at the end. Valid until the next call.
  Result<AVPacket*> next();
  const AVCodecParameters* parameters() const;
  // Of what the file shows: an encoder's priming lies before its time 0.
  Samples samples() const;

 private:
  SoundCopy() = default;
  std::unique_ptr<Demuxer> demuxer_;
  Packet packet_;
};

}  // namespace vidgen::av
