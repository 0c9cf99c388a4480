// SPDX-License-Identifier: Apache-2.0
// VideoEncoder: 8-bit 4:2:0 BT.709 limited frames to H.264 packets with closed groups of pictures. Times are frame
// indices: a packet's DTS is its place in the stream minus one fixed reorder delay, so that streams encoded apart with
// the same settings can follow each other. It does not write files.
//
// The bytes depend on the settings, the thread count and the encoder's version, on nothing else.
// Thread-safety: none; one owner. Errors: Errc::encoder_missing, internal.
#pragma once

#include <memory>
#include <string>

#include "av/frame.hpp"
#include "av/handles.hpp"
#include "vidgen/media.hpp"

namespace vidgen::av {

class VideoEncoder {
 public:
  // The first of `settings.encoder` (names separated by commas; empty: libx264, then the others that are known) that is
  // there and starts.
  static Result<std::unique_ptr<VideoEncoder>> open(Size size, Rational fps, const EncodeSettings& settings);

  // The next frame; frames are numbered from 0 as they come.
  Status send(const Frame& frame);
  Status send_end();
  // A finished packet; false when more frames are needed, or at the end. Times are in frames.
  Result<bool> receive(AVPacket* packet);

  const AVCodecContext* raw() const { return context_.get(); }
  std::string name() const;  // "libx264"
  // The encoder that would have been taken first, when it is not there; else empty.
  const std::string& instead_of() const { return instead_of_; }
  int delay() const;  // frames by which the first DTS lies before 0

 private:
  VideoEncoder() = default;
  CodecContext context_;
  RawFrame frame_;
  std::string instead_of_;
  std::int64_t sent_ = 0, received_ = 0;
};

// The encoder that open() takes, or nothing: "libx264", "libopenh264", ...
std::string h264_encoder_name(const std::string& wanted = {});

}  // namespace vidgen::av
