// SPDX-License-Identifier: Apache-2.0
// ClipSource: the picture of one file that is shown at a time: the last one whose time is not after it, the first
// before any, the last for ever. Times must not fall; every picture is decoded once. Frames come upright and 8-bit
// 4:2:0.
//
// Thread-safety: none; one owner. Errors: the Demuxer's.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "av/scaler.hpp"
#include "av/video_reader.hpp"

namespace vidgen::media {

class ClipSource {
 public:
  static Result<std::unique_ptr<ClipSource>> open(const std::string& path, const MediaLimits& limits,
                                                  std::stop_token stop);
  // The same Frame object as long as the same picture is shown.
  Result<av::Frame> at(Rational seconds);
  // Can at(seconds) still be answered? Not when a later picture was shown already.
  bool reaches(Rational seconds) const;
  Rational pixel_aspect() const { return aspect_; }
  // Frames a second by the container; 0 when it does not say.
  Rational fps() const;
  // The last asked time lay after the last picture's end.
  bool ran_out() const { return ran_out_; }

 private:
  explicit ClipSource(std::unique_ptr<av::VideoReader> reader)
      : reader_(std::move(reader)), normaliser_(reader_->rotation()) {}
  Status advance(Rational seconds);
  Status start(Rational seconds);

  std::unique_ptr<av::VideoReader> reader_;
  av::Normaliser normaliser_;
  std::optional<av::Picture> current_, next_;
  av::Frame shown_, shown_from_;
  Rational aspect_ = 1;
  bool ended_ = false, ran_out_ = false;
};

}  // namespace vidgen::media
