// SPDX-License-Identifier: Apache-2.0
// PacketScan: the facts of a file's packets, read in order without decoding any.
//
// Times are ticks since the file's time 0. Thread-safety: none; one owner. Errors: the Demuxer's.
#pragma once

#include <optional>

#include "av/demuxer.hpp"

namespace vidgen::av {

struct PacketFact {
  PacketFact() = default;
  bool video = false, key = false;
  bool shown = true;  // false: decoded for others' sake only
  std::int64_t pts = 0, dts = 0, duration = 0;
  std::int64_t skipped = 0;  // samples at the stream's rate that are cut off (priming, padding)
};

class PacketScan {
 public:
  explicit PacketScan(Demuxer& demuxer);
  // Of the best video and the best audio stream; nothing at the end.
  Result<std::optional<PacketFact>> next();
  Rational video_tick() const { return tick(demuxer_.video_stream()); }
  Rational audio_tick() const { return tick(demuxer_.audio_stream()); }
  int sample_rate() const;

 private:
  Rational tick(int stream) const;
  Demuxer& demuxer_;
  Packet packet_;
  std::int64_t video_origin_ = 0, audio_origin_ = 0, last_pts_ = 0;
};

// What the headers say of the streams, for probe().
void describe(const Demuxer& demuxer, MediaInfo& info);

}  // namespace vidgen::av
