// SPDX-License-Identifier: Apache-2.0
// VideoReader: the pictures of a file in the order in which they are shown, each with its exact time. Edit lists are
// applied; pictures that the file says not to show are not returned. It does not convert, rotate or repeat pictures.
//
// Times are ticks of `time_base()` since the file's time 0. Thread-safety: none; one owner. Errors: the Demuxer's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "av/demuxer.hpp"
#include "av/frame.hpp"

namespace vidgen::av {

struct Picture {
  Picture() = default;
  Frame frame;
  std::int64_t ticks = 0;
};

class VideoReader {
 public:
  // One decoder thread is enough for clips, keeps the memory small and the result the same everywhere.
  static Result<std::unique_ptr<VideoReader>> open(const std::string& path, const MediaLimits& limits,
                                                   std::stop_token stop = {}, int threads = 1);

  // For who asks only whether everything decodes: leaves out the smoothing of blocks, which no damage can stop and which
  // takes a quarter of the time. The pictures that follow are not to be shown.
  void only_check();

  // The next picture; nothing at the end.
  Result<std::optional<Picture>> next();
  // Goes to a key frame at or before `seconds`, so that next() returns a picture shown at or before it.
  Status seek(Rational seconds);

  Rational time_base() const { return time_base_; }
  // Shown at or before `seconds`? Half a tick of grace, since containers round (Matroska to milliseconds).
  bool at_or_before(std::int64_t ticks, Rational seconds) const;
  int rotation() const { return rotation_; }  // clockwise degrees to turn a picture by before showing it
  Rational average_fps() const;               // by the container; 0 when it does not say
  const Demuxer& demuxer() const { return *demuxer_; }

 private:
  VideoReader() = default;
  Result<bool> feed();
  Picture picture_of(RawFrame raw);

  std::unique_ptr<Demuxer> demuxer_;
  CodecContext decoder_;
  Packet packet_;
  int stream_ = -1, rotation_ = 0;
  Rational time_base_;
  std::int64_t origin_ = 0, last_ = INT64_MIN, step_ = 1;
  bool drained_ = false;
};

// The last picture that a player would show, found by decoding the file to its end. Errc::media_invalid when there is
// none.
Result<Picture> last_picture(const std::string& path, const MediaLimits& limits, std::stop_token stop = {});
// Clockwise degrees, 0, 90, 180 or 270, that a stream asks to be turned by.
int rotation_of(const Demuxer& demuxer, int stream);

}  // namespace vidgen::av
