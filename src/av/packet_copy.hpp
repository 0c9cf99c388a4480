// SPDX-License-Identifier: Apache-2.0
// PacketCopy: the video packets of a file, with new times in frames, for joining without
// encoding again.
//
// Thread-safety: none; one owner. Errors: the Demuxer's.
#pragma once

#include <memory>

#include "av/demuxer.hpp"

struct AVCodecParameters;

namespace vidgen::av {

class PacketCopy {
 public:
  static Result<std::unique_ptr<PacketCopy>> open(const std::string& path, Rational fps, std::stop_token stop = {});

  // The next packet, shown `base` frames later than in its file and decoded at `dts`; null at the end. Valid until the
  // next call.
  Result<AVPacket*> next(Frames base, Frames dts);
  const AVCodecParameters* parameters() const;
  // The same codec, size and headers, byte for byte?
  bool same_stream(const PacketCopy& other) const;
  int delay() const { return delay_; }  // frames by which the first DTS lies before 0

 private:
  PacketCopy() = default;
  std::unique_ptr<Demuxer> demuxer_;
  Packet packet_;
  Rational per_tick_;  // frames
  int stream_ = -1, delay_ = 0;
  std::int64_t origin_ = 0;
};

}  // namespace vidgen::av
